"""Decaying transient weights: when a synapse is consolidated, and both ends of weak decay."""

from typing import Any

import mpmath
import sympy as sp

from theory import decay as theory
from theory.crosscheck.chapters.decay.diffusion import ROOT, quad
from theory.crosscheck.chapters.symbols import eta, n, p, tau, theta, u, x, y
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement, Range
from theory.crosscheck.legs.rigorous import Enclosure
from theory.crosscheck.legs.symbolic import Identity, Positive

w = sp.Symbol("w", positive=True)
m = sp.Symbol("m", integer=True, nonnegative=True)
ONE_HALF = sp.Rational(1, 2)
EXIT_POINTS: dict[str, Range] = {
    "theta": (1, 10),
    "tau": (20, 2000),
    "p": (0.1, 1),
    "eta": (0.5, 3),
}
#: x = theta/sigma, for weak decay and for thresholds that are rarely reached.
WEAK_DECAY: dict[str, Range] = {"x": (0.01, 1), "tau": (20, 2000), "p": (0.05, 1), "eta": (0.2, 3)}
RARE_EXITS: dict[str, Range] = {**WEAK_DECAY, "x": (3, 20)}


def _transform(u: Any, theta: Any, tau: Any, p: Any, eta: Any) -> Any:
    """Darling and Siegert's form: the even sum of two parabolic cylinder functions."""
    x = theta / (eta * mpmath.sqrt(tau * p))
    order, place = -u * tau, mpmath.sqrt(2) * x
    both = mpmath.pcfd(order, place) + mpmath.pcfd(order, -place)
    return 2 * mpmath.pcfd(order, 0) / (mpmath.exp(x**2 / 2) * both)


def _cumulant(x: Any, tau: Any, **_: Any) -> Any:
    """The second derivative at u = 0 of the logarithm of the transform."""
    return mpmath.diff(lambda u: -mpmath.log(mpmath.hyp1f1(u * tau / 2, 0.5, x**2)), 0, 2)


def _backward(x: Any, tau: Any, **_: Any) -> Any:
    """By V'' - 2 y V' = -2 (E')^2, the equation that the variance V(y) from y on solves."""

    def shape(y: Any) -> Any:
        return mpmath.exp(y**2) * mpmath.erf(y) ** 2 * (mpmath.erfi(x) - mpmath.erfi(y))

    return tau**2 * mpmath.pi ** mpmath.mpf(1.5) * quad(shape, x)


def _walk(x: Any, tau: Any, p: Any, eta: Any) -> dict[str, Any]:
    """The arguments at which theta/sigma is x."""
    return {"theta": x * eta * mpmath.sqrt(tau * p), "tau": tau, "p": p, "eta": eta}


def _variance(**point: Any) -> Any:
    return theory.exit_time_variance(**_walk(**point))


def _rate(**point: Any) -> Any:
    return theory.consolidation_rate(**_walk(**point))


def _mean(**point: Any) -> Any:
    return theory.mean_transient(**_walk(**point))


def _weak_rate(**point: Any) -> Any:
    """The rate, unless it is outside the bounds."""
    high = theory.weak_decay_rate(**_walk(**point))
    return _confined(_rate(**point), high * (1 - 4 * point["x"] ** 4 / 45), high)


def _weak_mean(**point: Any) -> Any:
    """The mean, unless it is outside the bounds."""
    weak = theory.weak_decay_mean(**_walk(**point))
    low, high = weak * (1 - 4 * point["x"] ** 4 / 45), weak / (1 - point["x"] ** 4 / 14)
    return _confined(_mean(**point), low, high)


def _rare_rate(**point: Any) -> Any:
    """The rate, unless it is outside the bounds."""
    high = theory.rare_consolidation_rate(**_walk(**point))
    return _confined(_rate(**point), high * (1 - 5 / (4 * point["x"] ** 4)), high)


def _confined(value: Any, low: Any, high: Any) -> Any:
    return min(max(value, low), high)


