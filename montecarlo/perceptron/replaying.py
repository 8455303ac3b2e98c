"""Transient weights along a list of updates: update by update, or in words of several.

With patterns of +-1 and a local trigger, the next `WORD` updates of a synapse are that many bits,
its transient weight is one of few whole numbers, and what they lead to stands in a table. Synapses
in the same state with the same word ahead are counted, not followed one by one.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.triggers import Rule, Trigger, due

#: Updates in a word; more make the tables larger than what they save.
WORD = 6


def advance(
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
    limits = np.broadcast_to(levels[:, None], state.shape).copy()
    each = np.ones(state.shape[1], state.dtype)
    before = np.empty((len(updated), len(state)), state.dtype)
    after = np.empty_like(before)
    rows = examples[:, None]
    rule = trigger if isinstance(trigger, Rule) else None
    for pattern, total, rest in zip(updated.tolist(), before, after, strict=True):
        np.add(state, rows[pattern], state)
        np.abs(state, size)
        np.dot(size, each, total)
        if rule or trigger == "local":
            if rule:
                np.logical_not(due(rule, size, limits[:, :1]), keep)
            else:
                np.less_equal(size, limits, keep)
            np.copyto(kept, keep)
            np.multiply(state, kept, state)
            np.vecdot(size, kept, rest)
        else:
            fired = (size.max(axis=1) if trigger == "any" else total) > levels
            rest[:] = total
            rest[fired] = 0
            state[fired] = 0
    return before.astype(float), after.astype(float)


def advance_words(
    state: npt.NDArray[np.floating],
    examples: npt.NDArray[np.floating],
    updated: IntArray,
    levels: npt.NDArray[np.floating],
) -> tuple[FloatArray, FloatArray]:
    """What `advance` does with patterns of +-1 and a local trigger."""
    words = _words(examples[updated] > 0)
    sums = np.empty((2, len(words) * WORD, len(levels)))
    code = np.empty(state.shape[1], dtype=np.intp)
    for column, level in enumerate(levels.astype(int).tolist()):
        after, moved = _table(level)
        following = (
            after[-1].astype(np.intp) + level
        ) << WORD  # the code of a state, all its bits zero
        ahead = (state[column].astype(np.intp) + level) << WORD
        counts = np.empty((len(words), len(following)), state.dtype)
        for word, count in zip(words, counts, strict=True):
            np.add(word, ahead, code)
            count[:] = np.bincount(code, minlength=len(following))
            following.take(code, out=ahead, mode="clip")  # unbuffered: every code is in bounds
        sizes = np.abs(after)
        for total, table in zip(sums, (sizes + moved, sizes), strict=True):
            total[:, column] = (counts @ table.T.astype(state.dtype)).ravel()
        state[column] = after[(len(updated) - 1) % WORD, code]  # the last word may be a part of one
    return sums[0, : len(updated)], sums[1, : len(updated)]


def _words(positive: npt.NDArray[np.bool_]) -> IntArray:
    """Updates (updates, synapses) as bits, the first of a word the highest: (words, synapses)."""
    bits = np.zeros((-(-len(positive) // WORD) * WORD, positive.shape[1]), dtype=np.int8)
    bits[: len(positive)] = positive
    words = np.zeros_like(bits[::WORD])
    for update in range(WORD):
        words *= 2
        words += bits[update::WORD]
    return words.astype(np.intp)


@cache
def _table(level: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """Transient weights after, and amounts consolidated at, each update: (WORD, states x words)."""
    transient = np.repeat(np.arange(-level, level + 1), 2**WORD)
    word = np.tile(np.arange(2**WORD), 2 * level + 1)
    after, moved = np.empty((2, WORD, len(word)), dtype=np.int8)
    for update in range(WORD):
        transient = transient + 2 * (word >> (WORD - 1 - update) & 1) - 1
        moved[update] = np.where(np.abs(transient) > level, np.abs(transient), 0)
        after[update] = transient = np.where(moved[update], 0, transient)
    return after, moved
