"""Ways to save the energy of learning, as small rules that work together.

A network asks its rules, in their order, about every sample: whether to learn from it, and which
of the proposed changes to make. To add a rule, derive a class from `Saver` that answers one of the
two questions, or that prepares the network for itself. Rules are given to
`montecarlo.network.initial_network`, which makes copies of them, so that they can be used again.

What a rule leaves is all that the next one sees: `Largest` after a mask selects among plastic
synapses, before it among all, most of which may then be fixed. `Skip` and `Cache` do the same
anywhere.
"""

from montecarlo.network.learning import Saver
from montecarlo.savers.caching import Cache
from montecarlo.savers.competing import Largest
from montecarlo.savers.masking import NeuronMask, Subnet, SynapseMask
from montecarlo.savers.skipping import Skip

__all__ = [
    "Cache",
    "Largest",
    "NeuronMask",
    "Saver",
    "Skip",
    "Subnet",
    "SynapseMask",
]
