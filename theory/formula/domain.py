"""The numbers that an argument may be."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from theory.formula.arithmetic import SYMPY, arithmetic

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
        whole = SYMPY.Eq(remainder, 0) if arithmetic(value) is SYMPY else remainder == 0
        return above & below & whole

    def contains_all(self, values: np.ndarray[Any, Any]) -> bool:
        """The same for a whole array, by its extremes: no temporary arrays (NaN spoils both)."""
        if self.integer or not values.size:
            return bool(np.all(self.contains(values)))
        return bool(self.contains(values.min()) and self.contains(values.max()))

    def symbol(self, name: str) -> Any:
        """A SymPy symbol that knows what the domain says of its sign."""
        return SYMPY.Symbol(
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
#: The infinities too.
anywhere = Domain("a number", open_low=False, open_high=False)
positive = above(0)
non_negative = Domain("a finite number >= 0", low=0, open_low=False)
#: Infinity too.
unbounded = Domain("a number >= 0", low=0, open_low=False, open_high=False)
integer = Domain("an integer", integer=True)
non_negative_integer = Domain("an integer >= 0", low=0, open_low=False, integer=True)
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
