"""The numeric leg: formulas at fifty digits against another route, and in all arithmetics."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
import sympy

from theory.crosscheck.legs.verdict import Finding, Verdict
from theory.formula import FORMULAS, Formula
from theory.formula.places import place
from theory.formula.sampling import Range, domain_points, sample

__all__ = ["Agreement", "Precision", "Range"]

#: The smallest double of full precision, and the largest.
SMALLEST, LARGEST = 2.0**-1022, float(np.finfo(float).max)


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
        Its name in ``theory.formula.FORMULAS``.
    bound : float
        The relative error of a double must stay below bound (1 + c), where c is the condition
        number, the sum over the arguments of abs(d log f / d log x): what rounding the arguments
        would do.
    times : int
        There are so many times as many points as for an agreement, where fifty digits of the
        formula cost less than a quadrature.
    alone : bool
        Whether nothing else judges the formula, which then stays undecided.
    what : str
        What is stated, for reports.
    """

    formula: str
    bound: float = 4e-16
    times: int = 10
    alone: bool = False
    what: str = "doubles, arrays and SymPy against 50 digits"


def judge(statement: Agreement | Precision, points: int) -> Finding:
    """Compare at so many points, which depend on the statement only.

    Returns
    -------
    Finding
        With the points tried, the worst of them and the digits that agree there.
    """
    if isinstance(statement, Precision):
        return _judge_precision(statement, statement.times * points)
    return _judge_agreement(statement, points)


def _judge_agreement(statement: Agreement, points: int) -> Finding:
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


def _judge_precision(statement: Precision, points: int) -> Finding:
    """The three arithmetics of one formula against each other."""
    formula = FORMULAS[statement.formula]
    rng = _generator(statement.what)
    chosen = list(domain_points(formula, points, rng))
    columns = {name: np.array([point[name] for point in chosen]) for name in formula.domain}
    array = np.broadcast_to(formula.function(**columns), points)
    worst, worst_point = 0.0, ""
    for element, point in zip(array.tolist(), chosen, strict=True):
        error = _error(formula, point, element, worst)
        if error > worst:
            worst, worst_point = error, text(point)
    figures: dict[str, str | int | float] = {
        "points": points,
        "worst error over (1 + condition)": f"{worst:.2g}",
        "worst point": worst_point,
    }
    failures = []
    if not _symbolic_agrees(formula, chosen[0]):
        failures.append(f"SymPy and mpmath differ at {text(chosen[0])}")
    if worst > statement.bound:
        failures.append(f"the error exceeds {statement.bound:g} (1 + condition)")
    if failures:
        figures["failures"] = "; ".join(failures)
        return Finding(statement.what, Verdict.FAILS, figures)
    if statement.alone:
        figures["why"] = f"no claim is about {formula.name}, at {place(formula.function)}"
        return Finding(statement.what, Verdict.UNDECIDED, figures)
    return Finding(statement.what, Verdict.HOLDS, figures)


def _error(formula: Formula, point: Mapping[str, float], element: Any, worst: float) -> float:
    """The error of a double, and of an array's element, relative to the value at 50 digits.

    If it is above the worst one, it is divided by 1 and the condition number, which takes longest.
    """
    scalar = formula.function(**point)
    with mpmath.workdps(50):
        exact = formula.function(**_exactly(point))
        if isinstance(scalar, bool):
            return float({scalar, bool(element)} != {bool(exact)})
        if exact > LARGEST:  # infinity itself, too
            return 0.0 if scalar == element == np.inf else np.inf
        if abs(exact) < SMALLEST:  # what is beyond the double range has no relative error
            return 0.0 if max(abs(scalar), abs(element)) <= SMALLEST else np.inf
        error = max(float(abs((value - exact) / exact)) for value in (scalar, element))
        return error / (1 + _condition(formula, point, exact)) if error > worst else error


def _symbolic_agrees(formula: Formula, point: Mapping[str, float]) -> bool:
    """Whether SymPy's expression has the value of mpmath."""
    # Floats of sixty digits: powers of rationals can take for ever.
    numbers = {symbol: sympy.Float(point[name], 60) for name, symbol in formula.symbols.items()}
    symbolic = formula.expression.xreplace(numbers)
    with mpmath.workdps(50):
        exact = formula.function(**_exactly(point))
        if symbolic.is_Boolean:
            return bool(symbolic) is bool(exact)
        value = mpmath.mpf(str(symbolic.evalf(50)).replace("oo", "inf"))
        # Both round on the way, which costs the digits of the condition number.
        lost = mpmath.log10(1 + _condition(formula, point, exact))
        return bool(_digits(value, exact) > 40 - lost)


def _exactly(point: Mapping[str, float]) -> dict[str, Any]:
    return {name: mpmath.mpf(value) for name, value in point.items()}


def random_points(key: str, ranges: Mapping[str, Range], count: int) -> Iterator[dict[str, Any]]:
    """So many points, as mpf numbers, which depend on the key and the ranges only."""
    rng = _generator(key)
    for _ in range(count):
        yield {name: mpmath.mpf(sample(within, rng)) for name, within in ranges.items()}


def _generator(key: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(key.encode()))


def _condition(formula: Formula, point: Mapping[str, float], value: Any) -> float:
    """Sum over the arguments of abs(d log f / d log x), by differences at 50 digits."""
    if mpmath.isinf(value):
        return 0.0
    exact = _exactly(point)
    step = mpmath.mpf(10) ** -20
    total = mpmath.mpf(0)
    for name, at in exact.items():
        domain = formula.domain[name]
        if domain.integer or not at or not value:
            continue
        for near in (at * (1 + step), at * (1 - step)):
            moved = {**exact, name: near}
            if domain.contains(near) and (formula.where is None or formula.where.at(moved)):
                slope = (formula.function(**moved) - value) / (near - at)
                total += abs(at * slope / value)
                break
    return float(total)


def _digits(value: Any, other: Any) -> Any:
    """Decimal digits in which two numbers agree."""
    if value == other:
        return mpmath.inf
    scale = max(abs(value), abs(other))
    return -mpmath.log10(abs(value - other) / scale)


def text(point: Mapping[str, Any]) -> str:
    """A point in words."""
    return ", ".join(f"{name} = {mpmath.nstr(value, 6)}" for name, value in point.items())
