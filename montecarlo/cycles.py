"""Transient weights that consolidate together, simulated from one consolidation to the next.

N synapses start at 0. At every update, which a presentation causes with probability ``p``, each
moves by +-eta with a sign of its own. Before every presentation all decay by ``1 - 1/tau``. When
one of them exceeds the threshold (trigger "any"), or the sum of their sizes does ("total"), all are
consolidated and the cycle ends. With one synapse both are local consolidation. Many cycles run side
by side, and between updates nothing is simulated.
"""

import math
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.checks import (
    as_chance,
    as_count,
    as_number,
    as_positive,
    as_tau,
    require,
    require_choice,
    require_generator,
    threshold_in_steps,
)
from montecarlo.triggers import Together

__all__ = ["Cycles", "Together", "cycles"]

#: Weights moved at a time, which stay in the cache.
AT_A_TIME = 2**17


@dataclass(frozen=True)
class Cycles:
    """Independent cycles, one entry for each.

    Attributes
    ----------
    updates, presentations : ndarray of int, shape (count,)
        Until and with the consolidation.
    consolidated : ndarray, shape (count,)
        Sum over synapses of abs(s) when they are consolidated.
    transient_sum : ndarray, shape (count,)
        Sum over synapses and ends of presentations of abs(s), from the first update on and up to
        the consolidation, which leaves nothing.
    """

    updates: IntArray
    presentations: IntArray
    consolidated: FloatArray
    transient_sum: FloatArray


def cycles(
    count: int,
    n_synapses: int,
    *,
    threshold: float,
    trigger: Together = "any",
    p: float = 1.0,
    tau: float = math.inf,
    eta: float = 1.0,
    rng: np.random.Generator,
) -> Cycles:
    """Simulate cycles of synapses that consolidate together.

    Parameters
    ----------
    count, n_synapses : int
        Number of independent cycles, and of synapses in each.
    threshold : float
        Finite and >= 0, in the units of ``eta``; strictly above it all consolidate. With decay
        sizes never reach ``eta * tau``, nor their sum ``n_synapses * eta * tau``.
    trigger : {"any", "total"}
        Whether one size or their sum has to exceed the threshold.
    p : float
        Probability that a presentation is an update, 0 < p <= 1.
    tau : float
        Decay time in presentations, > 1; infinity: no decay.
    eta : float
        Size of an update, finite and > 0.
    rng : numpy.random.Generator
        Source of all randomness.

    Returns
    -------
    Cycles
        Amounts in the units of ``eta``, times in updates and presentations.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Examples
    --------
    One synapse takes n**2 updates and consolidates n eta, here with n = 3:

    >>> run = cycles(10_000, 1, threshold=2.5, rng=np.random.default_rng(1))
    >>> bool(abs(run.updates.mean() - 9) < 0.5), set(run.consolidated.tolist())
    (True, {3.0})
    """
    count, n_synapses = as_count("count", count), as_count("n_synapses", n_synapses)
    require_choice("trigger", trigger, get_args(Together))
    p, tau, eta = as_chance(p), as_tau(tau), as_positive("eta", eta)
    reach = eta * tau * (1 if trigger == "any" else n_synapses)
    level = as_number("threshold", threshold, "a number >= 0")
    require("threshold", threshold, 0 <= level < reach, f"a number >= 0 and < {reach}")
    require_generator(rng)
    steps = float(threshold_in_steps(level, eta))
    size = max(1, AT_A_TIME // n_synapses)
    blocks = [
        _block(min(size, count - start), n_synapses, steps, trigger, p, tau, rng)
        for start in range(0, count, size)
    ]
    updates, presentations, consolidated, transient_sum = map(
        np.concatenate, zip(*blocks, strict=True)
    )
    return Cycles(updates, presentations, eta * consolidated, eta * transient_sum)


def _block(
    count: int,
    n_synapses: int,
    level: float,
    trigger: Together,
    p: float,
    tau: float,
    rng: np.random.Generator,
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Cycles side by side, in steps of eta; those that have ended are put aside."""
    decay = 1 - 1 / tau
    dtype: Any = np.int32 if decay == 1 else float
    weights = np.zeros((count, n_synapses), dtype)
    running = np.arange(count)
    updates, presentations = np.zeros((2, count), dtype=np.int64)
    total, consolidated, transient_sum = np.zeros((3, count))
    while len(running):
        waits = rng.geometric(p, len(running))
        presentations[running] += waits
        updates[running] += 1
        # After an update a size is counted at its presentation and at those without an update.
        kept = decay**waits
        held = (1 - kept) / (1 - decay) if decay < 1 else waits
        transient_sum[running] += held * total[running]
        if decay < 1:
            weights *= kept[:, np.newaxis]
        bits = np.unpackbits(
            np.frombuffer(rng.bytes(-(-weights.size // 8)), np.uint8), count=weights.size
        )
        weights += 2 * bits.reshape(weights.shape).astype(np.int8) - 1
        size = np.abs(weights)
        total[running] = size.sum(axis=1)
        fired = (size.max(axis=1) if trigger == "any" else total[running]) > level
        consolidated[running[fired]] = total[running[fired]]
        running, weights = running[~fired], weights[~fired]
    return updates, presentations, consolidated, transient_sum
