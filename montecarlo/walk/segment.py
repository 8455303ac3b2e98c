"""A segment of a walk: some presentations, in which all weights move and their sums are taken.

Weights are in units of ``eta``. Between updates nothing is simulated: decay and sums over time are
geometric series there.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray, IntArray

SignArray = npt.NDArray[np.int8]
# Small integers without decay, which is exact; with decay float64, because float32 cannot tell
# 1 - 1/tau from 1 when tau is large.
Weights = npt.NDArray[Any]

#: Bins of the histogram with decay.
BINS = 41
#: Synapses that move side by side, and moves of such a tile in a segment: they stay in L2 cache.
TILE, MOST_MOVES = 2**12, 2**16
#: Columns of the sums over synapses and presentations; a move is one weight at one update.
MOVES, EVENTS, AMOUNT, TRANSIENT, OCCUPANCY = 0, 1, 2, 3, slice(4, None)


def advance(
    weights: Weights,
    length: int,
    *,
    limit: float,
    p: float,
    tau: float,
    rng: np.random.Generator,
    scratch: Weights,
) -> FloatArray:
    """Move all weights (in place) through ``length`` presentations of one shared clock."""
    times = _update_times(length, p, rng)
    # A fixed stride could stay in step with the walk, which at p = 1 alternates between even and
    # odd levels; a random presentation of every segment cannot.
    sample = int(rng.integers(1, length + 1))
    total = np.zeros(())
    for tile in np.array_split(weights, math.ceil(weights.size / TILE)):  # views
        signs = _signs(times.size, tile.size, rng)
        total = total + _segment(
            tile, times, signs, length=length, sample=sample, limit=limit, tau=tau, scratch=scratch
        )
    return total


def _update_times(length: int, p: float, rng: np.random.Generator) -> IntArray:
    """Presentations, counted from 1 to ``length``, that are updates.

    Waiting times are geometric and without memory, so a segment may start its clock afresh.
    """
    times = np.zeros(1, dtype=np.int64)
    while times[-1] <= length:
        # Waits are cut beyond the end of the segment so that their sum cannot overflow.
        waits = np.minimum(rng.geometric(p, size=8 + int(1.5 * p * length)), length + 1)
        times = np.concatenate([times, times[-1] + np.cumsum(waits)])
    return times[1 : np.searchsorted(times, length, side="right")]


def _signs(n_updates: int, n_synapses: int, rng: np.random.Generator) -> SignArray:
    """Independent fair signs, shape (n_updates, n_synapses), from one random bit each."""
    count = n_updates * n_synapses
    packed = np.frombuffer(rng.bytes((count + 7) // 8), dtype=np.uint8)
    signs = np.unpackbits(packed, count=count).view(np.int8).reshape(n_updates, n_synapses)
    signs += signs
    signs -= 1
    return signs


def _segment(
    weights: Weights,
    times: IntArray,
    signs: SignArray,
    *,
    length: int,
    sample: int,
    limit: float,
    tau: float,
    scratch: Weights,
) -> FloatArray:
    """Move weights (in place) through presentations 1 to ``length`` with the given updates.

    ``times`` are the updates among the presentations, ``signs[u]`` the moves of all weights at
    update ``u``. Return the sums over synapses and presentations: moves, events, amount
    consolidated, |s| at the ends of presentations, occupancy of the histogram bins. With
    decay the histogram takes the weights at the end of presentation ``sample`` only.
    """
    waits = np.diff(times, prepend=0, append=length + 1)
    rows, width = waits.size, weights.size
    scratch.resize(max(scratch.size, rows * width), refcheck=False)  # grows, seldom
    block = scratch[: rows * width].reshape(rows, width)
    # Row 0 holds the start, row u the weights right after update u, before consolidation. Its
    # weight in the sum of |s| is the decay since then, summed up to the presentation before the
    # next update. The start itself was counted by the segment before.
    if math.isinf(tau):
        visited = np.empty((rows, width), dtype=weights.dtype)
        visited[0] = weights
        for row, sign in zip(visited[1:], signs, strict=True):
            np.add(weights, sign, out=row)
            _consolidate(row, limit, out=weights)
        waits[0] -= 1
        return _lattice_sums(visited, waits, int(limit) + 1, cells=block)

    decay = math.log1p(-1 / tau)
    factors = np.exp(decay * waits).tolist()
    block[0] = weights
    for row, sign, factor in zip(block[1:], signs, factors[:-1], strict=True):
        np.multiply(weights, factor, out=weights)
        np.add(weights, sign, out=row)
        _consolidate(row, limit, out=weights)
    weights *= math.exp(decay * int(waits[-1] - 1))
    hold = -tau * np.expm1(decay * waits)
    hold[0] -= 1
    seen = int(np.searchsorted(times, sample, side="right"))
    snapshot = np.empty_like(weights)
    _consolidate(block[seen], limit, out=snapshot)
    snapshot *= math.exp(decay * (sample - (int(times[seen - 1]) if seen else 0)))
    return _decay_sums(block, hold, limit, snapshot)


def _consolidate(moved: Weights, limit: float, out: Weights) -> None:
    """Write the weights that stay within the limit to ``out``, and 0 for the others."""
    np.abs(moved, out=out)
    np.multiply(moved, out <= limit, out=out)


def _lattice_sums(visited: Weights, hold: IntArray, n: int, cells: IntArray) -> FloatArray:
    """Return the sums of a segment without decay; all follow from the visits to each level.

    A visit to the outermost levels -n and n is an event, after which the weight rests at 0.
    """
    rows, levels = len(visited), 2 * n + 1
    np.add(visited, (n + levels * np.arange(rows))[:, np.newaxis], out=cells)
    counts = np.bincount(cells.ravel(), minlength=rows * levels).reshape(rows, levels)
    fired = counts[:, 0] + counts[:, -1]
    occupancy = hold @ counts[:, 1:-1]
    occupancy[n - 1] += hold @ fired
    events = fired.sum()
    transient = occupancy @ np.abs(np.arange(1 - n, n))
    moves = visited[1:].size
    return np.array([moves, events, n * events, transient, *occupancy], dtype=np.float64)


def _decay_sums(
    visited: FloatArray, hold: FloatArray, limit: float, snapshot: FloatArray
) -> FloatArray:
    """Return the sums of a segment with decay, with a histogram of the snapshot."""
    size = np.abs(visited, out=visited)
    fired = np.flatnonzero(size > limit)
    amounts = size.ravel()[fired]
    transient = hold @ size.sum(axis=1) - hold[fired // snapshot.size] @ amounts
    cells = np.minimum((snapshot / limit + 1) * (BINS / 2), BINS - 1).astype(np.intp)
    occupancy = np.bincount(cells, minlength=BINS)
    moves = visited[1:].size
    return np.array([moves, amounts.size, amounts.sum(), transient, *occupancy], dtype=np.float64)
