"""Networks learn in blocks of time, exactly.

The fields of a block follow from the weights at its start and from the overlaps of its samples, and
the weights at its end from the errors, by products of matrices. The overlap of two samples is that
of the activities that change synapses in the earlier with those shown in the later. It is the same
for all units where units decide which synapses change; with a mask of single synapses each unit has
its own.
"""

from collections.abc import Callable

import numpy as np

from montecarlo.arrays import Array
from montecarlo.network.change import Change, powers
from montecarlo.network.lesson import Lesson
from montecarlo.network.synapses import Layer

__all__ = ["learn_in_blocks"]

#: Synapses onto hidden units that no cache of a processor holds.
MANY_SYNAPSES = 2**18
#: Samples whose fields are computed at once; with masks of synapses, whose overlaps cost more, few.
SAMPLES_IN_BLOCK, SAMPLES_IN_MASKED_BLOCK = 32, 8

#: Adds to the fields of a step, shape (R, steps, n_h), what the errors before it have changed.
Past = Callable[[Array, Array, int], None]


def learn_in_blocks(lesson: Lesson, hidden: Layer, output: Layer) -> None:
    """Let networks whose savers choose no single synapses anew learn side by side.

    Parameters
    ----------
    lesson : Lesson
    hidden, output : Layer
        Those of the networks, stacked; changed in place.
    """
    into, out_of = lesson.fixed
    masks = None if into is None or into.shape[-1] == 1 else into.astype(hidden.weights.dtype)
    onto = None if out_of is None or out_of.shape[-2] == 1 else out_of.astype(output.weights.dtype)
    units = into[..., 0] if into is not None and masks is None else None
    sources = out_of[:, 0] if out_of is not None and onto is None else None
    length = SAMPLES_IN_BLOCK if masks is None else SAMPLES_IN_MASKED_BLOCK
    if masks is None and not lesson.choosing and hidden.weights[0].size >= MANY_SYNAPSES:
        # Weights that no cache holds are worth reading less often.
        length = 4 * SAMPLES_IN_BLOCK
    for start in range(0, lesson.samples.shape[1], length):
        x = lesson.shown(slice(start, start + length))
        # What reaches the synapses that change.
        reaching = np.empty_like(x) if lesson.choosing else x
        fields = x @ hidden.weights.swapaxes(1, 2)
        past = _past(lesson, x, reaching, masks)
        deltas = np.empty_like(fields)
        errors = np.empty((*x.shape[:2], output.weights.shape[1]), x.dtype)
        h = np.ones((*x.shape[:2], output.weights.shape[2]), x.dtype)
        for t in range(x.shape[1]):
            past(fields, deltas, t)
            deltas[:, t], errors[:, t] = lesson.backpropagate(
                start + t, fields[:, t], h[:, t], output
            )
            if units is not None:
                deltas[:, t] *= units
            if sources is not None:
                h[:, t] *= sources
            change = Change(errors[:, t], h[:, t])
            if lesson.choosing:
                left, change = lesson.restrict((Change(deltas[:, t], x[:, t]), change))
                deltas[:, t], reaching[:, t] = left.errors, left.activities
                errors[:, t], h[:, t] = change.errors, change.activities
            change.only(out_of if sources is None else None).add_to(output.weights, lesson.rate)
        _add(hidden.weights, lesson.rate, Change(deltas, reaching), masks)
        _pay(hidden, lesson.rate, Change(deltas, reaching), masks)
        _pay(output, lesson.rate, Change(errors, h), onto)


def _past(lesson: Lesson, x: Array, reaching: Array, masks: Array | None) -> Past:
    if masks is not None:
        return _unlike(lesson.rate, x, masks)
    if lesson.choosing:
        return _chosen(lesson.rate, x, reaching)
    return _alike(lesson.rate, x)


def _alike(rate: float, x: Array) -> Past:
    """Of units that all see the same overlaps."""
    overlaps = (rate * x) @ x.swapaxes(1, 2)

    def past(fields: Array, deltas: Array, t: int) -> None:
        first = t - t % SAMPLES_IN_BLOCK
        if t == first > 0:
            last = slice(first - SAMPLES_IN_BLOCK, first)
            fields[:, t:] += overlaps[:, t:, last] @ deltas[:, last]
        fields[:, t] += np.vecmat(overlaps[:, t, first:t], deltas[:, first:t])

    return past


def _chosen(rate: float, x: Array, reaching: Array) -> Past:
    """The same, if what reaches synapses that change is known only once the sample is learnt."""

    def past(fields: Array, deltas: Array, t: int) -> None:
        overlaps = np.matvec(reaching[:, :t], x[:, t])
        fields[:, t] += rate * np.vecmat(overlaps, deltas[:, :t])

    return past


def _unlike(rate: float, x: Array, masks: Array) -> Past:
    """Of units each of which has a mask of its own."""
    later, earlier = np.tril_indices(x.shape[1], -1)
    overlaps = (rate * x[:, later] * x[:, earlier]) @ masks.swapaxes(1, 2)

    def past(fields: Array, deltas: Array, t: int) -> None:
        pairs = overlaps[:, t * (t - 1) // 2 : t * (t + 1) // 2]
        fields[:, t] += (pairs * deltas[:, :t]).sum(axis=1)

    return past


def _add(weights: Array, rate: float, change: Change, masks: Array | None) -> None:
    """Add the changes of a block to weights."""
    if masks is None:
        change.add_all_to(weights, rate)
        return
    for place, mask in enumerate(masks):
        step = (rate * change.errors[place]).T @ change.activities[place]
        step *= mask
        weights[place] += step


def _pay(layer: Layer, rate: float, change: Change, masks: Array | None) -> None:
    """Count the energy of the changes of a block."""
    if masks is None:
        layer.pay(rate, change)
        return
    for i, alpha in enumerate(layer.exponents):
        reached = powers(change.activities, alpha) @ masks.swapaxes(1, 2)
        sums = np.vecdot(powers(change.errors, alpha).astype(float), reached.astype(float))
        layer.spent[..., i] += rate**alpha * sums.sum(axis=-1)
