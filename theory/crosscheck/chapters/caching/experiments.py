"""The Monte Carlo experiments on how correlated updates are and what that does to caching."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, partial

import numpy as np
import numpy.typing as npt

from montecarlo.perceptron import Caching, Trajectory, random_patterns, replay, trajectory
from theory import antipersistent
from theory.antipersistent import Curve
from theory.crosscheck.experiment import Experiment

FloatArray = npt.NDArray[np.float64]


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
        total = np.zeros(self.P)
        rows = []
        for epoch in np.split(self.run.updated, np.flatnonzero(np.diff(self._epochs)) + 1):
            made = np.bincount(epoch, minlength=self.P)
            total += made
            rows.append((len(epoch), self._mean_square(total), self._mean_square(made)))
        updates, squares, changes = np.array(rows, dtype=float).T
        return Curve(updates, squares, changes)

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

    def _mean_square(self, made: FloatArray | npt.NDArray[np.int64]) -> float:
        """Of what so many updates by each pattern add to the weights."""
        return float(np.mean((made @ self.run.examples.astype(float)) ** 2))


@cache
def by_correlations(run: CorrelatedRun, threshold: float) -> antipersistent.Caching:
    """The theory of caching, given the measured correlations."""
    return antipersistent.caching_along(threshold, run.correlations, run.so_far)


@cache
def by_curve(run: CorrelatedRun, threshold: float) -> antipersistent.Caching:
    """The same, given the measured curve."""
    correlations = antipersistent.lag_correlations(run.curve)
    return antipersistent.caching_along(threshold, correlations, run.so_far)


@cache
def by_updates(run: CorrelatedRun, threshold: float) -> antipersistent.Caching:
    """The same, given the number of updates alone."""
    caching: antipersistent.Caching = antipersistent.caching(threshold, run.P, run.N - 1, run.K)
    return caching


def _run(P: int, N: int, thresholds: tuple[float, ...], rng: np.random.Generator) -> CorrelatedRun:
    run = trajectory(*random_patterns(P, N, rng))
    return CorrelatedRun(P, N + 1, run, replay(run, thresholds))


def correlated(P: int, replicas: int, N: int = 1000) -> Experiment:
    """Perceptron learning of P patterns, with caching at five thresholds."""
    thresholds = (3.0, 5.0, 10.0, 20.0, 40.0)
    return Experiment(f"correlated P={P} N={N}", partial(_run, P, N, thresholds), replicas)


def _runs(
    loads: tuple[int, ...], N: int, thresholds: tuple[float, ...], rng: np.random.Generator
) -> tuple[CorrelatedRun, ...]:
    return tuple(_run(P, N, thresholds, rng) for P in loads)


def correlated_loads(
    *P: int, thresholds: tuple[float, ...], replicas: int, N: int = 1000
) -> Experiment:
    """Independent perceptron runs at several loads, with caching, as one record."""
    name = f"correlated loads P={P} N={N} thresholds={thresholds}"
    return Experiment(name, partial(_runs, P, N, thresholds), replicas)


QUARTER = correlated(250, replicas=70)
HALF = correlated(500, replicas=27)
FULL = correlated(1000, replicas=27)
NEAR = correlated(1500, replicas=8)
