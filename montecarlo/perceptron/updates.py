"""Perceptron learning without decay: the list of updates, and caching replayed along it.

Without decay caching does not affect the weights. The list of updates then follows from the
patterns alone (``presenting``), and what caching would have cost is replayed from it for as many
thresholds as one likes (``replaying``).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.checks import (
    are_whole,
    as_count,
    as_numbers,
    as_positive,
    checked_patterns,
    in_own_units,
    require,
    threshold_in_steps,
)
from montecarlo.perceptron.presenting import Tell, unheard, wrong_presentations
from montecarlo.perceptron.replaying import WORD, advance, advance_words
from montecarlo.triggers import Rule, Trigger, require_trigger

#: Updates replayed at a time, whole words that stay in the cache.
CHUNK = 64 * WORD
#: Below so many steps a threshold is replayed word by word. Of several the largest must be below a
#: share of that: update by update they have the calls in common.
TABULATED = 64


@dataclass(frozen=True)
class Trajectory:
    """The updates of one perceptron run without decay, from which any caching can be replayed.

    Attributes
    ----------
    examples : ndarray, shape (P, N + 1)
        Patterns times their labels, in units of their own: an update adds ``step`` times a row of
        it to the weights.
    sizes : ndarray, shape (P,)
        Sum of abs(example): what an update costs, over ``step``.
    updated : ndarray of int, shape (K,)
        The row that each update added.
    times : ndarray of int, shape (K,)
        The presentation, counted from 1, at which each update was made.
    presentations, epochs : int
        Presentations and passes over all patterns, the error-free last one included.
    converged : bool
        Whether an epoch without errors was reached.
    step : float
        The learning rate times the unit of the patterns.
    """

    examples: npt.NDArray[np.floating]
    sizes: FloatArray
    updated: IntArray
    times: IntArray
    presentations: int
    epochs: int
    converged: bool
    step: float


@dataclass(frozen=True)
class Caching:
    """What caching costs along a trajectory, one entry for each threshold.

    Attributes
    ----------
    thresholds : ndarray, shape (M,)
    trigger : {"local", "any", "total"} or Rule
    consolidation_energy : ndarray, shape (M,)
        Sum over synapses and consolidations of the amount consolidated, the final one included.
    final_consolidation : ndarray, shape (M,)
        The part of it that the end of learning caused: the sum over synapses of abs(s) then.
    transient_sum : ndarray, shape (M,)
        Sum over presentations and synapses of abs(s); times c it is the maintenance energy.
    """

    thresholds: FloatArray
    trigger: Trigger
    consolidation_energy: FloatArray
    final_consolidation: FloatArray
    transient_sum: FloatArray


def trajectory(
    patterns: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    learning_rate: float = 1.0,
    max_epochs: int = 10_000,
    tell: Tell = unheard,
) -> Trajectory:
    """Learn without decay; caching then does not affect the weights and can be replayed.

    Memory grows as P N, and by some 30 bytes an update. Fields of whole numbers, or of multiples of
    one number, are exact. Those of other patterns are sums of doubles; one that would be zero is
    decided by their rounding.

    Parameters
    ----------
    patterns : array_like, shape (P, N + 1)
        Real inputs, the bias among them.
    labels : array_like, shape (P,)
        +1 or -1.
    learning_rate : float
        Step size eta > 0. Decisions do not depend on it, and are made in units of it.
    max_epochs : int
        Give up after so many passes over the patterns.
    tell : callable
        Is told after each epoch its number, from 1 on, and its updates: to show progress.

    Returns
    -------
    Trajectory
        Its weights, energies and consolidations are replayed from it.

    Raises
    ------
    ValueError
        If an argument is outside its domain or the shapes do not match.

    Examples
    --------
    >>> run = trajectory([[1, 1], [-1, 1]], [1, -1])
    >>> run.updated, run.presentations, run.converged
    (array([0, 1]), 4, True)
    """
    rate, epochs = as_positive("learning_rate", learning_rate), as_count("max_epochs", max_epochs)
    inputs, signs = checked_patterns(patterns, labels)
    scaled, unit = in_own_units(inputs)
    # Whole numbers are left as they are, so that they need not be looked at twice.
    exact = _exact_updates(scaled) if scaled is inputs or are_whole(scaled) else 0
    examples = scaled.astype(np.float32 if exact >= len(scaled) else float)
    examples *= signs[:, None].astype(examples.dtype)
    examples, updated, updates_after_epoch = wrong_presentations(examples, epochs, exact, tell)
    per_epoch = np.diff(updates_after_epoch)
    rows = np.array(updated, dtype=np.int64)
    return Trajectory(
        examples=examples,
        sizes=np.abs(examples).sum(axis=1).astype(float),
        updated=rows,
        times=np.repeat(np.arange(len(per_epoch)), per_epoch) * len(examples) + rows + 1,
        presentations=len(per_epoch) * len(examples),
        epochs=len(per_epoch),
        converged=bool(per_epoch[-1] == 0),
        step=rate * unit,
    )


def replay(run: Trajectory, thresholds: npt.ArrayLike, trigger: Trigger = "local") -> Caching:
    """What caching would have cost along a trajectory, for all thresholds in one pass.

    Parameters
    ----------
    run : Trajectory
        Of learning without decay.
    thresholds : array_like, shape (M,)
        Consolidation thresholds >= 0 in the units of the weights; infinity postpones consolidation
        to the end.
    trigger : {"local", "any", "total"} or Rule
        "local": a synapse whose abs(s) exceeds the threshold consolidates itself. "any": it makes
        all synapses consolidate. "total": all consolidate when the sum of abs(s) exceeds it. A rule
        of one's own: see `montecarlo.triggers.Rule`.

    Returns
    -------
    Caching
        Energies in units of weight.

    Raises
    ------
    ValueError
        If a threshold is negative or NaN, or the trigger is unknown.

    Examples
    --------
    >>> run = trajectory([[1, 1], [-1, 1]], [1, -1])
    >>> replay(run, [0, 1, 5]).consolidation_energy
    array([4., 2., 2.])
    """
    levels = np.atleast_1d(as_numbers("thresholds", thresholds, "numbers >= 0"))
    require(
        "thresholds", thresholds, levels.ndim == 1 and bool(np.all(levels >= 0)), "numbers >= 0"
    )
    require_trigger(trigger)
    energy = np.full(len(levels), run.sizes[run.updated].sum())
    final, transient = np.zeros((2, len(levels)))
    # At zero every update is consolidated at once, unless a rule of one's own decides.
    cached = np.flatnonzero((levels > 0) | isinstance(trigger, Rule))
    if len(cached):
        # The transient weights stay as they are until the next update, the last ones until the end.
        waits = np.diff(run.times, append=run.presentations + 1)
        advanced = _advancing(run, threshold_in_steps(levels[cached], run.step), trigger)
        energy[cached] = 0
        for start in range(0, len(waits), CHUNK):
            chunk = slice(start, start + CHUNK)
            before, after = advanced(run.updated[chunk])
            energy[cached] += (before - after).sum(axis=0)
            transient[cached] += waits[chunk] @ after
            final[cached] = after[-1]
        energy += final
    return Caching(levels, trigger, run.step * energy, run.step * final, run.step * transient)


def _advancing(
    run: Trajectory, levels: FloatArray, trigger: Trigger
) -> Callable[[IntArray], tuple[FloatArray, FloatArray]]:
    """What applies a list of updates to transient weights, at first zero, for all levels."""
    examples, width = run.examples, run.examples.shape[1]
    advanced: Callable[..., tuple[FloatArray, FloatArray]] = partial(advance, trigger=trigger)
    if isinstance(trigger, Rule):
        examples = examples.astype(float)  # how large transient weights become is not known
    elif trigger == "local":
        largest = max(examples.max(), -examples.min())
        signs = examples.dtype == np.float32 and largest == 1 and run.sizes.min() == width
        if signs and len(levels) * levels.max() < TABULATED:
            advanced = advance_words
        # Synapses consolidated at different times: all abs(s) stay below level and step.
        reach = levels.max(initial=0, where=np.isfinite(levels)) + largest
        if reach * width >= 2**24:
            examples = examples.astype(float)
    if examples.dtype == np.float32:
        # Integers below 2^24 exceed a level if they exceed its integer part. The level itself
        # may round to an integer above it.
        levels = np.minimum(np.floor(levels), 2**24).astype(np.float32)
    state = np.zeros((len(levels), width), examples.dtype)
    return partial(advanced, state, examples, levels=levels)


def _exact_updates(inputs: FloatArray) -> float:
    """After how many updates of whole numbers single precision is still exact, as far as is known.

    An update is only made when the margin is not positive, so after K updates the squared weights
    are at most K R^2 (R the largest norm of a pattern): no margin exceeds sqrt(K) R^2, no sum of
    abs(s) that is a difference of two weight vectors 2 sqrt(K (N + 1)) R. (With a local trigger it
    is none: `replay` sees to that.)
    """
    radius = math.sqrt(np.vecdot(inputs, inputs).max())
    once = radius * max(radius, 2 * math.sqrt(inputs.shape[1]))
    return (2**24 / once) ** 2 if once else math.inf
