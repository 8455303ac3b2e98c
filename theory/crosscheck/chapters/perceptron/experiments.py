"""Perceptron learning of random patterns, and random walks to hold it against."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from montecarlo.perceptron import Learning, Trajectory, learn, random_patterns, trajectory
from montecarlo.perceptron.accounting import Ledger, learn_ledger
from theory.crosscheck.experiment import experiment


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


def recorded(run: Trajectory) -> PerceptronRun:
    """What the claims need of a trajectory."""
    P, N = run.examples.shape
    counts = np.bincount(run.updated, minlength=P)
    first = int(np.searchsorted(run.times, P, side="right"))
    examples = run.examples.astype(float)
    return PerceptronRun(
        P=P,
        N=N,
        K=len(run.updated),
        T=run.presentations,
        plain_energy=float(counts @ run.sizes),
        weights=counts @ examples,
        potentiation=float(counts @ (run.sizes + examples.sum(axis=1)) / 2),
        first_epoch_updates=first,
        first_epoch_weights=np.bincount(run.updated[:first], minlength=P) @ examples,
    )


@experiment(replicas=60)
def learnt(rng: np.random.Generator, P: int, N: int = 1000) -> PerceptronRun:
    """Perceptron learning of P random patterns."""
    return recorded(trajectory(*random_patterns(P, N, rng)))


@experiment(replicas=60)
def loads(rng: np.random.Generator, *P: int, N: int = 1000) -> tuple[PerceptronRun, ...]:
    """Independent perceptron runs at several loads, as one record."""
    return tuple(recorded(trajectory(*random_patterns(load, N, rng))) for load in P)


@experiment(replicas=240)
def sizes(rng: np.random.Generator, *N: int) -> tuple[PerceptronRun, ...]:
    """Independent perceptron runs with as many patterns as synapses, as one record."""
    return tuple(recorded(trajectory(*random_patterns(n, n, rng))) for n in N)


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

    @property
    def updates(self) -> int:
        """Their number."""
        return len(self.fields)

    @property
    def path(self) -> Any:
        """Total weights at the end of each presentation, shape (T + 1, N + 1), from zero on."""
        return self.persistent + self.transient

    @property
    def writes(self) -> Any:
        """Changes of the persistent weights: at each presentation, and at the end."""
        return np.vstack((np.diff(self.persistent, axis=0), self.transient[-1]))


@experiment(replicas=8)
def stepwise(rng: np.random.Generator, threshold: float, eta: float = 1.0) -> Stepwise:
    """Small perceptron runs, presentation by presentation; threshold in steps, eta dyadic."""
    P, N = 40, 50
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
    )


@experiment(replicas=60)
def endpoints(rng: np.random.Generator, K: int) -> np.ndarray[Any, Any]:
    """Where 20,000 independent random walks of K steps of +-1 end."""
    return np.asarray(2.0 * rng.binomial(K, 0.5, size=20_000) - K)


#: Learning of so many patterns by 1000 synapses.
LEARNT = {
    100: learnt(100).replicated(200),
    500: learnt(500).replicated(240),
    1000: learnt(1000).replicated(120),
    1500: learnt(1500),
}
#: Loads of a half and of three halves.
TWO_LOADS = loads(200, 600, N=400).replicated(210)
