"""Savers: small rules that save the energy of learning, and work together.

A network asks its savers, in their order, about every sample: whether to learn from it, and which
of the proposed changes to make. To add a saver, derive a class from `montecarlo.network.Saver` that
answers one of the two questions, or that prepares the network for itself. Savers are given to
`montecarlo.network.initial_network`, which makes copies of them, so that they can be used again.

What a saver leaves is all that the next one sees: `Largest` after a mask selects among plastic
synapses, before it among all, most of which may then be fixed. `Skip` and `Cache` do the same
anywhere.
"""

from montecarlo.network.network import Saver
from montecarlo.savers.caching import Cache
from montecarlo.savers.competing import Largest
from montecarlo.savers.masking import NeuronMask, Subnet, SynapseMask
from montecarlo.savers.skipping import Skip

__all__ = ["Cache", "Largest", "NeuronMask", "Saver", "Skip", "Subnet", "SynapseMask"]
