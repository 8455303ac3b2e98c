"""Ways to save the energy of learning, as small rules that work together.

A network asks its rules, in their order, about every sample: whether to learn from it, and which
of the proposed changes to make. To add a rule, derive a class from `Saver` that answers one of the
two questions, or that prepares the network for itself. Rules are given to
`montecarlo.network.initial_network`, which makes copies of them, so that they can be used again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from montecarlo.cached_synapses import CachedLayer, Trigger
from montecarlo.checks import (
    as_number,
    as_threshold,
    require,
    require_choice,
    require_count,
    require_tau,
)
from montecarlo.masks import Mask, random_mask
from montecarlo.synapses import Change, IntArray, Positions
from montecarlo.units import Array

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
    """A rule that saves nothing; others override what they do otherwise."""

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Fit to a network that is to learn with the rule, and draw what is random."""

    def learns(self, sample: int, correct: bool) -> bool:
        """Whether to learn from a sample, given its number and whether it is classified right."""
        return True

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """What to change, of the changes proposed for the hidden and for the output layer."""
        return hidden, output


@dataclass
class Skip(Saver):
    """Learn only from samples that are misclassified: lazy learning (REV, method I).

    Parameters
    ----------
    ever_wrong : bool
        Learn also from those that were misclassified before, which generalises better.
    """

    ever_wrong: bool = False
    _wrong: set[int] = field(default_factory=set, init=False, repr=False)

    def learns(self, sample: int, correct: bool) -> bool:
        """Whether the sample is wrong, or was."""
        if not correct and self.ever_wrong:
            self._wrong.add(sample)
        return not correct or sample in self._wrong


@dataclass
class SynapseMask(Saver):
    """Let only some synapses be plastic, each chosen by itself once and for all (CP, Fig. 2).

    Parameters
    ----------
    hidden, output : float
        The probability, from 0 to 1, that a synapse onto a hidden or onto an output unit is
        plastic, biases included.
    """

    hidden: float
    output: float = 1.0
    _plastic: list[Mask] = field(init=False, repr=False)
    _chosen: list[Positions] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the probabilities."""
        _require_fraction("hidden", self.hidden)
        _require_fraction("output", self.output)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Draw the masks."""
        shapes = network.hidden.weights.shape, network.output.weights.shape
        self._plastic = [
            random_mask(rows, columns, p, rng)
            for (rows, columns), p in zip(shapes, (self.hidden, self.output), strict=True)
        ]
        self._chosen = [mask.nonzero() for mask in self._plastic]

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Change plastic synapses only."""
        restricted = []
        for change, mask, all_plastic in zip(
            (hidden, output), self._plastic, self._chosen, strict=True
        ):
            chosen = all_plastic
            if change.chosen is not None:
                kept = mask[change.chosen]
                chosen = tuple(indices[kept] for indices in change.chosen)
            restricted.append(replace(change, chosen=chosen))
        return restricted[0], restricted[1]


@dataclass
class NeuronMask(Saver):
    """Let only the synapses onto a fixed random set of hidden units be plastic (CP, Fig. 2).

    Those from all hidden units to the outputs stay plastic.

    Parameters
    ----------
    neurons : int
        At least 0: then only the synapses onto the outputs learn.
    """

    neurons: int
    _plastic: Mask = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the number."""
        if self.neurons != 0:
            require_count("neurons", self.neurons)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Draw the plastic units."""
        n_h = len(network.hidden.weights)
        require("neurons", self.neurons, self.neurons <= n_h, f"at most {n_h}, the hidden units")
        self._plastic = rng.permutation(n_h) < self.neurons

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Pass errors to the plastic units only."""
        return replace(hidden, errors=hidden.errors * self._plastic), output


