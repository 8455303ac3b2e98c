"""Caching without decay: of perceptrons, of the correlations of their updates, and of walks."""

import math
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray
from montecarlo.perceptron import Caching, Trajectory, random_patterns, replay, trajectory
from montecarlo.walk import Walk, simulate
from theory import antipersistent
from theory.antipersistent import Curve
from theory.crosscheck.chapters.perceptron.experiments import PerceptronRun, recorded
from theory.crosscheck.experiment import experiment


@dataclass(frozen=True)
class CachedRun(PerceptronRun):
    """A perceptron run, and what caching would cost along it."""

    caching: Caching

    def cost(self, name: str, threshold: float) -> float:
        """An entry of `caching` at one of the thresholds."""
        return float(getattr(self.caching, name)[self.caching.thresholds.tolist().index(threshold)])

    def best_threshold(self, c: float) -> float:
        """The threshold of least energy at maintenance cost c."""
        return float(self.caching.thresholds[np.argmin(self._energies(c))])

    def best_caching(self, c: float) -> float:
        """The least energy of all thresholds at maintenance cost c."""
        return float(np.min(self._energies(c)))

    def _energies(self, c: float) -> Any:
        """Consolidation and maintenance at all thresholds."""
        return self.caching.consolidation_energy + c * self.caching.transient_sum


@experiment(replicas=40)
def cached(rng: np.random.Generator, P: int = 1000, N: int = 1000) -> CachedRun:
    """Perceptron learning of P random patterns, and caching at many thresholds."""
    thresholds = (0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0, math.inf)
    run = trajectory(*random_patterns(P, N, rng))
    return CachedRun(**vars(recorded(run)), caching=replay(run, thresholds))


@experiment(replicas=16)
def walk(rng: np.random.Generator, threshold: float, p: float = 0.3, eta: float = 1.0) -> Walk:
    """The transient weights of 2000 cached synapses; threshold in steps."""
    return simulate(2000, 4096, threshold=eta * threshold, p=p, eta=eta, rng=rng)


@dataclass(frozen=True, eq=False)
class CorrelatedRun:
    """One perceptron run with its curve; N counts the bias synapse."""

    P: int
    N: int
    run: Trajectory
    caching: Caching

    @property
    def K(self) -> int:
        """Updates."""
        return len(self.run.updated)

    @cached_property
    def curve(self) -> Curve:
        """Measured, without the error-free last epoch."""
        epochs = np.split(self.run.updated, np.flatnonzero(np.diff(self._epochs)) + 1)
        made = np.array([np.bincount(epoch, minlength=self.P) for epoch in epochs], dtype=float)
        changes = made @ self.run.examples.astype(float)  # of each weight in each epoch
        squares = np.mean(np.cumsum(changes, axis=0) ** 2, axis=1)
        return Curve(made.sum(axis=1), squares, np.mean(changes**2, axis=1))

    @cached_property
    def so_far(self) -> FloatArray:
        """Updates made by the middle of each epoch."""
        made = np.append(self.curve.updates, 0)
        return np.cumsum(made) - made / 2

    @cached_property
    def correlations(self) -> FloatArray:
        """Measured: sums of the correlations of all pairs of updates so far apart."""
        steps = self.run.examples[self.run.updated]
        length = 2 ** int(np.ceil(np.log2(2 * self.K)))
        power = np.zeros(length // 2 + 1)
        for synapses in np.array_split(steps, -(-steps.size // 2**20), axis=1):
            power += (np.abs(np.fft.rfft(synapses.astype(float), length, axis=0)) ** 2).sum(axis=1)
        return np.fft.irfft(power, length)[: self.K] / self.N

    def cost(self, name: str, threshold: float) -> float:
        """An entry of `caching`, per synapse."""
        index = self.caching.thresholds.tolist().index(threshold)
        return float(getattr(self.caching, name)[index]) / self.N

    def mean_transient(self, threshold: float) -> float:
        """Mean of abs(s) over synapses and presentations."""
        return self.cost("transient_sum", threshold) / self.run.presentations

    def together(self, threshold: float) -> float:
        """Energy per synapse, before the end, where any synapse makes all consolidate."""
        caching = replay(self.run, threshold, "any")
        return float(caching.consolidation_energy[0] - caching.final_consolidation[0]) / self.N

    @property
    def _epochs(self) -> npt.NDArray[np.int64]:
        return (self.run.times - 1) // self.P


@cache
def by_correlations(run: CorrelatedRun, threshold: float) -> antipersistent.CachingCosts:
    """The theory of caching, given the measured correlations."""
    return antipersistent.caching_along(threshold, run.correlations, run.so_far)


@cache
def by_curve(run: CorrelatedRun, threshold: float) -> antipersistent.CachingCosts:
    """The same, given the measured curve."""
    correlations = antipersistent.lag_correlations(run.curve)
    return antipersistent.caching_along(threshold, correlations, run.so_far)


@cache
def by_updates(run: CorrelatedRun, threshold: float) -> antipersistent.CachingCosts:
    """The same, given the number of updates alone."""
    caching: antipersistent.CachingCosts = antipersistent.caching(
        threshold, run.P, run.N - 1, run.K
    )
    return caching


@experiment(replicas=8)
def correlated(
    rng: np.random.Generator,
    P: int,
    N: int = 1000,
    thresholds: tuple[float, ...] = (3.0, 5.0, 10.0, 20.0, 40.0),
) -> CorrelatedRun:
    """Perceptron learning of P patterns, with caching at some thresholds."""
    return _correlated(rng, P, N, thresholds)


@experiment(replicas=8)
def correlated_loads(
    rng: np.random.Generator, *P: int, thresholds: tuple[float, ...], N: int = 1000
) -> tuple[CorrelatedRun, ...]:
    """Independent perceptron runs at several loads, with caching, as one record."""
    return tuple(_correlated(rng, load, N, thresholds) for load in P)


def _correlated(
    rng: np.random.Generator, P: int, N: int, thresholds: tuple[float, ...]
) -> CorrelatedRun:
    run = trajectory(*random_patterns(P, N, rng))
    return CorrelatedRun(P, N + 1, run, replay(run, thresholds))


#: Learning of so many patterns by 1000 synapses.
CORRELATED = {
    250: correlated(250).replicated(70),
    500: correlated(500).replicated(27),
    1000: correlated(1000).replicated(27),
    1500: correlated(1500),
}
