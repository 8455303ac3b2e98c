"""Training networks until they are accurate enough, with energy and accuracy on the way."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.checks import as_count, as_number, require, require_generator
from montecarlo.datasets import Dataset
from montecarlo.network import Network, accuracy, present_together

__all__ = ["Reading", "Training", "read_on", "train"]


#: What `Training` has of each `Reading`.
READ_COLUMNS = ("presented", "accuracy", "energy", "direct_energy", "transient_sum", "net_change")


@dataclass(frozen=True)
class Reading:
    """One test of a network: a row of a `Training`.

    Attributes
    ----------
    presented, accuracy, energy, direct_energy, transient_sum, net_change
        As in `Training`, without its first axis.
    """

    presented: int
    accuracy: float
    energy: FloatArray
    direct_energy: FloatArray
    transient_sum: FloatArray
    net_change: FloatArray

    def ends(self, goal: float, most: int) -> bool:
        """Whether training ends with it: at the goal, at the most samples, if weights diverge."""
        return self.accuracy >= goal or self.presented >= most or self.diverged

    @property
    def diverged(self) -> bool:
        """Whether weights are not finite."""
        return not np.isfinite(self.net_change).all()


@dataclass(frozen=True)
class Training:
    """What a training cost and achieved, one row for each test. The layers are hidden and output.

    What follows from the rows is that of the end, both layers together.

    Attributes
    ----------
    goal : float
        Accuracy at which training was to end.
    synapses : int
        In both layers, those from the bias units included.
    presented : ndarray of int, shape (R,)
        Samples that the network had seen.
    accuracy : ndarray, shape (R,)
        Fraction of the test set that was classified correctly.
    energy : ndarray, shape (R, 2, len(exponents))
        Energy if learning had ended then, what is left to consolidate included, by layer and
        exponent.
    direct_energy : ndarray, shape (R, 2, len(exponents))
        Energy of one step from the initial weights to those of then.
    transient_sum : ndarray, shape (R, 2)
        Sum over presentations and synapses of abs(transient weight): what their maintenance costs
        at a price of 1.
    net_change : ndarray, shape (R, 2)
        Sum over synapses of the strength of then less the initial strength.
    """

    goal: float
    synapses: int
    presented: IntArray
    accuracy: FloatArray
    energy: FloatArray
    direct_energy: FloatArray
    transient_sum: FloatArray
    net_change: FloatArray

    @classmethod
    def of(cls, network: Network, goal: float, rows: Iterable[Reading]) -> Training:
        """The training that has given these readings of a network."""
        rows = list(rows)
        columns = (np.array([getattr(row, name) for row in rows]) for name in READ_COLUMNS)
        return cls(goal, network.hidden.initial.size + network.output.initial.size, *columns)

    @property
    def learnt(self) -> bool:
        """Whether the goal was reached."""
        return bool(self.accuracy[-1] >= self.goal)

    @property
    def diverged(self) -> bool:
        """Whether it ended because weights were not finite."""
        return not np.isfinite(self.net_change[-1]).all()

    @property
    def samples(self) -> int:
        """Presentations."""
        return int(self.presented[-1])

    @property
    def updates(self) -> float:
        """The energy M_0, the first of the exponents: the number of updates."""
        return float(self.energy[-1, :, 0].sum())

    @property
    def path(self) -> float:
        """The energy M_1, the second of the exponents: the length of the weights' path."""
        return float(self.energy[-1, :, 1].sum())

    @property
    def mean_update(self) -> float:
        """The mean size of an update."""
        return self.path / self.updates

    @property
    def upward(self) -> float:
        """The part of M_1 that potentiates; it exceeds the rest by the net change."""
        return (self.path + float(self.net_change[-1].sum())) / 2

    @property
    def direct(self) -> float:
        """The minimal M_1, of going straight to the final weights."""
        return float(self.direct_energy[-1, :, 1].sum())

    @property
    def inefficiency(self) -> float:
        """M_1 over its minimum."""
        return self.path / self.direct

    @property
    def held(self) -> float:
        """Sum over presentations and synapses of abs(transient weight)."""
        return float(self.transient_sum[-1].sum())

    def until(self, goal: float) -> Training:
        """The same if it had ended at a lower goal."""
        reached = self.accuracy >= goal
        end = int(reached.argmax()) + 1 if reached.any() else len(reached)
        return replace(
            self, goal=goal, **{name: getattr(self, name)[:end] for name in READ_COLUMNS}
        )


