"""By how much a walk overshoots a level: of steps of +-1, with decay or without, or Gaussian ones.

In double precision the sum over the lattice comes from a table.
"""

import math
from typing import Any

import numpy as np
import scipy.special

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, Arithmetic, arithmetic, implicit, remembered
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.border import nan_outside
from theory.formula.domain import real, unbounded
from theory.special import tabulated
from theory.special.tables import area_transform

__all__ = ["gaussian_overshoot", "ladder_overshoot", "sawtooth"]

#: Terms of `sawtooth`.
HARMONICS = 64


@nan_outside(drift=unbounded)
def ladder_overshoot(drift: Any) -> Any:
    """Mean overshoot of steps of +-1 over a level, against a drift between steps.

    1/2 - zeta(3/2)/(sqrt(2) pi^(3/2)) sqrt(drift) + drift/12 + ..., as 1 over the series of its
    inverse, which falls to zero.

    Parameters
    ----------
    drift : number or array
        Mean of the drift between two steps, at least 0.

    Returns
    -------
    number or array
        In steps, from 1/2 to 0.

    Notes
    -----
    The drift is exponentially distributed, and the position before is known to no better than a
    step.

    Source: this package.

    Examples
    --------
    >>> float(ladder_overshoot(0.1))
    0.4041...
    """
    xp = arithmetic(drift)
    three_halves = sympy.Rational(3, 2) if xp is sympy else 1.5
    slope = xp.zeta(three_halves) / (xp.pi * xp.sqrt(2 * xp.pi))
    return 1 / (2 + 4 * slope * xp.sqrt(drift) + (24 * slope**2 - 1) / 3 * drift)


@nan_outside(drift=unbounded)
def gaussian_overshoot(drift: float) -> float:
    """Mean overshoot over a far level of a walk in Gaussian steps of variance 1.

    Without drift it is -zeta(1/2)/sqrt(2 pi).

    Parameters
    ----------
    drift : float
        Mean of the steps, at least 0.

    Returns
    -------
    float
        In standard deviations of a step.

    Notes
    -----
    (1 + drift^2)/(2 drift) - sum_n E[max(-S_n, 0)]/n (Siegmund 1985); for drifts below 1 Chang and
    Peres's (1997) expansion of the sum.

    Examples
    --------
    >>> gaussian_overshoot(0), gaussian_overshoot(0.5)
    (0.58259..., 0.7179...)
    """
    if drift < 1:
        r = np.arange(16)
        coefficients = scipy.special.zeta(-0.5 - r) / (
            scipy.special.factorial(r) * (2 * r + 1) * (2 * r + 2)
        )
        series = np.sum(coefficients * (-(drift**2) / 2) ** r)
        rest = -(scipy.special.zeta(0.5) + drift**2 * series) / math.sqrt(2 * math.pi)
        return float(rest + drift / 4)
    n = np.arange(1, 100)
    mean = drift * np.sqrt(n)
    below = np.exp(-(mean**2) / 2) / math.sqrt(2 * math.pi) - mean * scipy.special.ndtr(-mean)
    return float((1 + drift**2) / (2 * drift) - np.sum(below / np.sqrt(n)))


@nan_outside(place=real, spread=unbounded)
def sawtooth(place: Any, spread: Any) -> Any:
    """Mean of 1/2 - (y modulo 1) at y = place + spread J.

    J is the area under a Brownian path from 0 that leaves (-1, 1) at 1. Without any spread it is
    the sawtooth itself, 1/2 at whole y.

    Parameters
    ----------
    place : number or array
        Any real number.
    spread : number or array
        At least 0.

    Returns
    -------
    number or array
        From -1/2 to 1/2.

    Raises
    ------
    TypeError
        If ``mpf`` numbers or SymPy expressions are mixed with arrays.

    Notes
    -----
    The sum of 64 terms of the Fourier series, smoothed by Lanczos's factors, is taken for it: less
    spread than 1/64 is not resolved at the jumps.

    Source: this package.

    Examples
    --------
    >>> float(sawtooth(0.25, 0.0)), float(sawtooth(0.25, 1.0))
    (0.25, 0.0711...)
    """
    xp = arithmetic(place, spread)
    if xp is NUMPY:
        smooth = tabulated.sawtooth(place, spread, HARMONICS)
        return np.where(np.equal(spread, 0), _unspread(xp, place), smooth)[()]
    if spread == 0:
        return _unspread(xp, place)
    if xp is sympy:
        return implicit(sawtooth, "W")(place, spread)
    return _smooth(place, spread)


@remembered
def _smooth(place: Any, spread: Any) -> Any:
    """The sum in mpmath."""
    bits = mpmath.mp.prec
    with mpmath.extraprec(10):
        total, phase, turn = mpmath.mpf(0), mpmath.mpc(1), mpmath.expjpi(2 * place)
        for k, weight in enumerate(_weights(), start=1):
            frequency = 2 * mpmath.pi * k * spread
            if mpmath.sqrt(frequency) > bits:  # exp(-2/3 of it) has vanished
                break
            phase *= turn
            total += weight * mpmath.im(phase * area_transform(frequency))
    return +total


@remembered
def _weights() -> list[Any]:
    """Fourier's coefficients of the sawtooth times Lanczos's factors."""
    return [
        mpmath.sincpi(mpmath.mpf(k) / (HARMONICS + 1)) / (mpmath.pi * k)
        for k in range(1, HARMONICS + 1)
    ]


def _unspread(xp: Arithmetic, place: Any) -> Any:
    return (2 * (xp.floor(place) - place) + 1) / 2
