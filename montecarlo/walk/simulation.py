"""The transient weight of a cached synapse: a random walk that leaks and resets.

At every presentation the transient weight is multiplied by ``1 - 1/tau``. With probability ``p``
the presentation is an update: the weight then moves by ``+eta`` or ``-eta``, and if its size now
exceeds ``threshold`` that size is added to the consolidated total and the weight restarts at 0.

All synapses share one clock, as in a perceptron: an update moves every synapse, each by a sign of
its own. Between updates nothing is simulated; decay and sums over time are geometric series there.
Inside this module weights are in units of ``eta``.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from montecarlo.arrays import FloatArray
from montecarlo.checks import (
    as_chance,
    as_count,
    as_non_negative,
    as_positive,
    as_tau,
    require,
    require_generator,
    threshold_in_steps,
)
from montecarlo.statistics import Estimate, estimate
from montecarlo.walk.segment import (
    AMOUNT,
    BINS,
    DECAY_SEGMENT,
    EVENTS,
    LATTICE_SEGMENT,
    MOVES,
    OCCUPANCY,
    TILE,
    TRANSIENT,
    advance,
)

__all__ = ["Walk", "simulate"]

#: Parts of a run whose spread gives the standard errors.
BATCHES = 64
#: Relaxation times that are not counted.
WARM_UP = 10
#: Levels of the largest lattice.
MAX_LEVEL = 10_000


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
        abs(k) < n = floor(threshold / eta) + 1; 0.3 is three steps of 0.1, what is whole but for
        rounding is whole. With decay it has 41 equal bins over [-threshold, threshold] and takes s
        at one random presentation in every ``16 / p`` or so (up to ``64 / p`` below 4096 synapses,
        at least one per batch).

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
    n_synapses = as_count("n_synapses", n_synapses)
    n_steps = as_count("n_steps", n_steps)
    eta, tau, p = as_positive("eta", eta), as_tau(tau), as_chance(p)
    quotient = float(threshold_in_steps(as_non_negative("threshold", threshold), eta))
    if math.isinf(tau):
        most = f"at most {MAX_LEVEL} eta without decay (eta = {eta})"
        require("threshold", threshold, quotient <= MAX_LEVEL, most)
    require("threshold", threshold, quotient < math.inf, f"less than 1e308 eta (eta = {eta})")
    require_generator(rng)
    if quotient < 1:
        tau = math.inf
    lattice = math.isinf(tau)
    n = math.floor(quotient) + 1
    limit = n - 1 if lattice else quotient
    weights = np.full(n_synapses, n - 1) if lattice else np.zeros(n_synapses)
    bins = 2 * n - 1 if lattice else BINS
    half_range = n - 0.5 if lattice else quotient

    updates, moves = LATTICE_SEGMENT if lattice else DECAY_SEGMENT
    stride = math.ceil(min(updates, moves // min(n_synapses, TILE)) / p)
    tiles = np.array_split(weights, math.ceil(n_synapses / TILE))  # views
    move = partial(advance, tiles, limit=limit, p=p, tau=tau, rng=rng)
    warm_up = math.ceil(WARM_UP * min((quotient + 1) * (quotient + 1) / p, tau))
    for length in _split(warm_up, math.ceil(warm_up / stride)):
        move(length)

    batches = min(BATCHES, n_steps)
    per_batch = math.ceil(n_steps / (batches * stride))
    steps = np.zeros(batches)
    sums = np.zeros((batches, 4 + bins))
    for segment, length in enumerate(_split(n_steps, batches * per_batch)):
        steps[segment // per_batch] += length
        sums[segment // per_batch] += move(length)

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
