"""The Monte Carlo experiments that claims are held against."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from montecarlo.perceptron import Caching, Learning, learn, random_patterns, replay, trajectory
from montecarlo.perceptron.accounting import Ledger, learn_ledger
from montecarlo.walk import Walk, simulate
from theory.crosscheck.experiment import Experiment

#: Thresholds replayed along the perceptron runs, in steps.
THRESHOLDS = (0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0, math.inf)


@dataclass(frozen=True)
class PerceptronRun:
    """What the claims need of one perceptron run at step size 1; N counts the bias synapse."""

    P: int
    N: int
    K: int
    T: int
    plain_energy: float
    weights: np.ndarray[Any, Any]
    potentiation: float
    first_epoch_updates: int
    first_epoch_weights: np.ndarray[Any, Any]
    caching: Caching

    @property
    def minimal_energy(self) -> float:
        """Sum of abs(final weight)."""
        return float(np.abs(self.weights).sum())

    @property
    def inefficiency(self) -> float:
        """Energy spent over the minimal energy."""
        return self.plain_energy / self.minimal_energy

    @property
    def variance(self) -> float:
        """Mean squared weight."""
        return float(np.mean(self.weights**2))

    def cost(self, name: str, threshold: float) -> float:
        """An entry of `caching` at one of the thresholds."""
        return float(getattr(self.caching, name)[THRESHOLDS.index(threshold)])

    def best_threshold(self, c: float) -> float:
        """The threshold of least energy at maintenance cost c."""
        return float(self.caching.thresholds[np.argmin(self._energies(c))])

    def best_caching(self, c: float) -> float:
        """The least energy of all thresholds at maintenance cost c."""
        return float(np.min(self._energies(c)))

    def _energies(self, c: float) -> Any:
        """Consolidation and maintenance at all thresholds."""
        return self.caching.consolidation_energy + c * self.caching.transient_sum


def _perceptron_run(P: int, N: int, cached: bool, rng: np.random.Generator) -> PerceptronRun:
    patterns, labels = random_patterns(P, N, rng)
    run = trajectory(patterns, labels)
    counts = np.bincount(run.updated, minlength=P)
    first = int(np.searchsorted(run.times, P, side="right"))
    examples = run.examples.astype(float)
    return PerceptronRun(
        P=P,
        N=N + 1,
        K=len(run.updated),
        T=run.presentations,
        plain_energy=float(counts @ run.sizes),
        weights=counts @ examples,
        potentiation=float(counts @ np.maximum(examples, 0).sum(axis=1)),
        first_epoch_updates=first,
        first_epoch_weights=np.bincount(run.updated[:first], minlength=P) @ examples,
        caching=replay(run, THRESHOLDS if cached else ()),
    )


def perceptron(P: int, N: int = 1000, replicas: int = 60, cached: bool = False) -> Experiment:
    """Perceptron learning of P random patterns; ``cached`` replays the `THRESHOLDS`."""
    name = f"perceptron P={P} N={N}{' cached' if cached else ''}"
    return Experiment(name, partial(_perceptron_run, P, N, cached), replicas)


def _loads(P: tuple[int, ...], N: int, rng: np.random.Generator) -> tuple[PerceptronRun, ...]:
    return tuple(_perceptron_run(load, N, False, rng) for load in P)


def loads(*P: int, N: int = 1000, replicas: int = 60) -> Experiment:
    """Independent perceptron runs at several loads, as one record."""
    return Experiment(f"perceptron loads P={P} N={N}", partial(_loads, P, N), replicas)


@dataclass(frozen=True)
class Stepwise:
    """A small perceptron run beside the same run taken presentation by presentation.

    ``run``, its ``ledger`` and the path have step size eta, ``at_one`` has step size 1. The changes
    of the persistent and of the transient weights are kept one by one, so that energies follow from
    them by their definitions.
    """

    run: Learning
    at_one: Learning
    ledger: Ledger
    persistent: np.ndarray[Any, Any]
    transient: np.ndarray[Any, Any]
    fields: np.ndarray[Any, Any]
    updates: int

    @property
    def path(self) -> Any:
        """Total weights at the end of each presentation, shape (T + 1, N + 1), from zero on."""
        return self.persistent + self.transient


def _stepwise(P: int, N: int, threshold: float, eta: float, rng: np.random.Generator) -> Stepwise:
    patterns, labels = random_patterns(P, N, rng)
    persistent, transient = [np.zeros(N + 1)], [np.zeros(N + 1)]
    fields: list[float] = []
    errors = P
    while errors:
        errors = 0
        for pattern, label in zip(patterns, labels, strict=True):
            lasting, fleeting = persistent[-1], transient[-1]
            field = label * (pattern @ lasting + pattern @ fleeting)
            if field <= 0:
                errors += 1
                fields.append(field)
                fleeting = fleeting + eta * label * pattern
                over = np.abs(fleeting) > eta * threshold
                lasting, fleeting = lasting + over * fleeting, np.where(over, 0, fleeting)
            persistent.append(lasting)
            transient.append(fleeting)
    return Stepwise(
        run=learn(patterns, labels, threshold=eta * threshold, learning_rate=eta),
        at_one=learn(patterns, labels, threshold=threshold),
        ledger=learn_ledger(patterns, labels, threshold=eta * threshold, learning_rate=eta),
        persistent=np.array(persistent),
        transient=np.array(transient),
        fields=np.array(fields),
        updates=len(fields),
    )


def stepwise(threshold: float, eta: float = 1.0) -> Experiment:
    """Small perceptron runs, presentation by presentation; threshold in steps, eta dyadic."""
    name = f"stepwise threshold={threshold} eta={eta}"
    return Experiment(name, partial(_stepwise, 40, 50, threshold, eta), 8)


def _walk(threshold: float, p: float, eta: float, rng: np.random.Generator) -> Walk:
    return simulate(2000, 4096, threshold=eta * threshold, p=p, eta=eta, rng=rng)


def walk(threshold: float, p: float = 0.3, eta: float = 1.0) -> Experiment:
    """The transient weights of 2000 cached synapses; threshold in steps."""
    name = f"walk threshold={threshold} p={p} eta={eta}"
    return Experiment(name, partial(_walk, threshold, p, eta), 16)


def _leaky_walk(threshold: float, tau: float, p: float, rng: np.random.Generator) -> Walk:
    return simulate(300, 8192, threshold=threshold, tau=tau, p=p, rng=rng)


def leaky_walk(threshold: float, tau: float, p: float) -> Experiment:
    """The decaying transient weights of 300 cached synapses; threshold in steps."""
    name = f"leaky walk threshold={threshold} tau={tau} p={p}"
    return Experiment(name, partial(_leaky_walk, threshold, tau, p), 32)


def _endpoints(K: int, rng: np.random.Generator) -> np.ndarray[Any, Any]:
    return np.asarray(2.0 * rng.binomial(K, 0.5, size=20_000) - K)


def endpoints(K: int) -> Experiment:
    """Where 20,000 independent random walks of K steps of +-1 end."""
    return Experiment(f"endpoints K={K}", partial(_endpoints, K), 60)


SMALL = perceptron(100, replicas=200)
HALF = perceptron(500, replicas=240)
FULL = perceptron(1000, replicas=120)
NEAR = perceptron(1500)
PAIR = loads(200, 600, N=400, replicas=96)
CACHED = perceptron(1000, replicas=40, cached=True)
