"""How the exit time of a leaky random walk spreads: its variance and its Laplace transform.

The walk starts at 0 and leaves (-theta, theta), as in `theory.special.exit_time`; the unit of time
is the decay time and x = theta/sigma.
"""

from typing import Any

import numpy as np

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, arithmetic, implicit, remembered
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.arrays import FloatArray
from theory.formula.border import nan_outside
from theory.formula.domain import unbounded
from theory.special import tabulated
from theory.special.siegert import exit_time, gaussian_vanishes
from theory.special.tabulated import PIECE

__all__ = ["exit_transform", "exit_variation"]

#: Where the transform is below the smallest double: 1F1(w/z; 1/2; z) > cosh(2 sqrt(w)).
_NEGLIGIBLE = 1.4e5
#: From z + sqrt(w) + min(0, log2(w)) so many times the precision in bits on the saddle point is the
#: faster route, and what it leaves out, 1 and less, is nothing against w exp(z).
SADDLE = 8


@nan_outside(x=unbounded)
def exit_variation(x: Any) -> Any:
    """Variance of the exit time over its squared mean: 2/3 at x = 0, 1 at infinity.

    Parameters
    ----------
    x : number or array
        At least 0; theta/sigma. NaN stays NaN.

    Returns
    -------
    number or array
        In double precision within 1e-15 of its value.

    Notes
    -----
    With y the walk's place in units of sigma, V'' - 2 y V' = -2 (E')^2 for the variance V and
    E' = -sqrt(pi) exp(y^2) erf(y) for the mean of the rest, so that V(0) is
    pi^(3/2) int_0^x exp(y^2) erf(y)^2 [erfi(x) - erfi(y)] dy.

    Source: derived here.

    Examples
    --------
    >>> float(exit_variation(1.0))
    0.7558...
    """
    xp = arithmetic(x)
    if xp is NUMPY:
        return tabulated.exit_variation(x)
    if x == 0:
        return sympy.Rational(2, 3) if xp is sympy else mpmath.mpf(2) / 3
    if xp is sympy:
        symbolic = {"is_positive": True, "_eval_rewrite_as_Integral": _as_integral}
        return implicit(exit_variation, "v", **symbolic)(x)
    if gaussian_vanishes(x**2):
        return mpmath.mpf(1)
    with mpmath.extraprec(20):
        result = 1 - _second_coefficient(x**2) / (2 * exit_time(x) ** 2)
    return +result


@remembered
def _second_coefficient(z: Any) -> Any:
    """That of a^2 in 1F1(a; 1/2; z): sum of z^n H_(n-1)/((1/2)_n n), where H_n = 1 + ... + 1/n."""
    power, harmonic, total, n = 2 * z, mpmath.mpf(0), mpmath.mpf(0), 1
    while n < 2 * z or power > mpmath.eps * total:
        power *= 2 * z / (2 * n + 1)
        harmonic += mpmath.mpf(1) / n
        n += 1
        total += power * harmonic / n
    return total


def _as_integral(_: Any, x: Any, **__: Any) -> Any:
    """In SymPy, where a derivative by the parameter of 1F1 has no name."""
    y = sympy.Dummy("y", positive=True)
    shape = sympy.exp(y**2) * sympy.erf(y) ** 2 * (sympy.erfi(x) - sympy.erfi(y))
    return sympy.pi ** sympy.Rational(3, 2) * sympy.Integral(shape, (y, 0, x)) / exit_time(x) ** 2


@nan_outside(w=unbounded, z=unbounded)
def exit_transform(w: Any, z: Any) -> Any:
    """1/1F1(w/z; 1/2; z), the mean of exp(-2 w t/z) over exit times t, z = x^2.

    Parameters
    ----------
    w : number or array
        At least 0. NaN stays NaN.
    z : number or array
        At least 0. NaN stays NaN.

    Returns
    -------
    number or array
        Between 0 and 1. In double precision the relative error is below 2e-15 (1 + n), where n is
        the largest term of the series, about (z + sqrt(z^2 + 4 w))/2: as much as rounding w and z
        does, unless w is subnormal. The time it takes is proportional to n, seven times that of
        SciPy's dawsn for x up to 5 and w = z/2; zero comes at once if w > 1.4e5.

    Raises
    ------
    TypeError
        If ``mpf`` numbers or SymPy expressions are mixed with arrays.

    Notes
    -----
    So written, z = 0 is no exception: sech(2 sqrt(w)), the transform without decay.

    Source: Darling & Siegert 1953.

    Examples
    --------
    >>> float(exit_transform(0.5, 1.0))
    0.3678...
    """
    xp = arithmetic(w, z)
    if xp is NUMPY:
        return _exit_transform(w, z)
    if w == 0:
        return 1 / xp.exp(w)
    if z == 0:
        return 1 / sympy.cosh(2 * xp.sqrt(w)) if xp is sympy else mpmath.sech(2 * mpmath.sqrt(w))
    if xp is sympy:
        return 1 / sympy.hyper((w / z,), (sympy.Rational(1, 2),), z)
    with mpmath.extraprec(30):
        far = z + mpmath.sqrt(w) + min(0, mpmath.mag(w)) > SADDLE * mpmath.mp.prec
        result = 1 / (_saddle(w, z) if far else _series(w, z))
    return +result


