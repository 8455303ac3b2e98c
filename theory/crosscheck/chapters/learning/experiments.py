"""Perceptrons that learn random patterns, epoch by epoch."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montecarlo.perceptron import Trajectory, learn, random_patterns, trajectory
from theory import learning
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
    minimal_energy : float
        Sum of abs(w), in steps.
    energy : float
        All that learning has cost, in steps.
    """

    P: int
    N: int
    updated: npt.NDArray[np.int64]
    norm: float
    minimal_energy: float
    energy: float

    @property
    def inefficiency(self) -> float:
        """Energy over minimal energy."""
        return self.energy / self.minimal_energy

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


def _learnt(rng: np.random.Generator, P: int, N: int) -> Epochs:
    run = trajectory(*random_patterns(P, N - 1, rng))
    counts = np.bincount(run.updated, minlength=P)
    weights = counts @ run.examples.astype(float)
    return Epochs(
        P,
        N,
        np.bincount((run.times - 1) // P, minlength=run.epochs),
        float(np.sqrt(weights @ weights) / N),
        float(np.abs(weights).sum()),
        float(counts @ run.sizes),
    )


@dataclass(frozen=True)
class Adapted:
    """The energy of caching, in steps, if the threshold is constant and if it is adapted.

    Attributes
    ----------
    constant : float
        The least of several constant thresholds.
    by_theory, by_last_epoch : float
        With the update probability of the mean field, and of the epoch before.
    """

    constant: float
    by_theory: float
    by_last_epoch: float


@experiment(replicas=16)
def adapted(rng: np.random.Generator, N: int, c: float) -> Adapted:
    """Caching of a perceptron with as many patterns as synapses, maintained at a cost c."""
    run = trajectory(*random_patterns(N, N - 1, rng))
    epochs = (run.times - 1) // N
    measured = np.bincount(epochs, minlength=run.epochs) / N
    expected = learning.update_probability(1.0, np.arange(1, run.epochs + 1))
    mean = np.sqrt(3 * measured.mean() / c)
    return Adapted(
        constant=min(
            _cached(run, np.full(run.epochs, factor * mean), c)
            for factor in (0.6, 0.75, 0.9, 1.05, 1.2)
        ),
        by_theory=_cached(run, np.sqrt(3 * expected / c), c),
        by_last_epoch=_cached(run, np.sqrt(3 * np.append(0.5, measured[:-1]) / c), c),
    )


def _cached(run: Trajectory, thresholds: npt.NDArray[np.float64], c: float) -> float:
    """Consolidation and maintenance, if synapses consolidate beyond a threshold by the epoch."""
    transient = np.zeros(run.examples.shape[1])
    energy, held = 0.0, 0.0
    lasts = np.diff(np.append(run.times, run.presentations + 1))
    limits = thresholds[(run.times - 1) // len(run.examples)]
    for row, limit, presentations in zip(run.updated, limits, lasts, strict=True):
        transient += run.examples[row]
        over = np.abs(transient) > limit
        energy += float(np.abs(transient[over]).sum())
        transient[over] = 0
        held += float(np.abs(transient).sum()) * presentations
    return energy + c * held + float(np.abs(transient).sum())


@dataclass(frozen=True)
class Decayed:
    """How P patterns were learnt with transient weights that decay; of a synapse, in steps.

    Attributes
    ----------
    updates : float
        Per pattern, K/P.
    epochs : int
        Passes over the patterns, the error-free last one included.
    consolidation, held : float
        Energy of all consolidations, the last one included; sum of abs(s) over presentations.
    """

    updates: float
    epochs: int
    consolidation: float
    held: float


@experiment(replicas=16)
def decayed(
    rng: np.random.Generator, P: int, N: int, threshold: float, tau: float, max_epochs: int
) -> Decayed:
    """Learning by N synapses, the bias among them, each of which consolidates for itself."""
    patterns = random_patterns(P, N - 1, rng)
    run = learn(*patterns, threshold=threshold, tau=tau, max_epochs=max_epochs)
    return Decayed(run.updates / P, run.epochs, run.consolidation_energy / N, run.transient_sum / N)