def _term(n: Any) -> Any:
    """The coefficient of z^n in 1F1(u/2; 1/2; z)."""
    return sp.rf(u / 2, n) / (sp.rf(ONE_HALF, n) * sp.factorial(n))


def _rate_term(n: Any) -> Any:
    """The coefficient of z^n in 2F2(1, 1; 3/2, 2; z)."""
    return sp.rf(1, n) ** 2 / (sp.rf(3 * ONE_HALF, n) * sp.rf(2, n) * sp.factorial(n))


def _mean_term(n: Any) -> Any:
    """The coefficient of z^n in 2F2(1, 3/2; 2, 5/2; z)."""
    return (
        sp.rf(1, n)
        * sp.rf(3 * ONE_HALF, n)
        / (sp.rf(2, n) * sp.rf(5 * ONE_HALF, n) * sp.factorial(n))
    )


def _ratio(term: Any, k: Any) -> Any:
    """The coefficient of z^(k + 1) over that of z^k."""
    quotient = sp.expand_func((term(k + 1) / term(k)).rewrite(sp.gamma))
    return sp.cancel(sp.gammasimp(quotient))


def _fall(term: Any) -> Any:
    """How much less the ratio of successive coefficients is, one term further."""
    return sp.factor(_ratio(term, m) - _ratio(term, m + 1))


def _high(k: Any) -> Any:
    """What the exit time is compared with at large x, z = x^2."""
    return ROOT * sp.exp(x**2) / (2 * x) * (1 + 1 / (2 * x**2) + k / x**4)


