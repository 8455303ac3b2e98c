"""A spiking neuron that learns to associate sounds with sights, with cached synapses.

The neuron of D'Souza, Liu & Hahnloser (2010), as used in Li & van Rossum (2020), Fig. 2, supplement
1. Each association is an auditory pattern, two of a hundred inputs, and the strength of a visual
teacher, strong or weak. In a trial the sound comes first and the sight after it. What the sound
makes the neuron spike adapts it, so that the sight makes it spike the less, and since spikes of
the sight find the recent ones of the sound, they potentiate, whereas spikes of the sound itself are
followed by more sound, which depresses. The weights come to rest where the two balance, the higher
the stronger the teacher: a perceptron rule.

A run presents all associations once, in the same order. Learning has ended with the first of ten
runs in a row in which no weight is further from its mean over them than 3% of the largest weight.
Energies count until then.

Conventions where the papers leave something open: weights start at zero; the inputs of a pattern
and its teacher are drawn at random; membrane, adaptation and traces start each trial afresh; all
neurons of a pool share a weight, which counts once in the energy, and each of their spikes counts
in its trace; potentiation lasts tau+ and depression tau- (the published script has it the other
way round); the background's current leads away from rest (as it does there). What of this matters
is measured by the claim SE.spiking-load.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.checks import as_count, as_numbers, require, require_generator
from montecarlo.spiking.inputs import Parameters, Trains, poisson_trains
from montecarlo.spiking.trial import present

__all__ = [
    "Associations", "LearntAssociations", "consolidation_energy", "learn", "random_associations"
]  # fmt: skip

#: Auditory inputs, how many of them are active in a pattern, and the strengths of the teacher.
INPUTS, ACTIVE, STRENGTHS = 100, 2, (1.0, 0.5)
#: Runs over which the weights must be at rest, and how far from their mean they may be then, as a
#: part of the largest weight.
AT_REST, TOLERANCE = 10, 0.03


@dataclass(frozen=True)
class Associations:
    """What each of many neurons has to learn.

    Attributes
    ----------
    patterns : ndarray of int, shape (neurons, P, 2)
        The active auditory inputs of each pattern.
    strengths : ndarray, shape (neurons, P)
        Of its visual teacher.
    """

    patterns: IntArray
    strengths: FloatArray


@dataclass(frozen=True)
class LearntAssociations:
    """How many independent neurons have learnt their associations, all energies and weights in nS.

    Attributes
    ----------
    associations : Associations
    converged : ndarray of bool, shape (neurons,)
        Whether the weights came to rest.
    runs : ndarray of int, shape (neurons,)
        Runs until they did, the first at rest included.
    weights : ndarray, shape (neurons, inputs)
        At the end of that run.
    plain_energy : ndarray, shape (neurons,)
        Without caching: the sum over time steps and synapses of abs(change).
    changes : ndarray, shape (runs, P, neurons, 2)
        What each trial up to the end of learning has changed the weights of the active inputs in
        all, zero from there on; ``runs`` are those of the slowest neuron.
    """

    associations: Associations
    converged: npt.NDArray[np.bool_]
    runs: IntArray
    weights: FloatArray
    plain_energy: FloatArray
    changes: FloatArray

    @property
    def minimal_energy(self) -> FloatArray:
        """Sum over synapses of abs(final - initial weight), shape (neurons,).

        It is what learning costs if transient weights neither decay nor cost anything, so that
        all is consolidated once, at the end.
        """
        return np.asarray(np.abs(self.weights).sum(axis=1))


def random_associations(neurons: int, P: int, rng: np.random.Generator) -> Associations:
    """Random patterns, each with a teacher that is strong (1) or weak (0.5) with equal chances.

    Parameters
    ----------
    neurons, P : int
        Independent neurons, and associations of each.
    rng : numpy.random.Generator
        Source of all randomness.

    Returns
    -------
    Associations
        Two different inputs of a hundred for each.

    Raises
    ------
    ValueError
        If a number is not positive, or rng no generator.

    Examples
    --------
    >>> made = random_associations(3, 5, np.random.default_rng(1))
    >>> made.patterns.shape, made.strengths.shape
    ((3, 5, 2), (3, 5))
    """
    neurons, P = as_count("neurons", neurons), as_count("P", P)
    require_generator(rng)
    shuffled = rng.random((neurons, P, INPUTS)).argsort(axis=2)
    strengths = rng.choice(STRENGTHS, (neurons, P))
    return Associations(shuffled[:, :, :ACTIVE], strengths)


def learn(
    associations: Associations,
    rng: np.random.Generator,
    parameters: Parameters | None = None,
    *,
    max_runs: int = 1000,
) -> LearntAssociations:
    """Present the associations until the weights have come to rest.

    Parameters
    ----------
    associations : Associations
        What each neuron has to learn.
    rng : numpy.random.Generator
        Source of all spikes; the same state gives the same result bit for bit.
    parameters : Parameters, optional
        Of the neuron and of a trial; without it, those of the paper.
    max_runs : int
        Give up after so many runs. That is a result (``converged=False``).

    Returns
    -------
    LearntAssociations
        Weights and energies in nS.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> run = learn(random_associations(4, 2, rng), rng)
    >>> bool(run.converged.all()), bool((run.minimal_energy < 0.7 * run.plain_energy).all())
    (True, True)
    """
    model = parameters or Parameters()
    _require_associations(associations)
    require_generator(rng)
    max_runs = as_count("max_runs", max_runs)
    patterns, strengths = associations.patterns, associations.strengths
    neurons, P, active = patterns.shape
    weights = np.zeros((neurons, INPUTS))
    final = np.zeros_like(weights)
    runs = np.full(neurons, max_runs)
    converged = np.zeros(neurons, dtype=bool)
    recent: deque[FloatArray] = deque(maxlen=AT_REST)
    changes: list[FloatArray] = []
    energies: list[FloatArray] = []
    rows = np.arange(neurons)
    rounds = _rounds(patterns)
    while len(rows) and len(changes) < max_runs:
        changes.append(np.zeros((P, neurons, active)))
        energies.append(np.zeros(neurons))
        trains = poisson_trains(strengths[rows].ravel(), active, rng, model)
        for turn in range(rounds[rows].max() + 1):
            shown = np.flatnonzero(rounds[rows].ravel() == turn)
            who, which = rows[shown // P], shown % P
            synapses = who[:, None], patterns[who, which]
            trial = present(weights[synapses], _chosen(trains, shown), model)
            changes[-1][which, who] = trial.weights - weights[synapses]
            np.add.at(energies[-1], who, trial.energy)
            weights[synapses] = trial.weights
        recent.append(weights.copy())
        if len(recent) == AT_REST:
            spread = np.abs(recent - np.mean(recent, axis=0)).max(axis=(0, 2))
            resting = rows[spread[rows] <= TOLERANCE * model.largest_weight]
            runs[resting] = len(changes) + 1 - AT_REST
            final[resting] = recent[0][resting]
            converged[resting] = True
            rows = rows[~converged[rows]]
    final[rows] = weights[rows]
    learning = np.arange(1, len(changes) + 1)[:, None] <= runs
    return LearntAssociations(
        associations=associations,
        converged=converged,
        runs=runs,
        weights=final,
        plain_energy=np.where(learning, energies, 0).sum(axis=0),
        changes=np.where(learning[:, None, :, None], changes, 0)[: runs.max()],
    )


def _rounds(patterns: IntArray) -> IntArray:
    """When in a run to show each pattern, shape (neurons, P): after those it shares an input with.

    Patterns without a common input do not feel each other, so those of one round are one batch.
    """
    each = np.arange(len(patterns))[:, None]
    rounds = np.zeros(patterns.shape[:2], dtype=np.int64)
    free = np.zeros((len(patterns), INPUTS), dtype=np.int64)
    for p, inputs in enumerate(patterns.swapaxes(0, 1)):
        rounds[:, p] = free[each, inputs].max(axis=1)
        free[each, inputs] = rounds[:, p, None] + 1
    return rounds


def _chosen(trains: Trains, rows: IntArray) -> Trains:
    """Some of the trains."""
    return Trains(trains.auditory[rows], trains.visual[rows], trains.background[rows])


def _require_associations(associations: Associations) -> None:
    """Require patterns of different inputs and a strength for each; `poisson_trains` checks it."""
    patterns, shape = associations.patterns, associations.patterns.shape
    domain = f"an integer array of shape (neurons, P, inputs), from 0 to {INPUTS - 1}"
    if len(shape) != 3 or patterns.dtype.kind not in "iu" or not patterns.size:
        raise ValueError(f"patterns must be {domain}, got {patterns.dtype} of shape {shape}")
    for number in (patterns.min(), patterns.max()):
        require("patterns", int(number), 0 <= number < INPUTS, domain)
    if not np.diff(np.sort(patterns, axis=2), axis=2).all():
        raise ValueError("patterns must be of different inputs, got one twice in a pattern")
    if associations.strengths.shape != shape[:2]:
        got = associations.strengths.shape
        raise ValueError(f"strengths must be of shape {shape[:2]}, got shape {got}")


def consolidation_energy(learning: LearntAssociations, thresholds: npt.ArrayLike) -> FloatArray:
    """What learning would have cost with cached synapses that do not decay.

    After each trial a synapse is consolidated if its transient weight exceeds the threshold, and
    at the end of learning the rest is. Caching does not change the course of learning.

    Parameters
    ----------
    learning : LearntAssociations
        As made by `learn`.
    thresholds : array_like, shape (thresholds,)
        Each at least 0 (nS); infinity consolidates at the end only.

    Returns
    -------
    ndarray, shape (thresholds, neurons)
        Sum over synapses and consolidations of the amount consolidated (nS).

    Raises
    ------
    ValueError
        If a threshold is negative or not a number.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> run = learn(random_associations(4, 2, rng), rng)
    >>> energy = consolidation_energy(run, [0.0, 0.1, np.inf])
    >>> bool((energy[0] < run.plain_energy).all()), np.allclose(energy[2], run.minimal_energy)
    (True, True)
    """
    domain = "a list of numbers >= 0"
    levels = as_numbers("thresholds", thresholds, domain)
    require("thresholds", thresholds, levels.ndim == 1 and bool((levels >= 0).all()), domain)
    neurons = len(learning.weights)
    transient = np.zeros((len(levels), *learning.weights.shape))
    energy = np.zeros((len(levels), neurons))
    each = np.arange(neurons)[:, None]
    patterns = learning.associations.patterns.swapaxes(0, 1)
    for run in learning.changes:
        for change, inputs in zip(run, patterns, strict=True):
            held = transient[:, each, inputs] + change
            size = np.abs(held)
            fired = size > levels[:, None, None]
            energy += np.where(fired, size, 0).sum(axis=2)
            transient[:, each, inputs] = np.where(fired, 0, held)
    return np.asarray(energy + np.abs(transient).sum(axis=2))
