"""The triggers "any" and "total" with transient weights that decay.

"local" is solved exactly by `theory.decay.steady_state`. Synapses that consolidate together share
one clock; it is taken to tick evenly, so that between two updates all weights decay by the mean of
what the random waiting times would make of them. The walk then is followed on the grid of
`theory.decay.exact`. No size can get beyond p tau eta on such a clock, no mean of them beyond
eta sqrt(p tau/pi): near these bounds the luck of the clock decides, and thresholds that come too
close are refused. See the claim SE.decaying-together for what is left of the error.
"""

import math

import numpy as np

from theory.decay.exact import transitions
from theory.formula import ALGORITHMS, formula
from theory.formula.arrays import FloatArray
from theory.formula.domain import at_least_one
from theory.formula.steps import threshold_in_steps
from theory.triggers.cycles import NEVER, Cycle
from theory.triggers.total import DEVIATIONS, many, stopped

#: Grid cells of a step, and the most updates of a cycle that are followed.
CELLS, LONGEST = 64, 10_000


def _held(tau: float, p: float) -> float:
    """Mean of a weight over the presentations from one update to the next, in units of its size."""
    return p / (1 - (1 - p) * (1 - 1 / tau))


def _evenly(tau: float, p: float) -> float:
    """What is left of a weight at the next update, on average over the waiting time."""
    return (1 - 1 / tau) * _held(tau, p)


def _per_presentation(cycle: Cycle, tau: float, p: float, eta: float) -> Cycle:
    """The mean size over presentations, of a cycle that has it over updates, in units of weight."""
    size = _held(tau, p) * cycle.mean_transient
    return Cycle(cycle.updates, cycle.consolidated, size).scaled(eta)


@formula(
    "This package",
    gives="In updates and units of weight; the mean size is that over presentations.",
    domain={"N": at_least_one},
    where=lambda theta, eta, tau, p: 5 * theta <= eta * tau * p,
    registry=ALGORITHMS,
)
def decaying_any_cycle(theta: float, tau: float, p: float, N: float, eta: float = 1) -> Cycle:
    """The cycle of `any_cycle` if transient weights decay; it lasts updates/p presentations.

    Raises
    ------
    ValueError
        If the cycle is not over after 10,000 updates, as for few synapses.

    Notes
    -----
    Synapses that consolidate together share a clock; it is taken to tick evenly, so that all
    weights decay by the mean of what the random waiting times would make of them. The claim
    SE.decaying-together says what is left of the error.

    Examples
    --------
    >>> decaying_any_cycle(5, 500, 0.1, 1000).updates, decaying_any_cycle(5, 1e9, 0.1, 1000).updates
    (6.0000..., 6.0000...)
    """
    level = threshold_in_steps(theta, eta)
    if level < 1:
        return Cycle(1.0, eta, 0.0)
    cycle = _any_cycle(level, _evenly(tau, p), N)
    return _per_presentation(cycle, tau, p, eta)


def _any_cycle(level: float, left: float, N: float) -> Cycle:
    """The cycle in steps, of weights that keep so much from one update to the next."""
    last = math.floor(level * CELLS)  # the last node that is not consolidated
    _, updated = transitions(last, CELLS, left, 1.0)
    sizes = np.arange(updated.shape[0]) / CELLS
    weights = np.zeros(last + 1)
    weights[CELLS] = 1
    alive, others, size = 1.0, 1.0, 1.0
    updates, consolidated, transient = 2.0, 0.0, 1.0
    for _ in range(LONGEST):
        moved = updated @ weights
        weights = moved[: last + 1]
        before = sizes @ moved
        consolidated += others * before
        alive, size = weights.sum(), sizes[: last + 1] @ weights
        others = alive ** (N - 1)
        consolidated -= others * size
        updates += others * alive
        transient += others * size
        if others * alive < math.exp(-NEVER):
            return Cycle(float(updates), float(consolidated), float(transient / updates))
    raise ValueError(f"theta must be reached within {LONGEST} updates, got {level:g} eta")


@formula(
    "This package",
    gives="In updates and units of weight; the mean size is that over presentations.",
    domain={"N": many},
    where=lambda theta, N, eta, tau, p: theta <= 0.42 * N * eta * (tau * p) ** 0.5,
    registry=ALGORITHMS,
)
def decaying_total_cycle(theta: float, tau: float, p: float, N: float, eta: float = 1) -> Cycle:
    """The cycle of `total_cycle` if transient weights decay; it lasts updates/p presentations.

    Notes
    -----
    Synapses that consolidate together share a clock; it is taken to tick evenly, so that all
    weights decay by the mean of what the random waiting times would make of them. The claim
    SE.decaying-together says what is left of the error. Without consolidation the mean of the sum
    would get to 4/3 of the highest threshold allowed.

    Examples
    --------
    >>> decaying_total_cycle(2900, 500, 0.1, 1000).updates  # 13.8 without decay
    18...
    """
    level = threshold_in_steps(theta, eta)
    if level < N:
        return Cycle(1.0, eta, 0.0)
    cycle = stopped(*_free_walks(level / N, _evenly(tau, p), N))
    return _per_presentation(cycle, tau, p, eta)


def _free_walks(
    limit: float, left: float, N: float
) -> tuple[FloatArray, float, FloatArray, FloatArray, FloatArray]:
    """What `stopped` asks for, of walks without a threshold."""
    # E s^2 when the mean size is the limit, and the updates until then.
    square = math.pi / 2 * limit**2
    until = math.log1p(-square * (1 - left**2)) / (2 * math.log(left)) if left < 1 else square
    updates = math.ceil(until * (1 + 12 * DEVIATIONS / math.sqrt(N))) + 64
    squares = np.cumsum(left ** (2.0 * np.arange(updates)))
    nodes = math.ceil(DEVIATIONS * math.sqrt(squares[-1]) + 1) * CELLS
    _, updated = transitions(nodes - 1, CELLS, left, 1.0)
    sizes = np.arange(nodes) / CELLS
    # abs(left s +- 1) is on average the larger of left abs(s) and 1.
    product = sizes * np.maximum(left * sizes, 1)
    weights = np.zeros(nodes)
    weights[0] = 1
    mean, products = np.zeros((2, updates))
    for update in range(updates):
        mean[update], products[update] = sizes @ weights, product @ weights
        weights = (updated @ weights)[:nodes]
    variance = np.append(0, squares[:-1]) - mean**2
    covariance = products[:-1] - mean[:-1] * mean[1:]
    kept = np.append(0, covariance / np.where(variance[:-1] > 0, variance[:-1], np.inf))
    return np.full(updates, limit), N, mean, variance, kept
