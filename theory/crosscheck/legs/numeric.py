"""The numeric leg: formulas at fifty digits against another route, and in all arithmetics."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
import sympy

from theory.crosscheck.legs.verdict import Finding, Verdict
from theory.formula import FORMULAS, Formula
from theory.formula.domain import Domain

__all__ = ["Agreement", "Precision"]

#: The smallest double of full precision, and the largest.
SMALLEST, LARGEST = 2.0**-1022, float(np.finfo(float).max)

#: Where a symbol is sampled: log-uniformly between two numbers, or from a range of integers.
Range = tuple[float, float] | range


@dataclass(frozen=True)
class Agreement:
    """A formula and an independent route to the same number, both functions of the named symbols.

    The formula must give the same at 50 and at 80 digits.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    formula, route : callable
        Of the arguments that ``points`` names.
    points : mapping
        Where each argument is sampled: log-uniformly between two numbers, or from a range of
        integers.
    digits : int
        So many of the formula's digits must be those of the route.
    """

    what: str
    formula: Callable[..., Any]
    route: Callable[..., Any]
    points: Mapping[str, Range]
    digits: int = 40


@dataclass(frozen=True)
class Precision:
    """A formula in double precision and in SymPy, against itself at fifty digits.

    Attributes
    ----------
    formula : str
        Its name in `theory.formula.FORMULAS`.
    bound : float
        The relative error of a double must stay below bound (1 + c), where c is the condition
        number, the sum over the arguments of abs(d log f / d log x): what rounding the arguments
        would do.
    times : int
        There are so many times as many points as for an agreement, where fifty digits of the
        formula cost less than a quadrature.
    what : str
        What is stated, for reports.
    """

    formula: str
    bound: float = 4e-16
    times: int = 10
    what: str = "doubles, arrays and SymPy against 50 digits"


def judge(statement: Agreement | Precision, points: int) -> Finding:
    """Compare at so many points, which depend on the statement only.

    Returns
    -------
    Finding
        With the points tried, the worst of them and the digits that agree there.
    """
    if isinstance(statement, Precision):
        formula = FORMULAS[statement.formula]
        rng = _generator(statement.what)
        return _judge_precision(formula, statement.bound, statement.times * points, rng)
    worst, worst_point = mpmath.inf, ""
    consistent = sensitive = True
    for point in random_points(statement.what, statement.points, points):
        with mpmath.workdps(50):
            low = statement.formula(**point)
        with mpmath.workdps(80):
            high, other = statement.formula(**point), statement.route(**point)
            consistent &= _digits(low, high) > 45
            sensitive &= _digits(mpmath.mpf("1.05") * high, other) < 2
            digits = _digits(high, other)
        if digits < worst:
            worst, worst_point = digits, text(point)
    figures: dict[str, str | int | float] = {
        "points": points,
        "digits": round(float(min(worst, 80)), 1),
        "worst point": worst_point,
    }
    if worst < statement.digits:
        return Finding(statement.what, Verdict.FAILS, figures)
    if not consistent:
        figures["unstable"] = "50 and 80 digits disagree"
    if not sensitive:
        figures["control"] = "a planted factor 1.05 goes unnoticed"
    else:
        figures["controls rejected"] = "× 1.05"
    decided = consistent and sensitive and points > 0
    return Finding(statement.what, Verdict.HOLDS if decided else Verdict.UNDECIDED, figures)


def _judge_precision(
    formula: Formula, bound: float, points: int, rng: np.random.Generator
) -> Finding:
    """The three arithmetics of one formula against each other."""
    chosen = list(_arguments(formula, points, rng))
    columns = {name: np.array([float(point[name]) for point in chosen]) for name in formula.domain}
    array = np.broadcast_to(formula.function(**columns), points)
    failures: list[str] = []
    worst, worst_point = 0.0, ""
    for element, point in zip(array.tolist(), chosen, strict=True):
        scalar = formula.function(**{name: float(value) for name, value in point.items()})
        with mpmath.workdps(50):
            exact = formula.function(**point)
            if isinstance(scalar, bool):
                error = float({scalar, bool(element)} != {bool(exact)})
            elif exact > LARGEST:  # infinity itself, too
                error = 0.0 if scalar == element == np.inf else np.inf
            elif abs(exact) < SMALLEST:  # what is beyond the double range has no relative error
                error = 0.0 if max(abs(scalar), abs(element)) <= SMALLEST else np.inf
            else:
                error = max(float(abs((value - exact) / exact)) for value in (scalar, element))
                # With a condition number it is the worst only if it is so without one.
                error /= 1 + _condition(formula, point, exact) if error > worst else 1
        if error > worst:
            worst, worst_point = error, text(point)
    with mpmath.workdps(50):
        point = chosen[0]
        symbolic = formula.expression.xreplace(
            {symbol: _symbolic(point[name]) for name, symbol in formula.symbols.items()}
        )
        exact = formula.function(**point)
        if symbolic.is_Boolean:
            same = bool(symbolic) is bool(exact)
        else:
            # Both round on the way, which costs the digits of the condition number.
            lost = mpmath.log10(1 + _condition(formula, point, exact))
            same = (
                _digits(mpmath.mpf(str(symbolic.evalf(50)).replace("oo", "inf")), exact) > 40 - lost
            )
        if not same:
            failures.append(f"SymPy and mpmath differ at {text(point)}")
    figures: dict[str, str | int | float] = {
        "points": points,
        "worst error over (1 + condition)": f"{worst:.2g}",
        "worst point": worst_point,
    }
    if worst > bound:
        failures.append(f"the error exceeds {bound:g} (1 + condition)")
    if failures:
        figures["failures"] = "; ".join(failures[:3])
    return Finding(Precision.what, Verdict.FAILS if failures else Verdict.HOLDS, figures)


def _arguments(formula: Formula, points: int, rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Points of a formula's domain, over sixty decades and over the eight that models use."""
    for index in range(points):
        decades = 30 if index % 2 else 4
        point = {
            name: _sample(_range(domain, decades), rng) for name, domain in formula.domain.items()
        }
        if formula.where == "P < 2*N":
            # Loads of all magnitudes, and as close to capacity as doubles come.
            free = 10.0 ** rng.uniform(-15, 0)
            load = 2 * (1 - free) if index % 3 else 2 * free * (1 - 1e-9)
            point["P"] = mpmath.mpf(float(point["N"]) * load)
        elif formula.where:
            smaller, larger = formula.where.split(" <= ")
            point[smaller], point[larger] = sorted((point[smaller], point[larger]))
        yield point


