"""Functions that are defined by an equation, solved to full precision."""

from fractions import Fraction
from typing import Any

import numpy as np
import scipy.special

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.arithmetic import Arithmetic, arithmetic, implicit
from theory.formula.border import nan_outside
from theory.formula.domain import anywhere, positive, unbounded

__all__ = ["gardner_margin", "lambert_gap", "wright_omega"]


def _branch_point_series(terms: int) -> list[float]:
    """Coefficients of u(s) = s - s^2/3 + s^3/36 + ..., the solution of -log(1 - u) - u = s^2/2.

    The differentiated equation u u' = s (1 - u) gives them one by one. The series converges for
    abs(s) < 2 sqrt(pi).
    """
    c = [Fraction(0), Fraction(1)]
    for m in range(3, terms + 2):
        square = Fraction(-2, m) * c[m - 2]
        c.append((square - sum(c[i] * c[m - i] for i in range(2, m - 1))) / 2)
    return [float(value) for value in c]


# At s = 1, the seam, 30 terms leave less than 1e-17.
_BRANCH_POINT = np.polynomial.Polynomial(_branch_point_series(30))


@nan_outside(a=unbounded)
def lambert_gap(a: Any) -> Any:
    """1 + W0(-exp(-1 - a)): how far Lambert's W stays from its branch point.

    The solution u in [0, 1) of -log(1 - u) - u = a.

    Parameters
    ----------
    a : number or array
        At least 0.

    Returns
    -------
    number or array
        From 0 to 1; the relative error in double precision is below 1e-15.

    Notes
    -----
    Evaluated as written, it would lose all digits for small a, where u is about sqrt(2 a): there it
    is the series about the branch point.

    Source: this package, by Lambert's W of SciPy, mpmath and SymPy.

    Examples
    --------
    >>> float(lambert_gap(2e-20))
    1.9999999998666668e-10
    """
    xp = arithmetic(a)
    if xp is sympy:
        return 1 + sympy.LambertW(-sympy.exp(-1 - a))
    if xp is mpmath:
        if a == 0:
            return a
        with mpmath.extraprec(max(0, -2 * mpmath.mag(a)) + 10):
            gap = 1 + mpmath.lambertw(-mpmath.exp(-1 - a)).real
        return +gap
    a = np.asarray(a, dtype=float)
    s = np.sqrt(2 * a)
    near = _BRANCH_POINT(np.minimum(s, 1))
    far = 1 + scipy.special.lambertw(-np.exp(-1 - np.maximum(a, 0.5))).real
    return np.where(s < 1, near, far)[()]


@nan_outside(z=anywhere)
def wright_omega(z: Any) -> Any:
    """W0(exp(z)), the solution of w + log(w) = z; exp(z) itself may be beyond all doubles.

    Parameters
    ----------
    z : number or array
        Any real number.

    Returns
    -------
    number or array
        Positive.

    Notes
    -----
    Source: SciPy's ``wrightomega``, and Lambert's W of mpmath and SymPy.

    Examples
    --------
    >>> float(wright_omega(1.0))
    1.0
    """
    xp = arithmetic(z)
    if xp is sympy:
        return sympy.LambertW(sympy.exp(z))
    if xp is mpmath:
        return mpmath.lambertw(mpmath.exp(z)).real
    return scipy.special.wrightomega(z)


def margin_excess(kappa: Any) -> Any:
    """Gardner's integral less its value at zero margin, int_-kappa^inf Dt (t + kappa)^2 - 1/2.

    Written as a sum of positive terms, so that nothing cancels near capacity.
    """
    return _margin_excess(arithmetic(kappa), kappa)


def _margin_excess(xp: Arithmetic, kappa: Any) -> Any:
    density = xp.exp(-(kappa**2) / 2) / xp.sqrt(2 * xp.pi)
    return ((1 + kappa**2) * xp.erf(kappa / xp.sqrt(2)) + kappa**2) / 2 + kappa * density


@nan_outside(excess=positive)
def gardner_margin(excess: Any) -> Any:
    """The largest margin kappa of P random patterns for N synapses, from N/P - 1/2.

    It solves N/P = int Dt (t + kappa)^2, the integral from -kappa on over the Gaussian measure Dt.

    Parameters
    ----------
    excess : number or array
        N/P - 1/2, above 0.

    Returns
    -------
    number or array
        kappa, in units in which the field of a pattern has unit variance over patterns.

    Notes
    -----
    For N to infinity. Solved by Newton's steps from above, where the convex integral never lets
    them overshoot.

    Source: Gardner 1987.

    Examples
    --------
    >>> float(gardner_margin(0.5))
    0.4706553526183...
    """
    xp = arithmetic(excess)
    if xp is sympy:
        return implicit(gardner_margin, r"\kappa_G")(excess)
    # The integral is convex and increasing, at least kappa sqrt(2/pi) and at least kappa^2/2:
    # Newton's steps from the larger side never overshoot. After six, each doubles the bits.
    kappa = xp.minimum(excess * xp.sqrt(xp.pi / 2), xp.sqrt(2 * excess))
    bits = mpmath.mp.prec if xp is mpmath else 53
    for _ in range(6 + bits.bit_length()):
        slope = kappa * (1 + xp.erf(kappa / xp.sqrt(2))) + xp.exp(-(kappa**2) / 2) * xp.sqrt(
            2 / xp.pi
        )
        kappa = kappa - (_margin_excess(xp, kappa) - excess) / slope
    return kappa
