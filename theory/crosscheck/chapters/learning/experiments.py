"""Perceptrons that learn random patterns, epoch by epoch."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montecarlo.perceptron import random_patterns, trajectory
from theory.crosscheck.experiment import experiment


@dataclass(frozen=True)
class Epochs:
    """How P patterns were learnt by N synapses, the bias among them, from zero on.

    Attributes
    ----------
    P, N : int
    updated : ndarray of int
        Updates in each epoch; in the last there are none.
    norm : float
        abs(w)/N in the end, in steps.
    inefficiency : float
        Energy over minimal energy.
    """

    P: int
    N: int
    updated: npt.NDArray[np.int64]
    norm: float
    inefficiency: float

    @property
    def updates(self) -> float:
        """Updates per pattern, K/P."""
        return float(self.updated.sum() / self.P)

    @property
    def epochs(self) -> int:
        """Passes over the patterns, the error-free last one included."""
        return len(self.updated)

    def first(self, epochs: int) -> float:
        """Updates per pattern in the first epochs."""
        return float(self.updated[:epochs].sum() / self.P)


@experiment(replicas=16)
def by_load(rng: np.random.Generator, N: int, *loads: float) -> tuple[Epochs, ...]:
    """Independent perceptrons of N synapses at several loads, as one record."""
    return tuple(_learnt(rng, round(load * N), N) for load in loads)


@experiment(replicas=16)
def by_size(rng: np.random.Generator, load: float, *N: int) -> tuple[Epochs, ...]:
    """Independent perceptrons of several sizes at one load, as one record."""
    return tuple(_learnt(rng, round(load * size), size) for size in N)


def _learnt(rng: np.random.Generator, P: int, N: int) -> Epochs:
    run = trajectory(*random_patterns(P, N - 1, rng))
    counts = np.bincount(run.updated, minlength=P)
    weights = counts @ run.examples.astype(float)
    return Epochs(
        P,
        N,
        np.bincount((run.times - 1) // P, minlength=run.epochs),
        float(np.sqrt(weights @ weights) / N),
        float(counts @ run.sizes / np.abs(weights).sum()),
    )
