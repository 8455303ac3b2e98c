"""Transient weights that decay: the threshold of least power, and that power.

A unit of transient weight left alone costs c tau until it has decayed, consolidating it costs 1: a
finite threshold is best if and only if c tau > 1.
"""

from typing import Any

from theory.formula import formula
from theory.formula.arithmetic import arithmetic
from theory.formula.domain import positive
from theory.special.balance import power_ratio, threshold_ratio


@formula(
    "Derived here from LvR, Eqs. 6 and 7",
    gives="In units of weight; inf if c tau <= 1, as it is best then never to consolidate.",
    domain={"c": positive},
)
def optimal_threshold(tau: Any, p: Any, c: Any, eta: Any = 1) -> Any:
    """The threshold at which maintenance and consolidation take least power.

    It is y(c tau) sqrt(3 p/c) eta with y = `theory.special.threshold_ratio`: sqrt(3 p/c) eta
    without decay, and infinite as soon as c tau <= 1.

    Notes
    -----
    Minimises `maintenance_power` and `consolidation_power` together, in the limit of steps much
    smaller than the threshold.

    Examples
    --------
    >>> optimal_threshold([50, 150, float("inf")], p=0.1, c=0.01)
    array([        inf, 16.19285724,  5.47722558])
    """
    xp = arithmetic(tau, p, c, eta)
    return eta * xp.sqrt(3 * p / c) * threshold_ratio(c * tau)


@formula(
    "Derived here from LvR, Eqs. 6 and 7",
    gives="Energy per presentation, in units of weight.",
    domain={"c": positive},
)
def optimal_power(tau: Any, p: Any, N: Any, c: Any, eta: Any = 1) -> Any:
    """The least power of maintenance and consolidation together, over all thresholds.

    2 N eta sqrt(p c/3) without decay; c N sigma/sqrt(pi) if c tau <= 1, which is approached as
    the threshold grows.

    Notes
    -----
    `maintenance_power` and `consolidation_power` together at `optimal_threshold`, in the limit of
    steps much smaller than the threshold.

    Examples
    --------
    >>> optimal_power([50, 150, float("inf")], p=0.1, N=1000, c=0.01)
    array([12.61566261, 21.8509685 , 36.51483717])
    """
    xp = arithmetic(tau, p, N, c, eta)
    return N * eta * xp.sqrt(p * c) * power_ratio(c * tau)
