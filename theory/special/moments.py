"""Mean sizes of the weights of a cached synapse whose updates walk at random.

Of the transient weight in its steady state, a triangle on the lattice of steps, any power; of the
persistent weight, which never becomes steady, the mean over a run.
"""

from typing import Any

import numpy as np
import scipy.special

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, Arithmetic, arithmetic, implicit
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.arrays import FloatArray
from theory.formula.border import nan_outside
from theory.formula.domain import anywhere, non_negative, positive_integer, unbounded

__all__ = ["persistent_size", "triangular_moment"]


#: Below, the double-precision sum of powers is taken term by term.
FEW_STEPS = 32
#: Up to this ratio, doubles take the expansion of `persistent_size` about 0.
SMALL_RATIO = 0.25
EXPANSION, REFLECTIONS = 14, 20
#: Where `persistent_size` has long underflowed.
VANISHING = 60.0
#: From here on doubles take i2erfc from so many terms of a continued fraction.
CANCELLATION, DEPTH = 0.7, 450


@nan_outside(n=positive_integer, alpha=non_negative)
def triangular_moment(n: Any, alpha: Any) -> Any:
    """Mean of abs(k)^alpha over the triangle (n - abs(k))/n^2 of whole numbers; k = 0 counts 0.

    2/n^2 sum_{k < n} (n - k) k^alpha.

    Parameters
    ----------
    n : number or array
        Whole number, at least 1.
    alpha : number or array
        At least 0.

    Returns
    -------
    number or array
        1 - 1/n at alpha = 0, (n^2 - 1)/(3 n) at 1, (n^2 - 1)/6 at 2; 2 n^alpha/((alpha + 1)
        (alpha + 2)) for large n.

    Raises
    ------
    TypeError
        If ``mpf`` numbers or SymPy expressions are mixed with arrays.

    Notes
    -----
    In double precision summed up to 32 steps, and by Euler's and Maclaurin's formula beyond. The
    triangle is `theory.lattice.stationary`.

    Source: this package.

    Examples
    --------
    >>> triangular_moment(2, [0, 1, 2])
    array([0.5, 0.5, 0.5])
    """
    xp = arithmetic(n, alpha)
    if xp is sympy:
        return implicit(triangular_moment, "m", _at_whole_exponents)(n, alpha)
    if xp is mpmath:
        if n <= FEW_STEPS + mpmath.mp.dps:
            powers = (max(n - k, 0) * mpmath.mpf(k) ** alpha for k in range(1, int(n)))
            return 2 * mpmath.fsum(powers) / mpmath.mpf(n) ** 2
        terms = mpmath.mp.dps  # each gains a digit and more
        return 2 * mpmath.mpf(n) ** alpha * _asymptotic(n, alpha, terms)
    n, alpha = np.asarray(n, dtype=float), np.asarray(alpha, dtype=float)
    few, many = np.minimum(n, FEW_STEPS), np.maximum(n, FEW_STEPS)
    exact = sum(np.maximum(few - k, 0) * float(k) ** alpha for k in range(1, FEW_STEPS))
    asymptotic = many**alpha * _asymptotic(many, alpha, 3)
    return np.where(n <= FEW_STEPS, 2 * exact / few**2, 2 * asymptotic)[()]


def _asymptotic(n: Any, alpha: Any, terms: int) -> Any:
    """Half of the moment over n^alpha, by Euler's and Maclaurin's formula."""
    xp = arithmetic(n, alpha)
    below = (xp.zeta(-alpha) * n - xp.zeta(-alpha - 1)) / n ** (alpha + 2)
    total = 1 / ((alpha + 1) * (alpha + 2)) + below
    power = 1 / n**2  # times alpha (alpha - 1) ... (alpha - 2 k + 3)
    for k in range(1, terms + 1):
        bernoulli = -2 * xp.zeta(2 * k) / (-4 * xp.pi**2) ** k  # over (2 k)!
        total = total - power * (2 * k - 1) * bernoulli
        power = power * (alpha - 2 * k + 2) * (alpha - 2 * k + 1) / n**2
    return total


def _at_whole_exponents(n: Any, alpha: Any) -> Any:
    """In SymPy, by Bernoulli's formula for sums of powers."""
    if not alpha.is_Integer:
        return None
    sums = [sympy.harmonic(n - 1, -power) for power in (alpha, alpha + 1)]
    return sympy.factor(2 * (n * sums[0] - sums[1]) / n**2)


