"""What happens between two consolidations without decay, for each trigger.

N transient weights start at 0 and move by +-eta, each with signs of its own, at every update.
"local": a synapse that exceeds theta consolidates itself. "any": it makes all N consolidate.
"total": all consolidate when the sum of their sizes exceeds theta. Whatever the trigger, a size
grows on average at the updates that find it at 0 only: the amount consolidated per update and
synapse is eta times the probability of that.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from theory import lattice
from theory.formula import ALGORITHMS, formula
from theory.formula.domain import at_least_one, non_negative
from theory.triggers.walks import at_zero, exit_probability, mean_distance, visits

#: exp(-NEVER) is nothing.
NEVER = 40.0
#: Terms of a sum: as many as are computed at a time, and the most of all.
PART_OF_SUM, LONGEST_SUM = 2**16, 2**23


@dataclass(frozen=True)
class Cycle:
    """From one consolidation of a synapse to its next, on average.

    Attributes
    ----------
    updates : float
        Updates between the two.
    consolidated : float
        Amount that the synapse consolidates, in units of weight.
    mean_transient : float
        Mean size of its transient weight over the ends of updates, in units of weight.
    """

    updates: float
    consolidated: float
    mean_transient: float

    def scaled(self, eta: float) -> Cycle:
        """The same cycle in units of weight, if it is in steps of eta."""
        return Cycle(self.updates, eta * self.consolidated, eta * self.mean_transient)


@formula(
    "This package",
    gives="In updates and units of weight.",
    domain={"theta": non_negative},
    registry=ALGORITHMS,
)
def local_cycle(theta: float, eta: float = 1) -> Cycle:
    """The cycle if each synapse consolidates itself: n^2 updates, n eta, n steps to the threshold.

    Notes
    -----
    Of independent steps of +-eta with equal chances, without decay. See `theory.lattice`.

    Examples
    --------
    >>> local_cycle(5)
    Cycle(updates=36.0, consolidated=6.0, mean_transient=1.944...)
    """
    n = float(lattice.steps_to_threshold(theta, eta))
    return Cycle(n**2, eta * n, float(lattice.mean_transient(n, eta)))


@formula(
    "This package",
    gives="In updates and units of weight; all N synapses have it in common.",
    domain={"theta": non_negative, "N": at_least_one},
    registry=ALGORITHMS,
)
def any_cycle(theta: float, N: float, eta: float = 1) -> Cycle:
    """The cycle if any of N synapses makes all of them consolidate.

    Raises
    ------
    ValueError
        If the threshold is so high that the sum is too long.

    Notes
    -----
    With q_j the `survival` of one walk, it lasts sum_j q_j^N updates; a synapse consolidates eta
    sum_j z_j q_j^(N - 1), where z_j is the probability that it is at 0 and has not been at the
    threshold, and likewise for its mean size. Without bound on N the cycle shrinks to n updates.

    Of independent steps of +-eta with equal chances, without decay.

    Examples
    --------
    >>> any_cycle(5, 1001).updates, any_cycle(40, 1001).updates
    (6.0000..., 133.16...)
    """
    if N == 1:
        return local_cycle(theta, eta)
    return _any_cycle(float(lattice.steps_to_threshold(theta, eta)), N).scaled(eta)


@functools.lru_cache(maxsize=4096)
def _any_cycle(n: float, N: float) -> Cycle:
    """In steps. The first of all walks to reach +-n does so at update n, n + 2, n + 4, ..."""
    pairs = _pairs(n, N)
    if pairs > LONGEST_SUM:
        raise ValueError(f"theta must be lower for N = {N:g}, got {n - 1:g} eta, too long a sum")
    updates = n
    consolidated = float(mean_distance(n))
    transient = float(np.sum(mean_distance(np.arange(n))))
    for start in range(0, pairs, PART_OF_SUM):
        j = n + 2.0 * np.arange(start, min(start + PART_OF_SUM, pairs))
        exited = exit_probability(j, n)
        zero = at_zero(j + j % 2, n)
        # Over the two updates j and j + 1; none consolidates at the second.
        size = 2 * (visits(j, n) - n * exited) + np.where(j % 2 == 0, zero, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            others = np.where(exited < 1, np.exp((N - 1) * np.log1p(-exited)), 0)
        updates += 2 * float(np.sum(others * (1 - exited)))
        consolidated += float(others @ zero)
        transient += float(others @ size)
    return Cycle(updates, consolidated, transient / updates)


def _pairs(n: float, N: float) -> int:
    """So many pairs of updates from n on, at least one, until one of N walks has reached +-n."""
    # Of one walk the slowest mode decays by pi^2/(8 n^2) an update.
    low, high = 0, math.ceil(NEVER * 4 * n * n / np.pi**2)
    while high - low > 1:
        # Many places cost hardly more than one.
        stride = max(1, (high - low) // 32)
        between = range(low + stride, high, stride)
        exited = exit_probability(n + 2.0 * np.array(between, dtype=float), n)
        with np.errstate(divide="ignore"):
            reached = -N * np.log1p(-exited) >= NEVER
        place = int(np.searchsorted(reached, True))
        low, high = [low, *between, high][place : place + 2]
    return high
