"""What a run wrote and held, from which its energy follows under any model of the costs.

A ledger keeps every amount by which persistent weights were changed, and how often. Without decay
patterns of +-1 make few different amounts, all of them multiples of the step; with decay, or with
other patterns, there may be as many as consolidations.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray, IntArray

__all__ = ["Ledger"]


#: Amounts that wait to be counted together.
PAGE = 2**16


@dataclass(frozen=True)
class Ledger:
    """What one run wrote and held.

    Attributes
    ----------
    amounts : ndarray, shape (A,)
        The different amounts by which persistent weights were changed, with their signs, in rising
        order and never zero. The final consolidation is among them.
    counts : ndarray of int, shape (A,)
        How often each of them was.
    changed : float
        Sum of abs(change of s) over the updates of transient weights s that were not consolidated
        at once.
    transient_sum, persistent_sum : float
        Sums over presentations and synapses of abs(s) and of abs(l), l the persistent weight.
    """

    amounts: FloatArray
    counts: IntArray
    changed: float
    transient_sum: float
    persistent_sum: float

    @property
    def writes(self) -> int:
        """Changes of persistent weights, M_0."""
        return int(self.counts.sum())

    @property
    def written(self) -> float:
        """Sum of abs(change) over all writes, M_1."""
        return float(np.abs(self.amounts) @ self.counts)


class Book:
    """A ledger while it is kept, in units of the step; all weights start at zero.

    Parameters
    ----------
    examples : ndarray, shape (P, N + 1)
        What the update by each pattern adds to the weights.
    """

    def __init__(self, examples: npt.NDArray[np.floating]) -> None:
        self._sizes = np.abs(examples)
        self._persistent = np.zeros(examples.shape[1])
        self._tally: Counter[float] = Counter()
        self._waiting: list[npt.NDArray[np.floating]] = []
        self._uncounted = 0
        self._direct = self._size = self._missed = 0.0

    def enter(self, over: int, synapses: IntArray | slice, moved: npt.NDArray[np.floating]) -> None:
        """Enter what the update after so many presentations has consolidated."""
        pattern = over % len(self._sizes)  # they are presented in turn
        self._direct += self._sizes[pattern, synapses].sum(dtype=float)
        before = np.abs(self._persistent[synapses]).sum()
        self._persistent[synapses] += moved
        grown = np.abs(self._persistent[synapses]).sum() - before
        self._size += grown
        self._missed += grown * over
        self.consolidate(moved)

    def consolidate(self, amounts: npt.NDArray[np.floating]) -> None:
        """Enter amounts only: for the final consolidation, after which nothing is held."""
        self._waiting.append(amounts.copy())
        self._uncounted += len(amounts)
        if self._uncounted > PAGE:
            self._count()

    def close(
        self, updates: IntArray, presentations: int, transient_sum: float, step: float
    ) -> Ledger:
        """The ledger of so many updates by each pattern, and so many presentations in all."""
        self._count()
        amounts = sorted(self._tally.keys() - {0.0})
        changed = updates @ self._sizes.sum(axis=1, dtype=float) - self._direct
        return Ledger(
            amounts=step * np.array(amounts, dtype=float),
            counts=np.array([self._tally[amount] for amount in amounts], dtype=np.int64),
            changed=float(step * changed),
            transient_sum=step * transient_sum,
            persistent_sum=float(step * (self._size * presentations - self._missed)),
        )

    def _count(self) -> None:
        """Count what waits, all at once: most amounts are the same."""
        amounts, counts = np.unique(np.concatenate(self._waiting), return_counts=True)
        self._tally.update(dict(zip(amounts.tolist(), counts.tolist(), strict=True)))
        self._waiting, self._uncounted = [np.empty(0)], 0
