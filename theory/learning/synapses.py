"""A sample of synapses that stands for all, where transient weights decay: kicked by each update.

See `theory.learning.decaying_curve`, whose notes derive the equations. An epoch is cut into blocks;
the patterns of a block are presented at its middle, and kick in its first and in its second half.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy  # its linear algebra is loaded when a curve is asked for

from theory.formula.arrays import FloatArray
from theory.learning.answers import Answers

#: What consolidates: a synapse beyond the threshold; or all of them, if any or the sum is beyond.
Consolidating = Literal["local", "any", "total"]


#: Updates that are none, but by which one can divide.
TINY = 1e-300


@dataclass
class Synapses:
    """A sample of synapses, in steps, and what is known of their past.

    Attributes
    ----------
    N : int
        How many synapses it stands for.
    threshold, fading : float
        Beyond which transient weights consolidate, and what a presentation leaves of them.
    trigger : {"local", "any", "total"}
        For the last two the sample is made of groups of N synapses.
    persistent, transient : ndarray, shape (synapses,)
        The parts of the weights.
    path : ndarray, shape (3, blocks, epochs, synapses)
        The weights at the start, in the middle and at the end of each block.
    surprises : ndarray, shape (2, blocks, epochs, synapses)
        What the kicks of each half were more than their past had foretold.
    memory : ndarray, shape (blocks, epochs, epochs)
        How much of the surprise of an epoch is part of the kicks of a later one.
    in_turn : ndarray, shape (blocks epochs, synapses)
        The surprises by whole blocks, one after another.
    products : ndarray, shape (blocks epochs, blocks epochs)
        Their mean products with those before and with themselves.
    known : ndarray, shape (blocks epochs,)
        Those with the weights at the start of the block.
    answers : Answers, optional
        To kicks, where all synapses of a group consolidate together.
    consolidated, held : float
        Sum of the sizes of what was consolidated; that of transient weights over presentations.
    """

    N: int
    threshold: float
    fading: float
    trigger: Consolidating
    persistent: FloatArray
    transient: FloatArray
    path: FloatArray
    surprises: FloatArray
    memory: FloatArray
    in_turn: FloatArray
    products: FloatArray
    known: FloatArray
    answers: Answers | None
    consolidated: float = 0.0
    held: float = 0.0

    @classmethod
    def unlearnt(
        cls, rule: tuple[int, float, float, Consolidating], shape: tuple[int, int, int]
    ) -> "Synapses":
        """All weights are zero; shape is that of blocks, epochs and synapses."""
        blocks, epochs, synapses = shape
        together = rule[3] != "local"
        return cls(
            *rule,
            persistent=np.zeros(synapses),
            transient=np.zeros(synapses),
            path=np.zeros((3, *shape)),
            surprises=np.zeros((2, *shape)),
            memory=np.tile(np.eye(epochs), (blocks, 1, 1)),
            in_turn=np.zeros((blocks * epochs, synapses)),
            products=np.zeros((blocks * epochs, blocks * epochs)),
            known=np.zeros(blocks * epochs),
            answers=Answers.none(blocks, epochs, synapses // rule[0]) if together else None,
        )

    @property
    def group(self) -> int:
        """How many synapses are kicked at the same times, as all are that consolidate together."""
        return 1 if self.trigger == "local" else self.N

    @property
    def weights(self) -> FloatArray:
        """Persistent and transient parts together."""
        return self.persistent + self.transient

    def mark(self, place: int, block: int, epoch: int) -> None:
        """Keep the weights as those of the start, the middle or the end of a block: 0, 1 or 2."""
        self.path[place, block, epoch] = self.weights
        if self.answers is not None:
            self.answers.weights[place, block, epoch] = self.answers.now

    def covariance(self, block: int, epoch: int) -> FloatArray:
        """Of the fields of a block in the epochs up to this, the weights now being its middle."""
        self.mark(1, block, epoch)
        path = self.path[1, block, : epoch + 1]
        found: FloatArray = path @ path[epoch] / (path.shape[1] * self.N)
        return found

    def response(
        self, block: int, epoch: int, so_far: tuple[FloatArray, FloatArray] | None = None
    ) -> FloatArray:
        """The response of a weight to kicks by the patterns of the block in earlier epochs.

        What a pattern feels of them is not what has come back so far in this epoch, by others of
        its block: the surprise of their kicks so far, and what of them was memory.
        """
        if self.answers is not None:
            return self.answers.now[block :: len(self.memory)][:epoch]
        turns = epoch * len(self.memory) + block
        weights = self.weights
        starts = self.path[0, :, : epoch + 1]
        if so_far is not None:
            surprise, memory = so_far
            moved = weights - starts[block, epoch]
            weights = weights - (surprise @ moved) / (surprise @ surprise) * (surprise + memory)
        sizes = np.einsum("bes,bes->be", starts, starts)
        kept = (starts @ weights / np.where(sizes > 0, sizes, 1)).T.ravel()[:turns]
        # What is neither kept of the weights before a kick, nor of later kicks that happen to be
        # like it.
        since = self.in_turn[:turns] @ weights / len(weights) - kept * self.known[:turns]
        answers = _solved_later_first(self.products[:turns, :turns], since)
        own = answers[block :: len(self.memory)]
        return _solved_later_first(self.memory[block, :epoch, :epoch], own)

    def foretold(
        self, block: int, epoch: int, share: float, memory: FloatArray, pull: FloatArray
    ) -> FloatArray:
        """The expected kicks of each synapse by the first half of a block, and by the second.

        Kicks by a half come back as they were, and it has felt the weights during that half.

        Parameters
        ----------
        block, epoch : int
        share : float
            Patterns of half a block, over N.
        memory : ndarray, shape (epochs,)
            How much of earlier surprises comes back.
        pull : ndarray, shape (epochs + 1,)
            The response of the kick by a pattern to its fields in the epochs up to this.
        """
        if self.answers is not None:
            turn, weights = epoch * len(self.memory) + block, self.answers.weights[:, block]
            self.answers.expect(turn, share * _pulled(pull, weights[:, : epoch + 1]))
        back = memory @ self.surprises[:, block, :epoch]
        found: FloatArray = back + share * _pulled(pull, self.path[:, block, : epoch + 1])
        return found

    def kick(
        self,
        probability: float,
        variance: float,
        expected: FloatArray,
        presentations: float,
        rng: np.random.Generator,
        normal: FloatArray,
    ) -> FloatArray:
        """Update by the wrong ones of some presented patterns.

        Parameters
        ----------
        probability, variance : float
            That a pattern is wrong; of the kick by one, with a given past.
        expected : ndarray, shape (synapses,)
            The sum of the kicks.
        presentations : float
            How many.
        rng : numpy.random.Generator
            For the number, the times and the order of the kicks.
        normal : ndarray, shape (synapses,)
            Normal numbers, for their sum.

        Returns
        -------
        ndarray, shape (synapses,)
            The sum of the kicks of each synapse.
        """
        expected_count = probability * presentations
        slots = max(math.ceil(expected_count), 1)
        groups = len(normal) // self.group
        left = rng.binomial(slots, expected_count / slots, groups)
        counts = np.repeat(left, self.group)
        share = counts / max(expected_count, TINY)
        # A sum of kicks of +-1 is every other whole number: rounding adds a variance of 1/3.
        spread = np.sqrt(np.maximum(variance * presentations * share - 1 / 3, 0))
        total = 2 * np.round((share * expected + spread * normal + counts) / 2) - counts
        total = np.clip(total, -counts, counts)
        up = (counts + total) / 2
        times = np.sort(rng.random(slots)) * presentations
        waits = np.diff(times, prepend=0, append=presentations)
        for more, wait in zip(range(slots, 0, -1), waits[:-1], strict=True):
            self._fade(wait)
            kicked = rng.random(groups) * more < left
            rises = rng.random(len(normal)) * np.repeat(left, self.group) < up
            left = left - kicked
            if self.answers is not None:
                self.answers.kick(1 / slots)
            moved = np.repeat(kicked, self.group)
            self.transient += np.where(rises, 1.0, -1.0) * moved
            up -= rises & moved
            self._consolidate()
        self._fade(waits[-1])
        if self.answers is not None:
            self.answers.over += 1
        return total

    def settle(self, block: int, epoch: int, surprises: FloatArray, memory: FloatArray) -> None:
        """Take down what of the kicks by a block, by halves, was not foretold."""
        self.mark(2, block, epoch)
        self.surprises[:, block, epoch] = surprises
        turn, both = epoch * len(self.memory) + block, surprises.sum(axis=0)
        self.in_turn[turn] = both
        self.products[turn, : turn + 1] = self.in_turn[: turn + 1] @ both / len(both)
        self.known[turn] = self.path[0, block, epoch] @ both / len(both)
        self.memory[block, epoch, :epoch] = memory

    def _fade(self, presentations: float) -> None:
        left = self.fading**presentations
        lasts = presentations if self.fading == 1 else (1 - left) / (1 - self.fading)
        self.held += float(lasts * np.abs(self.transient).sum())
        self.transient *= left
        if self.answers is not None:
            self.answers.fade(left)

    def _consolidate(self) -> None:
        sizes = np.abs(self.transient)
        over = sizes > self.threshold
        if self.answers is not None:
            together = sizes.reshape(-1, self.N)
            most = together.max(axis=1) if self.trigger == "any" else together.sum(axis=1)
            groups = most > self.threshold
            self.answers.consolidate(groups)
            over = np.repeat(groups, self.N)
        fired = np.flatnonzero(over)
        self.consolidated += float(sizes[fired].sum())
        self.persistent[fired] += self.transient[fired]
        self.transient[fired] = 0


def _pulled(pull: FloatArray, path: FloatArray) -> FloatArray:
    """What the fields in some epochs pull by each half of a block, from the weights of its path."""
    now = pull[-1] * path[:2, -1]
    start, middle, end = pull[:-1] @ path[:, :-1]
    return np.stack(((start + middle) / 2 + now[0], (middle + end) / 2 + 2 * now[1] - now[0]))


def _solved_later_first(lower: FloatArray, right: FloatArray) -> FloatArray:
    """x, if the transpose of a lower triangle times x is the right side."""
    found: FloatArray = scipy.linalg.solve_triangular(
        lower, right, lower=True, trans="T", check_finite=False
    )
    return found
