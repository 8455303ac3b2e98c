"""Thresholds in steps: 0.3 is three steps of 0.1, though no binary number is 0.3 or 0.1."""

from typing import Any

import numpy as np

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, arithmetic
from theory.formula.arithmetic import SYMPY as sympy

__all__ = ["threshold_in_steps"]

#: So close to a whole number, relative to it, a quotient of doubles may be meant to be that number:
#: rounding its terms and itself makes up to three halves of 2^-52.
NEAR = 2.0**-50


def threshold_in_steps(theta: Any, eta: Any) -> Any:
    """theta/eta, where a quotient within four parts in 2^52 of a whole number is that number.

    Decimal numbers have no exact doubles, so that 0.3/0.1 is 2.9999999999999996 for a computer and
    3 for who wrote it: a transient weight that has to exceed the threshold would do so too early.

    Parameters
    ----------
    theta, eta : number or array
        Threshold and step, > 0.

    Returns
    -------
    number or array
        In steps.

    Notes
    -----
    The same in all arithmetics, so that all agree on the same numbers: with more digits than
    doubles have, too, and for SymPy's numbers; an expression with symbols is left as it is. All
    simulators read thresholds so.

    Examples
    --------
    >>> float(threshold_in_steps(0.3, 0.1)), 0.3 / 0.1
    (3.0, 2.9999999999999996)
    >>> float(threshold_in_steps(0.35, 0.1))
    3.4999999999999996
    """
    xp = arithmetic(theta, eta)
    quotient = theta / eta
    if xp is NUMPY:
        whole = np.rint(quotient)
        with np.errstate(invalid="ignore"):  # infinity less itself
            near = np.abs(quotient - whole) <= NEAR * whole
        return np.where(near, whole, quotient)[()]
    if xp is sympy and not quotient.is_number:
        return quotient
    whole = mpmath.nint(quotient) if xp is mpmath else sympy.floor(quotient + sympy.Rational(1, 2))
    near = max(NEAR, 4 * mpmath.eps) if xp is mpmath else NEAR  # it may have fewer digits
    return whole if abs(quotient - whole) <= near * whole else quotient
