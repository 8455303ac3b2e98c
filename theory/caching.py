"""Synaptic caching without decay, in the diffusion limit: thresholds much larger than a step.

K updates in T presentations walk each of N transient weights at random in steps of +-eta; at
+-theta it is consolidated. The exact results for any threshold are in `theory.lattice`.
"""

from typing import Any

from theory.formula import formula
from theory.formula.arithmetic import arithmetic


@formula("LvR, Methods, M_cons", gives="Energy in units of weight.")
def consolidation_energy(theta: Any, K: Any, N: Any, eta: Any = 1) -> Any:
    """Energy of all consolidations, eta^2 N K/theta, and of the final one, N theta/3.

    Notes
    -----
    Thresholds much larger than a step, and transient weights that are in their steady state from
    the start; `theory.lattice.consolidation_energy` is for any threshold.

    Examples
    --------
    >>> consolidation_energy(6, 2000, 1000)
    335333.33...
    """
    return N * (eta**2 * K / theta + theta / 3)


@formula("LvR, Eq. 4", gives="Energy in units of weight.")
def maintenance_energy(theta: Any, T: Any, N: Any, c: Any) -> Any:
    """Energy of maintaining the transient weights, c N T theta/3: their mean size is theta/3.

    Notes
    -----
    Thresholds much larger than a step, and transient weights that are in their steady state from
    the start; `theory.lattice.maintenance_energy` is for any threshold.

    Examples
    --------
    >>> maintenance_energy(6, 30000, 1000, 0.001)
    60000.0
    """
    return c * N * T * theta / 3


@formula("LvR, Methods, the cost b (with the missing eta)", gives="Energy in units of weight.")
def change_energy(theta: Any, K: Any, N: Any, b: Any, eta: Any = 1) -> Any:
    """Energy of changing the transient weights, b eta N K (1 - (eta/theta)^2).

    Notes
    -----
    The updates that cause a consolidation, a fraction (eta/theta)^2, do not cost it; below theta =
    eta that is all of them.

    Examples
    --------
    >>> change_energy(2, 100, 10, 1)
    750.0
    """
    ratio = arithmetic(theta, K, N, b, eta).minimum(1, eta / theta)
    return b * eta * N * K * (1 - ratio) * (1 + ratio)


@formula("LvR, Methods, M_cache", gives="Energy in units of weight.")
def total_energy(theta: Any, K: Any, T: Any, N: Any, c: Any, b: Any = 0, eta: Any = 1) -> Any:
    """Energy with caching: consolidation, maintenance and changes of the transient weights.

    Notes
    -----
    The sum of `consolidation_energy`, `maintenance_energy` and `change_energy`, for thresholds much
    larger than a step.

    Examples
    --------
    >>> total_energy(6, 2000, 30000, 1000, 0.001)
    395333.33...
    """
    return (
        consolidation_energy(theta, K, N, eta)
        + maintenance_energy(theta, T, N, c)
        + change_energy(theta, K, N, b, eta)
    )


@formula("LvR, Methods, the optimal threshold", gives="Threshold in units of weight.")
def optimal_threshold(K: Any, T: Any, c: Any, eta: Any = 1) -> Any:
    """The threshold of least energy (b = 0), eta sqrt(3 K/(1 + c T)).

    Notes
    -----
    Minimises `total_energy` over theta, so it is right where it is much larger than a step.

    Examples
    --------
    >>> optimal_threshold(2000, 30000, 0.001)
    13.91...
    """
    return eta * arithmetic(K, T, c, eta).sqrt(3 * K / (1 + c * T))


@formula("LvR, Methods, M_cache at the optimal threshold", gives="Energy in units of weight.")
def optimal_energy(K: Any, T: Any, N: Any, c: Any, eta: Any = 1) -> Any:
    """Energy at the optimal threshold (b = 0), 2 eta N sqrt(K (1 + c T)/3).

    Notes
    -----
    The minimum of `total_energy` over theta, right where the threshold there is much larger than a
    step.

    Examples
    --------
    >>> round(optimal_energy(2000, 30000, 1000, 0.001))
    287518
    """
    return 2 * eta * N * arithmetic(K, T, N, c, eta).sqrt(K * (1 + c * T) / 3)


@formula("LvR, Methods, the inefficiency with its clamp", gives="Dimensionless.")
def inefficiency(K: Any, T: Any, c: Any) -> Any:
    """Energy with optimal caching over the least: min(sqrt(2 pi (1 + c T)/3), sqrt(pi K/2)).

    The second is the inefficiency without caching: consolidating every update is always possible.

    Notes
    -----
    `optimal_energy` over the energy of going straight to final weights that are Gaussian and as
    large as a random walk makes them, eta N sqrt(2 K/pi).

    Examples
    --------
    >>> round(inefficiency(2000, 30000, 0), 4)
    1.4472
    """
    xp = arithmetic(K, T, c)
    return xp.sqrt(xp.pi * xp.minimum(2 * (1 + c * T) / 3, K / 2))
