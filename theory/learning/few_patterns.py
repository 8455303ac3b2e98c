"""Perceptron learning of patterns that are few for the synapses: N -> infinity, then P.

Patterns that were updated are safe, and the field of one that was right by luck is a Brownian
motion whose clock is the number of updates per pattern. So there are no synapses to be simulated,
and only the patterns that are not safe yet.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from theory.formula.arrays import FloatArray
from theory.formula.conversion import single
from theory.formula.domain import positive_integer

__all__ = ["FewPatterns", "learn_few"]

IntArray = npt.NDArray[np.int64]
#: Fields that would have to move by more standard deviations are left to later epochs.
FIELD_REACH = 8.0


@dataclass(frozen=True)
class FewPatterns:
    """The outcome of one run.

    Attributes
    ----------
    updated : ndarray of int, shape (epochs,)
        Updates in each epoch, of which the last has none.
    patterns : int
    """

    updated: IntArray
    patterns: int

    @property
    def epochs(self) -> int:
        """Passes over the patterns, the error-free last one included."""
        return len(self.updated)

    @property
    def updates(self) -> float:
        """Updates per pattern, K/P."""
        return float(self.updated.sum() / self.patterns)


def learn_few(patterns: int, rng: np.random.Generator) -> FewPatterns:
    """Learn random patterns in turn, P/N -> 0, until all are right.

    Parameters
    ----------
    patterns : int
        P.
    rng : numpy.random.Generator
        Draws labels and fields.

    Returns
    -------
    FewPatterns
        Updates by epoch.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Notes
    -----
    Source: this package; `small_load` is the same for P -> infinity.

    Examples
    --------
    >>> run = learn_few(10_000, np.random.default_rng(1))
    >>> round(run.updates, 2), int(run.updated[-1])
    (0.69, 0)
    """
    single("patterns", patterns, positive_integer)
    wrong = rng.random(patterns) < 0.5
    clock = _earlier(wrong) / patterns
    fields = np.abs(rng.standard_normal(patterns)) * np.sqrt(clock)
    fields, seen = fields[~wrong], clock[~wrong]
    updated = [int(wrong.sum())]
    while updated[-1]:
        # In an epoch fewer are updated than in the one before, or hardly more.
        possible = (sum(updated) + 2 * updated[-1]) / patterns
        near = np.flatnonzero(fields <= FIELD_REACH * np.sqrt(np.maximum(possible - seen, 0)))
        moved, clock = _epoch(fields[near], seen[near], sum(updated), patterns, rng)
        fields[near], seen[near] = moved, clock
        wrong = np.zeros(len(fields), bool)
        wrong[near] = moved <= 0
        fields, seen = fields[~wrong], seen[~wrong]
        updated.append(int(wrong.sum()))
    return FewPatterns(np.array(updated), patterns)


def _earlier(wrong: npt.NDArray[np.bool_]) -> IntArray:
    """How many of those before each are wrong."""
    count: IntArray = np.cumsum(wrong) - wrong
    return count


def _epoch(
    fields: FloatArray, seen: FloatArray, before: int, patterns: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Fields at the presentations of an epoch, and the clock at these.

    The clock of each depends on which of those before it are wrong; that is found by repetition, in
    each turn of which one more of them, at least, is.
    """
    noise = rng.standard_normal(len(fields))
    wrong = np.zeros(len(fields), bool)
    while True:
        clock = (before + _earlier(wrong)) / patterns
        moved = fields + np.sqrt(clock - seen) * noise
        if ((moved <= 0) == wrong).all():
            return moved, clock
        wrong = moved <= 0
