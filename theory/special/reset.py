"""The steady state of a leaky random walk that restarts at 0 where it leaves an interval."""

from typing import Any

import numpy as np

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, arithmetic
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.border import nan_outside
from theory.formula.domain import between, unbounded
from theory.special import tabulated
from theory.special.siegert import dawson, gaussian_vanishes, hyp2f2_siegert, hypergeometric

__all__ = ["displacement_ratio", "mean_displacement", "reset_density"]


@nan_outside(x=unbounded)
def displacement_ratio(x: Any) -> Any:
    """2F2(1, 3/2; 2, 5/2; x^2) / (3 2F2(1, 1; 3/2, 2; x^2)), `mean_displacement` over x.

    Parameters
    ----------
    x : number or array
        At least 0; theta/sigma. NaN stays NaN.

    Returns
    -------
    number or array
        Dimensionless: 1/3 at 0, 1/(sqrt(pi) x) for large x. In double precision within 4e-15 of its
        value.

    Notes
    -----
    In double precision from tables of this package, in mpmath and SymPy by hypergeometric
    functions.

    Source: LvR, Eqs. 5 and 6.

    Examples
    --------
    >>> float(displacement_ratio(1.0))
    0.3201198...
    """
    xp = arithmetic(x)
    if xp is NUMPY:
        return tabulated.displacement_ratio(x)
    if gaussian_vanishes(x**2):
        return 1 / (xp.sqrt(xp.pi) * x)
    return hypergeometric((2, 3), (4, 5), x**2) / (3 * hypergeometric((2, 2), (3, 4), x**2))


@nan_outside(x=unbounded)
def mean_displacement(x: Any) -> Any:
    """(x/3) 2F2(1, 3/2; 2, 5/2; x^2) / 2F2(1, 1; 3/2, 2; x^2).

    The stationary mean of abs(s)/sigma of an Ornstein-Uhlenbeck process that restarts at 0 whenever
    it leaves (-theta, theta), x = theta/sigma: x/3 for small x, 1/sqrt(pi) for large x.

    Parameters
    ----------
    x : number or array
        At least 0; theta/sigma. NaN stays NaN.

    Returns
    -------
    number or array
        In double precision within 4e-15 of its value.

    Notes
    -----
    Source: LvR, Eqs. 5 and 6.

    Examples
    --------
    >>> float(mean_displacement(1.0))
    0.3201198...
    """
    if arithmetic(x) is NUMPY:
        x = np.minimum(x, 1e300)
    return x * displacement_ratio(x)


@nan_outside(place=between(0, 1), x=unbounded)
def reset_density(place: Any, x: Any) -> Any:
    """int_r^1 exp(x^2 (v^2 - r^2)) dv / 2F2(1, 1; 3/2, 2; x^2), r the place from 0 to 1.

    The stationary density, in units of 1/theta, at r theta of an Ornstein-Uhlenbeck process that
    restarts at 0 whenever it leaves (-theta, theta): the triangle 1 - r for x = 0.

    Parameters
    ----------
    place : number or array
        From 0 to 1, at the threshold.
    x : number or array
        At least 0: theta/sigma.

    Returns
    -------
    number or array
        Per unit of place; 0 at the threshold.

    Raises
    ------
    TypeError
        If ``mpf`` numbers or SymPy expressions are mixed with arrays.

    Notes
    -----
    Source: LvR, Methods, P_s(s_i), with its normalisation in closed form.

    Examples
    --------
    >>> float(reset_density(0.75, 1.0))
    0.2147600...
    """
    xp = arithmetic(place, x)
    if xp is NUMPY:
        return tabulated.reset_density(place, x)
    if x == 0:
        return 1 - place
    root = xp.sqrt(xp.pi)
    if xp is sympy:
        integral = root / (2 * x) * (sympy.erfi(x) - sympy.erfi(place * x))
        return integral * xp.exp(-((place * x) ** 2)) / hyp2f2_siegert(x**2)
    siegert = None if gaussian_vanishes(x**2) else hyp2f2_siegert(x**2)
    with mpmath.extraprec(2 * mpmath.mp.prec):  # the differences cancel
        near = place * x
        # exp(-x^2) times the integrals of exp(u^2) to both ends, by Dawson's D.
        whole = dawson(x)
        integral = mpmath.exp(-(near**2)) * whole - mpmath.exp(-(x**2)) * dawson(near)
        if siegert is None:
            result = x * integral / (root * whole)
        else:
            result = mpmath.exp(x**2) * integral / (x * siegert)
    return +result
