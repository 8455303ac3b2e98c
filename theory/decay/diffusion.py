"""Transient weights that decay: the Fokker-Planck steady state, in the paper's diffusion limit.

At every presentation a transient weight decays by 1 - 1/tau, and with probability p it moves by
+-eta; beyond +-theta it is consolidated and restarts at zero. For small steps it is an
Ornstein-Uhlenbeck process with variance rate sigma_s^2 = p eta^2. With sigma^2 = tau sigma_s^2 and
x = theta/sigma every result is the one without decay times a ratio of hypergeometric functions of
x^2, and tau = inf gives it.

Steps are not small at the paper's own parameters: at theta = 5 eta, tau = 500 and p = 0.1 the rate
is 22% too high and the mean size 6% too low, see the claim SE.decay-discreteness.
"""

from typing import Any

from theory.formula import formula
from theory.formula.arithmetic import arithmetic
from theory.special import displacement_ratio, hyp2f2_siegert, reset_density, scaled_siegert


def relative_threshold(theta: Any, tau: Any, p: Any, eta: Any) -> Any:
    """X = theta/sigma, sigma^2 = tau p eta^2."""
    return theta / eta / arithmetic(theta, tau, p, eta).sqrt(tau * p)


@formula(
    "LvR, Methods, P_s(s_i), with its normalisation in closed form", gives="Per unit of weight."
)
def density(s: Any, theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """Stationary density of a transient weight, exp(-y^2) [erfi(x) - erfi(y)] / Z.

    Here y = abs(s)/sigma and Z = 2 sigma x^2 2F2(1, 1; 3/2, 2; x^2)/sqrt(pi). It is zero beyond the
    threshold, and the triangle (theta - abs(s))/theta^2 without decay.

    Notes
    -----
    The limit of steps much smaller than the threshold.

    Examples
    --------
    >>> density([0, 2.5, 5], theta=5, tau=float("inf"), p=0.1)
    array([0.2, 0.1, 0. ])
    """
    place = arithmetic(s, theta, tau, p, eta).minimum(abs(s) / theta, 1)
    return reset_density(place, relative_threshold(theta, tau, p, eta)) / theta


@formula("LvR, Methods, r (with sigma_s for sigma in Fick's law)", gives="Rate per presentation.")
def consolidation_rate(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """Consolidations per synapse and presentation, (sigma_s/theta)^2 / 2F2(1, 1; 3/2, 2; x^2).

    One over the mean exit time from (-theta, theta).

    Notes
    -----
    The limit of steps much smaller than the threshold; `corrected_rate` is for finite ones.

    Examples
    --------
    >>> consolidation_rate(5, 500, 0.1)
    0.0033571...
    """
    x = relative_threshold(theta, tau, p, eta)
    return p * (eta / theta) ** 2 / hyp2f2_siegert(x**2)


@formula("LvR, Eqs. 5 and 6, without c N", gives="In units of weight.")
def mean_transient(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """Mean size of a transient weight, (theta/3) 2F2(1, 3/2; 2, 5/2; x^2)/2F2(1, 1; 3/2, 2; x^2).

    theta/3 without decay; sigma/sqrt(pi) where the threshold is hardly ever reached.

    Notes
    -----
    The limit of steps much smaller than the threshold; `corrected_mean` is for finite ones.

    Examples
    --------
    >>> mean_transient(5, 500, 0.1)
    1.6362...
    """
    return theta * displacement_ratio(relative_threshold(theta, tau, p, eta))


@formula("LvR, Eq. 6", gives="Energy per presentation, in units of weight.")
def maintenance_power(theta: Any, tau: Any, p: Any, N: Any, c: Any, eta: Any = 1) -> Any:
    """Energy per presentation of maintaining the transient weights, c N times `mean_transient`.

    Notes
    -----
    The limit of steps much smaller than the threshold; `corrected_maintenance_power` is for finite
    ones.

    Examples
    --------
    >>> maintenance_power(5, 500, 0.1, 1000, 0.01)
    16.362...
    """
    return c * N * mean_transient(theta, tau, p, eta)


@formula("LvR, Eq. 7", gives="Energy per presentation, in units of weight.")
def consolidation_power(theta: Any, tau: Any, p: Any, N: Any, eta: Any = 1) -> Any:
    """Energy per presentation of consolidations, N theta times `consolidation_rate`.

    Notes
    -----
    The limit of steps much smaller than the threshold; `corrected_consolidation_power` is for
    finite ones.

    Examples
    --------
    >>> consolidation_power(5, 500, 0.1, 1000)
    16.785...
    """
    # Not by the rate, which can overflow or vanish where the power does not.
    z = relative_threshold(theta, tau, p, eta) ** 2
    root = arithmetic(z).exp(-z / 2)
    return N * (p * eta * (eta / theta)) * root / scaled_siegert(z) * root
