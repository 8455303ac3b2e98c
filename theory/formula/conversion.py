"""How arguments are validated and converted: to numbers of one arithmetic, each in its domain."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, arithmetic
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.conditions import Condition
from theory.formula.domain import Domain
from theory.formula.plain import are_plain, brief, cut

#: Powers of two between which the size of an ``mpf`` is: with others functions take for ever.
LEAST_POWER, GREATEST_POWER = -33_219, 3322


def converted(
    values: dict[str, Any], domain: Mapping[str, Domain], where: Condition | None
) -> dict[str, Any]:
    """The arguments as numbers of one arithmetic, or a ValueError."""
    xp = arithmetic(*values.values())
    if xp is NUMPY:
        numbers = {name: doubles(name, value, domain[name]) for name, value in values.items()}
        try:
            np.broadcast_shapes(*(number.shape for number in numbers.values()))
        except ValueError:
            shapes = ", ".join(f"{name} {number.shape}" for name, number in numbers.items())
            raise ValueError(f"shapes must broadcast, got {shapes}") from None
        if where and not np.all(holds := where.at(numbers)):
            holds, *columns = np.broadcast_arrays(holds, *numbers.values())
            index = tuple(np.argwhere(~holds)[0])
            first = [column[index].item() for column in columns]
            raise _violated(where, dict(zip(numbers, first, strict=True)))
        return {name: number[()] for name, number in numbers.items()}
    convert = _mpf if xp is mpmath else _expression
    exact = {name: convert(name, value, domain[name]) for name, value in values.items()}
    for name, number in exact.items():
        # A symbolic relation that cannot be decided is no violation.
        if domain[name].contains(number) == False:  # noqa: E712
            raise _not_in(domain[name], name, number)
    if where and where.at(exact) == False:  # noqa: E712
        raise _violated(where, exact)
    return exact


def floats(
    values: dict[str, Any], domain: Mapping[str, Domain], where: Condition | None
) -> dict[str, Any]:
    """The arguments as single floats, or a ValueError."""
    numbers = {name: single(name, value, domain[name]) for name, value in values.items()}
    if where and not where.at(numbers):
        raise _violated(where, numbers)
    return numbers


def single(name: str, value: Any, domain: Domain) -> float:
    """An argument as a single double in its domain, or a ValueError."""
    array = doubles(name, value, domain)
    if array.ndim:
        raise ValueError(f"{name} must be a single number, got an array of shape {array.shape}")
    return float(array)


def doubles(name: str, value: Any, domain: Domain) -> np.ndarray[Any, Any]:
    """An argument as an array of doubles, every element in its domain, or a ValueError."""
    array = numbers(name, value, domain.text)
    if not domain.contains_all(array):
        index = tuple(np.argwhere(~domain.contains(array))[0].tolist())
        place = f" at index {index}" if index else ""
        raise _not_in(domain, name, f"{array[index].item()}{place}")
    return array


def numbers(name: str, value: Any, text: str) -> np.ndarray[Any, Any]:
    """An argument as an array of doubles; ``text`` is what the error message calls for."""
    try:
        if not are_plain(value):
            raise TypeError
        return np.asarray(value).astype(float, copy=False)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must be {text}, got {brief(value)}") from None


def multiprecision(name: str, value: Any, text: str) -> Any:
    """An argument as a number of mpmath at the working precision, or a ValueError."""
    try:
        if not (isinstance(value, mpmath.mpf | Decimal) or are_plain(value)):
            raise TypeError
        plain = value.item() if isinstance(value, np.ndarray) else value
        number = mpmath.mpf(mpmath.mpmathify(plain))  # the inner knows NumPy's numbers
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be {text}, got {brief(value)}") from None
    sized = not number or LEAST_POWER < mpmath.mag(number) <= GREATEST_POWER
    if mpmath.isfinite(number) and not sized:
        size = f"{text}, of a size between 1e-10000 and 1e1000"
        raise ValueError(f"{name} must be {size}, got {mpmath.nstr(number)}")
    return number


def expression(name: str, value: Any, text: str) -> Any:
    """An argument as a SymPy expression, or a ValueError."""
    try:
        if not (isinstance(value, sympy.Basic | mpmath.mpf | Decimal) or are_plain(value)):
            raise TypeError
        plain = value.item() if isinstance(value, (np.generic, np.ndarray)) else value
        number = sympy.sympify(plain, strict=True)
        if not isinstance(number, sympy.Expr):
            raise TypeError
    except (TypeError, ValueError, sympy.SympifyError):
        raise ValueError(f"{name} must be {text}, got {brief(value)}") from None
    return number


def _mpf(name: str, value: Any, domain: Domain) -> Any:
    """An argument of a formula as a number of mpmath."""
    number = multiprecision(name, value, domain.text)
    if mpmath.isnan(number) or (domain.integer and mpmath.isinf(number)):
        raise _not_in(domain, name, number)
    return number


def _expression(name: str, value: Any, domain: Domain) -> Any:
    """An argument of a formula as an expression that may be a real number."""
    number = expression(name, value, domain.text)
    if number is sympy.nan or number.is_extended_real is False:
        raise _not_in(domain, name, number)
    return number


def _not_in(domain: Domain, name: str, value: Any) -> ValueError:
    return ValueError(f"{name} must be {domain.text}, got {cut(str(value))}")


def _violated(where: Condition, values: Mapping[str, Any]) -> ValueError:
    got = ", ".join(f"{name} = {value}" for name, value in values.items() if name in where.names)
    return ValueError(f"{where} must hold, got {got}")
