"""The threshold at which maintenance and consolidation of decaying weights balance best.

In units of sigma/tau the power per synapse at x = theta/sigma is, with kappa = c tau and the exit
time E(x),

    f(x) = [(1 - kappa) x + kappa (sqrt(pi)/2) erfi(x)]/E(x).

Where it is stationary kappa = B/(B - W), with Dawson's integral D and

    W(x) = x^2 2F2(1, 1; 3/2, 2; -x^2) = 2 int_0^x D(u) du,
    B(x) = sqrt(pi) x erf(x) - exp(-x^2) E(x) = 2 int_0^x u exp(-u^2) [1 + E(u)] du.

B/W grows from 1 to infinity: there is one such x if kappa > 1, and none otherwise. The claim
SE.c-tau proves both.
"""

from typing import Any

import numpy as np

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, arithmetic, implicit, remembered
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.border import nan_outside
from theory.formula.domain import unbounded
from theory.special import tabulated
from theory.special.siegert import dawson, exit_time, gaussian_vanishes, hyp2f2_siegert

__all__ = ["power_ratio", "threshold_ratio"]


@nan_outside(kappa=unbounded)
def threshold_ratio(kappa: Any) -> Any:
    """The optimal threshold over the one without decay, at kappa = c tau; inf if c tau <= 1.

    Parameters
    ----------
    kappa : number or array
        Cost of a transient weight left alone until it has decayed, c tau. Positive.

    Returns
    -------
    number or array
        sqrt(kappa/3) x; 1 at infinity, inf up to 1. In double precision the relative error is below
        1e-15 kappa/(kappa - 1); arrays take four to eight times as long as SciPy's dawsn.

    Notes
    -----
    x = theta/sigma is where the power is stationary, kappa = B(x)/(B(x) - W(x)).

    Source: derived here from LvR, Eqs. 6 and 7.

    Examples
    --------
    >>> float(threshold_ratio(2.0)), float(threshold_ratio(1.0))
    (1.7734..., inf)
    """
    xp = arithmetic(kappa)
    if xp is sympy:
        return implicit(threshold_ratio, "y", _limits, is_extended_positive=True)(kappa)
    if xp is mpmath:
        if kappa <= 1:
            return mpmath.inf
        g = 3 / (kappa - 1)
        return mpmath.sqrt(1 + g / 3) * _balanced_threshold(g)
    with np.errstate(all="ignore"):
        g = np.divide(3, kappa - 1)
        finite = np.sqrt(1 + g / 3) * tabulated.balanced_threshold(g)
    return np.where(kappa > 1, finite, np.inf)[()]


@nan_outside(kappa=unbounded)
def power_ratio(kappa: Any) -> Any:
    """The least power over N eta sqrt(p c), f(x)/sqrt(kappa) at the optimal x.

    Parameters
    ----------
    kappa : number or array
        As for `threshold_ratio`.

    Returns
    -------
    number or array
        sqrt(kappa/pi) up to 1, 2/sqrt(3) at infinity.

    Notes
    -----
    There f = [exp(-x^2) + kappa (1 - exp(-x^2))]/(sqrt(pi) erf(x)), since f' = 0.

    Source: derived here from LvR, Eqs. 6 and 7.

    Examples
    --------
    >>> float(power_ratio(2.0))
    0.7960...
    """
    xp = arithmetic(kappa)
    if xp is NUMPY:
        kappa = np.minimum(kappa, 1e200)
    elif kappa == mpmath.inf:
        return 2 / xp.sqrt(3)
    x = threshold_ratio(kappa) * xp.sqrt(3 / kappa)
    left = xp.exp(-(x**2))
    return (left - kappa * xp.expm1(-(x**2))) / (xp.sqrt(xp.pi * kappa) * xp.erf(x))


def _limits(kappa: Any) -> Any:
    """That without decay, and infinity where nothing balances, in SymPy."""
    if kappa is sympy.oo:
        return sympy.Integer(1)
    return sympy.oo if kappa.is_number and kappa <= 1 else None


def balance(x: Any) -> tuple[Any, Any]:
    """B and W at x, in mpmath."""
    z = x**2
    if not gaussian_vanishes(z):
        return mpmath.sqrt(mpmath.pi) * x * mpmath.erf(x) - mpmath.exp(-z) * exit_time(x), (
            z * hyp2f2_siegert(-z)
        )
    # Asymptotic series whose smallest term is about exp(-z).
    total, term, k = mpmath.log(2 * x) + mpmath.euler / 2, mpmath.mpf(1), 0
    while term > mpmath.eps:
        k += 1
        term *= (2 * k - 1) / (2 * z)
        total -= term / (2 * k)
    return mpmath.sqrt(mpmath.pi) * (x - dawson(x)), total


@remembered
def _balanced_threshold(g: Any) -> Any:
    """The root x of 3 (B - W)/W = g over sqrt(g), in mpmath."""
    if g == 0:
        return mpmath.mpf(1)
    with mpmath.extraprec(20 - 2 * min(0, mpmath.mag(g))):  # B - W is about x^4/3, x^2 about g
        scale = (1 + g / 3) / mpmath.sqrt(mpmath.pi)
        x = mpmath.sqrt(g) if g < 1 else 2 * scale * (mpmath.log(2 * scale) + 1)
        # Log(B/W - 1) is nearly linear in log(x): once Newton's steps are small they square.
        step = mpmath.mpf(1)
        while abs(step) > mpmath.mpf(2) ** (-mpmath.mp.prec // 2):
            b, w = balance(x)
            slope = 2 * x * mpmath.exp(-(x**2)) * (1 + exit_time(x)) - 2 * b / w * dawson(x)
            step = mpmath.log((b / w - 1) * 3 / g) * (b - w) / (x * slope)
            x *= mpmath.exp(-step)
        result = x / mpmath.sqrt(g)
    return +result