def read_on(
    networks: Sequence[Network], data: Dataset, rngs: Sequence[np.random.Generator], samples: int
) -> list[Reading]:
    """Let networks learn side by side from so many samples, and test them.

    Parameters
    ----------
    networks : sequence of Network
        As for `montecarlo.network.present_together`.
    data : Dataset
        To learn from, and to be tested with.
    rngs : sequence of numpy.random.Generator
        Draw the samples of each network, if its design presents them at random.
    samples : int
        To be presented to each.

    Returns
    -------
    list of Reading
        One for each network; energies in units of weight.

    Raises
    ------
    ValueError
        If the data do not fit the networks, or these not each other.

    Examples
    --------
    >>> from montecarlo.datasets import digits
    >>> from montecarlo.network import CP, initial_network
    >>> rngs = [np.random.default_rng(seed) for seed in range(3)]
    >>> networks = [initial_network(CP, (64, 30, 10), rng) for rng in rngs]
    >>> found = read_on(networks, digits(zero_mean=True), rngs, 500)
    >>> [reading.presented for reading in found]
    [500, 500, 500]
    """
    number = len(data.train_inputs)
    if networks[0].design.order == "in turn":
        drawn = [(network.presented + np.arange(samples)) % number for network in networks]
    else:
        drawn = [rng.integers(number, size=samples) for rng in rngs]
    with np.errstate(over="ignore", invalid="ignore"):
        present_together(networks, data.train_inputs, data.train_labels, np.stack(drawn))
        return [_reading(network, data) for network in networks]


def _reading(network: Network, data: Dataset) -> Reading:
    layers = network.hidden, network.output
    changes = [(layer.strengths - layer.initial).sum(dtype=float) for layer in layers]
    return Reading(
        network.presented,
        accuracy(network, data.test_inputs, data.test_labels),
        np.array([layer.energy for layer in layers]),
        np.array([layer.direct_energy for layer in layers]),
        np.array([layer.transient_sum for layer in layers]),
        np.array(changes),
    )


def checked_training(goal: float, most_samples: int, test_every: int) -> tuple[float, int, int]:
    """Goal, most samples and samples between tests as plain numbers, each in its domain."""
    domain = "a number"
    level = as_number("goal", goal, domain)
    require("goal", goal, not math.isnan(level), domain)
    return level, as_count("most_samples", most_samples), as_count("test_every", test_every)


def train(
    network: Network,
    data: Dataset,
    rng: np.random.Generator,
    *,
    goal: float = 0.95,
    most_samples: int = 600_000,
    test_every: int = 1000,
) -> Training:
    """Let a network learn until it is as accurate as it should be.

    Parameters
    ----------
    network : Network
        Changed in place. Training goes on where it was, so that it may be interrupted.
    data : Dataset
        To learn from, and to be tested with.
    rng : numpy.random.Generator
        Draws the samples if the design presents them at random.
    goal : float
        Fraction of the test set; the first test with that many correct is the last.
    most_samples : int
        Give up after so many samples, or at the first test at which weights are not finite.
    test_every : int
        Samples between tests.

    Returns
    -------
    Training
        Energies in units of weight, one row for each test.

    Raises
    ------
    ValueError
        If an argument is outside its domain, or the data do not fit the network.

    Examples
    --------
    >>> from montecarlo.datasets import digits
    >>> from montecarlo.network.design import CP
    >>> from montecarlo.network import initial_network
    >>> rng = np.random.default_rng(1)
    >>> network = initial_network(CP, (64, 30, 10), rng)
    >>> curve = train(network, digits(zero_mean=True), rng, goal=0.9)
    >>> curve.learnt, curve.energy.shape == (len(curve.presented), 2, 2)
    (True, True)
    >>> curve.until(0.8).path < curve.path
    True
    """
    require_generator(rng)
    goal, most_samples, test_every = checked_training(goal, most_samples, test_every)
    rows: list[Reading] = []
    end = network.presented + most_samples
    while not rows or not rows[-1].ends(goal, end):
        rows += read_on([network], data, [rng], min(test_every, end - network.presented))
    return Training.of(network, goal, rows)
