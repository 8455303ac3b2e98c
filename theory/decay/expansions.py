"""Transient weights that decay: elementary approximations at both ends, with their errors.

x = theta/sigma. The series A(z) = 2F2(1, 1; 3/2, 2; z) of the rate and B(z) = 2F2(1, 3/2; 2, 5/2;
z) of the mean have positive coefficients whose successive ratios fall, so that what A leaves out
after 1 + z/3 is at most (4 z^2/45) A, and B after 1 + 3 z/10 at most (z^2/14) B. The claim
SE.decay-expansions derives all bounds.
"""

from typing import Any

from theory.decay.diffusion import relative_threshold
from theory.formula import formula
from theory.formula.arithmetic import arithmetic


@formula("Derived here: the mean exit time to order x^2", gives="Rate per presentation.")
def weak_decay_rate(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """The consolidation rate for weak decay, (sigma_s/theta)^2/(1 + x^2/3).

    Notes
    -----
    It is above the rate, by a part of at most 4 x^4/45 of itself; beyond x = 1.8 that says nothing.

    The claim SE.decay-expansions proves the bounds. Steps are much smaller than the threshold; x =
    theta/sigma with sigma^2 = tau p eta^2.

    Examples
    --------
    >>> weak_decay_rate(5, 500, 0.1)  # consolidation_rate: 0.003357
    0.0034285...
    """
    x = relative_threshold(theta, tau, p, eta)
    return p * (eta / theta) ** 2 / (1 + x**2 / 3)


@formula("Derived here: both series to order x^2", gives="In units of weight.")
def weak_decay_mean(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """The mean transient weight for weak decay, (theta/3) (1 + 3 x^2/10)/(1 + x^2/3).

    Notes
    -----
    The mean is at least 1 - 4 x^4/45 times this, and this at least 1 - x^4/14 times the mean.

    The claim SE.decay-expansions proves the bounds. Steps are much smaller than the threshold; x =
    theta/sigma with sigma^2 = tau p eta^2.

    Examples
    --------
    >>> weak_decay_mean(5, 500, 0.1)  # mean_transient: 1.6362
    1.6428...
    """
    x = relative_threshold(theta, tau, p, eta)
    return theta / 30 * (9 + 3 / (3 + x**2))


@formula("Derived here: the mean exit time for large x", gives="Rate per presentation.")
def rare_consolidation_rate(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """The consolidation rate for high thresholds, 4 x^3 exp(-x^2)/(sqrt(pi) tau (1 + 2 x^2)).

    Notes
    -----
    From x = 3 on it is above the rate, by a part of at most 5/(4 x^4) of itself; below, and so
    without decay, it has nothing to do with it.

    The claim SE.decay-expansions proves the bounds. Steps are much smaller than the threshold; x =
    theta/sigma with sigma^2 = tau p eta^2.

    Examples
    --------
    >>> rare_consolidation_rate(40, 500, 0.1)  # consolidation_rate: 1.5906e-16
    1.5918...e-16
    """
    xp = arithmetic(theta, tau, p, eta)
    x = relative_threshold(theta, tau, p, eta)
    # In this order nothing overflows before the exponential function vanishes.
    return x * (x * (x * xp.exp(-(x**2)))) / (tau * (xp.sqrt(xp.pi) / 4) * (1 + 2 * x**2))
