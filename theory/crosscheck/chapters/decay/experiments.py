"""Learning and walking with transient weights that decay."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from montecarlo.arrays import FloatArray
from montecarlo.perceptron import (
    EpochCosts,
    epoch_costs,
    learn,
    random_patterns,
    replay,
    trajectory,
)
from montecarlo.walk import Walk, simulate
from theory.crosscheck.experiment import experiment

#: Decay times, each with the thresholds tried at it.
Grid = tuple[tuple[float, tuple[float, ...]], ...]


@dataclass(frozen=True)
class PowerRun:
    """What each epoch of learning P patterns cost; N counts the bias synapse."""

    P: int
    N: int
    threshold: float
    tau: float
    costs: EpochCosts

    @property
    def probability(self) -> FloatArray:
        """Updates per presentation, epoch by epoch, up to the error-free last one."""
        made = self.costs.updates
        return made[made > 0] / self.P


@experiment(replicas=12)
def power(
    rng: np.random.Generator,
    P: int = 1000,
    N: int = 1000,
    threshold: float = 5.0,
    tau: float = 500.0,
    epochs: int = 20,
) -> PowerRun:
    """The first epochs of perceptron learning with local consolidation, as in LvR's Fig. 6."""
    patterns, labels = random_patterns(P, N, rng)
    costs = epoch_costs(patterns, labels, threshold=threshold, tau=tau, max_epochs=epochs)
    return PowerRun(P, N + 1, threshold, tau, costs)


@dataclass(frozen=True)
class LearningCost:
    """What learning cost; ``converged`` says whether it came to an end."""

    epochs: int
    converged: bool
    consolidation_energy: float
    transient_sum: float


@dataclass(frozen=True)
class Scan:
    """The same P patterns learnt with each decay time and threshold of a grid.

    A run that has not learnt all patterns when it is given up counts with the time and the energy
    that it has taken by then, which are lower bounds. Threshold 0 is learning without caching.
    N counts the bias synapse.
    """

    P: int
    N: int
    costs: Mapping[tuple[float, float], LearningCost]

    def energy(self, tau: float, threshold: float, c: float) -> float:
        """Consolidation and maintenance, per synapse; one run serves all maintenance costs."""
        cost = self.costs[tau, threshold]
        return (cost.consolidation_energy + c * cost.transient_sum) / self.N

    def epochs(self, tau: float, threshold: float) -> int:
        """Learning time in epochs; without decay it is the same at all thresholds."""
        return self.costs[tau, threshold].epochs


def _costs(
    patterns: FloatArray,
    labels: FloatArray,
    tau: float,
    thresholds: tuple[float, ...],
    max_epochs: int,
) -> list[LearningCost]:
    if tau == math.inf:
        run = trajectory(patterns, labels, max_epochs=max_epochs)
        caching = replay(run, thresholds, "any")
        energies = zip(caching.consolidation_energy, caching.transient_sum, strict=True)
        return [LearningCost(run.epochs, run.converged, *map(float, pair)) for pair in energies]
    runs = (
        learn(patterns, labels, threshold=level, tau=tau, trigger="any", max_epochs=max_epochs)
        for level in thresholds
    )
    return [
        LearningCost(run.epochs, run.converged, run.consolidation_energy, run.transient_sum)
        for run in runs
    ]


@experiment(replicas=8)
def scan(rng: np.random.Generator, N: int, grid: Grid, max_epochs: int = 200) -> Scan:
    """Perceptron learning of N patterns where any synapse makes all consolidate.

    LvR say so of Figs. 2 and 5, and nothing of Fig. 3, which continues Fig. 2.
    """
    patterns, labels = random_patterns(N, N, rng)
    costs = {
        (tau, threshold): cost
        for tau, thresholds in grid
        for threshold, cost in zip(
            thresholds, _costs(patterns, labels, tau, thresholds, max_epochs), strict=True
        )
    }
    return Scan(N, N + 1, costs)


@experiment(replicas=32)
def leaky_walk(rng: np.random.Generator, threshold: float, tau: float, p: float) -> Walk:
    """The decaying transient weights of 300 cached synapses; threshold in steps."""
    return simulate(300, 8192, threshold=threshold, tau=tau, p=p, rng=rng)