@nan_outside(y=unbounded, unit=anywhere)
def persistent_size(y: Any, unit: Any = 1) -> Any:
    """Mean abs(persistent weight) over a run of K updates from zero, over eta sqrt(K).

    8 y sum_{j odd} i2erfc(j y/sqrt(2)), j = 1, 3, ..., with y = n/sqrt(K) for n steps to the
    threshold and i2erfc the second integral of erfc.

    Parameters
    ----------
    y : number or array
        At least 0.
    unit : number or array
        What it is multiplied by, before it can underflow.

    Returns
    -------
    number or array
        sqrt(8/(9 pi)) (1 - y^2/2 + ...) for small y; falls as exp(-y^2/2) for large y.

    Notes
    -----
    The limit of many independent updates, spread evenly over the run.

    Source: this package.

    Examples
    --------
    >>> persistent_size([0, 0.5, 1, 3])
    array([0.53192304, 0.46742763, 0.30217295, 0.00244122])
    """
    xp = arithmetic(y)
    if xp is sympy:
        return unit * implicit(persistent_size, "h", _without_caching)(y)
    if xp is mpmath:
        # The smallest term of the expansion is about exp(-pi^2/(2 y^2)).
        small = y**2 * (mpmath.mp.dps + 5) < 2
        return unit * (_expansion(y) if small else _images(y))
    y = np.asarray(y, dtype=float)
    expansion = np.polynomial.polynomial.polyval(np.minimum(y, SMALL_RATIO) ** 2, _COEFFICIENTS)
    far = np.clip(y, SMALL_RATIO, VANISHING)
    odd, square = np.arange(1, 2 * REFLECTIONS, 2), far**2 / 2
    over_first = np.exp(square[..., None] * (1 - odd**2))
    images = (_scaled_second_integral(far[..., None] * odd / np.sqrt(2)) * over_first).sum(axis=-1)
    half = np.exp(-square / 2)  # of the exponent: the whole would underflow first
    return np.where(y <= SMALL_RATIO, unit * expansion, unit * (8 * far * images) * half * half)[()]


def _scaled_second_integral(z: FloatArray) -> FloatArray:
    """exp(z^2) i2erfc(z), in doubles."""
    scaled = scipy.special.erfcx(z)
    near = ((1 + 2 * z**2) * scaled - 2 * z / np.sqrt(np.pi)) / 4
    # Beyond, where that cancels, the ratios of successive integrals as a continued fraction.
    far = np.maximum(z, CANCELLATION)
    first = second = np.zeros_like(z)
    for k in range(DEPTH, 0, -1):
        first, second = 1 / (2 * far + 2 * (k + 1) * first), first
    return np.asarray(np.where(z < CANCELLATION, near, scaled * first * second))


def _coefficient(xp: Arithmetic, m: int) -> Any:
    """Of y^(2 m): the expansion of y/(e^2 sinh(y sqrt(2 e))) at e = 0, transformed back."""
    series = (4**m - 2) * 2 * xp.zeta(2 * m) / (-4 * xp.pi**2) ** m  # of v/sinh(v)
    return series * 2**m / (xp.sqrt(2) * xp.gamma(2.5 - m))


_COEFFICIENTS = np.array([_coefficient(NUMPY, m) for m in range(EXPANSION)])


def _expansion(y: Any) -> Any:
    """In mpmath, to the last digit."""
    total, m = mpmath.mpf(0), 0
    while True:
        term = _coefficient(mpmath, m) * y ** (2 * m)
        total += term
        m += 1
        if abs(term) <= mpmath.eps * total:
            return total


def _images(y: Any) -> Any:
    """In mpmath, term by term."""
    total, term, j = mpmath.mpf(0), mpmath.mpf(1), 1
    while term > mpmath.eps * total:
        term = 8 * y * _second_integral_in_mpmath(j * y / mpmath.sqrt(2))
        total += term
        j += 2
    return total


def _second_integral_in_mpmath(z: Any) -> Any:
    """i2erfc; far out, where mpmath has no erfc, as exp(-z^2) U(3/2, 1/2, z^2)/(4 sqrt(pi))."""
    square, root = z**2, mpmath.sqrt(mpmath.pi)
    if square > 1000:
        half = mpmath.mpf(1) / 2
        return mpmath.exp(-square) * mpmath.hyperu(3 * half, half, square) / (4 * root)
    with mpmath.extraprec(10 + 4 * max(0, mpmath.mag(z))):  # the two terms nearly cancel
        edge = 2 * z * mpmath.exp(-(z**2)) / mpmath.sqrt(mpmath.pi)
        return ((1 + 2 * z**2) * mpmath.erfc(z) - edge) / 4


def _without_caching(y: Any) -> Any:
    return sympy.sqrt(8 / (9 * sympy.pi)) if y.is_zero else None
