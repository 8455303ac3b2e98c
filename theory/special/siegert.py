"""The mean first-passage time of a leaky random walk, and its relatives.

In double precision they come from tables; in mpmath and SymPy they are the hypergeometric functions
themselves.
"""

from typing import Any

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, arithmetic, remembered
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.border import nan_outside
from theory.formula.domain import anywhere, unbounded
from theory.special import tabulated

__all__ = ["erfcx_integral", "exit_time", "hyp2f2_siegert", "log_exit_time", "scaled_siegert"]


@nan_outside(x=unbounded)
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


@nan_outside(x=unbounded)
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
    if xp is NUMPY:
        return tabulated.log_exit_time(x)
    if xp is sympy or x == 0:
        return xp.log(exit_time(x))
    return +_log_exit_time(x, 20)


def _log_exit_time(x: Any, extra: int) -> Any:
    """In mpmath: near the root the exit time is 1, and as many bits are lost as it has of that."""
    with mpmath.extraprec(extra):
        result = mpmath.log(exit_time(x))
    lost = -mpmath.mag(result) if result else 2 * extra
    return result if lost + 10 <= extra else _log_exit_time(x, lost + 10)


@nan_outside(x=unbounded)
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
    if xp is sympy:
        return root / 2 * sympy.erfi(x) - exit_time(x) / root
    with mpmath.extraprec(10):
        return +mpmath.quad(lambda u: mpmath.erfc(u) * mpmath.exp(u * u), _doubling(x))


def _doubling(x: Any) -> list[Any]:
    """0, 1, 2, 4, ... up to x: what falls off as 1/x is smooth on each interval."""
    points = [mpmath.mpf(0)]
    while points[-1] < x:
        points.append(min(x, 2 * points[-1] or mpmath.mpf(1)))
    return points


@nan_outside(z=anywhere)
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
    return hypergeometric((2, 2), (3, 4), z)


@nan_outside(z=unbounded)
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
    square = x**2
    # The asymptotic series neglects exp(-x^2); at the edge of `gaussian_vanishes` mpmath would not.
    if square > 2 * mpmath.mp.prec:
        return mpmath.hyp2f0(1, mpmath.mpf(1) / 2, 1 / square) / (2 * x)
    return x * mpmath.hyp1f1(1, mpmath.mpf(3) / 2, -square)


def hypergeometric(upper: tuple[int, int], lower: tuple[int, int], z: Any) -> Any:
    """A 2F2 whose parameters are given in halves."""
    if arithmetic(z) is sympy:
        if z == 0:
            return sympy.Integer(1)
        return sympy.hyper(*([sympy.Rational(a, 2) for a in side] for side in (upper, lower)), z)
    return _hyp2f2(*(mpmath.mpf(a) / 2 for a in (*upper, *lower)), z)


@remembered
def _hyp2f2(*arguments: Any) -> Any:
    return mpmath.hyp2f2(*arguments)
