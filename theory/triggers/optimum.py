"""What caching costs with each trigger without decay, and the threshold at which it costs least."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from theory import lattice
from theory.formula import ALGORITHMS, formula
from theory.formula.arrays import FloatArray
from theory.formula.domain import at_least_one, non_negative
from theory.formula.steps import threshold_in_steps
from theory.triggers.cycles import Cycle, any_cycle, local_cycle
from theory.triggers.total import many, total_cycle

#: What sets consolidation off: the own synapse, any synapse, the sum of all sizes.
Trigger = Literal["local", "any", "total"]

CYCLES: dict[Trigger, Callable[[float, float], Cycle]] = {
    "local": lambda theta, _N: local_cycle(theta),
    "any": any_cycle,
    "total": total_cycle,
}
#: Thresholds tried first grow by so much; all whole ones are tried among so few.
STRIDE, EACH = 1.2, 16


@dataclass(frozen=True)
class Energies:
    """What learning with caching costs, in units of weight.

    Attributes
    ----------
    consolidation : float
        Of all consolidations, the final one included.
    maintenance : float
        Of the transient weights.
    total : float
        Their sum.
    """

    consolidation: float
    maintenance: float
    total: float


@dataclass(frozen=True)
class Optimum:
    """The threshold of least energy.

    Attributes
    ----------
    threshold : float
        In units of weight; of "total" for the sum over synapses.
    energy : float
        In units of weight.
    updates : float
        Mean number of updates from one consolidation of a synapse to its next.
    """

    threshold: float
    energy: float
    updates: float


@dataclass(frozen=True)
class Ratios:
    """Least energies over the least energy with local consolidation.

    Attributes
    ----------
    any_over_local : float
        If any synapse makes all of them consolidate.
    total_over_local : float
        If the sum of all sizes does.
    """

    any_over_local: float
    total_over_local: float


@formula(
    "This package",
    gives="In units of weight.",
    domain={"theta": non_negative, "N": at_least_one},
    registry=ALGORITHMS,
)
def energies(
    theta: float, K: float, T: float, N: float, c: float, eta: float = 1, trigger: Trigger = "local"
) -> Energies:
    """Energy of K updates in T presentations with one of the triggers.

    Parameters
    ----------
    trigger : {"local", "any", "total"}
        What sets consolidation off: the own synapse, any synapse, the sum of all sizes.

    Raises
    ------
    ValueError
        If there is no such trigger, if it is "total" and N below 50, or if the sum of
        `any_cycle` is too long.

    Notes
    -----
    "local", "any" and "total" as in `local_cycle`, `any_cycle` and `total_cycle`. The walk is taken
    to be in its steady state from the start, and there is no decay.

    Examples
    --------
    >>> energies(10, 2000, 30000, 1001, 0.001, trigger="any").total
    527...
    """
    if trigger not in CYCLES:
        raise ValueError(f"trigger must be one of {', '.join(CYCLES)}, got {trigger!r}")
    if trigger == "total" and not many.contains(N):
        raise ValueError(f"N must be {many.text} if the trigger is total, got {N}")
    cycle = CYCLES[trigger](threshold_in_steps(theta, eta), N)
    size = cycle.mean_transient
    consolidation = float(eta * N * (K * cycle.consolidated / cycle.updates + size))
    maintenance = float(eta * N * size * c * T)  # zero stays zero, whatever the price
    return Energies(consolidation, maintenance, consolidation + maintenance)


@formula(
    "This package",
    gives="Of thresholds that do the same, the least.",
    domain={"N": at_least_one},
    registry=ALGORITHMS,
)
def optimum(
    K: float, T: float, N: float, c: float, eta: float = 1, trigger: Trigger = "local"
) -> Optimum:
    """The threshold at which caching costs least, and what it costs then.

    Parameters
    ----------
    trigger : {"local", "any", "total"}
        What sets consolidation off: the own synapse, any synapse, the sum of all sizes.

    Raises
    ------
    ValueError
        If there is no such trigger, if it is "total" and N below 50, or if the sum of
        `any_cycle` is too long.

    Notes
    -----
    Minimises `energies` over the threshold, for a price of maintenance c and no decay.

    Examples
    --------
    >>> optimum(2000, 30000, 1001, 0.001, trigger="any").threshold
    33.0
    """

    def cost(theta: float) -> float:
        return energies(theta, K, T, N, c, 1, trigger).total

    # All consolidate every so many updates; few of N walks get as far as this meanwhile.
    period = 3 / 2 * K / (1 + c * T) + 2
    furthest = math.sqrt(2 * period * math.log(4 * N))
    if trigger == "local":
        best = float(lattice.optimal_steps(K, T, c, integer=True)) - 1
    elif trigger == "any":
        steps = np.floor(_powers(furthest + 2)) - 1
        low, best, high = _searched(cost, steps.tolist(), EACH, 0.1)
        if high - low <= 2 * EACH:  # where even and odd differ
            near = range(max(0, math.floor(low) - 2), math.ceil(high) + 3)
            best = float(min(near, key=cost))
    else:
        sums = N * _powers(2 * math.sqrt(period))
        _, best, _ = _searched(cost, [0.0, *sums.tolist()], 0.01 * N, 0.005)
    return Optimum(float(eta * best), float(eta * cost(best)), CYCLES[trigger](best, N).updates)


def _powers(last: float) -> FloatArray:
    """Of `STRIDE`, from 1 to beyond a place: the same for all prices, so that cycles are kept."""
    return np.asarray(STRIDE ** np.arange(2 + math.ceil(math.log(last) / math.log(STRIDE))))


def _searched(
    cost: Callable[[float], float], tried: list[float], width: float, share: float
) -> tuple[float, float, float]:
    """The place of least cost between its neighbours, no further apart than width or share."""
    while True:
        # The furthest first: what takes too long to sum is refused before the rest is summed.
        costs = [cost(place) for place in reversed(tried)][::-1]
        best = costs.index(min(costs))
        low, high = tried[max(best - 1, 0)], tried[min(best + 1, len(tried) - 1)]
        if high - low <= max(width, share * high):
            return low, tried[best], high
        tried = sorted({*np.linspace(low, high, 5).tolist(), tried[best]})


@formula("This package", gives="Dimensionless.", domain={"N": many}, registry=ALGORITHMS)
def ratios(K: float, T: float, N: float, c: float, eta: float = 1) -> Ratios:
    """Least energies of "any" and "total" over that of "local", which none undercuts.

    Raises
    ------
    ValueError
        If the sum of `any_cycle` is too long.

    Notes
    -----
    Of `optimum`. With very many synapses both tend to 2/sqrt(pi) = 1.128, if consolidation takes
    many updates.

    Examples
    --------
    >>> ratios(2000, 30000, 1001, 0.001)
    Ratios(any_over_local=1.1..., total_over_local=1.1...)
    """
    least = [optimum(K, T, N, c, eta, trigger).energy for trigger in CYCLES]
    return Ratios(least[1] / least[0], least[2] / least[0])
