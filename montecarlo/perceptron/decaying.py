"""Perceptron learning with decaying transient weights: exact, a block of presentations at a time.

At the start of a block the margins of its patterns, each at its own presentation, follow from the
persistent and the transient weights and the powers of the decay factor. Every event then corrects
the margins of the patterns still to come: an update adds its overlaps, decayed to each later
presentation; a consolidation gives back the decay that the consolidated amounts no longer suffer.
Between events all is closed form, and fresh margins in every block keep rounding errors from
piling up.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.linalg.blas import idamax

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.perceptron.ledger import Book
from montecarlo.perceptron.presenting import Tell, unheard
from montecarlo.triggers import Rule, Trigger, due

__all__ = ["EpochCosts"]

#: No synapses.
NO_SYNAPSES: IntArray = np.empty(0, dtype=np.int64)
#: Presentations treated together: long enough to make the matrix products efficient, short enough
#: that an event's corrections, whose length it sets, stay cheap.
BLOCK = 64


@dataclass(frozen=True)
class Totals:
    """What learning came to, in units of the step: learning rate times unit of the patterns."""

    updates_of_pattern: IntArray
    epochs: int
    converged: bool
    weights: FloatArray
    consolidated: float
    final_consolidation: float
    transient_sum: float


@dataclass(frozen=True)
class EpochCosts:
    """What each pass over the patterns cost, the error-free last one included.

    The final consolidation belongs to no epoch, so it is left out.

    Attributes
    ----------
    updates : ndarray of int, shape (epochs,)
    consolidation_energy : ndarray, shape (epochs,)
        Sum over synapses and consolidations of the amount consolidated.
    transient_sum : ndarray, shape (epochs,)
        Sum over presentations and synapses of abs(s); times c it is the maintenance energy.
    """

    updates: IntArray
    consolidation_energy: FloatArray
    transient_sum: FloatArray


def learn_decaying(
    examples: FloatArray,
    threshold: float,
    trigger: Trigger,
    tau: float,
    max_epochs: int,
    book: Book | None = None,
    tell: Tell = unheard,
) -> tuple[Totals, EpochCosts]:
    """Learn with transient weights that decay by 1 - 1/tau before each presentation.

    Parameters
    ----------
    examples : ndarray, shape (P, N + 1)
        Patterns times labels.
    threshold : float
        Consolidation threshold >= 0, in units of the step.
    trigger : {"local", "any", "total"} or Rule
        What sets consolidation off, see `montecarlo.perceptron.replay`.
    tau : float
        Decay time in presentations, > 1; infinity: no decay.
    max_epochs : int
        Give up after so many passes over the patterns.
    book : Book, optional
        Where all consolidations are entered.
    tell : callable
        Is told after each epoch its number, from 1 on, and its updates.
    """
    updates = np.zeros(len(examples), dtype=np.int64)
    blocks = _blocks(examples, updates)
    persistent, transient = np.zeros((2, examples.shape[1]))
    caches = _Caches(threshold, trigger, *_fading(tau), persistent, transient, book)
    so_far = [(0, 0.0, 0.0)]  # updates, consolidated and transient sum after each epoch
    converged = False
    while len(so_far) <= max_epochs and not converged:
        over = (len(so_far) - 1) * len(examples)
        for block in blocks:
            _present(block, caches, over)
            over += len(block.examples)
        so_far.append((int(updates.sum()), caches.consolidated, caches.transient_sum))
        made = so_far[-1][0] - so_far[-2][0]
        tell(len(so_far) - 1, made)
        converged = made == 0
    rest = float(np.abs(caches.transient).sum())
    if book is not None:
        book.consolidate(caches.transient)
    return Totals(
        updates_of_pattern=updates,
        epochs=len(so_far) - 1,
        converged=converged,
        weights=caches.persistent + caches.transient,
        consolidated=caches.consolidated + rest,
        final_consolidation=rest,
        transient_sum=caches.transient_sum,
    ), EpochCosts(*(np.diff(column) for column in zip(*so_far, strict=True)))


@dataclass(frozen=True, slots=True)
class _Block:
    """Patterns that are presented one after another.

    ``by_synapse`` is the transpose of ``examples``, ``overlaps`` are those of all pairs,
    ``updates`` counts in place how often each pattern was wrong, and ``reach`` is the largest entry
    of the patterns of all blocks.
    """

    examples: FloatArray
    by_synapse: FloatArray
    overlaps: FloatArray
    updates: IntArray
    reach: float


@dataclass(slots=True)
class _Caches:
    """The weights of all synapses, and what they have cost so far, in units of the step."""

    threshold: float
    trigger: Trigger
    decay: FloatArray
    held: FloatArray
    persistent: FloatArray
    transient: FloatArray
    book: Book | None
    total: float = 0.0  # the sum of the sizes of the transient weights
    consolidated: float = 0.0
    transient_sum: float = 0.0


def _blocks(examples: FloatArray, updates: IntArray) -> list[_Block]:
    """The patterns in blocks, which count their updates in the places of ``updates``."""
    reach = float(np.abs(examples).max())
    return [
        _Block(block, np.ascontiguousarray(block.T), block @ block.T, counts, reach)
        for block, counts in (
            (examples[start : start + BLOCK], updates[start : start + BLOCK])
            for start in range(0, len(examples), BLOCK)
        )
    ]


def _present(block: _Block, caches: _Caches, over: int) -> None:
    """Learn from a block of patterns after ``over`` presentations, from event to event."""
    examples, decay, size = block.examples, caches.decay, len(block.examples)
    persistent, transient = caches.persistent, caches.transient
    margins = examples @ persistent + (examples @ transient) * decay[1 : size + 1]
    # Rounding can hide a tie. Margins that close to zero are summed again, without rounding.
    slack = (1e-12 * block.reach) * (
        summed_sizes(persistent) + summed_sizes(transient) + BLOCK * block.reach * examples.shape[1]
    )
    done, wrong = 0, -1  # presentations of this block that are over; the last wrong one
    while (wrong := (margins <= slack).tobytes().find(1, wrong + 1)) >= 0:
        elapsed = wrong + 1 - done
        faded = transient * decay[elapsed]
        if margins[wrong] > -slack and _exact(persistent, faded, examples[wrong]) > 0:
            continue
        block.updates[wrong] += 1
        done = wrong + 1
        caches.transient_sum += caches.total * caches.held[elapsed]
        np.add(faded, examples[wrong], transient)
        later, left = margins[done:], decay[1 : size + 1 - done]
        later += block.overlaps[wrong, done:] * left
        caches.total = summed_sizes(transient)
        fired = consolidating(caches.trigger, transient, caches.total, caches.threshold)
        if fired is not NO_SYNAPSES:
            moved = transient[fired]
            later += (moved @ block.by_synapse[fired, done:]) * (1 - left)
            _consolidate(caches, fired, over + wrong)
        caches.transient_sum += caches.total
    elapsed = size - done
    caches.transient_sum += caches.total * caches.held[elapsed + 1]
    transient *= decay[elapsed]
    caches.total *= decay[elapsed]


def _consolidate(caches: _Caches, fired: IntArray | slice, over: int) -> None:
    """Make the transient weights of some synapses persistent, after ``over`` presentations."""
    moved = caches.transient[fired]
    if caches.book is not None:
        caches.book.enter(over, fired, moved)
    amount = summed_sizes(moved)
    caches.consolidated += amount
    caches.total = 0.0 if isinstance(fired, slice) else caches.total - amount
    caches.persistent[fired] += moved
    caches.transient[fired] = 0


def summed_sizes(weights: FloatArray) -> float:
    """The sum of abs(weight): BLAS's, twice as fast, depends in its last bits on where they lie."""
    return float(np.add.reduce(np.abs(weights)))


def _fading(tau: float) -> tuple[FloatArray, FloatArray]:
    """What j presentations leave of a transient weight, and what it adds to the transient sum.

    The sum is over the presentations before the j-th.
    """
    decay = (1 - 1 / tau) ** np.arange(BLOCK + 1, dtype=float)
    return decay, np.concatenate(([0.0, 0.0], np.cumsum(decay[1:])))


def _exact(persistent: FloatArray, transient: FloatArray, example: FloatArray) -> float:
    """The margin of an example, without rounding errors of the sum."""
    return math.fsum(np.multiply((persistent, transient), example).flat)


def consolidating(
    trigger: Trigger, transient: FloatArray, total: float, threshold: float
) -> IntArray | slice:
    """Which synapses consolidate; ``total`` is the sum of the sizes of their transient weights."""
    if isinstance(trigger, Rule):
        chosen = np.flatnonzero(due(trigger, np.abs(transient), threshold))
        return chosen if len(chosen) else NO_SYNAPSES
    largest = total if trigger == "total" else abs(transient[idamax(transient)])
    if not largest > threshold:
        return NO_SYNAPSES
    return np.flatnonzero(np.abs(transient) > threshold) if trigger == "local" else slice(None)
