"""Values between proved bounds: a formula at fifty digits against balls of python-flint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from theory.crosscheck.legs.numeric import Range, random_points, text
from theory.crosscheck.legs.verdict import Finding, Verdict

__all__ = ["Enclosure"]


@dataclass(frozen=True)
class Enclosure:
    """A formula, and the same number by arithmetic on balls that cannot miss it.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    formula : callable
        Of the arguments that ``points`` names.
    ball : callable
        Of the same arguments, as balls of radius zero.
    points : mapping
        Where each argument is sampled: log-uniformly between two numbers, or from a range of
        integers.
    digits : int
        At 50 digits the formula must agree with every number in the ball to so many.
    """

    what: str
    formula: Callable[..., Any]
    ball: Callable[..., Any]
    points: Mapping[str, Range]
    digits: int = 40


def judge(statement: Enclosure, points: int) -> Finding:
    """Compare at so many points, which depend on the statement only.

    Returns
    -------
    Finding
        SKIPPED without python-flint, UNDECIDED if a ball is too large.
    """
    try:
        import flint
    except ImportError:
        return Finding(statement.what, Verdict.SKIPPED, {"why": "needs python-flint"})
    worst, worst_point = 1000.0, ""
    for point in random_points(statement.what, statement.points, points):
        with mpmath.workdps(50), flint.ctx.workprec(1000):
            ball = statement.ball(**{name: flint.arb(float(at)) for name, at in point.items()})
            if ball.rel_accuracy_bits() < 4 * statement.digits:
                what = {"ball": f"{ball.str(10)} at {text(point)}"}
                return Finding(statement.what, Verdict.UNDECIDED, what)
            number = statement.formula(**point)
            mantissa, exponent = number.man_exp  # without its sign
            value = flint.arb(int(mpmath.sign(number)) * int(mantissa)) * flint.arb(2) ** exponent
            # A ball that holds the difference of 1 from the quotient, and the end farthest from 0.
            error = float(abs(value / ball - 1).upper())
        digits = -np.log10(max(error, 1e-300))
        if digits < worst:
            worst, worst_point = digits, text(point)
    figures: dict[str, str | int | float] = {
        "points": points,
        "digits": round(float(worst), 1),
        "worst point": worst_point,
    }
    holds = worst >= statement.digits
    return Finding(statement.what, Verdict.HOLDS if holds else Verdict.FAILS, figures)
