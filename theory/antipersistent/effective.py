"""Synaptic caching without decay for weights that pull back: a walk of fewer effective updates.

A perceptron's updates are anti-persistent: most of what an epoch changes is taken back. Let s be
the transient weight of a synapse before update k and x = +-1 the update, in steps, n of which in
one direction make a consolidation. The energy of local caching, the final consolidation included,
is the sum of what abs(s) gains (Tanaka's formula),

    sum_k P(s = 0) + sum_k E[sign(s) x_k].

*First sum.* s is the weight less the last multiple of n that the weight has visited, so s = 0
whenever the weight is such a multiple, whatever the steps are like. A weight spread over more than
n is one in a fraction 1/n of the time. (If steps are symmetric the second sum vanishes: what an
update consolidates on average is the probability that s = 0, for any trigger.)

*Second sum.* For Gaussian steps E[sign(s) x_k] is the sum over all lags j of the correlation of
updates k and k - j, times the mean response of sign(s) to a shift of the step j updates ago (Price,
Novikov). In a walk of independent steps, a share D of the updates, that is 2/n
`theory.antipersistent.local_memory` at D j/n^2, a shift being forgotten at the next consolidation
or return to 0.

So the energy is that of K_n = K + 2 sum_j S_j local_memory(D j/n^2) independent updates, where S_j
is the sum over k of the correlations and D = K_n/K: of the variance of the final weight, K + 2
sum_j S_j, only the correlations within the memory of the cache count. Both limits are right: K_n is
K at small thresholds, and at large ones the squared final weight, where the energy is that of going
straight to the final weights. The same argument for s abs(s) gives the mean of abs(s).

Where all synapses consolidate together the correlations of updates of one cycle count, see
`theory.antipersistent.periodic_memory`, and K_n takes the place of K in `theory.triggers`.

Two things are approximate: for Gaussian steps the response should be that of the correlated walk
itself, and here is that of an independent one in its steady state; and the weights may not have
spread over more than n.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first used

from theory.antipersistent.curve import UPDATES, lag_correlations, predicted_curve
from theory.antipersistent.memory import local_memory, local_memory_so_far
from theory.formula import ALGORITHMS, formula
from theory.formula.arrays import FloatArray
from theory.formula.conversion import doubles, single
from theory.formula.domain import non_negative, positive, positive_integer, real, unbounded
from theory.lattice import steps_to_threshold


@dataclass(frozen=True)
class CachingCosts:
    """What local caching costs a synapse of a perceptron, in units of weight.

    Attributes
    ----------
    effective_updates : float
        As many independent updates would consolidate as much.
    consolidation_energy : float
        Energy of all consolidations, the final one included.
    final_consolidation : float
        The part of it that the end of learning causes.
    consolidations : float
        Their number, without the final one.
    mean_transient : float
        Mean of abs(s) over all presentations.
    """

    effective_updates: float
    consolidation_energy: float
    final_consolidation: float
    consolidations: float
    mean_transient: float


@formula(
    "This package",
    gives="In units of weight, for a synapse.",
    domain={"theta": unbounded, "K": UPDATES},
    where=lambda P, K: P < 2 * K,
    registry=ALGORITHMS,
)
def caching(theta: float, P: float, N: float, K: float, eta: float = 1) -> CachingCosts:
    """What local caching costs a synapse of a perceptron that learns P patterns in K updates.

    Raises
    ------
    ValueError
        If there are more epochs than `predicted_curve` allows.

    Notes
    -----
    That of `caching_along` for the correlations of `predicted_curve`: nothing is fitted.

    Examples
    --------
    >>> caching(20, 1000, 1000, 2000).consolidation_energy  # 102 for independent updates
    67.76...
    """
    curve = predicted_curve(P, N, K)
    so_far = np.append(np.cumsum(curve.updates) - curve.updates / 2, K)
    return caching_along(theta, lag_correlations(curve), so_far, eta)


def caching_along(
    theta: float, correlations: FloatArray, so_far: FloatArray, eta: float = 1.0
) -> CachingCosts:
    """What local caching costs if the correlations of the updates are known.

    Parameters
    ----------
    theta : float
        Consolidation threshold >= 0 in units of weight; infinity postpones all to the end.
    correlations : ndarray, shape (K,)
        S_0, S_1, ... from `lag_correlations`, or as measured.
    so_far : ndarray
        Updates made by then, of a sample of presentations.
    eta : float
        Step size > 0.

    Returns
    -------
    CachingCosts
        In units of weight, for a synapse.

    Raises
    ------
    ValueError
        If an argument is not as said, or as `effective_updates` requires.

    Notes
    -----
    No synapse is taken to hold more than it has gained, as the approximation of mean abs(s) would
    say where few have ever consolidated.

    The energy is that of `effective_updates` independent ones, exactly as `walk_from_zero` has it.
    Two things are approximate: the response of a synapse to a shift is that of an independent walk
    in its steady state, and the weights are taken to have spread over more than n steps.

    Source: this package.

    Examples
    --------
    >>> independent = np.append(2000.0, np.zeros(1999))
    >>> caching_along(9, independent, independent[:1]).consolidation_energy
    201.65
    """
    theta, eta = single("theta", theta, unbounded), single("eta", eta, positive)
    correlations, so_far = _sums(correlations), doubles("so_far", so_far, non_negative)
    n = float(steps_to_threshold(theta, eta)) if theta < math.inf else math.inf
    updates = correlations[0]
    # At n = 1 s is 0 before any update: it remembers none.
    memory = np.zeros_like if n == 1 else lambda lags: local_memory(lags / n**2)
    effective = effective_updates(correlations, memory)
    lags = np.arange(1, len(correlations)) * (effective / updates / n**2)
    # Of s abs(s) the share that counts is 3/2 local_memory + 3 local_memory_so_far - 1/2.
    forgotten = (1 - local_memory(lags)) / 2 - 3 * local_memory_so_far(lags)
    held = 1 + 2 * float(correlations[1:] @ forgotten) / updates
    done = effective / updates * np.append(so_far, updates)
    energies, sizes = walk_from_zero(n, done)
    sizes = np.minimum(held * sizes, energies)
    return CachingCosts(
        effective_updates=effective,
        consolidation_energy=float(eta * energies[-1]),
        final_consolidation=float(eta * sizes[-1]),
        consolidations=float((energies[-1] - sizes[-1]) / n),
        mean_transient=float(eta * np.mean(sizes[:-1])),
    )


def effective_updates(correlations: FloatArray, memory: Callable[[FloatArray], Any]) -> float:
    """K_n, as many independent updates as consolidate as much as correlated ones.

    Parameters
    ----------
    correlations : ndarray, shape (K,)
        S_0, S_1, ... from `lag_correlations`, or as measured.
    memory : callable
        Which share of a correlation counts, by its lag in independent updates: `local_memory` of
        the lag over n^2, or, where all synapses consolidate together every m updates,
        `periodic_memory` of the lag over m.

    Returns
    -------
    float
        A solution of K_n = S_0 + 2 sum_j S_j memory(j K_n/S_0), the only one above 0 if no S_j is
        positive.

    Raises
    ------
    ValueError
        If the correlations are not finite, S_0 is not above 0, or the squared final weight S_0 + 2
        (S_1 + S_2 + ...) is negative.

    Notes
    -----
    Of the correlations of updates only those within the memory of the cache count;
    `theory.antipersistent.effective` derives it for Gaussian steps.

    Source: this package.

    Examples
    --------
    >>> round(effective_updates(np.array([100.0, -20.0]), local_memory), 4)
    99.7641
    """
    updates, *_ = sums = _sums(correlations)
    lags: FloatArray = np.arange(1.0, len(sums))

    def excess(share: float) -> float:
        return float(1 + 2 * (sums[1:] @ memory(share * lags)) / updates - share)

    most = 1 + 2 * float(np.abs(sums[1:]).sum()) / updates
    return float(updates * scipy.optimize.brentq(excess, 0, most, xtol=1e-12))


def _sums(correlations: npt.ArrayLike) -> FloatArray:
    """The correlations as an array, if some walk can have them."""
    sums = doubles("correlations", correlations, real)
    if sums.ndim != 1 or not sums.size or sums[0] <= 0:
        raise ValueError(f"correlations must be S_0 > 0, S_1, ..., got {sums}")
    square = sums[0] + 2 * sums[1:].sum()
    if square < 0:
        raise ValueError(f"correlations must make a squared weight >= 0, got {square}")
    return sums


def walk_from_zero(n: float, updates: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """What a cached walk of independent steps has cost and what it holds, starting at s = 0; exact.

    Parameters
    ----------
    n : float
        Steps in one direction until a consolidation, may be infinite.
    updates : array_like
        Mean numbers t of updates, of any shape.

    Returns
    -------
    energies, sizes : ndarray, of the shape of ``updates``
        Energy with all consolidated then, and mean of abs(s), in steps.

    Raises
    ------
    ValueError
        If n is below 1, or a number of updates negative or infinite.

    Notes
    -----
    The updates come at random times, so many on average. With mu_m = 1 - cos(2 pi m/n) and sums
    over m from 1 to n - 1, the energy is t/n + sum (1 - exp(-mu_m t))/(n mu_m), the integral of the
    probability that a walk on a ring of n places is at 0. The mean of abs(s), of Laplace transform
    (sinh(n z)/sinh(z) - n)/(u (cosh(n z) - 1)) at cosh(z) = 1 + u, is (n^2 - 1)/(3 n) - sum (2 + t
    sin(2 pi m/n)^2) exp(-mu_m t)/(n mu_m).

    Source: this package.

    Examples
    --------
    >>> energies, sizes = walk_from_zero(2, [0, 1, 1000])
    >>> energies.round(3), sizes.round(3)
    (array([  0.   ,   0.716, 500.25 ]), array([0.   , 0.432, 0.5  ]))
    """
    if n != math.inf:
        n = single("n", n, positive_integer)
    times = doubles("updates", updates, non_negative)
    # What a walk has not reached does not matter: exp(-72) of the walks have come so far.
    n = min(n, 64 + math.ceil(12 * math.sqrt(times.max())))
    angles = 2 * math.pi / n * np.arange(1, n)
    rates = 2 * np.sin(angles / 2) ** 2
    weights, slower = 1 / (n * rates), np.sin(angles) ** 2
    lost = [  # one time after the other, so that the arrays fit in memory
        (weights @ np.expm1(-rates * t), (weights * (2 + slower * t)) @ np.exp(-rates * t))
        for t in times.flat
    ]
    early, decayed = np.moveaxis(np.reshape(lost, (*times.shape, 2)), -1, 0)
    return times / n - early, (n - 1 / n) / 3 - decayed
