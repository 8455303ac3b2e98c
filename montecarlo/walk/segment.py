"""A segment of a walk: some presentations, in which all weights move and their sums are taken.

Between updates nothing is simulated: decay and sums over time are geometric series there. With
decay weights are in units of ``eta``. Without, they are levels 0 to 2n - 2 of a lattice, where
those of one level that the same signs await move alike: they are counted, and make several moves
at once.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray, IntArray

BitArray = npt.NDArray[np.uint8]

#: Bins of the histogram with decay.
BINS = 41
#: Synapses that move side by side.
TILE = 2**12
#: Updates of a mean segment, and moves of a tile in it, at most: they stay in L2 cache, counted, or
#: as doubles with decay, whose histogram takes one presentation of each segment.
LATTICE_SEGMENT, DECAY_SEGMENT = (128, 2**18), (64, 2**16)
#: Columns of the sums over synapses and presentations; a move is one weight at one update.
MOVES, EVENTS, AMOUNT, TRANSIENT, OCCUPANCY = 0, 1, 2, 3, slice(4, None)


def advance(
    tiles: Sequence[npt.NDArray[Any]],
    length: int,
    *,
    limit: float,
    p: float,
    tau: float,
    rng: np.random.Generator,
) -> FloatArray:
    """Move all weights (in place) through ``length`` presentations of one shared clock.

    Return the sums over synapses and presentations: moves, events, amount consolidated, |s| at the
    ends of presentations, occupancy of the histogram bins. With decay the histogram takes the
    weights at the end of one presentation only.
    """
    waits = _waits(length, p, rng)
    # A fixed stride could stay in step with the walk, which at p = 1 alternates between even and
    # odd levels; a random presentation of every segment cannot.
    sample = int(rng.integers(1, length + 1))
    total = np.zeros(())
    for tile in tiles:
        bits = _bits(waits.size - 1, tile.size, rng)
        if math.isinf(tau):
            n = int(limit) + 1
            # So many moves at once that paths do not outnumber half the weights. Two at once have
            # no more paths to count than one by one; beyond five, there is little left to save.
            m = min(max(2, (tile.size // (4 * n)).bit_length() - 1), 5)
            sums = _on_lattice(tile, waits, bits, n, m)
        else:
            sums = _with_decay(tile, waits, bits, sample, limit, tau)
        total = total + sums
    return total


def _waits(length: int, p: float, rng: np.random.Generator) -> IntArray:
    """Presentations from the start to the first update, between updates, and beyond the last.

    The last wait ends one presentation after the segment. Waits are geometric and without memory,
    so a segment may start its clock afresh.
    """
    waits = times = np.zeros(0, dtype=np.int64)
    while times.size == 0 or times[-1] <= length:
        # Waits are cut beyond the end of the segment so that their sum cannot overflow.
        more = np.minimum(rng.geometric(p, size=8 + int(1.5 * p * length)), length + 1)
        waits = np.concatenate([waits, more])
        times = waits.cumsum()
    last = times.searchsorted(length, side="right")
    waits[last] -= times[last] - (length + 1)
    return waits[: last + 1]


def _bits(n_updates: int, n_synapses: int, rng: np.random.Generator) -> BitArray:
    """Independent fair bits, shape (n_updates, n_synapses): 1 moves a synapse up, 0 down."""
    count = n_updates * n_synapses
    packed = np.frombuffer(rng.bytes((count + 7) // 8), dtype=np.uint8)
    return np.unpackbits(packed, count=count).reshape(n_updates, n_synapses)


@lru_cache(maxsize=8)
def _paths(n: int, m: int) -> tuple[IntArray, FloatArray]:
    """All ways through m updates: levels, shape (m + 1, paths), and events, shape (m, paths).

    Path ``2**m level + bits`` starts at ``level``; its first move is the highest of the m bits. A
    move beyond the lattice is an event, after which the weight rests at 0, which is level n - 1.
    """
    path = np.arange((2 * n - 1) << m)
    levels, events = [path >> m], []
    for place in reversed(range(m)):
        moved = levels[-1] + 2 * (path >> place & 1) - 1
        events.append((moved < 0) | (moved > 2 * n - 2))
        levels.append(np.where(events[-1], n - 1, moved))
    return np.array(levels), np.array(events, dtype=np.float64)


def _on_lattice(levels: IntArray, waits: IntArray, bits: BitArray, n: int, m: int) -> FloatArray:
    """Move levels (in place) through a segment without decay; return its sums, see `advance`.

    ``waits`` are those of `_waits`, ``bits[u]`` the directions of all weights at update u; m moves,
    at most the eight that a byte can hold, are made at once.
    """
    along, events = _paths(n, m)
    paths = events.shape[1]
    blocks = max(1, math.ceil(len(bits) / m))
    missing = blocks * m - len(bits)  # updates of the last block that are none
    ahead = np.zeros((blocks * m, levels.size), dtype=np.uint8)
    ahead[: len(bits)] = bits
    places = 1 << np.arange(m, dtype=np.uint8)[::-1]
    taken = np.einsum("bmw,m->bw", ahead.reshape(blocks, m, -1), places).astype(np.int64)
    start, onward = levels << m, along[m] << m
    for path in taken:
        np.add(path, start, out=path)
        start = onward[path]
    levels[:] = along[m - missing][taken[-1]]
    taken += paths * np.arange(blocks)[:, np.newaxis]
    counts = np.bincount(taken.ravel(), minlength=blocks * paths).astype(float)
    counts = counts.reshape(blocks, paths)
    # For how many presentations weights rest after each move of a block, and at the very start,
    # whose last presentation was counted by the segment before.
    hold, rest = np.zeros((m + 1, blocks)), np.zeros(blocks * m)
    rest[: len(bits)] = waits[1:]
    hold[0, 0], hold[1:] = waits[0] - 1, rest.reshape(blocks, m).T
    occupancy = np.bincount(along.ravel(), (hold @ counts).ravel())
    fired = (counts @ events.T).ravel()[: len(bits)].sum()
    sums = [bits.size, fired, n * fired, occupancy @ np.abs(np.arange(1 - n, n))]
    return np.concatenate((np.array(sums), occupancy))


def _with_decay(
    weights: FloatArray, waits: IntArray, bits: BitArray, sample: int, limit: float, tau: float
) -> FloatArray:
    """Move weights (in place) through a segment with decay; return its sums, see `advance`.

    ``waits`` are those of `_waits`, ``bits[u]`` the directions of all weights at update u, and
    ``sample`` is the presentation whose end the histogram takes.
    """
    # Row 0 holds the start, row u first the signs of update u, then the weights after it. Its share
    # of the sum of |s| is the decay since then, summed up to the presentation before the next
    # update. The start itself was counted by the segment before.
    after = np.empty((len(waits), weights.size))
    after[0], after[1:] = weights, 2 * bits.view(np.int8) - 1
    decay, most = math.log1p(-1 / tau), np.array(limit)  # a number would be converted each time
    size, amounts = weights, [np.zeros(0)]
    factors = np.exp(decay * waits)[:, np.newaxis]
    for before, row, factor in zip(after, after[1:], factors, strict=False):
        np.multiply(before, factor, size)
        np.add(size, row, row)
        np.abs(row, size)
        fired = np.greater(size, most).nonzero()[0]
        amounts.append(size[fired])
        row[fired] = 0
    np.multiply(after[-1], math.exp(decay * int(waits[-1] - 1)), weights)
    consolidated = np.concatenate(amounts)
    seen = waits.cumsum().searchsorted(sample, side="right")  # the update before the sample
    snapshot = after[seen] * math.exp(decay * (sample - int(waits[:seen].sum())))
    cells = np.minimum((snapshot / limit + 1) * (BINS / 2), BINS - 1).astype(np.intp)
    hold = -tau * np.expm1(decay * waits)
    hold[0] -= 1
    transient = (hold @ np.abs(after, after)).sum()
    sums = [bits.size, consolidated.size, consolidated.sum(), transient]
    return np.concatenate((np.array(sums), np.bincount(cells, minlength=BINS)))
