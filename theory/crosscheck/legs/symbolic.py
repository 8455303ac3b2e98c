"""The symbolic leg: statements that SymPy proves, or refutes by a counterexample."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy

from theory.crosscheck.legs.verdict import Finding, Verdict

__all__ = ["Identity", "Positive"]

Expression = Callable[[], Any]


@dataclass(frozen=True)
class Identity:
    """Two expressions that are equal for all values of their symbols.

    Both are functions, so that they are built only when the claim is checked.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    left, right : callable
        Without arguments, give the SymPy expressions.
    planted : tuple of sympy.Rational
        Factors that must break the identity, which shows that it is not an empty one.
    """

    what: str
    left: Expression
    right: Expression
    planted: tuple[sympy.Rational, ...] = (sympy.Rational(21, 20), sympy.Integer(-1))


@dataclass(frozen=True)
class Positive:
    """An expression that is positive for all values that its symbols may take.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    expression : callable
        Without arguments, gives the SymPy expression.
    """

    what: str
    expression: Expression


def judge(statement: Identity | Positive) -> Finding:
    """Prove or refute one statement.

    Returns
    -------
    Finding
        HOLDS if SymPy proved it, FAILS with a counterexample, UNDECIDED if neither succeeded or if
        a planted error went unnoticed.
    """
    if isinstance(statement, Positive):
        return _judge_sign(statement)
    left, right = sympy.sympify(statement.left()), sympy.sympify(statement.right())
    point = _point(left.free_symbols | right.free_symbols)
    value_left, value_right = (sympy.N(side.xreplace(point), 30) for side in (left, right))
    figures: dict[str, str | int | float] = {"statement": f"{left} = {right}"}
    if _differ(value_left, value_right):
        at = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
        values = " against ".join(str(sympy.N(value, 8)) for value in (value_left, value_right))
        figures["counterexample"] = f"{at or 'constants'}: {values}"
        return Finding(statement.what, Verdict.FAILS, figures)
    for factor in statement.planted:
        if not _differ(factor * value_left, value_right):
            figures["control"] = f"a planted factor {factor} goes unnoticed"
            return Finding(statement.what, Verdict.UNDECIDED, figures)
    figures["controls rejected"] = ", ".join(f"× {factor}" for factor in statement.planted)
    for method in (sympy.expand, sympy.simplify, lambda e: sympy.simplify(e.rewrite(sympy.exp))):
        if method(left - right) == 0:
            figures["proof"] = "the difference simplifies to zero"
            return Finding(statement.what, Verdict.HOLDS, figures)
    figures["proof"] = "not found, although both sides agree at a point"
    return Finding(statement.what, Verdict.UNDECIDED, figures)


def _judge_sign(statement: Positive) -> Finding:
    expression = sympy.sympify(statement.expression())
    figures: dict[str, str | int | float] = {"statement": f"{expression} > 0"}
    for form in (expression, sympy.factor(sympy.together(expression)), sympy.expand(expression)):
        if form.is_positive:
            figures["proof"] = f"every factor of {form} is positive"
            return Finding(statement.what, Verdict.HOLDS, figures)
    point = _point(expression.free_symbols)
    value = sympy.N(expression.xreplace(point), 15)
    if value.is_nonpositive:
        at = ", ".join(f"{symbol} = {number}" for symbol, number in point.items())
        figures["counterexample"] = f"{at}: {value}"
        return Finding(statement.what, Verdict.FAILS, figures)
    figures["proof"] = "not found"
    return Finding(statement.what, Verdict.UNDECIDED, figures)


def _point(symbols: set[sympy.Symbol]) -> dict[sympy.Symbol, Any]:
    """Generic values: primes for integers, fractions of primes for the others."""
    values: dict[sympy.Symbol, Any] = {}
    for index, symbol in enumerate(sorted(symbols, key=str)):
        prime = sympy.prime(index + 3)
        values[symbol] = prime if symbol.is_integer else sympy.Rational(prime, 4)
    return values


def _differ(left: Any, right: Any) -> bool:
    """Whether two 30-digit values differ by more than rounding; what is no number differs."""
    if not (left.is_number and right.is_number and left.is_finite and right.is_finite):
        return True
    return bool(abs(left - right) > sympy.Float("1e-20") * max(abs(left), abs(right)))
