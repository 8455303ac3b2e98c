"""What caching costs with each trigger without decay, and the threshold at which it costs least."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from theory import lattice
from theory.formula import ALGORITHMS, at_least_one, formula, non_negative, positive
from theory.triggers.cycles import Cycle, any_cycle, local_cycle
from theory.triggers.total import total_cycle

Trigger = Literal["local", "any", "total"]

CYCLES: dict[Trigger, Callable[[float, float], Cycle]] = {
    "local": lambda theta, _N: local_cycle(theta),
    "any": any_cycle,
    "total": total_cycle,
}
#: Of the threshold of "total", which has a continuous choice.
ACCURACY = 0.01

_RUN = {"K": positive, "T": non_negative, "N": at_least_one, "c": non_negative, "eta": positive}


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
    """Least energies over the least energy with local consolidation."""

    any_over_local: float
    total_over_local: float


@formula(source="This package", domain={"theta": non_negative, **_RUN}, registry=ALGORITHMS)
def energies(
    theta: float,
    K: float,
    T: float,
    N: float,
    c: float,
    eta: float = 1,
    trigger: Trigger = "local",
) -> Energies:
    """Energy of K updates in T presentations, as a walk in its steady state would need it.

    Examples
    --------
    >>> energies(10, 2000, 30000, 1001, 0.001, trigger="any").total
    527...
    """
    cycle = CYCLES[trigger](theta / eta, N)
    size = cycle.mean_transient
    consolidation = float(eta * N * (K * cycle.consolidated / cycle.updates + size))
    maintenance = float(eta * N * c * T * size)
    return Energies(consolidation, maintenance, consolidation + maintenance)


@formula(source="This package", domain=_RUN, registry=ALGORITHMS)
def optimum(
    K: float, T: float, N: float, c: float, eta: float = 1, trigger: Trigger = "local"
) -> Optimum:
    """The threshold at which caching costs least, and what it costs then.

    Of the thresholds that do the same, the least is given.

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
        steps = np.unique(np.geomspace(1, furthest + 2, 48).round()) - 1
        low, high = _bracket(cost, steps.tolist(), width=16)
        # Even and odd ones differ.
        best = float(min(range(max(0, math.floor(low) - 2), math.ceil(high) + 3), key=cost))
    else:
        sums = N * np.geomspace(1, 2 * math.sqrt(period), 32)
        low, high = _bracket(cost, [0.0, *sums.tolist()], share=ACCURACY)
        best = min(np.linspace(low, high, 9).tolist(), key=cost)
    return Optimum(float(eta * best), float(eta * cost(best)), CYCLES[trigger](best, N).updates)


def _bracket(
    cost: Callable[[float], float], tried: list[float], width: float = 0, share: float = 0
) -> tuple[float, float]:
    """An interval around the place of least cost, no wider than a width or a share of its end."""
    while True:
        best = min(range(len(tried)), key=lambda place: cost(tried[place]))
        low, high = tried[max(best - 1, 0)], tried[min(best + 1, len(tried) - 1)]
        if high - low <= max(width, share * high):
            return low, high
        tried = np.linspace(low, high, 9).tolist()


@formula(source="This package", domain=_RUN, registry=ALGORITHMS)
def ratios(K: float, T: float, N: float, c: float, eta: float = 1) -> Ratios:
    """Least energies of "any" and "total" over that of "local", which none undercuts.

    With few synapses "any" is "local"; with many both tend to 2/sqrt(pi) = 1.128.

    Examples
    --------
    >>> ratios(2000, 30000, 1001, 0.001)
    Ratios(any_over_local=1.1..., total_over_local=1.1...)
    """
    least = [optimum(K, T, N, c, eta, trigger).energy for trigger in CYCLES]
    return Ratios(least[1] / least[0], least[2] / least[0])
