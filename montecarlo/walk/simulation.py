"""The transient weight of a cached synapse, simulated: a random walk that leaks and resets.

At every presentation the transient weight is multiplied by ``1 - 1/tau``. With probability ``p``
the presentation is an update: the weight then moves by ``+eta`` or ``-eta``, and if its size now
exceeds ``threshold`` that size is added to the consolidated total and the weight restarts at 0.

All synapses share one clock, as in a perceptron: an update moves every synapse, each by a sign of
its own. Between updates nothing is simulated; decay and sums over time are geometric series there.
Inside this module weights are in units of ``eta``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.checks import (
    as_chance,
    as_number,
    require,
    require_count,
    require_generator,
    require_positive,
    require_tau,
)
from montecarlo.statistics import Estimate, estimate

SignArray = npt.NDArray[np.int8]
# Small integers without decay, which is exact; with decay float64, because float32 cannot tell
# 1 - 1/tau from 1 when tau is large.
Weights = npt.NDArray[Any]

BATCHES = 64
BINS = 41
WARM_UP = 10  # relaxation times
# Work is done in blocks, a tile of synapses times the updates of a segment, that stay in L2 cache.
BLOCK = 2**16
TILE = 2**12
MAX_UPDATES = 64  # in the mean segment
MAX_LEVEL = 10_000
# Columns of the sums over synapses and presentations; a move is one weight at one update.
MOVES, EVENTS, AMOUNT, TRANSIENT, OCCUPANCY = 0, 1, 2, 3, slice(4, None)


@dataclass(frozen=True)
class Walk:
    """Stationary averages of the transient weight, each with its standard error.

    Attributes
    ----------
    rate : Estimate
        Consolidations per synapse and presentation; nan if the run had no update.
    mean_transient : Estimate
        Average of abs(s) over synapses and ends of presentations, in the units of ``eta``.
    mean_consolidated : Estimate
        Amount abs(s) per consolidation, in the units of ``eta``; nan if there was none.
    edges : ndarray, shape (bins + 1,)
        Edges of the histogram of s, in the units of ``eta``.
    occupation : Estimate of ndarrays, shape (bins,)
        Fraction of weights in each bin; sums to 1.
    """

    rate: Estimate
    mean_transient: Estimate
    mean_consolidated: Estimate
    edges: FloatArray
    occupation: Estimate

    @property
    def centres(self) -> FloatArray:
        """Bin centres, shape (bins,); without decay these are the levels of the lattice."""
        return (self.edges[1:] + self.edges[:-1]) / 2


def simulate(
    n_synapses: int,
    n_steps: int,
    *,
    threshold: float,
    p: float,
    tau: float = math.inf,
    eta: float = 1.0,
    rng: np.random.Generator,
) -> Walk:
    """Simulate cached synapses and average over synapses and presentations.

    Parameters
    ----------
    n_synapses : int
        Number of synapses, at least 1.
    n_steps : int
        Presentations that are counted, at least 1. They follow a warm-up of ten relaxation times
        that is not counted, because s = 0, where every synapse starts, is not stationary. The
        relaxation time is bounded by ``min((threshold / eta + 1)**2 / p, tau)`` presentations.
    threshold : float
        A size strictly above it is consolidated; finite, >= 0, in the units of ``eta``. Without
        decay at most 10000 ``eta``.
    p : float
        Probability that a presentation is an update, 0 < p <= 1.
    tau : float
        Time constant of the decay in presentations, > 1; inf for no decay.
    eta : float
        Size of an update, finite and > 0.
    rng : numpy.random.Generator
        Source of all randomness; the same state gives the same result bit for bit.

    Returns
    -------
    Walk
        Rate of consolidation, mean abs(s), mean amount per consolidation and histogram of s.
        Without decay the histogram counts every presentation at the levels ``k * eta``,
        abs(k) < n = floor(threshold / eta) + 1. With decay it has 41 equal bins over
        [-threshold, threshold] and takes s at one random presentation in every ``16 / p`` or so
        (up to ``64 / p`` below 4096 synapses, at least one per batch).

    Raises
    ------
    ValueError
        If an argument is outside its domain (NaN always is).

    Notes
    -----
    Each estimate is a ratio of two totals over the whole run. The rate is ``p`` times the
    consolidations per update: all synapses share the fluctuation of the number of updates, which
    would otherwise dominate the error.

    Standard errors come from the residuals of the ratios in 64 consecutive batches (``n_steps`` if
    fewer) that contain all synapses, so they cover correlations in time and through the shared
    clock. This holds if a batch, ``n_steps / 64`` presentations, is long against the relaxation
    time; the caller has to see to that. If consolidations fell into fewer than two batches, the
    error of their mean amount is unknown: inf, or nan with the mean.

    Below ``threshold = eta`` every update consolidates at once and decay finds nothing to act on;
    the walk is then treated as one without decay, which is exact.

    Examples
    --------
    Without decay the rate is p / n**2 and every event consolidates n * eta, here with n = 3:

    >>> walk = simulate(500, 6400, threshold=2.5, p=0.5, rng=np.random.default_rng(1))
    >>> abs(walk.rate.mean - 0.5 / 9) < 6 * walk.rate.standard_error
    True
    >>> walk.mean_consolidated.mean
    3.0
    """
    require_count("n_synapses", n_synapses)
    require_count("n_steps", n_steps)
    require_positive("eta", eta)
    require_tau(tau)
    as_chance(p)
    level = as_number("threshold", threshold, "a finite number >= 0")
    require("threshold", threshold, 0 <= level < math.inf, "a finite number >= 0")
    if math.isinf(tau):
        most = f"at most {MAX_LEVEL} eta without decay (eta = {eta})"
        require("threshold", threshold, level <= MAX_LEVEL * eta, most)
    require_generator(rng)
    quotient = threshold / eta
    if quotient < 1:
        tau = math.inf
    lattice = math.isinf(tau)
    n = math.floor(quotient) + 1
    limit = n - 1 if lattice else quotient
    weights = np.zeros(n_synapses, dtype=np.min_scalar_type(-n - 1) if lattice else np.float64)
    bins = 2 * n - 1 if lattice else BINS
    half_range = n - 0.5 if lattice else quotient

    updates = min(MAX_UPDATES, BLOCK // min(n_synapses, TILE))
    stride = math.ceil(updates / p)
    # One block of memory for all segments: fresh memory costs more in page faults than the work.
    scratch = np.empty(0, dtype=np.int64 if lattice else np.float64)
    advance = partial(_advance, weights, limit=limit, p=p, tau=tau, rng=rng, scratch=scratch)
    warm_up = math.ceil(WARM_UP * min((quotient + 1) * (quotient + 1) / p, tau))
    for length in _split(warm_up, math.ceil(warm_up / stride)):
        advance(length)

    batches = min(BATCHES, n_steps)
    per_batch = math.ceil(n_steps / (batches * stride))
    steps = np.zeros(batches)
    sums = np.zeros((batches, 4 + bins))
    for segment, length in enumerate(_split(n_steps, batches * per_batch)):
        steps[segment // per_batch] += length
        sums[segment // per_batch] += advance(length)

    occupancy = sums[:, OCCUPANCY]
    return Walk(
        rate=_ratio(sums[:, EVENTS], sums[:, MOVES], unit=p),
        mean_transient=_ratio(sums[:, TRANSIENT], n_synapses * steps, unit=eta),
        mean_consolidated=_ratio(sums[:, AMOUNT], sums[:, EVENTS], unit=eta),
        edges=eta * np.linspace(-half_range, half_range, bins + 1),
        occupation=_ratio(occupancy, occupancy.sum(axis=1, keepdims=True)),
    )


def _split(total: int, pieces: int) -> Iterator[int]:
    """Lengths of consecutive pieces of ``total`` presentations that differ by at most one."""
    return (total * (i + 1) // pieces - total * i // pieces for i in range(pieces))


def _advance(
    weights: Weights,
    length: int,
    *,
    limit: float,
    p: float,
    tau: float,
    rng: np.random.Generator,
    scratch: Weights,
) -> FloatArray:
    """Move all weights (in place) through ``length`` presentations of one shared clock."""
    times = _update_times(length, p, rng)
    # A fixed stride could stay in step with the walk, which at p = 1 alternates between even and
    # odd levels; a random presentation of every segment cannot.
    sample = int(rng.integers(1, length + 1))
    total = np.zeros(())
    for tile in np.array_split(weights, math.ceil(weights.size / TILE)):  # views
        signs = _signs(times.size, tile.size, rng)
        total = total + _segment(
            tile,
            times,
            signs,
            length=length,
            sample=sample,
            limit=limit,
            tau=tau,
            scratch=scratch,
        )
    return total


def _update_times(length: int, p: float, rng: np.random.Generator) -> IntArray:
    """Presentations, counted from 1 to ``length``, that are updates.

    Waiting times are geometric and without memory, so a segment may start its clock afresh.
    """
    times = np.zeros(1, dtype=np.int64)
    while times[-1] <= length:
        # Waits are cut beyond the end of the segment so that their sum cannot overflow.
        waits = np.minimum(rng.geometric(p, size=8 + int(1.5 * p * length)), length + 1)
        times = np.concatenate([times, times[-1] + np.cumsum(waits)])
    return times[1 : np.searchsorted(times, length, side="right")]


def _signs(n_updates: int, n_synapses: int, rng: np.random.Generator) -> SignArray:
    """Independent fair signs, shape (n_updates, n_synapses), from one random bit each."""
    count = n_updates * n_synapses
    packed = np.frombuffer(rng.bytes((count + 7) // 8), dtype=np.uint8)
    signs = np.unpackbits(packed, count=count).view(np.int8).reshape(n_updates, n_synapses)
    signs += signs
    signs -= 1
    return signs


def _segment(
    weights: Weights,
    times: IntArray,
    signs: SignArray,
    *,
    length: int,
    sample: int,
    limit: float,
    tau: float,
    scratch: Weights,
) -> FloatArray:
    """Move weights (in place) through presentations 1 to ``length`` with the given updates.

    ``times`` are the updates among the presentations, ``signs[u]`` the moves of all weights at
    update ``u``. Return the sums over synapses and presentations: moves, events, amount
    consolidated, |s| at the ends of presentations, occupancy of the histogram bins. With
    decay the histogram takes the weights at the end of presentation ``sample`` only.
    """
    waits = np.diff(times, prepend=0, append=length + 1)
    rows, width = waits.size, weights.size
    scratch.resize(max(scratch.size, rows * width), refcheck=False)  # grows, seldom
    block = scratch[: rows * width].reshape(rows, width)
    # Row 0 holds the start, row u the weights right after update u, before consolidation. Its
    # weight in the sum of |s| is the decay since then, summed up to the presentation before the
    # next update. The start itself was counted by the segment before.
    if math.isinf(tau):
        visited = np.empty((rows, width), dtype=weights.dtype)
        visited[0] = weights
        for row, sign in zip(visited[1:], signs, strict=True):
            np.add(weights, sign, out=row)
            _consolidate(row, limit, out=weights)
        waits[0] -= 1
        return _lattice_sums(visited, waits, int(limit) + 1, cells=block)

    decay = math.log1p(-1 / tau)
    factors = np.exp(decay * waits).tolist()
    block[0] = weights
    for row, sign, factor in zip(block[1:], signs, factors[:-1], strict=True):
        np.multiply(weights, factor, out=weights)
        np.add(weights, sign, out=row)
        _consolidate(row, limit, out=weights)
    weights *= math.exp(decay * int(waits[-1] - 1))
    hold = -tau * np.expm1(decay * waits)
    hold[0] -= 1
    seen = int(np.searchsorted(times, sample, side="right"))
    snapshot = np.empty_like(weights)
    _consolidate(block[seen], limit, out=snapshot)
    snapshot *= math.exp(decay * (sample - (int(times[seen - 1]) if seen else 0)))
    return _decay_sums(block, hold, limit, snapshot)


def _consolidate(moved: Weights, limit: float, out: Weights) -> None:
    """Write the weights that stay within the limit to ``out``, and 0 for the others."""
    np.abs(moved, out=out)
    np.multiply(moved, out <= limit, out=out)


def _lattice_sums(visited: Weights, hold: IntArray, n: int, cells: IntArray) -> FloatArray:
    """Return the sums of a segment without decay; all follow from the visits to each level.

    A visit to the outermost levels -n and n is an event, after which the weight rests at 0.
    """
    rows, levels = len(visited), 2 * n + 1
    np.add(visited, (n + levels * np.arange(rows))[:, np.newaxis], out=cells)
    counts = np.bincount(cells.ravel(), minlength=rows * levels).reshape(rows, levels)
    fired = counts[:, 0] + counts[:, -1]
    occupancy = hold @ counts[:, 1:-1]
    occupancy[n - 1] += hold @ fired
    events = fired.sum()
    transient = occupancy @ np.abs(np.arange(1 - n, n))
    moves = visited[1:].size
    return np.array([moves, events, n * events, transient, *occupancy], dtype=np.float64)


def _decay_sums(
    visited: FloatArray, hold: FloatArray, limit: float, snapshot: FloatArray
) -> FloatArray:
    """Return the sums of a segment with decay, with a histogram of the snapshot."""
    size = np.abs(visited, out=visited)
    fired = np.flatnonzero(size > limit)
    amounts = size.ravel()[fired]
    transient = hold @ size.sum(axis=1) - hold[fired // snapshot.size] @ amounts
    cells = np.minimum((snapshot / limit + 1) * (BINS / 2), BINS - 1).astype(np.intp)
    occupancy = np.bincount(cells, minlength=BINS)
    moves = visited[1:].size
    return np.array([moves, amounts.size, amounts.sum(), transient, *occupancy], dtype=np.float64)


def _ratio(numerators: FloatArray, denominators: FloatArray, unit: float = 1.0) -> Estimate:
    """Ratio of two totals over batches (axis 0) with the error of its linearization."""
    batches = len(denominators)
    filled = np.count_nonzero(denominators)
    if filled == 0:
        return Estimate(math.nan, math.nan, batches)
    ratio = numerators.sum(axis=0) / denominators.sum(axis=0)
    residuals = (numerators - ratio * denominators) / denominators.mean(axis=0)
    result = estimate(ratio + residuals)
    # A single filled batch leaves no residual, and says nothing about the error.
    error = result.standard_error if filled > 1 else result.standard_error + math.inf
    return Estimate(unit * result.mean, unit * error, batches)
