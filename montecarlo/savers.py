"""Ways to save the energy of learning, as small rules that work together.

A network asks its rules, in their order, about every sample: whether to learn from it, and which
of the proposed changes to make. To add a rule, derive a class from `Saver` that answers one of the
two questions, or that prepares the network for itself. Rules are given to
`montecarlo.network.initial_network`, which makes copies of them, so that they can be used again.

What a rule leaves is all that the next one sees: `Largest` after a mask selects among plastic
synapses, before it among all, most of which may then be fixed. `Skip` and `Cache` do the same
anywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from montecarlo.cached_synapses import CachedLayer, Trigger
from montecarlo.checks import (
    as_fraction,
    as_threshold,
    require,
    require_choice,
    require_count,
    require_tau,
)
from montecarlo.competition import largest_of_layer, largest_of_neurons
from montecarlo.masks import Mask, random_mask
from montecarlo.synapses import Change, Positions

if TYPE_CHECKING:
    from montecarlo.network import Network

__all__ = [
    "Cache",
    "Largest",
    "NeuronMask",
    "Saver",
    "Skip",
    "Subnet",
    "SynapseMask",
]

Changes = tuple[Change, Change]


class Saver:
    """A rule that saves nothing; others override what they do otherwise.

    Examples
    --------
    A rule that learns from every other sample:

    >>> class EveryOther(Saver):
    ...     def learns(self, sample, correct):
    ...         return sample % 2 == 0
    >>> [EveryOther().learns(sample, False) for sample in range(4)]
    [True, False, True, False]
    """

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Fit to a network that is to learn with the rule, and draw what is random.

        Parameters
        ----------
        network : Network
            As the rules before have left it. What is changed of it is changed in place.
        rng : numpy.random.Generator
            The one that has drawn the weights.

        Raises
        ------
        ValueError
            If the rule does not fit the network.
        """

    def learns(self, sample: int, correct: bool) -> bool:
        """Whether to learn from a sample. The rules are asked until one says no.

        Parameters
        ----------
        sample : int
            Its row of the inputs.
        correct : bool
            Whether the output unit of its label is the largest, or the first of the largest.
        """
        return True

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """What to change, of the changes proposed for the hidden and for the output layer.

        Parameters
        ----------
        hidden, output : Change
            What backpropagation proposes and the rules before have left; they are not changed.

        Returns
        -------
        (Change, Change)
        """
        return hidden, output


