"""Approximations: how far a formula is from what it approximates, over a stated region."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from theory.crosscheck.numeric import Range, sample, text
from theory.crosscheck.verdict import Finding, Verdict

#: Points looked at for each that an exact statement would take: the worst is sought, not a digit.
SHARE = 2


@dataclass(frozen=True)
class Approximation:
    """A formula that is within a relative error of a reference, in double precision.

    ``points`` is the region, and with its seed fixes the points: statements about one region share
    them. The same points must reject the formula with three times the error added or taken away,
    and everything that is ``rejected`` by name.
    """

    what: str
    formula: Callable[..., float]
    reference: Callable[..., float]
    points: Mapping[str, Range]
    within: float
    rejected: Mapping[str, Callable[..., float]] = field(default_factory=dict)


def judge(statement: Approximation, points: int) -> Finding:
    """Compare at so many random points of the region, twice over.

    Returns
    -------
    Finding
        With the largest deviation and where it was found.
    """
    region = repr(sorted(statement.points.items()))
    rng = np.random.default_rng(zlib.crc32(region.encode()))
    chosen = [
        {name: float(sample(within, rng)) for name, within in statement.points.items()}
        for _ in range(SHARE * points)
    ]
    exact = [statement.reference(**point) for point in chosen]

    def deviations(formula: Callable[..., float]) -> list[float]:
        return [formula(**point) / value - 1 for point, value in zip(chosen, exact, strict=True)]

    found = deviations(statement.formula)
    worst = max(range(len(found)), key=lambda index: _size(found[index]))
    figures: dict[str, str | int | float] = {
        "points": len(chosen),
        "largest deviation": f"{found[worst]:+.2%}",
        "worst point": text(chosen[worst]),
        "must be within": f"{100 * statement.within:g}%",
    }
    if _size(found[worst]) > statement.within:
        return Finding(statement.what, Verdict.FAILS, figures)
    controls = {
        f"{100 * factor:+g}%": [(1 + factor) * (1 + deviation) - 1 for deviation in found]
        for factor in (3 * statement.within, -3 * statement.within)
    } | {name: deviations(formula) for name, formula in statement.rejected.items()}
    missed = [
        name for name, wrong in controls.items() if max(map(_size, wrong)) <= statement.within
    ]
    if missed:
        figures["control"] = f"{missed[0]} goes unnoticed"
        return Finding(statement.what, Verdict.UNDECIDED, figures)
    figures["controls rejected"] = ", ".join(controls)
    return Finding(statement.what, Verdict.HOLDS, figures)


def _size(deviation: float) -> float:
    """Its absolute value; what is no number is infinitely far off."""
    return math.inf if math.isnan(deviation) else abs(deviation)
