"""How weights answer a kick where all synapses consolidate together: exactly, without chance.

One synapse in N hardly moves the time at which all consolidate. What a kick leaves in a weight is
then the same for all kicks of the same time, whatever else the weight is made of.
"""

from dataclasses import dataclass

import numpy as np

from theory.formula.arrays import FloatArray


@dataclass
class Answers:
    """What is left of the kicks by each half of a block, and how they answer earlier ones.

    Attributes
    ----------
    kept : ndarray, shape (2, halves, groups)
        What is persistent and what transient of a kick of 1, spread over the updates of the half.
    kicks : ndarray, shape (halves, turns)
        The kicks by each half that answer a kick of 1 by a whole block, that kick included.
    weights : ndarray, shape (3, blocks, epochs, turns)
        The weights that do, at the start, in the middle and at the end of each block.
    over : int
        How many halves are over.
    """

    kept: FloatArray
    kicks: FloatArray
    weights: FloatArray
    over: int = 0

    @classmethod
    def none(cls, blocks: int, epochs: int, groups: int) -> "Answers":
        """Nothing has been kicked."""
        turns = blocks * epochs
        return cls(
            kept=np.zeros((2, 2 * turns, groups)),
            kicks=np.zeros((2 * turns, turns)),
            weights=np.zeros((3, blocks, epochs, turns)),
        )

    @property
    def now(self) -> FloatArray:
        """The weights that answer a kick by each block now, shape (turns,)."""
        begun = self.over + 1
        found: FloatArray = self.kept[:, :begun].sum(axis=0).mean(axis=1) @ self.kicks[:begun]
        return found

    def expect(self, turn: int, halves: FloatArray) -> None:
        """Foretell the answers by both halves of a block; what the first has done stays."""
        if self.over == 2 * turn:
            self.kicks[2 * turn] = halves[0]
            self.kicks[2 * turn, turn] += 0.5
        self.kicks[2 * turn + 1] = halves.sum(axis=0) - self.kicks[2 * turn]
        self.kicks[2 * turn + 1, turn] += 1.0

    def kick(self, share: float) -> None:
        """A share of the kicks by the half that has begun."""
        self.kept[1, self.over] += share

    def fade(self, left: float) -> None:
        """Leave so much of what is transient."""
        self.kept[1, : self.over + 1] *= left

    def consolidate(self, groups: FloatArray) -> None:
        """Make what is transient in some groups persistent: 1 where they consolidate, else 0."""
        begun = slice(self.over + 1)
        moved = self.kept[1, begun] * groups
        self.kept[0, begun] += moved
        self.kept[1, begun] -= moved