@dataclass
class Subnet(NeuronMask):
    """Let only a fixed random set of hidden units be plastic, on both sides (CP, Fig. 2).

    A synapse from a hidden unit to the outputs is plastic if those onto the unit are; the biases of
    the outputs always are.

    Parameters
    ----------
    neurons : int
        At least 0.
    """

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Change only what leads through plastic units."""
        hidden, output = super().restrict(hidden, output)
        activities = output.activities.copy()
        activities[: len(self._plastic)] *= self._plastic
        return hidden, replace(output, activities=activities)


@dataclass
class Largest(Saver):
    """Of the changes proposed for the hidden layer make only the largest (CP, Fig. 3).

    The output layer learns as ever. Where other rules come first, it is a fraction of what they
    leave.

    Parameters
    ----------
    fraction : float
        From 0 to 1, of the synapses onto units that an error has reached.
    per : {"layer", "neuron"}
        Whether all synapses of the layer compete, or those onto each neuron.
    """

    fraction: float
    per: Literal["layer", "neuron"] = "layer"

    def __post_init__(self) -> None:
        """Check fraction and competitors."""
        _require_fraction("fraction", self.fraction)
        require_choice("per", self.per, ("layer", "neuron"))

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Select the largest changes."""
        select = _largest_of_layer if self.per == "layer" else _largest_of_neurons
        return select(hidden, self.fraction), output


@dataclass
class Cache(Saver):
    """Cache changes in transient weights that are consolidated when large (LvR; CP, Fig. 4).

    Parameters
    ----------
    threshold : float
        Transient weights whose size exceeds it are added to the persistent weights.
    tau : float
        Decay time (presentations), more than 1; infinity for no decay.
    trigger : {"synapse", "neuron", "layer"}
        What consolidates with a synapse that exceeds the threshold.
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
        network.hidden, network.output = (
            CachedLayer.of(layer, self.threshold, self.tau, self.trigger)
            for layer in (network.hidden, network.output)
        )


def _largest_of_layer(change: Change, fraction: float) -> Change:
    """The largest changes of all."""
    if change.chosen is not None:
        rows, columns = change.chosen
        best = _positions_of_largest(np.abs(change.values), round(fraction * len(rows)))
        return replace(change, chosen=(rows[best], columns[best]))
    errors, activities = np.abs(change.errors), np.abs(change.activities)
    rows, columns = np.argsort(-errors), np.argsort(-activities)
    n_out, n_in = np.count_nonzero(errors), len(activities)
    count = round(fraction * n_out * n_in)
    first, second = _ranks(count, n_out, n_in)
    products = errors[rows][first] * activities[columns][second]
    best = _positions_of_largest(products, count)
    return replace(change, chosen=(rows[first[best]], columns[second[best]]))


@lru_cache(maxsize=16)
def _ranks(count: int, n_out: int, n_in: int) -> tuple[IntArray, IntArray]:
    """Where the largest products of two falling sequences can be found.

    The product of ranks i and j, from 1 on, has i j - 1 others that are not smaller. So it need not
    be among the ``count`` largest if i j > ``count``.
    """
    lengths = np.minimum(n_in, count // np.arange(1, n_out + 1))
    first = np.repeat(np.arange(n_out), lengths)
    second = np.arange(len(first)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return first, second


def _largest_of_neurons(change: Change, fraction: float) -> Change:
    """The largest changes of each neuron: if all compete, those with the most active inputs."""
    if change.chosen is None:
        n_in = len(change.activities)
        best = _positions_of_largest(np.abs(change.activities), round(fraction * n_in))
        activities = np.zeros_like(change.activities)
        activities[best] = change.activities[best]
        return replace(change, activities=activities)
    rows, columns = change.chosen
    order = np.lexsort((-np.abs(change.values), rows))
    sorted_rows = rows[order]
    rank = np.arange(len(rows)) - np.searchsorted(sorted_rows, sorted_rows)
    best = order[rank < np.rint(fraction * np.bincount(rows)[sorted_rows])]
    return replace(change, chosen=(rows[best], columns[best]))


def _positions_of_largest(values: Array, count: int) -> IntArray:
    """Where the largest of some values are; of equal ones the first."""
    if count == 0:
        return np.empty(0, np.intp)
    # Much faster than an indirect partition.
    least = np.partition(values, len(values) - count)[len(values) - count]
    larger = np.flatnonzero(values > least)
    equal = np.flatnonzero(values == least)
    return np.concatenate([larger, equal[: count - len(larger)]])


def _require_fraction(name: str, value: object) -> None:
    domain = "a number from 0 to 1"
    require(name, value, 0 <= as_number(name, value, domain) <= 1, domain)
