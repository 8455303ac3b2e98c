"""LvR, transient weights that decay: the steady state (Methods), with its misprint."""

from typing import Any

import mpmath
import sympy as sp

from theory import decay as theory
from theory.crosscheck.chapters.symbols import eta, n, p, tau, theta, x, y
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement, Range
from theory.crosscheck.legs.symbolic import Identity
from theory.crosscheck.legs.verdict import Verdict

ROOT = sp.sqrt(sp.pi)
#: The unnormalised density at y = abs(s)/sigma, in units in which sigma = 1.
SHAPE = sp.exp(-(y**2)) * (sp.erfi(x) - sp.erfi(y))
STEADY_POINTS: dict[str, Range] = {
    "theta": (1, 30),
    "tau": (20, 2000),
    "p": (0.05, 1),
    "eta": (0.2, 3),
}


def quad(function: Any, end: Any) -> Any:
    """The integral from 0 to ``end``, to thirty digits: at eighty it would take seconds."""
    with mpmath.workdps(35):
        return mpmath.quad(function, mpmath.linspace(0, end, 3), method="gauss-legendre")


CLAIMS = (
    Claim(
        id="LvR.FP",
        statement="The steady state solves 0 = -(1/tau) d/ds (s P) + (sigma_s^2/2) d^2P/ds^2 + "
        "r delta(s).",
        source="LvR, Methods",
        kind=Kind.IDENTITY,
        symbolic=(
            Identity(
                "drift as printed, away from zero, in units of 1/tau: minus the diffusion",
                lambda: -sp.diff(y * SHAPE, y),
                lambda: -sp.diff(SHAPE, y, 2) / 2,
            ),
        ),
        expected=Verdict.FAILS,
        correction="SE.FP",
        remark="The drift has the wrong sign: it would drive the weights away from zero.",
    ),
    Claim(
        id="SE.FP",
        statement="The steady state solves 0 = (1/tau) d/ds (s P) + (sigma_s^2/2) d^2P/ds^2 + "
        "r delta(s).",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("decay.density",),
        symbolic=(
            Identity(
                "away from zero, in units of 1/tau",
                lambda: sp.diff(y * SHAPE, y),
                lambda: -sp.diff(SHAPE, y, 2) / 2,
            ),
            Identity(
                "the kink at zero: the flux on both sides is what returns, in units of 1/Z",
                lambda: -2 * sp.Rational(1, 2) * sp.diff(SHAPE, y).subs(y, 0),
                lambda: 2 / ROOT,
            ),
            Identity(
                "the flux at the thresholds is the same",
                lambda: -2 * sp.Rational(1, 2) * sp.diff(SHAPE, y).subs(y, x),
                lambda: 2 / ROOT,
            ),
        ),
    ),
    Claim(
        id="LvR.boundary",
        statement="The density vanishes at the thresholds and is continuous with a cusp at zero.",
        source="LvR, Methods",
        kind=Kind.DEFINITION,
        formulas=("decay.density",),
        symbolic=(
            Identity(
                "1 + P at the threshold",
                lambda: 1 + theory.density(theta, theta, tau, p, eta),
                lambda: sp.Integer(1),
            ),
            Identity(
                "even",
                lambda: theory.density(-theta / (1 + x), theta, tau, p, eta),
                lambda: theory.density(theta / (1 + x), theta, tau, p, eta),
            ),
        ),
    ),
    Claim(
        id="LvR.density",
        statement="P(s) is proportional to exp(-s^2/sigma^2) [erfi(abs(s)/sigma) - "
        "erfi(theta/sigma)].",
        source="LvR, Methods",
        kind=Kind.IDENTITY,
        formulas=("decay.density",),
        symbolic=(
            Identity(
                "P(s)/P(0), sigma^2 = tau p eta^2",
                lambda: (
                    theory.density(theta / (1 + x), theta, tau, p, eta)
                    / theory.density(sp.Integer(0), theta, tau, p, eta)
                ).subs(theta, y * eta * sp.sqrt(tau * p)),
                lambda: (
                    sp.exp(-((y / (1 + x)) ** 2)) * (sp.erfi(y) - sp.erfi(y / (1 + x))) / sp.erfi(y)
                ),
            ),
        ),
        numeric=(
            Agreement(
                "2 plus its integral",
                lambda theta, tau, p, eta: (
                    2 + 2 * quad(lambda s: theory.density(s, theta, tau, p, eta), theta)
                ),
                lambda **_: mpmath.mpf(3),
                STEADY_POINTS,
                digits=30,
            ),
        ),
    ),
    Claim(
        id="LvR.Z",
        statement="Z = (2 theta^2/(sqrt(pi) sigma)) 2F2(1, 1; 3/2, 2; -x^2) - sqrt(pi) sigma "
        "erf(x) erfi(x), x = theta/sigma.",
        source="LvR, Methods",
        kind=Kind.IDENTITY,
        numeric=(
            Agreement(
                "the printed Z against twice the integral of the shape, in units of sigma",
                lambda x: (
                    2 * x**2 / mpmath.sqrt(mpmath.pi) * mpmath.hyp2f2(1, 1, 1.5, 2, -(x**2))
                    - mpmath.sqrt(mpmath.pi) * mpmath.erf(x) * mpmath.erfi(x)
                ),
                lambda x: (
                    2 * quad(lambda y: mpmath.exp(-(y**2)) * (mpmath.erfi(y) - mpmath.erfi(x)), x)
                ),
                {"x": (0.05, 4)},
                digits=30,
            ),
        ),
        remark="Its two terms are nearly equal for small x; SE.Z is one term.",
    ),
    Claim(
        id="SE.Z",
        statement="Z = -(2 sigma/sqrt(pi)) x^2 2F2(1, 1; 3/2, 2; x^2): a single term, as "
        "x^2 A(x^2) + x^2 A(-x^2) = (pi/2) erf(x) erfi(x) for A(z) = 2F2(1, 1; 3/2, 2; z).",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("decay.density",),
        symbolic=(
            Identity(
                "d/dx x^2 A(x^2) has the coefficients b_n = sqrt(pi)/Gamma(n + 3/2), which obey "
                "(2 n + 3) b_(n+1) = 2 b_n",
                lambda: (2 * n + 3) * 2 / sp.expand_func(sp.gamma(n + sp.Rational(5, 2))),
                lambda: 2 * 2 / sp.expand_func(sp.gamma(n + sp.Rational(3, 2))),
            ),
            Identity(
                "so it solves f' = 2 x f + 2, f(0) = 0, as does sqrt(pi) exp(x^2) erf(x)",
                lambda: sp.diff(ROOT * sp.exp(x**2) * sp.erf(x), x),
                lambda: 2 * x * ROOT * sp.exp(x**2) * sp.erf(x) + 2,
            ),
            Identity(
                "with signs alternating f' = -2 x f + 2, as does sqrt(pi) exp(-x^2) erfi(x)",
                lambda: sp.diff(ROOT * sp.exp(-(x**2)) * sp.erfi(x), x),
                lambda: -2 * x * ROOT * sp.exp(-(x**2)) * sp.erfi(x) + 2,
            ),
            Identity(
                "their sum is the derivative of (pi/2) erf(x) erfi(x)",
                lambda: sp.diff(sp.pi / 2 * sp.erf(x) * sp.erfi(x), x),
                lambda: ROOT * (sp.exp(x**2) * sp.erf(x) + sp.exp(-(x**2)) * sp.erfi(x)),
            ),
        ),
        numeric=(
            Agreement(
                "(pi/2) erf(x) erfi(x) against the two series",
                lambda x: mpmath.pi / 2 * mpmath.erf(x) * mpmath.erfi(x),
                lambda x: (
                    x**2
                    * (mpmath.hyp2f2(1, 1, 1.5, 2, x**2) + mpmath.hyp2f2(1, 1, 1.5, 2, -(x**2)))
                ),
                {"x": (0.05, 4)},
                digits=30,
            ),
        ),
    ),
)
