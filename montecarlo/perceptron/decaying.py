"""Perceptron learning with decaying transient weights: exact, a block of presentations at a time.

At the start of a block the margins of its patterns, each at its own presentation, follow from the
persistent and the transient weights and the powers of the decay factor. Every event then corrects
the margins of the patterns still to come: an update adds its overlaps, decayed to each later
presentation; a consolidation gives back the decay that the consolidated amounts no longer suffer.
Between events all is closed form, and fresh margins in every block keep rounding errors from
piling up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg.blas import dasum, idamax

from montecarlo.perceptron.ledger import Book

__all__ = ["EpochCosts"]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

#: No synapses.
NONE: IntArray = np.empty(0, dtype=np.int64)
#: Presentations treated together: long enough to make the matrix products efficient, short enough
#: that an event's corrections, whose length it sets, stay cheap.
BLOCK = 64


@dataclass(frozen=True)
class Outcome:
    """What learning came to, in units of the step: learning rate times unit of the patterns."""

    updates_of_pattern: npt.NDArray[np.int64]
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

    updates: npt.NDArray[np.int64]
    consolidation_energy: FloatArray
    transient_sum: FloatArray


def learn_decaying(
    examples: FloatArray,
    threshold: float,
    trigger: str,
    tau: float,
    max_epochs: int,
    book: Book | None = None,
) -> tuple[Outcome, EpochCosts]:
    """Learn with transient weights that decay by 1 - 1/tau before each presentation.

    Parameters
    ----------
    examples : ndarray, shape (P, N + 1)
        Patterns times labels.
    threshold : float
        Consolidation threshold >= 0, in units of the step.
    trigger : {"local", "any", "total"}
        What sets consolidation off, see `montecarlo.perceptron.updates.replay`.
    tau : float
        Decay time in presentations, > 1; infinity: no decay.
    max_epochs : int
        Give up after so many passes over the patterns.
    book : Book, optional
        Where all consolidations are entered.
    """
    count, synapses = examples.shape
    decay, held = _fading(tau)
    blocks = [examples[start : start + BLOCK] for start in range(0, count, BLOCK)]
    by_synapse = [np.ascontiguousarray(block.T) for block in blocks]
    overlaps = [block @ block.T for block in blocks]
    persistent, transient = np.zeros((2, synapses))
    reach = float(np.abs(examples).max())
    updates = np.zeros(count, dtype=np.int64)
    consolidated = transient_sum = total = 0.0
    converged = False
    so_far = [(0, 0.0, 0.0)]  # updates, consolidated and transient sum after each epoch
    while len(so_far) <= max_epochs and not converged:
        converged = True
        for number, block in enumerate(blocks):
            margins = block @ persistent + (block @ transient) * decay[1 : len(block) + 1]
            # Rounding can hide a tie. Margins that close to zero are summed again, without
            # rounding.
            slack = (1e-12 * reach) * (
                dasum(persistent) + dasum(transient) + BLOCK * reach * synapses
            )
            done, wrong = 0, -1  # presentations of this block that are over; the last wrong one
            while (wrong := (margins <= slack).tobytes().find(1, wrong + 1)) >= 0:
                faded = transient * decay[wrong + 1 - done]
                if margins[wrong] > -slack and _exact(persistent, faded, block[wrong]) > 0:
                    continue
                converged = False
                updates[number * BLOCK + wrong] += 1
                elapsed, done = wrong + 1 - done, wrong + 1
                transient_sum += total * held[elapsed]
                np.add(faded, block[wrong], transient)
                later, left = margins[done:], decay[1 : len(block) + 1 - done]
                later += overlaps[number][wrong, done:] * left
                total = dasum(transient)
                fired = consolidating(trigger, transient, total, threshold)
                if fired is not NONE:
                    moved = transient[fired]
                    if book is not None:
                        book.enter((len(so_far) - 1) * count + number * BLOCK + wrong, fired, moved)
                    amount = dasum(moved)
                    consolidated += amount
                    total = total - amount if trigger == "local" else 0.0
                    persistent[fired] += moved
                    later += (moved @ by_synapse[number][fired, done:]) * (1 - left)
                    transient[fired] = 0
                transient_sum += total
            elapsed = len(block) - done
            transient_sum += total * held[elapsed + 1]
            transient *= decay[elapsed]
            total *= decay[elapsed]
        so_far.append((int(updates.sum()), consolidated, transient_sum))
    rest = float(np.abs(transient).sum())
    if book is not None:
        book.consolidate(transient)
    return Outcome(
        updates_of_pattern=updates,
        epochs=len(so_far) - 1,
        converged=converged,
        weights=persistent + transient,
        consolidated=consolidated + rest,
        final_consolidation=rest,
        transient_sum=transient_sum,
    ), EpochCosts(*(np.diff(column) for column in zip(*so_far, strict=True)))


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
    trigger: str, transient: FloatArray, total: float, threshold: float
) -> IntArray | slice:
    """Which synapses consolidate; ``total`` is the sum of the sizes of their transient weights."""
    largest = total if trigger == "total" else abs(transient[idamax(transient)])
    if not largest > threshold:
        return NONE
    return np.flatnonzero(np.abs(transient) > threshold) if trigger == "local" else slice(None)
