"""By how much steps overshoot a threshold: smeared by decay, and what is left of the lattice."""

from typing import Any

import mpmath
import sympy as sp

from theory.crosscheck.chapters.symbols import k, n, q
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.symbolic import Identity
from theory.special.ladder import ladder_overshoot
from theory.special.tables import area_transform

#: The pole of the ladder heights near 2 pi i k, to second order in q, the root of the drift.
POLE = 2 * sp.pi * sp.I * k
SHIFT = sp.sqrt(2 * POLE) * q + q**2


def _coefficient(expression: Any, order: int) -> Any:
    """The coefficient of a power of q, by Taylor's theorem."""
    return sp.expand(sp.diff(expression, q, order).subs(q, 0) / sp.factorial(order))


def _with_conjugate_squared(number: Any) -> Any:
    square, other = sp.expand(number**2), sp.expand(sp.conjugate(number**2))
    return square + other + 2 * sp.sqrt(sp.expand(square * other))


def _airy(frequency: Any) -> Any:
    """2 f(0) for f'' = -2 i frequency s f, f(-1) = 0, f(1) = 1, by Airy's functions."""
    g = mpmath.cbrt(-2j * frequency)
    ai, bi = mpmath.airyai, mpmath.airybi
    below, at, above = ((ai(s * g), bi(s * g)) for s in (-1, 0, 1))

    def wronskian(one: Any, other: Any) -> Any:
        return one[0] * other[1] - one[1] * other[0]

    return 2 * wronskian(at, below) / wronskian(above, below)


CLAIMS = (
    Claim(
        id="SE.overshoot-smeared",
        statement="Steps of +-1 with an exponential drift of mean d between them overshoot a far "
        "level by 1/2 - zeta(3/2) sqrt(d)/(sqrt(2) pi^(3/2)) + d/12 + O(d^(3/2)) on average.",
        source="This package",
        kind=Kind.LIMIT,
        symbolic=(
            Identity(
                "the poles solve cosh(u) = 1 + d u: first order in d, q^2 = d, u = 2 pi i k + ...",
                lambda: _coefficient(sp.cosh(SHIFT), 2),
                lambda: POLE,
            ),
            Identity(
                "order d^(3/2)",
                lambda: _coefficient(sp.cosh(SHIFT), 3),
                lambda: _coefficient(q**2 * SHIFT, 3),
            ),
            Identity(
                "the overshoot is 1/2 less the sum of 1/u over all poles but 0 and 2 d: order "
                "sqrt(d), a pole and its conjugate squared",
                lambda: _with_conjugate_squared(_coefficient(1 / (POLE + SHIFT), 1)),
                lambda: 8 * sp.pi * k / (4 * sp.pi**2 * k**2) ** 2,
            ),
            Identity(
                "order d",
                lambda: _coefficient(1 / (POLE + SHIFT), 2),
                lambda: -1 / (4 * sp.pi**2 * k**2),
            ),
            Identity(
                "the series used, order sqrt(d)",
                lambda: _coefficient(ladder_overshoot(q**2), 1),
                lambda: (
                    -sp.sqrt(8 * sp.pi)
                    / (4 * sp.pi**2)
                    * sp.summation(k ** sp.Rational(-3, 2), (k, 1, sp.oo))
                ),
            ),
            Identity(
                "order d",
                lambda: _coefficient(ladder_overshoot(q**2), 2),
                lambda: 2 / (4 * sp.pi**2) * sp.summation(k**-2, (k, 1, sp.oo)),
            ),
        ),
        remark="The poles are those of the ladder heights' transform (Wiener and Hopf), with an "
        "overshoot below one step; that it is the product over them is taken, not proved. Between "
        "updates a synapse at the threshold loses d = theta/(tau p eta) on average.",
    ),
    Claim(
        id="SE.overshoot-coherent",
        statement="Weak decay moves a synapse off the lattice of whole steps by theta^3/(tau p "
        "eta^3) J, J the area under a Brownian path that leaves (-1, 1) at 1. Its characteristic "
        "function is conj(b)/Re(a conj(b)), a = 0F1(; 2/3; -2 i f/9), b = 0F1(; 4/3; -2 i f/9).",
        source="This package",
        kind=Kind.IDENTITY,
        symbolic=(
            Identity(
                "the series of 0F1(; 2/3; -2 i f s^3/9) solves f'' = -2 i f s f term by term",
                lambda: (3 * n + 3) * (3 * n + 2) / ((n + sp.Rational(2, 3)) * (n + 1)),
                lambda: sp.Integer(9),
            ),
            Identity(
                "as does s 0F1(; 4/3; -2 i f s^3/9)",
                lambda: (3 * n + 4) * (3 * n + 3) / ((n + sp.Rational(4, 3)) * (n + 1)),
                lambda: sp.Integer(9),
            ),
        ),
        numeric=(
            Agreement(
                "its real part, by Airy's functions",
                lambda f: mpmath.re(area_transform(f)),
                lambda f: mpmath.re(_airy(f)),
                {"f": (0.01, 300)},
            ),
            Agreement(
                "its imaginary part",
                lambda f: mpmath.im(area_transform(f)),
                lambda f: mpmath.im(_airy(f)),
                {"f": (0.01, 300)},
            ),
        ),
        remark="So the limit of weak decay is not the lattice where theta/eta is whole: a synapse "
        "one step short of the threshold consolidates, or not, by the sign of J.",
    ),
)