def _exit_transform(w: Any, z: Any) -> Any:
    """The same in double precision, by the series, whose terms are all positive."""
    shape = np.broadcast_shapes(np.shape(w), np.shape(z))
    w, z = (np.broadcast_to(np.asarray(value, dtype=float), shape).ravel() for value in (w, z))
    result = np.empty_like(w)
    with np.errstate(all="ignore"):
        for start in range(0, w.size, PIECE):
            chunk = slice(start, start + PIECE)
            result[chunk] = 1 / _confluent(w[chunk], np.minimum(z[chunk], 1e300))
    return result.reshape(shape)[()]


def _confluent(w: FloatArray, z: FloatArray) -> FloatArray:
    """1F1(w/z; 1/2; z) = sum over n of prod over k < n of (w + k z)/((k + 1/2) (k + 1))."""
    result = np.where(w > _NEGLIGIBLE, np.inf, 1 + w * z)  # NaN stays NaN
    (active,) = np.nonzero(w <= _NEGLIGIBLE)
    w, z = w[active], z[active]
    peak = (z + np.hypot(z, 2 * np.sqrt(w))) / 2
    term, total, n = np.ones_like(w), np.ones_like(w), 0
    while active.size:
        for _ in range(8):
            term *= (w + n * z) / ((n + 0.5) * (n + 1))
            total += term
            n += 1
        more = (term > 1e-18 * total) | ((n < peak) & (term > 0))
        more &= total < np.inf
        if not more.all():
            result[active] = total
            active, w, z, peak, term, total = (
                array[more] for array in (active, w, z, peak, term, total)
            )
    return result


@remembered
def _series(w: Any, z: Any) -> Any:
    """The same sum in mpmath, 1 + 2 w (1 + ...), its terms as whole numbers of 2^-bits.

    From the first in brackets on they rise to a peak and fall, so that what is cut off each is
    small against their sum.
    """
    bits = mpmath.mp.prec + 30
    fixed_w, fixed_z = (int(mpmath.ldexp(value, bits)) for value in (w, z))
    peak = int(z + mpmath.sqrt(w)) + 1
    term = total = 1 << bits
    n, scale = 1, -bits
    # Beyond the peak all terms to come are together less than n times this one.
    while n < peak or n * term > total >> bits:
        term = (term * (fixed_w + n * fixed_z) // ((2 * n + 1) * (n + 1))) >> (bits - 1)
        total += term
        n += 1
        excess = term.bit_length() - bits
        if excess > 64:
            term, total, scale = term >> excess, total >> excess, scale + excess
    return 1 + 2 * w * mpmath.ldexp(total, scale)


@remembered
def _saddle(w: Any, z: Any) -> Any:
    """1F1 for large z or w: int exp(2 a v - s^2 + 2 x s) dv/Gamma(a), s = exp(v), a = w/z.

    The integral of exp(-t) t^(a-1) cosh(2 sqrt(z t)), t = s^2, less a part exp(-4 x s) of it. The
    exponent is all but quadratic around its maximum, where the trapezoidal rule converges
    geometrically.
    """
    digits = mpmath.mp.prec
    # As many more as the parts of the exponent have before the point.
    with mpmath.extraprec(max(0, mpmath.mag(z), mpmath.mag(w / z)) + 40):
        a, x = w / z, mpmath.sqrt(z)
        s = (x + mpmath.sqrt(z + 4 * a)) / 2
        top = 2 * a * mpmath.log(s) - s**2 + 2 * x * s
        # With this step the sum over a Gaussian is its integral but for exp(-1.1 digits) of it.
        step = 3 / mpmath.sqrt((s**2 + a) * digits)
        area = mpmath.mpf(-1)  # the maximum belongs to both sides
        for v in (step, -step):
            factor = growth = mpmath.exp(v)
            part, k = mpmath.mpf(1), 0
            while part > mpmath.ldexp(1, -digits):
                area += part
                k += 1
                change = growth - 1
                part = mpmath.exp(2 * a * (k * v - change) - (s * change) ** 2, prec=digits)
                growth *= factor
        gamma = mpmath.loggamma(a, prec=digits + max(0, mpmath.mag(a)) + 40)
        return mpmath.exp(top - gamma) * area * step
