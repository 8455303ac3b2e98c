"""Which values are numbers and nothing else: doubles, or those of one of the other arithmetics."""

import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import SYMPY as sympy

__all__ = ["are_plain", "brief", "cut", "elementwise", "have_exact_elements"]


def are_plain(values: Any) -> bool:
    """Whether these are numbers of at most double precision, or lists or arrays of such.

    All else that NumPy can read would lose on the way what it says: masks, units, labels, further
    digits.
    """
    if isinstance(values, list | tuple):
        return all(map(are_plain, values))
    if isinstance(values, np.generic) or type(values) in {np.ndarray, np.memmap}:
        if values.dtype.hasobject:
            return all(map(are_plain, values.flat))
        return values.dtype.kind in "biuf" and values.dtype.itemsize <= 8
    return isinstance(values, int | float | Fraction | range)


def have_exact_elements(values: Any) -> bool:
    """Whether this is a list or an array of which an element is an ``mpf`` or an expression."""
    if isinstance(values, np.ndarray):
        return values.dtype.hasobject and any(map(_is_exact, values.flat))
    return isinstance(values, list | tuple) and any(
        _is_exact(value) or have_exact_elements(value) for value in values
    )


def _is_exact(value: Any) -> bool:
    return ("mpmath" in sys.modules and isinstance(value, mpmath.mpf)) or (
        "sympy" in sys.modules and isinstance(value, sympy.Basic)
    )


def elementwise(
    function: Callable[..., Any], values: Mapping[str, Any], options: Mapping[str, Any]
) -> Any:
    """A function of arrays of ``mpf`` numbers or expressions, element by element."""
    try:
        columns = [np.array(value, dtype=object) for value in values.values()]
        np.broadcast_shapes(*(column.shape for column in columns))
    except ValueError:
        shapes = ", ".join(f"{name} {brief(value)}" for name, value in values.items())
        raise ValueError(f"shapes must broadcast, got {shapes}") from None

    def at(*point: Any) -> Any:
        return function(**dict(zip(values, point, strict=True)), **options)

    return np.frompyfunc(at, len(columns), 1)(*columns)


def brief(value: Any) -> str:
    """How a value is shown in an error message, if need be only the beginning of it."""
    try:
        return cut(repr(value))
    except ValueError:  # whole numbers of thousands of digits
        return "a number too long to be shown"


def cut(text: str) -> str:
    """A text that fits into a message."""
    return text if len(text) <= 120 else f"{text[:100]} ..."
