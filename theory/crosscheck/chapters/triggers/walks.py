"""One walk: how long it stays within its threshold, and how far it is if nothing stops it."""

from typing import Any

import mpmath
import sympy as sp

from theory import triggers as theory
from theory.crosscheck.chapters.symbols import h
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.symbolic import Identity

phi, s = sp.symbols("phi s", real=True)


def _walk_survival(j: Any, n: Any) -> Any:
    """The law of the walk, step by step."""
    law = {0: mpmath.mpf(1)}
    for _ in range(int(j)):
        moved: dict[int, Any] = {}
        for place, probability in law.items():
            for new in (place - 1, place + 1):
                if abs(new) < n:
                    moved[new] = moved.get(new, 0) + probability / 2
        law = moved
    return sum(law.values(), mpmath.mpf(0))


def binomial_distance(j: Any) -> Any:
    """The mean of abs(S_j) by the law of S_j."""
    steps = int(j)
    return (
        sum(mpmath.mpf(abs(2 * up - steps)) * mpmath.binomial(steps, up) for up in range(steps + 1))
        / mpmath.mpf(2) ** steps
    )


CLAIMS = (
    Claim(
        id="SE.survival",
        statement="A walk in steps of +-1 has not reached +-n after j steps with probability (2/n) "
        "sum over k < n/2 of (-1)^k cot(phi_k) cos(phi_k)^j, phi_k = (2 k + 1) pi/(2 n), if j + n "
        "is even; the mean of its size is 2 Gamma(h + 1/2)/(sqrt(pi) Gamma(h)), h = ceil(j/2), if "
        "nothing stops it.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("triggers.survival", "triggers.mean_distance"),
        symbolic=(
            Identity(
                "each mode is an eigenvector of the step",
                lambda: sp.expand_trig(sp.cos(phi * (s + 1)) + sp.cos(phi * (s - 1))) / 2,
                lambda: sp.cos(phi) * sp.expand_trig(sp.cos(phi * s)),
            ),
            Identity(
                "two more steps add the share 1/(2 h)",
                lambda: sp.simplify(
                    sp.expand_func(theory.mean_distance(2 * h + 2) / theory.mean_distance(2 * h))
                ),
                lambda: 1 + 1 / (2 * h),
            ),
            Identity(
                "the mean size after three steps",
                lambda: theory.mean_distance(sp.Integer(3)),
                lambda: sp.Rational(3, 2),
            ),
            Identity(
                "five steps to +-3",
                lambda: theory.survival(sp.Integer(5), sp.Integer(3)),
                lambda: sp.Rational(9, 16),
            ),
        ),
        numeric=(
            Agreement(
                "survival by the law of the walk, step by step",
                theory.survival,
                _walk_survival,
                {"j": range(40), "n": range(2, 9)},
            ),
            Agreement(
                "the mean size by the binomial law",
                theory.mean_distance,
                binomial_distance,
                {"j": range(1, 60)},
            ),
        ),
    ),
)
