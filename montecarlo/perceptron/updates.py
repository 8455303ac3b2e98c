"""Perceptron learning without decay: the list of updates, and caching replayed along it.

Without decay caching does not affect the weights. The margins of all patterns then follow from the
pattern overlaps, the next wrong pattern is the next non-zero byte of a vector, and what caching
would have cost is replayed from the list of updates for as many thresholds as one likes.
"""

import math
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.checks import (
    are_whole,
    as_numbers,
    checked_patterns,
    in_own_units,
    require,
    require_choice,
    require_count,
    require_positive,
)
from montecarlo.triggers import Trigger

#: Updates replayed at a time, which bounds the memory that a replay needs.
CHUNK = 4096


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
    trigger : {"local", "any", "total"}
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
) -> Trajectory:
    """Learn without decay; caching then does not affect the weights and can be replayed.

    Memory grows as P squared: the overlaps of all pairs of patterns are kept.

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
    require_positive("learning_rate", learning_rate)
    require_count("max_epochs", max_epochs)
    inputs, signs = checked_patterns(patterns, labels)
    inputs, unit = in_own_units(inputs)
    examples = np.multiply(
        inputs, signs[:, None], dtype=_exact_dtype(inputs, max_epochs), casting="same_kind"
    )
    count = len(examples)
    overlaps = list(examples @ examples.T)
    margins = np.zeros(count, examples.dtype)
    zero = np.zeros_like(margins)
    # One byte a pattern, 1 where it is wrong: bytearray.find is then the fastest search for the
    # next.
    flags = bytearray(b"\1") * count
    wrong = np.frombuffer(flags, dtype=bool)
    updated: list[int] = []
    updates_after_epoch = [0]
    while len(updates_after_epoch) <= max_epochs:
        pattern = flags.find(1)
        while pattern >= 0:
            updated.append(pattern)
            np.add(margins, overlaps[pattern], margins)
            np.less_equal(margins, zero, wrong)
            pattern = flags.find(1, pattern + 1)
        updates_after_epoch.append(len(updated))
        if updates_after_epoch[-1] == updates_after_epoch[-2]:
            break
    per_epoch = np.diff(updates_after_epoch)
    rows = np.array(updated, dtype=np.int64)
    return Trajectory(
        examples=examples,
        sizes=np.abs(examples).sum(axis=1, dtype=float),
        updated=rows,
        times=np.repeat(np.arange(len(per_epoch)), per_epoch) * count + rows + 1,
        presentations=len(per_epoch) * count,
        epochs=len(per_epoch),
        converged=bool(per_epoch[-1] == 0),
        step=learning_rate * unit,
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
    trigger : {"local", "any", "total"}
        "local": a synapse whose abs(s) exceeds the threshold consolidates itself. "any": it makes
        all synapses consolidate. "total": all consolidate when the sum of abs(s) exceeds it.

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
    require_choice("trigger", trigger, get_args(Trigger))
    step, examples = run.step, run.examples
    energy = np.full(len(levels), run.sizes[run.updated].sum())
    final = np.zeros(len(levels))
    transient = np.zeros(len(levels))
    cached = np.flatnonzero(levels > 0)  # at zero every update is consolidated at once
    if len(cached):
        # The transient weights stay as they are until the next update, the last ones until the end.
        waits = np.diff(run.times, append=run.presentations + 1)
        relative = (levels[cached] / step)[:, None]
        if trigger == "local":
            # Synapses consolidated at different times: all abs(s) stay below level and step.
            reach = relative.max(initial=0, where=np.isfinite(relative)) + np.abs(examples).max()
            if reach * examples.shape[1] >= 2**24:
                examples = examples.astype(float)
        if examples.dtype == np.float32:
            # Integers below 2^24 exceed a level if they exceed its integer part. The level itself
            # may round to an integer above it.
            relative = np.minimum(np.floor(relative), 2**24).astype(np.float32)
        state = np.zeros((len(cached), examples.shape[1]), examples.dtype)
        energy[cached] = 0
        for start in range(0, len(waits), CHUNK):
            chunk = slice(start, start + CHUNK)
            before, after = _advance(state, examples, run.updated[chunk], relative, trigger)
            energy[cached] += (before - after).sum(axis=0)
            transient[cached] += waits[chunk] @ after
        final[cached] = np.abs(state).sum(axis=1, dtype=float)
        energy += final
    return Caching(levels, trigger, step * energy, step * final, step * transient)


def _advance(
    state: npt.NDArray[np.floating],
    examples: npt.NDArray[np.floating],
    updated: IntArray,
    levels: npt.NDArray[np.floating],
    trigger: Trigger,
) -> tuple[FloatArray, FloatArray]:
    """Apply updates to the transient weights ``state`` (thresholds, synapses), in place.

    Returns the sum over synapses of abs(s) before and after each update's consolidation, both of
    shape (updates, thresholds).
    """
    # Arrays of equal shapes and one dtype throughout: mixed ones cost NumPy three times as much.
    size, kept = np.empty_like(state), np.empty_like(state)
    keep = np.empty(state.shape, dtype=bool)
    limits = np.broadcast_to(levels, state.shape).copy()
    each = np.ones(state.shape[1], state.dtype)
    before = np.empty((len(updated), len(state)), state.dtype)
    after = np.empty_like(before)
    rows = list(examples[:, None])
    for pattern, total, rest in zip(updated.tolist(), before, after, strict=True):
        np.add(state, rows[pattern], state)
        np.abs(state, size)
        np.dot(size, each, total)
        if trigger == "local":
            np.less_equal(size, limits, keep)
            np.copyto(kept, keep)
            np.multiply(state, kept, state)
            np.vecdot(size, kept, rest)
        else:
            fired = (size.max(axis=1) if trigger == "any" else total) > levels[:, 0]
            rest[:] = total
            rest[fired] = 0
            state[fired] = 0
    return before.astype(float), after.astype(float)


def _exact_dtype(inputs: FloatArray, max_epochs: int) -> type[np.floating]:
    """Single precision where it is exact, double otherwise.

    An update is only made when the margin is not positive, so after K updates the squared weights
    are at most K R^2 (R the largest norm of a pattern): no margin exceeds sqrt(K) R^2, no sum of
    abs(s) that is a difference of two weight vectors 2 sqrt(K (N + 1)) R. (With a local trigger it
    is none: `replay` sees to that.)
    """
    radius = math.sqrt(np.einsum("ij,ij->i", inputs, inputs).max())
    updates = max_epochs * len(inputs)
    bound = math.sqrt(updates) * radius * max(radius, 2 * math.sqrt(inputs.shape[1]))
    return np.float32 if bound < 2**24 and are_whole(inputs) else np.float64
