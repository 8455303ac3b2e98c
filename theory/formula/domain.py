"""The numbers that an argument may be, and how it is made one at the border."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
import sympy

from theory.formula.arithmetic import MPMATH, NUMPY, arithmetic

__all__ = ["Domain", "above", "between"]


@dataclass(frozen=True)
class Domain:
    """The numbers from ``low`` to ``high`` that an argument may take.

    Attributes
    ----------
    text : str
        What completes "P must be ...".
    low, high : float
        The ends.
    open_low, open_high : bool
        Whether an end does not belong to it, be it infinite.
    integer : bool
        Whether only whole numbers do.
    """

    text: str
    low: float = -math.inf
    high: float = math.inf
    open_low: bool = True
    open_high: bool = True
    integer: bool = False

    def contains(self, value: Any) -> Any:
        """Whether a number, or each element of an array, lies in the domain (NaN never does)."""
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        if not self.integer:
            return above & below
        with np.errstate(invalid="ignore"):  # infinity has no remainder
            remainder = value % 1
        # SymPy's == compares structures: k % 1 of a plain symbol k would not be 0.
        whole = sympy.Eq(remainder, 0) if isinstance(value, sympy.Basic) else remainder == 0
        return above & below & whole

    def contains_all(self, values: np.ndarray[Any, Any]) -> bool:
        """The same for a whole array, by its extremes: no temporary arrays (NaN spoils both)."""
        if self.integer or not values.size:
            return bool(np.all(self.contains(values)))
        return bool(self.contains(values.min()) and self.contains(values.max()))

    def symbol(self, name: str) -> sympy.Symbol:
        """A SymPy symbol that knows what the domain says of its sign."""
        return sympy.Symbol(
            name,
            real=True,
            integer=True if self.integer else None,
            positive=True if self.low > 0 or (self.low == 0 and self.open_low) else None,
            nonnegative=True if self.low >= 0 else None,
        )


def above(low: float) -> Domain:
    """The finite numbers greater than ``low``.

    Parameters
    ----------
    low : float
        The excluded lower end.

    Returns
    -------
    Domain
        Its text completes "P must be ...".

    Notes
    -----
    Infinity and NaN are not among them.

    Examples
    --------
    >>> above(1).contains(1), above(1).contains(1.5)
    (False, True)
    """
    return Domain(f"a finite number > {low}", low)


real = Domain("a finite number")
positive = above(0)
non_negative = Domain("a finite number >= 0", low=0, open_low=False)
#: Infinity too.
unbounded = Domain("a number >= 0", low=0, open_low=False, open_high=False)
integer = Domain("an integer", integer=True)
positive_integer = Domain("an integer >= 1", low=1, open_low=False, integer=True)
at_least_one = Domain("a finite number >= 1", low=1, open_low=False)


def between(low: float, high: float) -> Domain:
    """The closed interval from ``low`` to ``high``.

    Parameters
    ----------
    low, high : float
        The ends, both of which belong to it.

    Returns
    -------
    Domain
        Its text completes "P must be ...".

    Notes
    -----
    NaN is never in it.

    Examples
    --------
    >>> between(0, 1).text, between(0, 1).contains(1)
    ('a number from 0 to 1', True)
    """
    return Domain(f"a number from {low} to {high}", low, high, open_low=False, open_high=False)


def converted(values: dict[str, Any], domain: Mapping[str, Domain], where: str) -> dict[str, Any]:
    """The arguments as numbers of one arithmetic, or a ValueError."""
    xp = arithmetic(*values.values())
    if xp is NUMPY:
        numbers = {name: doubles(name, value, domain[name]) for name, value in values.items()}
        try:
            np.broadcast_shapes(*(number.shape for number in numbers.values()))
        except ValueError:
            shapes = ", ".join(f"{name} {number.shape}" for name, number in numbers.items())
            raise ValueError(f"shapes must broadcast, got {shapes}") from None
        if where and not np.all(holds := eval(where, {}, numbers)):
            holds, *columns = np.broadcast_arrays(holds, *numbers.values())
            index = tuple(np.argwhere(~holds)[0])
            first = [column[index].item() for column in columns]
            raise _outside(where, dict(zip(numbers, first, strict=True)))
        return {name: number[()] for name, number in numbers.items()}
    convert = _mpf if xp is MPMATH else _expression
    exact = {name: convert(name, value, domain[name]) for name, value in values.items()}
    for name, number in exact.items():
        # A symbolic relation that cannot be decided is no violation.
        if domain[name].contains(number) == False:  # noqa: E712
            raise _not_in(domain[name], name, number)
    if where and eval(where, {}, exact) == False:  # noqa: E712
        raise _outside(where, exact)
    return exact


def floats(values: dict[str, Any], domain: Mapping[str, Domain], where: str) -> dict[str, Any]:
    """The arguments as single floats, or a ValueError."""
    numbers = {name: single(name, value, domain[name]) for name, value in values.items()}
    if where and not eval(where, {}, numbers):
        raise _outside(where, numbers)
    return numbers


def single(name: str, value: Any, domain: Domain) -> float:
    """An argument as a single double in its domain, or a ValueError."""
    if value is None:  # NumPy takes it for NaN
        raise _not_in(domain, name, value)
    array = doubles(name, value, domain)
    if array.ndim:
        raise ValueError(f"{name} must be a single number, got an array of shape {array.shape}")
    return float(array)


def doubles(name: str, value: Any, domain: Domain) -> np.ndarray[Any, Any]:
    """An argument as an array of doubles, every element in its domain, or a ValueError."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biufO":  # NumPy reads text and dates, and cuts complex numbers
            raise _not_in(domain, name, repr(value))
        array = array.astype(float, copy=False)
    except (TypeError, ValueError, OverflowError):
        raise _not_in(domain, name, repr(value)) from None
    if not domain.contains_all(array):
        index = tuple(np.argwhere(~domain.contains(array))[0].tolist())
        place = f" at index {index}" if index else ""
        raise _not_in(domain, name, f"{array[index].item()}{place}")
    return array


def _mpf(name: str, value: Any, domain: Domain) -> Any:
    """An argument as a number of mpmath at the working precision."""
    try:
        if isinstance(value, str):
            raise TypeError
        plain = value.item() if isinstance(value, np.ndarray) else value
        number = mpmath.mpf(mpmath.mpmathify(plain))  # the inner knows NumPy's numbers
    except (TypeError, ValueError):
        raise _not_in(domain, name, repr(value)) from None
    if mpmath.isnan(number) or (domain.integer and mpmath.isinf(number)):
        raise _not_in(domain, name, number)
    return number


def _expression(name: str, value: Any, domain: Domain) -> Any:
    """An argument as a SymPy expression that may be a real number."""
    try:
        plain = value.item() if isinstance(value, (np.generic, np.ndarray)) else value
        number = sympy.sympify(plain, strict=True)
    except sympy.SympifyError:
        raise _not_in(domain, name, repr(value)) from None
    if (
        not isinstance(number, sympy.Expr)
        or number is sympy.nan
        or number.is_extended_real is False
    ):
        raise _not_in(domain, name, number)
    return number


def _not_in(domain: Domain, name: str, value: Any) -> ValueError:
    return ValueError(f"{name} must be {domain.text}, got {value}")


def _outside(where: str, values: Mapping[str, Any]) -> ValueError:
    involved = {name: value for name, value in values.items() if name in where}
    got = ", ".join(f"{name} = {value}" for name, value in involved.items())
    return ValueError(f"{where} must hold, got {got}")
