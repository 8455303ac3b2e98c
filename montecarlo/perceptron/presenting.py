"""Which presentations are wrong when nothing decays, found in blocks of patterns.

At the start of a block the margins of its patterns are one product with the weights; in it they
follow from the overlaps of its patterns, and the next wrong one is the next non-zero byte of a
vector. Where passes over the patterns would cost more, one block of all patterns takes over: its
margins never need the weights.
"""

import math
from array import array
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

#: Is told after each epoch its number, from 1 on, and its updates.
Tell = Callable[[int, int], object]
#: Patterns in a block: fewer make the products inefficient, more the overlaps expensive.
PATTERNS = 96


def unheard(epoch: int, updates: int) -> None:
    """Tell nobody."""


def wrong_presentations(
    examples: npt.NDArray[np.floating], max_epochs: int, exact: float, tell: Tell = unheard
) -> tuple[npt.NDArray[np.floating], "array[int]", list[int]]:
    """The examples, the rows of all updates, and how many there were after each epoch.

    Should there be more than ``exact`` updates, doubles start again where single precision was, and
    the examples returned are theirs.
    """
    count, width = examples.shape
    weights = np.zeros(width, examples.dtype)
    blocks = [
        _Margins(first, examples[first : first + PATTERNS]) for first in range(0, count, PATTERNS)
    ]
    patience = epochs_in_blocks(count, width)
    updated = array("q")  # of what a list of so many numbers takes a fifth
    after_epoch = [0]
    while len(after_epoch) <= max_epochs:
        if examples.dtype == np.float32 and len(updated) + count > exact:
            return wrong_presentations(examples.astype(float), max_epochs, exact, tell)
        if len(blocks) > 1 and len(after_epoch) > patience:
            blocks = [_Margins(0, examples)]
            np.dot(examples, weights, blocks[0].margins)
        for block in blocks:
            if len(blocks) > 1:
                np.dot(block.examples, weights, block.margins)
            rows = block.present()
            if len(blocks) > 1:
                for row in rows:
                    np.add(weights, examples[row], weights)
            updated.extend(rows)
        after_epoch.append(len(updated))
        tell(len(after_epoch) - 1, after_epoch[-1] - after_epoch[-2])
        if after_epoch[-1] == after_epoch[-2]:
            break
    return examples, updated, after_epoch


class _Margins:
    """Margins of patterns presented one after another, kept by the overlaps of all their pairs."""

    def __init__(self, first: int, examples: npt.NDArray[np.floating]) -> None:
        self.first, self.examples = first, examples
        self.margins = np.zeros(len(examples), examples.dtype)
        self._zero = np.zeros_like(self.margins)
        # One byte a pattern, 1 where it is wrong: bytearray.find finds the next one fastest.
        self._flags = bytearray(len(examples))
        self._wrong = np.frombuffer(self._flags, dtype=bool)
        self._overlaps: list[npt.NDArray[np.floating]] = []

    def present(self) -> list[int]:
        """Update by every pattern that is wrong; the rows of these."""
        margins, zero, flags, wrong = self.margins, self._zero, self._flags, self._wrong
        np.less_equal(margins, zero, wrong)
        rows: list[int] = []
        if (pattern := flags.find(1)) >= 0:
            self._overlaps = self._overlaps or list(self.examples @ self.examples.T)
        while pattern >= 0:
            rows.append(self.first + pattern)
            np.add(margins, self._overlaps[pattern], margins)
            np.less_equal(margins, zero, wrong)
            pattern = flags.find(1, pattern + 1)
        return rows


def epochs_in_blocks(count: int, width: int) -> float:
    """After how many epochs the overlaps of all pairs of patterns are worth their price.

    They take the time of ``price`` epochs: a product of matrices is some 16 times as fast as its
    share of products with a vector, and what else a block costs is that of 600 inputs. Random
    patterns are expected to take 20 / (2 - load)^2 epochs, and if that is more, none is spent in
    blocks. Never more than 4 N patterns: memory stays of the order P N.
    """
    price, load = count * width / (16 * (width + 600)), count / width
    if load > 4:
        return math.inf
    return 0 if load >= 2 or price * (2 - load) ** 2 <= 20 else price