CLAIMS = (
    Claim(
        id="SE.exit-laplace",
        statement="The time t between consolidations has the mean of exp(-u t) "
        "1/1F1(u tau/2; 1/2; x^2), and sech(theta sqrt(2 u)/sigma_s) without decay.",
        source="Darling & Siegert 1953",
        kind=Kind.IDENTITY,
        formulas=("decay.exit_time_laplace",),
        symbolic=(
            Identity(
                "f(y) = 1F1(u/2; 1/2; y^2) solves the backward equation f''/2 - y f' = u f, term "
                "by term",
                lambda: (n + 1) * (2 * n + 1) * _ratio(_term, n),
                lambda: 2 * n + u,
            ),
            Identity(
                "the mean is f(0)/f(x), 1 at the threshold",
                lambda: theory.exit_time_laplace(u / tau, x * eta * sp.sqrt(tau * p), tau, p, eta),
                lambda: 1 / sp.hyper((u / 2,), (ONE_HALF,), x**2),
            ),
            Identity(
                "without decay f''/2 = u f",
                lambda: sp.diff(sp.cosh(y * sp.sqrt(2 * u)), y, 2) / 2,
                lambda: u * sp.cosh(y * sp.sqrt(2 * u)),
            ),
            Identity(
                "no decay",
                lambda: theory.exit_time_laplace(u, theta, sp.oo, p, eta),
                lambda: 1 / sp.cosh(theta * sp.sqrt(2 * u) / (eta * sp.sqrt(p))),
            ),
        ),
        numeric=(
            Agreement(
                "by parabolic cylinder functions",
                theory.exit_time_laplace,
                _transform,
                {"u": (1e-3, 0.1), **EXIT_POINTS},
            ),
            Enclosure(
                "enclosed by balls",
                theory.exit_time_laplace,
                lambda u, theta, tau, p, eta: (
                    1 / ((theta / eta) ** 2 / (tau * p)).hypgeom_1f1(u * tau / 2, 0.5)
                ),
                {"u": (1e-6, 1), **EXIT_POINTS},
            ),
        ),
    ),
    Claim(
        id="SE.exit-variance",
        statement="The time between consolidations has the variance tau^2 (E^2 - c_2/2), where "
        "1F1(a; 1/2; x^2) = 1 + 2 E a + c_2 a^2 + ...; without decay (2/3) (theta/sigma_s)^4.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("decay.exit_time_variance",),
        symbolic=(
            Identity(
                "minus the logarithm of 1 + 2 E a + c_2 a^2 twice differentiated, a = u/2",
                lambda: sp.diff(-sp.log(1 + x * u + y * u**2 / 4), u, 2).subs(u, 0),
                lambda: x**2 - y / 2,
            ),
            Identity(
                "no decay: cosh(sqrt(2 w)) = 1 + w + w^2/6 + ...",
                lambda: sp.series(sp.cosh(sp.sqrt(2 * w)), w, 0, 3).removeO(),
                lambda: 1 + w + w**2 / 6,
            ),
            Identity(
                "no decay",
                lambda: theory.exit_time_variance(theta, sp.oo, p, eta),
                lambda: sp.Rational(2, 3) * theta**4 / (eta**4 * p**2),
            ),
        ),
        numeric=(
            Agreement(
                "the second derivative of the logarithm of the Laplace transform",
                _variance,
                _cumulant,
                {**WEAK_DECAY, "x": (0.05, 3)},
                digits=30,
            ),
            Agreement(
                "the backward equation for the variance, by quadrature",
                _variance,
                _backward,
                {**WEAK_DECAY, "x": (0.05, 5)},
                digits=30,
            ),
        ),
    ),
    Claim(
        id="SE.decay-expansions",
        statement="For weak decay r = (sigma_s/theta)^2/(1 + x^2/3) less a part of at most "
        "4 x^4/45, and <abs(s)> = (theta/3) (1 + 3 x^2/10)/(1 + x^2/3) to within 4 x^4/45 of this "
        "and x^4/14 of itself; from x = 3 on r = 4 x^3 exp(-x^2)/(sqrt(pi) tau (1 + 2 x^2)) less "
        "a part of at most 5/(4 x^4).",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=(
            "decay.weak_decay_rate",
            "decay.weak_decay_mean",
            "decay.rare_consolidation_rate",
        ),
        symbolic=(
            Identity(
                "the series of the rate",
                lambda: sum(_rate_term(k) * w**k for k in range(3)),
                lambda: 1 + w / 3 + 4 * w**2 / 45,
            ),
            Identity(
                "the series of the mean",
                lambda: sum(_mean_term(k) * w**k for k in range(3)),
                lambda: 1 + 3 * w / 10 + w**2 / 14,
            ),
            Positive("ratios of coefficients fall: the rate", lambda: _fall(_rate_term)),
            Positive("ratios of coefficients fall: the mean", lambda: _fall(_mean_term)),
            Identity(
                "G = sqrt(pi) exp(z)/(2 x) (1 + 1/(2 z) + k/z^2) grows as fast as the exit time, "
                "sqrt(pi) exp(z) erf(x), up to erfc(x) and order 1/z^2",
                lambda: sp.diff(_high(w), x),
                lambda: (
                    ROOT * sp.exp(x**2) * (1 + (w - sp.Rational(3, 4)) / x**4 - 5 * w / (2 * x**6))
                ),
            ),
            Positive(
                "faster for k = 5/4 and z > 9, as erf(x) < 1",
                lambda: ONE_HALF - sp.Rational(25, 8) / (9 + y),
            ),
            Positive(
                "slower for k = 3/4, as z^3 erfc(x) < z^3 exp(-z) <= 27 exp(-3)",
                lambda: sp.Rational(15, 8) - 27 * sp.exp(-3),
            ),
        ),
        numeric=(
            Agreement(
                "the rate for weak decay, confined to the bounds", _weak_rate, _rate, WEAK_DECAY
            ),
            Agreement(
                "the mean for weak decay, confined to the bounds", _weak_mean, _mean, WEAK_DECAY
            ),
            Agreement("the rate for x > 3, confined to the bounds", _rare_rate, _rate, RARE_EXITS),
        ),
        remark="The bounds are proved but for the values at x = 3 that start the comparison of G "
        "with the exit time, which are compared numerically.",
    ),
)