@dataclass
class Skip(Saver):
    """Learn only from samples that are misclassified: lazy learning.

    Source: REV, saving method I.

    Parameters
    ----------
    ever_wrong : bool
        Learn also from those that were misclassified before, which generalises better.

    Raises
    ------
    ValueError
        If it is neither true nor false.

    Examples
    --------
    >>> rule = Skip(ever_wrong=True)
    >>> rule.learns(7, correct=True), rule.learns(7, correct=False), rule.learns(7, correct=True)
    (False, True, True)
    """

    ever_wrong: bool = False
    _wrong: set[int] = field(default_factory=set, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the choice."""
        known = self.ever_wrong in (True, False)
        require("ever_wrong", self.ever_wrong, known, "True or False")

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Forget what another network got wrong."""
        self._wrong.clear()

    def learns(self, sample: int, correct: bool) -> bool:
        """Whether the sample is wrong, or was."""
        if not correct and self.ever_wrong:
            self._wrong.add(sample)
        return not correct or sample in self._wrong


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
    >>> from montecarlo.design import CP
    >>> from montecarlo.network import initial_network, present
    >>> rule = SynapseMask(hidden=0.2)
    >>> network = initial_network(CP, (5, 8, 3), np.random.default_rng(1), savers=[rule])
    >>> present(network, np.ones((1, 5)), np.array([0]), np.array([0]))
    >>> hidden, output = network.savers[0].plastic
    >>> bool(network.hidden.energy[0] == hidden.sum()), output.all()
    (True, np.True_)
    """

    hidden: float
    output: float = 1.0
    plastic: tuple[Mask, Mask] = field(init=False, repr=False, compare=False)
    _positions: list[Positions] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the probabilities."""
        as_fraction("hidden", self.hidden)
        as_fraction("output", self.output)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Draw the masks."""
        n_h, n_i = network.hidden.weights.shape
        n_o, n_h_biased = network.output.weights.shape
        self.plastic = (
            random_mask(n_h, n_i, self.hidden, rng),
            random_mask(n_o, n_h_biased, self.output, rng),
        )
        self._positions = [mask.nonzero() for mask in self.plastic]

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Change plastic synapses only."""
        return self._masked(0, hidden), self._masked(1, output)

    def _masked(self, layer: int, change: Change) -> Change:
        mask, chosen = self.plastic[layer], self._positions[layer]
        if len(chosen[0]) == mask.size:
            return change
        if change.chosen is not None:
            kept = mask[change.chosen]
            chosen = tuple(indices[kept] for indices in change.chosen)
        return replace(change, chosen=chosen)


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
    plastic : ndarray of bool, shape (n_h,)
        The units in the set, once there is a network.

    Raises
    ------
    ValueError
        If the number is outside its domain; from `prepare`, if there are fewer hidden units.

    Examples
    --------
    >>> from montecarlo.design import CP
    >>> from montecarlo.network import initial_network, present
    >>> network = initial_network(CP, (5, 8, 3), np.random.default_rng(1), savers=[NeuronMask(2)])
    >>> present(network, np.ones((1, 5)), np.array([0]), np.array([0]))
    >>> network.hidden.energy[0], network.output.energy[0]  # 2 x 6 and 3 x 9
    (np.float64(12.0), np.float64(27.0))
    """

    neurons: int
    plastic: Mask = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the number."""
        require_count("neurons", self.neurons, least=0)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Draw the plastic units."""
        n_h = len(network.hidden.weights)
        require("neurons", self.neurons, self.neurons <= n_h, f"at most {n_h}, the hidden units")
        self.plastic = rng.permutation(n_h) < self.neurons

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Pass errors to the plastic units only."""
        return replace(hidden, errors=hidden.errors * self.plastic), output


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
    >>> from montecarlo.design import CP
    >>> from montecarlo.network import initial_network, present
    >>> network = initial_network(CP, (5, 8, 3), np.random.default_rng(1), savers=[Subnet(2)])
    >>> present(network, np.ones((1, 5)), np.array([0]), np.array([0]))
    >>> network.hidden.energy[0], network.output.energy[0]  # 2 x 6 and 3 x 3
    (np.float64(12.0), np.float64(9.0))
    """

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Change only what leads through plastic units."""
        hidden, output = super().restrict(hidden, output)
        activities = output.activities.copy()
        activities[: len(self.plastic)] *= self.plastic
        return hidden, replace(output, activities=activities)


@dataclass
class Largest(Saver):
    """Of the changes proposed for the hidden layer make only the largest.

    The output layer learns as ever. Which changes compete, and what happens to equal ones,
    `montecarlo.competition` says. Source: CP, Fig. 3; REV, saving method II.

    Parameters
    ----------
    fraction : float
        From 0 to 1, of the changes that are not zero.
    per : {"layer", "neuron"}
        Whether all synapses of the layer compete, or those onto each neuron.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Examples
    --------
    >>> hidden = Change(np.array([3.0, -1.0]), np.array([2.0, 4.0]))  # 6, 12, -2, -4
    >>> output = Change(np.ones(1), np.ones(3))
    >>> [change.power_sum(1) for change in Largest(0.5).restrict(hidden, output)]
    [18.0, 3.0]
    >>> [change.power_sum(1) for change in Largest(0.5, "neuron").restrict(hidden, output)]
    [16.0, 3.0]
    """

    fraction: float
    per: Literal["layer", "neuron"] = "layer"

    def __post_init__(self) -> None:
        """Check fraction and competitors."""
        as_fraction("fraction", self.fraction)
        require_choice("per", self.per, ("layer", "neuron"))

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Select the largest changes."""
        select = largest_of_layer if self.per == "layer" else largest_of_neurons
        return select(hidden, self.fraction), output


@dataclass
class Cache(Saver):
    """Cache changes in transient weights that are consolidated when large.

    The conventions are those of `montecarlo.cached_synapses`. Source: LvR, Fig. 5; CP, Fig. 4; REV,
    saving method III; the triggers, LvR, Fig. 4.

    Parameters
    ----------
    threshold : float
        Transient weights whose size exceeds it, which is at least 0, are added to the persistent
        weights; with infinity that happens only in the end.
    tau : float
        Decay time (presentations), more than 1; infinity for no decay.
    trigger : {"synapse", "neuron", "layer"}
        What consolidates with a synapse that exceeds the threshold: itself, all synapses onto its
        neuron, or onto its layer.

    Raises
    ------
    ValueError
        If an argument is outside its domain; from `prepare`, if there is a cache already.

    Examples
    --------
    >>> from montecarlo.design import CP
    >>> from montecarlo.network import initial_network, present
    >>> rng = np.random.default_rng(1)
    >>> network = initial_network(CP, (5, 8, 3), rng, savers=[Cache(np.inf)], exponents=(0, 1))
    >>> present(network, np.ones((1, 5)), np.array([0]), np.zeros(9, int))
    >>> network.output.spent, network.output.energy[0]  # 27 synapses, consolidated in the end
    (array([0., 0.]), np.float64(27.0))
    """

    threshold: float
    tau: float = math.inf
    trigger: Trigger = "synapse"

    def __post_init__(self) -> None:
        """Check threshold, decay and trigger."""
        as_threshold(self.threshold)
        require_tau(self.tau)
        require_choice("trigger", self.trigger, get_args(Trigger))

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Give both layers transient weights."""
        single = not isinstance(network.hidden, CachedLayer)
        require("savers", network.savers, single, "with one Cache at most")
        network.hidden, network.output = (
            CachedLayer.of(layer, self.threshold, self.tau, self.trigger)
            for layer in (network.hidden, network.output)
        )
