"""Transient weights that decay: how long it takes until a synapse is consolidated.

The mean is one over `theory.decay.consolidation_rate`; here are the spread and the whole
distribution, by its Laplace transform. Times are counted in presentations from the last
consolidation.
"""

from typing import Any

from theory.decay.diffusion import relative_threshold
from theory.formula import formula
from theory.formula.arithmetic import arithmetic
from theory.special import hyp2f2_siegert
from theory.special.passage import exit_transform, exit_variation


@formula(
    "Derived here: the Laplace transform expanded to second order in u",
    gives="In presentations squared.",
)
def exit_time_variance(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """Variance of the time between consolidations, v(x) times the mean squared.

    With v = `theory.special.exit_variation`, x = theta/sigma and sigma^2 = tau p eta^2. Without
    decay it is (2/3) (theta/sigma_s)^4; where the threshold is hardly ever reached the times are
    exponentially distributed, and it is the mean squared.

    Notes
    -----
    The limit of steps much smaller than the threshold.

    Examples
    --------
    >>> exit_time_variance(5, 500, 0.1)
    63123.64...
    """
    x = relative_threshold(theta, tau, p, eta)
    mean = (theta / eta) ** 2 / p * hyp2f2_siegert(x**2)
    return mean**2 * exit_variation(x)


@formula("Darling & Siegert 1953, for the walk of LvR, Methods", gives="Between 0 and 1.")
def exit_time_laplace(u: Any, theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """Mean of exp(-u t) over the times t between consolidations, 1/1F1(u tau/2; 1/2; x^2).

    The chance that none of the events at rate u comes before the consolidation; without decay
    sech(theta sqrt(2 u)/sigma_s).

    Notes
    -----
    The limit of steps much smaller than the threshold; x = theta/sigma with sigma^2 = tau p eta^2.

    Examples
    --------
    >>> exit_time_laplace([0, 0.001, 1], theta=5, tau=500, p=0.1)
    array([1.00000000e+00, 7.62837257e-01, 3.05798679e-10])
    """
    x = relative_threshold(theta, tau, p, eta)
    steps = arithmetic(u, theta, tau, p, eta).sqrt(u) * (theta / eta)
    return exit_transform(steps**2 / (2 * p), x**2)
