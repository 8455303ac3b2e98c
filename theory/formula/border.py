"""The border: what is called from inside gets arguments that were checked there, once."""

import functools
import inspect
import math
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any, TypeVar, cast

import numpy as np

from theory.formula.arithmetic import MPMATH, NUMPY, arithmetic
from theory.formula.conversion import expression, multiprecision, numbers
from theory.formula.domain import Domain
from theory.formula.plain import elementwise, have_exact_elements

__all__ = ["algorithmic", "crossed", "nan_outside", "within", "without_nan"]

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

#: What a value that overflows on the way is computed with; half would do.
DIGITS_ANEW = 30
#: Products of a few such numbers overflow, and those of their inverses underflow.
EXTREME = 1e100

_border = threading.local()
#: Held by the thread that computes with mpmath, whose precision is that of all threads.
_precision = threading.RLock()


def crossed() -> bool:
    """Whether this is a call from inside."""
    return getattr(_border, "crossed", False)


def within(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What a function gives for checked arguments; in numbers of mpmath for one thread only."""
    exact = arithmetic(*args, *kwargs.values()) is MPMATH
    if exact and not _precision.acquire(blocking=False):
        raise RuntimeError(
            "another thread computes with mpmath, whose precision is global: use processes"
        )
    _border.crossed = True
    try:
        return function(*args, **kwargs)
    finally:
        _border.crossed = False
        if exact:
            _precision.release()


def algorithmic(
    function: Callable[..., Any], numbers: dict[str, float], options: dict[str, Any]
) -> Any:
    """What an algorithm gives, or a ValueError where doubles cannot hold what it computes."""
    with suppress(OverflowError, ZeroDivisionError):
        result = within(function, **numbers, **options)
        if not any(isinstance(it, float) and math.isnan(it) for it in asdict(result).values()):
            return result
    got = ", ".join(f"{name} = {value}" for name, value in numbers.items())
    raise ValueError(f"arguments must be of sizes that double precision can do with, got {got}")


def without_nan(
    function: Callable[..., Any], result: Any, numbers: dict[str, Any], options: dict[str, Any]
) -> Any:
    """A result in doubles, computed anew where it is NaN or arguments are extreme.

    Parts of it have overflowed there, or may have without a trace. Within the domain there is a
    value, and numbers of mpmath neither overflow nor underflow.
    """
    missing = np.isnan(result)
    for sizes in map(np.abs, numbers.values()):
        extreme = (sizes > EXTREME) & (sizes < np.inf) | (sizes < 1 / EXTREME) & (sizes > 0)
        missing = missing | extreme
    if not np.any(missing):
        return result

    def anew(value: float, *point: float) -> float:
        with MPMATH.workdps(DIGITS_ANEW), suppress(ArithmeticError, TypeError, ValueError):
            exact = dict(zip(numbers, map(MPMATH.mpf, point), strict=True))
            return float(within(function, **exact, **options))
        return value

    columns = np.broadcast_arrays(result, *numbers.values())
    result = np.array(result)
    with _precision:
        result[missing] = np.vectorize(anew)(*(column[missing] for column in columns))
    return result[()]


def nan_outside(**domains: Domain) -> Callable[[Decorated], Decorated]:
    """Make a function NaN outside its domain, in doubles and in mpmath, as those of SciPy are.

    Parameters
    ----------
    **domains : Domain
        Of each of its arguments.

    Returns
    -------
    callable
        The decorator. What is no number, the decorated function refuses by a ValueError; lists and
        arrays of ``mpf`` numbers or expressions it takes element by element.

    Examples
    --------
    >>> from theory.formula.domain import unbounded
    >>> @nan_outside(x=unbounded)
    ... def root(x):
    ...     return np.sqrt(x)
    >>> root([4, -4])
    array([ 2., nan])
    """

    def decorate(function: Decorated) -> Decorated:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            if crossed():
                return function(*args, **kwargs)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            values = bound.arguments
            if any(map(have_exact_elements, values.values())):
                return elementwise(checked, values, {})
            xp = arithmetic(*values.values())
            if xp is NUMPY:
                return _in_doubles(function, values, domains)
            convert = multiprecision if xp is MPMATH else expression
            exact = {name: convert(name, it, domains[name].text) for name, it in values.items()}
            if xp is MPMATH and not all(domains[name].contains(exact[name]) for name in exact):
                return MPMATH.nan
            return within(function, **exact)

        checked.__doc__ = _with_refusal(inspect.cleandoc(function.__doc__ or ""))
        return cast(Decorated, checked)

    return decorate


def _with_refusal(text: str) -> str:
    """A docstring that says what is refused."""
    refusal = "ValueError\n    If an argument is no number.\n"
    if "Raises\n------\n" in text:
        return text.replace("Raises\n------\n", f"Raises\n------\n{refusal}", 1)
    before = "Notes\n-----\n" if "Notes\n-----\n" in text else "Examples\n--------\n"
    return text.replace(before, f"Raises\n------\n{refusal}\n{before}", 1)


def _in_doubles(
    function: Callable[..., Any], values: dict[str, Any], domains: dict[str, Domain]
) -> Any:
    arrays = {name: numbers(name, it, domains[name].text) for name, it in values.items()}
    if all(domains[name].contains_all(array) for name, array in arrays.items()):
        return within(function, **{name: array[()] for name, array in arrays.items()})
    inside = {name: domains[name].contains(array) for name, array in arrays.items()}
    with np.errstate(all="ignore"):
        result = within(
            function, **{name: np.where(inside[name], it, np.nan) for name, it in arrays.items()}
        )
    return np.where(functools.reduce(np.logical_and, inside.values()), result, np.nan)[()]
