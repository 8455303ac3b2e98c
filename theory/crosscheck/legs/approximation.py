"""Approximations: how far a formula is from what it approximates, over a stated region."""

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from theory.crosscheck.legs.numeric import random_points, text
from theory.crosscheck.legs.verdict import Finding, Verdict
from theory.crosscheck.words import tolerance

__all__ = ["Approximation"]

#: A bound so many times the largest deviation found says too little.
LOOSE = 10
#: Where nothing is approximate, what double precision may lose.
DOUBLE = 1e-8


@dataclass(frozen=True)
class Approximation:
    """A formula that is within a relative error of a reference, in double precision.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    formula : callable
        Of the arguments that ``points`` names.
    reference : callable
        Of the same arguments, gives what is approximated and its relative error, which counts as
        deviation.
    points : mapping
        Between which numbers each argument is: a region. Its corners and random points within are
        looked at, and depend on nothing else, so that statements about one region share them.
    words : str
        Those of the sentence that say how large a relative deviation may be, for
        `theory.crosscheck.words.tolerance`; what is ten times too wide is refused. Without them
        both are equal in double precision.
    rejected : mapping
        What must not be within the bound, by name.
    """

    what: str
    formula: Callable[..., float]
    reference: Callable[..., tuple[float, float]]
    points: Mapping[str, tuple[float, float]]
    words: str = "="
    rejected: Mapping[str, Callable[..., float]] = field(default_factory=dict)

    @property
    def within(self) -> float:
        """The largest relative deviation."""
        row = tolerance(self.words)
        if not (row.exact or row.approximate):
            raise ValueError(f"an approximation is two-sided, got the words {self.words!r}")
        return DOUBLE if row.exact else row.high - 1


def judge(statement: Approximation, points: int) -> Finding:
    """Compare at the corners of the region and at so many random points of it.

    Returns
    -------
    Finding
        With the largest deviation and where it was found.
    """
    region = statement.points
    chosen = [
        dict(zip(region, corner, strict=True)) for corner in itertools.product(*region.values())
    ] + [
        {name: float(value) for name, value in point.items()}
        for point in random_points(repr(sorted(region.items())), region, points)
    ]
    exact = [statement.reference(**point) for point in chosen]

    def largest(formula: Callable[..., float]) -> tuple[float, int]:
        """The largest deviation, and the index of its point; what is no number is far off."""
        deviations = [
            abs(formula(**point) / value - 1) + error
            for point, (value, error) in zip(chosen, exact, strict=True)
        ]
        sizes = [math.inf if math.isnan(size) else size for size in deviations]
        return max(sizes), sizes.index(max(sizes))

    deviation, worst = largest(statement.formula)
    figures: dict[str, str | int | float] = {
        "points": len(chosen),
        "largest deviation": f"{deviation:.2%}",
        "of it the reference's error": f"{exact[worst][1]:.2%}",
        "worst point": text(chosen[worst]),
        "must be within": f"{100 * statement.within:g}%",
    }
    if deviation > statement.within:
        return Finding(statement.what, Verdict.FAILS, figures)
    missed = [
        name
        for name, formula in statement.rejected.items()
        if largest(formula)[0] <= statement.within
    ]
    if missed:
        figures["control"] = f"{missed[0]} goes unnoticed"
    elif statement.within > max(DOUBLE, LOOSE * deviation):
        figures["control"] = "the bound is loose"
    else:
        figures["controls rejected"] = ", ".join([*statement.rejected, "a looser bound"])
        return Finding(statement.what, Verdict.HOLDS, figures)
    return Finding(statement.what, Verdict.UNDECIDED, figures)
