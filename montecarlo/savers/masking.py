"""Plasticity of a fixed choice of synapses or of hidden units."""

from dataclasses import dataclass, field

import numpy as np

from montecarlo.checks import as_count, as_fraction, require, settle
from montecarlo.masks import Mask, random_mask
from montecarlo.network.network import Network, Saver


@dataclass
class SynapseMask(Saver):
    """Let only some synapses be plastic, each chosen by itself once and for all.

    Source: CP, Fig. 2, green.

    Parameters
    ----------
    hidden, output : float
        The probability, from 0 to 1, that a synapse onto a hidden or onto an output unit is
        plastic, biases included.

    Attributes
    ----------
    plastic : (ndarray of bool, ndarray of bool)
        The synapses of the two layers that are, once there is a network.

    Raises
    ------
    ValueError
        If a probability is outside its domain.

    Examples
    --------
    >>> from montecarlo.network.design import CP
    >>> from montecarlo.network import initial_network, present
    >>> saver = SynapseMask(hidden=0.2)
    >>> network = initial_network(CP, (5, 8, 3), np.random.default_rng(1), savers=[saver])
    >>> present(network, np.ones((1, 5)), np.array([0]), np.array([0]))
    >>> hidden, output = network.savers[0].plastic
    >>> bool(network.hidden.energy[0] == hidden.sum()), output.all()
    (True, np.True_)
    """

    hidden: float
    output: float = 1.0
    plastic: tuple[Mask, Mask] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the probabilities."""
        settle(self, "hidden", as_fraction("hidden", self.hidden))
        settle(self, "output", as_fraction("output", self.output))

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Draw the masks."""
        n_h, n_i = network.hidden.weights.shape
        n_o, n_h_biased = network.output.weights.shape
        hidden = random_mask(n_h, n_i, self.hidden, rng)
        output = random_mask(n_o, n_h_biased, self.output, rng)
        # A layer that is all plastic learns as ever.
        self.plastic = (
            hidden[:, :1] if hidden.all() else hidden,
            output[:1] if output.all() else output,
        )


@dataclass
class NeuronMask(Saver):
    """Let only the synapses onto a fixed random set of hidden units be plastic.

    Those from all hidden units to the outputs stay plastic. Source: CP, Fig. 2, blue.

    Parameters
    ----------
    neurons : int
        From 0, with which only the synapses onto the outputs learn, to all hidden units.

    Attributes
    ----------
    plastic : (ndarray of bool, shape (n_h, 1), ndarray of bool, shape (1, 1))
        The units in the set, and all synapses onto the outputs, once there is a network.

    Raises
    ------
    ValueError
        If the number is outside its domain; from `prepare`, if there are fewer hidden units.

    Examples
    --------
    >>> from montecarlo.network.design import CP
    >>> from montecarlo.network import initial_network, present
    >>> network = initial_network(CP, (5, 8, 3), np.random.default_rng(1), savers=[NeuronMask(2)])
    >>> present(network, np.ones((1, 5)), np.array([0]), np.array([0]))
    >>> network.hidden.energy[0], network.output.energy[0]  # 2 x 6 and 3 x 9
    (np.float64(12.0), np.float64(27.0))
    """

    neurons: int
    plastic: tuple[Mask, Mask] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the number."""
        settle(self, "neurons", as_count("neurons", self.neurons, least=0))

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Draw the plastic units."""
        n_h = len(network.hidden.weights)
        require("neurons", self.neurons, self.neurons <= n_h, f"at most {n_h}, the hidden units")
        units = rng.permutation(n_h) < self.neurons
        self.plastic = units[:, np.newaxis], np.ones((1, 1), bool)


@dataclass
class Subnet(NeuronMask):
    """Let only a fixed random set of hidden units be plastic, on both sides.

    A synapse from a hidden unit to the outputs is plastic if those onto the unit are; the biases of
    the outputs always are. Source: CP, Fig. 2, purple.

    Parameters
    ----------
    neurons : int
        From 0, with which only the biases of the outputs learn, to all hidden units.

    Examples
    --------
    >>> from montecarlo.network.design import CP
    >>> from montecarlo.network import initial_network, present
    >>> network = initial_network(CP, (5, 8, 3), np.random.default_rng(1), savers=[Subnet(2)])
    >>> present(network, np.ones((1, 5)), np.array([0]), np.array([0]))
    >>> network.hidden.energy[0], network.output.energy[0]  # 2 x 6 and 3 x 3
    (np.float64(12.0), np.float64(9.0))
    """

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Draw the plastic units."""
        super().prepare(network, rng)
        units, _ = self.plastic
        sources = np.ones((1, network.output.weights.shape[1]), bool)
        sources[0, : len(units)] = units[:, 0]
        self.plastic = units, sources
