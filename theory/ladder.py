"""By how much a walk of finite steps overshoots a level: smeared by decay, or still on the lattice.

In double precision the sum comes from `theory.tabulated`.
"""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import sympy

from theory import tabulated
from theory.arithmetic import NUMPY, SYMPY, Arithmetic, Implicit, arithmetic, remembered
from theory.tables import area_transform

#: Terms of `sawtooth`.
HARMONICS = 64


def ladder_overshoot(drift: Any) -> Any:
    """Mean overshoot of steps of +-1 over a level, against a drift between steps.

    1/2 - zeta(3/2)/(sqrt(2) pi^(3/2)) sqrt(drift) + drift/12 + ..., as 1 over the series of its
    inverse, which falls to zero. The drift is exponentially distributed, and the position before
    is known to no better than a step.

    Parameters
    ----------
    drift : number or array
        Mean of the drift between two steps, at least 0.

    Returns
    -------
    number or array

    Examples
    --------
    >>> float(ladder_overshoot(0.1))
    0.4041...
    """
    xp = arithmetic(drift)
    three_halves = sympy.Rational(3, 2) if xp is SYMPY else 1.5
    slope = xp.zeta(three_halves) / (xp.pi * xp.sqrt(2 * xp.pi))
    return 1 / (2 + 4 * slope * xp.sqrt(drift) + (24 * slope**2 - 1) / 3 * drift)


class Sawtooth(Implicit):
    """`sawtooth` as a SymPy function."""

    letter = "W"

    @staticmethod
    def in_mpmath(place: Any, spread: Any) -> Any:
        """By `sawtooth` itself."""
        return sawtooth(place, spread)


def sawtooth(place: Any, spread: Any) -> Any:
    """Mean of 1/2 - (y modulo 1) at y = place + spread J.

    Here J is the area under a Brownian path from 0 that leaves (-1, 1) at 1. The sum of 64 terms of
    the Fourier series, smoothed by Lanczos's factors, is taken for it: less spread than 1/64 is not
    resolved at the jumps. Without any it is the sawtooth itself, 1/2 at whole y.

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
    if xp is SYMPY:
        return Sawtooth(place, spread)
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
