"""Special functions that SciPy lacks, to full double precision.

In double precision they come from tables; in mpmath and SymPy they are the
hypergeometric functions themselves.
"""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import sympy

from theory.formula.arithmetic import NUMPY, SYMPY, arithmetic, remembered
from theory.special import tabulated

__all__ = [
    "displacement_ratio",
    "erfcx_integral",
    "exit_time",
    "hyp2f2_siegert",
    "log_exit_time",
    "mean_displacement",
    "reset_density",
    "scaled_siegert",
]


def exit_time(x: Any) -> Any:
    """x^2 2F2(1, 1; 3/2, 2; x^2) = sqrt(pi) int_0^x exp(u^2) erf(u) du.

    The mean time, in units of the decay time, in which an Ornstein-Uhlenbeck process that starts at
    0 leaves (-theta, theta), x = theta/sigma with sigma^2 twice its stationary variance.

    Parameters
    ----------
    x : number or array
        At least 0; theta/sigma. NaN stays NaN.

    Returns
    -------
    number or array
        In double precision within 4e-15 of its value; infinite above 26.7, see `log_exit_time`.

    Notes
    -----
    In double precision from tables of this package, in mpmath and SymPy by hypergeometric
    functions.

    Source: LvR, Methods; the consolidation rate r is its inverse in units of 1/tau.

    Examples
    --------
    >>> float(exit_time(1.0))
    1.4452456133883...
    """
    return tabulated.exit_time(x) if arithmetic(x) is NUMPY else x**2 * hyp2f2_siegert(x**2)


def log_exit_time(x: Any) -> Any:
    """Natural logarithm of `exit_time`, for all x.

    Parameters
    ----------
    x : number or array
        At least 0; theta/sigma. NaN stays NaN.

    Returns
    -------
    number or array
        In double precision within 4e-15 of its value, also where it vanishes, near x = 0.872.

    Notes
    -----
    Source: as of `exit_time`.

    Examples
    --------
    >>> float(log_exit_time(100.0))
    9995.2740...
    """
    xp = arithmetic(x)
    return tabulated.log_exit_time(x) if xp is NUMPY else xp.log(exit_time(x))


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
    return _hyper((2, 3), (4, 5), x**2) / (3 * _hyper((2, 2), (3, 4), x**2))


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


def erfcx_integral(x: Any) -> Any:
    """int_0^x exp(u^2) erfc(u) du, the integral behind mean first-passage times (Siegert).

    Parameters
    ----------
    x : number or array
        At least 0. NaN stays NaN.

    Returns
    -------
    number or array
        In double precision within 4e-15 of its value; log(2 x)/sqrt(pi) and a constant for large x.

    Notes
    -----
    In double precision from tables of this package, in mpmath by quadrature, in SymPy sqrt(pi)/2
    erfi(x) less `exit_time` over sqrt(pi).

    Source: a definition.

    Examples
    --------
    >>> float(erfcx_integral(1.0))
    0.6472592...
    """
    xp = arithmetic(x)
    if xp is NUMPY:
        return tabulated.erfcx_integral(x)
    root = xp.sqrt(xp.pi)
    if xp is SYMPY:
        return root / 2 * sympy.erfi(x) - exit_time(x) / root
    with mpmath.extraprec(10):
        return +mpmath.quad(lambda u: mpmath.erfc(u) * mpmath.exp(u * u), _doubling(x))


def _doubling(x: Any) -> list[Any]:
    """0, 1, 2, 4, ... up to x: what falls off as 1/x is smooth on each interval."""
    points = [mpmath.mpf(0)]
    while points[-1] < x:
        points.append(min(x, 2 * points[-1] or mpmath.mpf(1)))
    return points


def hyp2f2_siegert(z: Any) -> Any:
    """2F2(1, 1; 3/2, 2; z), `exit_time` over x^2 at z = x^2, for z of both signs.

    Parameters
    ----------
    z : number or array
        Any real number. NaN stays NaN.

    Returns
    -------
    number or array
        In double precision within 4e-15 of its value; infinite above 718.

    Notes
    -----
    In double precision from tables of this package, in mpmath and SymPy by hypergeometric
    functions.

    Source: LvR, Methods, r.

    Examples
    --------
    >>> float(hyp2f2_siegert(-1.0))
    0.7394416300990...
    """
    xp = arithmetic(z)
    if xp is NUMPY:
        return tabulated.hyp2f2_siegert(z)
    if gaussian_vanishes(z):
        return xp.sqrt(xp.pi) * xp.exp(z) * dawson(xp.sqrt(z)) / z
    return _hyper((2, 2), (3, 4), z)


def scaled_siegert(z: Any) -> Any:
    """exp(-z) 2F2(1, 1; 3/2, 2; z), `hyp2f2_siegert` where that would overflow.

    Parameters
    ----------
    z : number or array
        At least 0. NaN stays NaN.

    Returns
    -------
    number or array
        In double precision within 4e-15 of its value up to 1e200, and that at 1e200 above.

    Notes
    -----
    Source: as of `hyp2f2_siegert`.

    Examples
    --------
    >>> float(scaled_siegert(1e4))
    8.862...e-07
    """
    xp = arithmetic(z)
    return tabulated.scaled_siegert(z) if xp is NUMPY else xp.exp(-z) * hyp2f2_siegert(z)


def gaussian_vanishes(z: Any) -> bool:
    """Whether z exp(-z) is below the precision: then what follows from it is simple and fast."""
    return isinstance(z, mpmath.mpf) and bool(z > mpmath.mp.prec)


@remembered
def dawson(x: Any) -> Any:
    """exp(-x^2) int_0^x exp(u^2) du."""
    return x * mpmath.hyp1f1(1, mpmath.mpf(3) / 2, -(x**2))


def _hyper(upper: tuple[int, int], lower: tuple[int, int], z: Any) -> Any:
    """A 2F2 whose parameters are given in halves."""
    if arithmetic(z) is SYMPY:
        if z == 0:
            return sympy.Integer(1)
        return sympy.hyper(*([sympy.Rational(a, 2) for a in side] for side in (upper, lower)), z)
    return _hyp2f2(*(mpmath.mpf(a) / 2 for a in (*upper, *lower)), z)


_hyp2f2 = remembered(mpmath.hyp2f2)


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
    if xp is SYMPY:
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
