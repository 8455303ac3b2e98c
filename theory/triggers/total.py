"""The trigger "total": the sum of all transient sizes, whose noise is small.

Of N independent walks in steps of +-1 the sum X_j of the sizes after j updates has the mean N m_j,
m_j = `theory.triggers.mean_distance`, and the variance N (j - m_j^2). It is taken to be a Gaussian
process; it then is a Markov chain of deviations from the mean in which each update takes back the
share z_j m_j/(j - m_j^2) of a deviation: the more synapses are at zero, a fraction z_j on average,
the fewer sizes can shrink. N has to be large.
"""

import functools
import math

import numpy as np

from theory.formula import ALGORITHMS, formula
from theory.formula.arrays import FloatArray
from theory.formula.domain import Domain, non_negative
from theory.formula.steps import threshold_in_steps
from theory.special.ladder import gaussian_overshoot
from theory.triggers.cycles import Cycle
from theory.triggers.walks import mean_distance

many = Domain("a finite number >= 50", low=50, open_low=False)

#: Standard deviations beyond which a Gaussian is nothing.
DEVIATIONS = 8.0
#: A probability that is nothing.
NOTHING = 1e-9
#: Quadrature nodes for each standard deviation of the noise of an update; multiples of so many.
DENSITY, FEWEST = 1.5, 24
#: Steps of a synapse, beyond which neither can be meant.
FURTHEST = 1e9
#: The chain is followed through so many updates, or as long as consolidation falls to so few
#: different updates that the steps of the mean are felt. Afterwards an expansion in 1/N is better.
CHAIN, SMEARED = 100.0, 3.0


@formula(
    "This package",
    gives="In updates and units of weight; all N synapses have it in common.",
    domain={"theta": non_negative, "N": many},
    registry=ALGORITHMS,
)
def total_cycle(theta: float, N: float, eta: float = 1) -> Cycle:
    """The cycle if all N synapses consolidate when the sum of their sizes exceeds theta.

    Raises
    ------
    ValueError
        If theta is above 1e9 N eta.

    Notes
    -----
    To leading order it lasts until the mean of the sum exceeds theta, about (pi/2) (theta/(N
    eta))^2 updates. The fluctuations of the sum are added, those of N large in the Gaussian
    approximation. Of independent steps of +-eta with equal chances, without decay.

    Examples
    --------
    >>> total_cycle(5000, 1000).updates, total_cycle(20_000, 1000).updates
    (39.7..., 628.8...)
    """
    level = threshold_in_steps(theta, eta)
    if level < N:
        return Cycle(1.0, eta, 0.0)
    if level > FURTHEST * N:
        raise ValueError(f"theta must be at most {FURTHEST:g} N eta, got {level / N:g} N eta")
    return _total_cycle(level, N).scaled(eta)


@functools.lru_cache(maxsize=4096)
def _total_cycle(level: float, N: float) -> Cycle:
    updates = math.pi / 2 * (level / N) ** 2
    if updates > CHAIN and 1.5 * updates > SMEARED * math.sqrt(N):
        return _expanded(level, N)
    return _chain(level, N)


def _expanded(level: float, N: float) -> Cycle:
    """To first order in 1/N, for consolidations that are spread over many updates.

    Stopping at X = N a rather than at a time makes the mean of m at that time a (1 - 1/N): the part
    of a deviation that is taken back meanwhile is lost. Its variance is that of X/N. With m^2 = 2
    j/pi this gives the mean of the updates, and that of m^3, the sum of sizes: 3 abs(S) summed over
    the updates is abs(S)^3 - abs(S) at their end, of mean pi m^3 - 3/2 m (between odd and even).
    """
    a = (math.floor(level) + 1 / 2) / N
    # The overshoot depends on how much the mean of the sum grows in an update, 1/(pi a) a synapse.
    a += gaussian_overshoot(math.sqrt(N) / (math.pi * a)) / math.sqrt(N)
    updates = math.pi / 2 * a**2 * (1 - (3 - math.pi / 2) / N)
    transient = (math.pi * a**3 * (1 - 3 / N) - 3 / 2 * a) / 3
    return Cycle(updates, a, transient / updates)


def _chain(level: float, N: float) -> Cycle:
    """The Gaussian chain of a walk without decay."""
    longest = math.ceil(math.pi / 2 * (level / N) ** 2 * (1 + 4 * DEVIATIONS / math.sqrt(N))) + 64
    j = np.arange(longest)
    m = np.asarray(mean_distance(j))
    variance = j - m**2
    back = np.append(0, np.diff(m) * m[:-1] / np.maximum(variance[:-1], 1))
    # X is a whole number, even or odd: the level is halfway between two that it can be.
    limit = (2 * np.floor((level - N * j) / 2) + 1) / N + j
    return stopped(limit, N, m, variance, 1 - back)


def stopped(
    limit: FloatArray, N: float, mean: FloatArray, variance: FloatArray, kept: FloatArray
) -> Cycle:
    """The cycle that ends when a Gaussian chain first exceeds a limit.

    All arguments but N are of shape (updates,): the limit, mean and variance times N of X/N after
    so many updates, and what is left of a deviation from the mean since the update before.
    """
    root = math.sqrt(N)
    room = (limit - mean) * root
    spread = DEVIATIONS * np.sqrt(variance)
    certain = int(np.argmax(room < spread))  # before this update nothing is ever consolidated
    places, weights = np.zeros(1), np.ones(1)
    alive, deviation = 1.0, 0.0
    updates, transient, consolidated = float(certain), float(mean[:certain].sum()), 0.0
    for now in range(certain, len(mean)):
        # Of the first, the chain has no past; afterwards the deviations are those of the survivors.
        share = kept[now] if now > certain else 0.0
        noise = math.sqrt(variance[now] - (share**2 * variance[now - 1] if share else 0))
        before, drawn = alive, share * deviation
        high = min(room[now], spread[now])
        if noise == 0:
            weights = weights * (room[now] > 0)
        elif high > -spread[now]:
            count = FEWEST * (1 + math.ceil(DENSITY * (high + spread[now]) / (noise * FEWEST)))
            places, weights = _moved(places, weights, share, noise, -spread[now], high, count)
        else:
            weights = np.zeros_like(weights)
        alive, deviation = float(weights.sum()), float(weights @ places)
        consolidated += mean[now] * (before - alive) + (drawn - deviation) / root
        updates += alive
        transient += alive * mean[now] + deviation / root
        if alive < NOTHING:
            return Cycle(updates, float(consolidated), float(transient / updates))
    raise ArithmeticError("not stopped within the updates given")


def _moved(
    places: FloatArray,
    weights: FloatArray,
    kept: float,
    noise: float,
    low: float,
    high: float,
    count: int,
) -> tuple[FloatArray, FloatArray]:
    """Where an update takes weights at places: those that it leaves between low and high."""
    nodes, quadrature = _quadrature(count)
    new = (low + high) / 2 + (high - low) / 2 * nodes
    apart = (new[:, np.newaxis] - kept * places) / noise
    density = np.exp(-(apart**2) / 2) @ weights / (noise * math.sqrt(2 * math.pi))
    return new, (high - low) / 2 * quadrature * density


_quadrature = functools.cache(np.polynomial.legendre.leggauss)