def _range(domain: Domain, decades: int) -> Range:
    if domain.integer:
        return range(int(max(domain.low, -50)), 51)
    if domain.high < np.inf:
        return (1e-6 * domain.high, domain.high)
    return (max(domain.low, 10.0**-decades), 10.0**decades)


def random_points(key: str, ranges: Mapping[str, Range], count: int) -> Iterator[dict[str, Any]]:
    """So many points, as mpf numbers, which depend on the key and the ranges only."""
    rng = _generator(key)
    for _ in range(count):
        yield {name: _sample(within, rng) for name, within in ranges.items()}


def _generator(key: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(key.encode()))


def _sample(within: Range, rng: np.random.Generator) -> Any:
    """A number from a range."""
    if isinstance(within, range):
        return mpmath.mpf(int(rng.choice(within)))
    low, high = np.log(within)
    return mpmath.mpf(float(np.clip(np.exp(rng.uniform(low, high)), *within)))


def _condition(formula: Formula, point: Mapping[str, Any], value: Any) -> float:
    """Sum over the arguments of abs(d log f / d log x), by differences at 50 digits."""
    if mpmath.isinf(value):
        return 0.0
    step = mpmath.mpf(10) ** -20
    total = mpmath.mpf(0)
    for name, at in point.items():
        domain = formula.domain[name]
        if domain.integer or not at or not value:
            continue
        place = next(at * factor for factor in (1 + step, 1 - step) if domain.contains(at * factor))
        moved = formula.function(**{**point, name: place})
        total += abs(at * (moved - value) / (place - at) / value)
    return float(total)


def _digits(value: Any, other: Any) -> Any:
    """Decimal digits in which two numbers agree."""
    if value == other:
        return mpmath.inf
    scale = max(abs(value), abs(other))
    return -mpmath.log10(abs(value - other) / scale)


def _symbolic(value: Any) -> Any:
    """A double as a SymPy number of sixty digits (powers of rationals can take for ever)."""
    return sympy.Float(float(value), 60)


def text(point: Mapping[str, Any]) -> str:
    """A point in words."""
    return ", ".join(f"{name} = {mpmath.nstr(value, 6)}" for name, value in point.items())
