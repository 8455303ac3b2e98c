"""Consolidation of all synapses every m updates: what "any" and "total" become as N grows.

The number of updates between two consolidations then hardly fluctuates, and depends on no single
synapse.
"""

from __future__ import annotations

from typing import Any

from theory.arithmetic import arithmetic
from theory.formula import formula, non_negative, positive, positive_integer
from theory.triggers.walks import mean_distance


@formula(source="This package", domain={"m": positive_integer, "eta": positive})
def periodic_transient(m: Any, eta: Any = 1) -> Any:
    """Mean size of a transient weight over m updates: eta E abs(S_m) (2 m - 1)/(3 m) if m is even.

    If m is odd, 2 m - 2 stands for 2 m - 1. It tends to 2/3 of what is consolidated.

    Returns
    -------
    number or array
        In units of weight.

    Examples
    --------
    >>> periodic_transient([1, 2, 3, 4])
    array([0.        , 0.5       , 0.66666667, 0.875     ])
    """
    xp = arithmetic(m, eta)
    odd = m - 2 * xp.floor(m / 2)
    return eta * mean_distance(m) * ((2 * m - 1 - odd) / m) / 3


@formula(
    source="This package",
    domain={
        "m": positive_integer,
        "K": positive,
        "T": non_negative,
        "N": positive,
        "c": non_negative,
        "eta": positive,
    },
)
def periodic_energy(m: Any, K: Any, T: Any, N: Any, c: Any, eta: Any = 1) -> Any:
    """Energy if all synapses consolidate every m updates, the final consolidation included.

    At its least it is 2/sqrt(pi), 12.8%, above the least with local consolidation, if it takes many
    updates.

    Returns
    -------
    number or array
        Energy in units of weight.

    Examples
    --------
    >>> periodic_energy(1, 2000, 30000, 1000, 0.001)
    2000000.0
    """
    consolidated = eta * mean_distance(m) / m
    return N * (K * consolidated + (1 + c * T) * periodic_transient(m, eta))
