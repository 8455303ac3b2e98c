"""Decaying transient weights: the threshold of least power, and when there is one."""

from typing import Any

import mpmath
import sympy as sp

from theory import decay as theory
from theory.crosscheck.chapters.decay.diffusion import ROOT, quad
from theory.crosscheck.chapters.symbols import N, c, eta, kappa, p, theta, x, y
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement, Range
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.special.siegert import dawson

#: The exit time in units of tau, a symbol of its own beside x: SymPy need only know its slope.
E = sp.Symbol("E", positive=True)
#: An integral of erfcx from 0 to x, sqrt(pi)/2 erfi(x) - E/sqrt(pi).
ERFCX = sp.Symbol("F", positive=True)
GAUSS = sp.exp(-(x**2))
W = sp.pi / 2 * sp.erf(x) * sp.erfi(x) - E
B = ROOT * x * sp.erf(x) - GAUSS * E
#: The power per synapse in units of sigma/tau is this over E.
UNIT_POWER = (1 - kappa) * x + kappa * ROOT / 2 * sp.erfi(x)
OPTIMUM_POINTS: dict[str, Range] = {
    "kappa": (1.5, 1e3),
    "p": (0.05, 1),
    "c": (1e-3, 0.5),
    "eta": (0.2, 3),
}


def slope(expression: Any) -> Any:
    """The derivative by x of an expression in x and E."""
    return sp.diff(expression, x) + sp.diff(expression, E) * ROOT / GAUSS * sp.erf(x)


def _total_power(theta: Any, tau: Any, p: Any, c: Any, eta: Any) -> Any:
    """Per synapse."""
    return theory.maintenance_power(theta, tau, p, 1, c, eta) + theory.consolidation_power(
        theta, tau, p, 1, eta
    )


def _threshold(kappa: Any, p: Any, c: Any, eta: Any) -> Any:
    return theory.optimal_threshold(kappa / c, p, c, eta)


def _stationary(kappa: Any, p: Any, c: Any, eta: Any) -> Any:
    """Where the derivative of the total power, taken numerically, vanishes."""
    return mpmath.findroot(
        lambda at: mpmath.diff(lambda theta: _total_power(theta, kappa / c, p, c, eta), at),
        [
            _threshold(kappa, p, c, eta) * factor
            for factor in (mpmath.mpf("0.98"), mpmath.mpf("1.01"))
        ],
    )


def _balanced(x: Any, p: Any, c: Any, eta: Any) -> Any:
    """The optimal threshold in units of sigma, at the c tau for which x should be it."""
    w = quad(dawson, x)
    b = quad(lambda v: v * mpmath.exp(-(v**2)) + mpmath.sqrt(mpmath.pi) * _late(v, x), x)
    tau = b / (b - w) / c
    return theory.optimal_threshold(tau, p, c, eta) / (eta * mpmath.sqrt(tau * p))


def _late(v: Any, x: Any) -> Any:
    """The integral of u exp(-u^2) exp(v^2) erf(v) over u from v to x."""
    return mpmath.erf(v) * -mpmath.expm1(v**2 - x**2) / 2


def _power(kappa: Any, p: Any, c: Any, eta: Any) -> Any:
    return theory.optimal_power(kappa / c, p, 1, c, eta)


def _critical(excess: Any, p: Any, eta: Any) -> Any:
    """The threshold over sigma at c tau = 1 + excess, tau = 100."""
    threshold = theory.optimal_threshold(100, p, (1 + excess) / 100, eta)
    return threshold / (eta * mpmath.sqrt(100 * p))


def _lambert(excess: Any, **_: Any) -> Any:
    """The solution of x = s (log(2 x) + gamma/2), s = kappa/((kappa - 1) sqrt(pi))."""
    s = (1 + excess) / (excess * mpmath.sqrt(mpmath.pi))
    return -s * mpmath.lambertw(-mpmath.exp(-mpmath.euler / 2) / (2 * s), -1).real


CLAIMS = (
    Claim(
        id="SE.optimal-threshold",
        statement="The total power is least at the x = theta/sigma for which c tau = B/(B - W), "
        "B = sqrt(pi) x erf(x) - exp(-x^2) E, W = (pi/2) erf(x) erfi(x) - E, with the exit time E.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("decay.optimal_threshold", "decay.optimal_power"),
        symbolic=(
            Identity(
                "there the power, [(1 - kappa) x + kappa (sqrt(pi)/2) erfi(x)]/E, is stationary: "
                "its numerator's slope times E is it times that of E, at kappa = B/(B - W)",
                lambda: sp.expand(E * (-W + B / GAUSS)),
                lambda: sp.expand(slope(E) * (-W * x + B * ROOT / 2 * sp.erfi(x))),
            ),
            Identity(
                "the numerator's slope",
                lambda: slope(UNIT_POWER),
                lambda: 1 - kappa + kappa / GAUSS,
            ),
        ),
        numeric=(
            Agreement(
                "where the derivative of the total power vanishes",
                _threshold,
                _stationary,
                OPTIMUM_POINTS,
                digits=25,
            ),
            Agreement(
                "x itself at c tau = B/(B - W), with W and B by quadrature",
                _balanced,
                lambda x, **_: x,
                {"x": (0.05, 12), "p": (0.05, 1), "c": (1e-3, 0.5), "eta": (0.2, 3)},
                digits=28,
            ),
            Agreement(
                "the least power is the total power there",
                _power,
                lambda kappa, p, c, eta: _total_power(
                    _stationary(kappa, p, c, eta), kappa / c, p, c, eta
                ),
                OPTIMUM_POINTS,
            ),
        ),
    ),
    Claim(
        id="SE.c-tau",
        statement="At a fixed update probability a finite threshold is optimal if and only if c "
        "tau > 1, and there is only one.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("decay.optimal_threshold", "decay.optimal_power"),
        symbolic=(
            Identity(
                "W is twice the integral of Dawson's D, so positive",
                lambda: slope(W),
                lambda: ROOT * GAUSS * sp.erfi(x),
            ),
            Identity(
                "B is that of 2 x exp(-x^2) (1 + E), so positive",
                lambda: slope(B),
                lambda: 2 * x * GAUSS * (1 + E),
            ),
            Identity(
                "so 1/kappa = 1 - W/B is below 1. It grows with x if W/B falls; as both vanish at "
                "0, if W'/B' falls; that is (sqrt(pi)/2) erfi(x) over x (1 + E), which vanish, "
                "too: if exp(x^2) over the slope of x (1 + E) falls",
                lambda: slope(x * (1 + E)),
                lambda: 1 + E + ROOT * x * sp.erf(x) / GAUSS,
            ),
            Identity(
                "the slope of one over that",
                lambda: sp.expand(slope(GAUSS * (1 + E) + ROOT * x * sp.erf(x))),
                lambda: 2 * ROOT * sp.erf(x) - 2 * x * GAUSS * E,
            ),
            Identity(
                "it is positive, as E < (pi/2) erf(x) erfi(x) and x D < x^2 int_0^1 "
                "exp(-x^2 (1 - v)) dv, which is below 1",
                lambda: x**2 * sp.integrate(sp.exp(-(x**2) * (1 - y)), (y, 0, 1)),
                lambda: 1 - GAUSS,
            ),
            Identity(
                "above its limit kappa/sqrt(pi) the power is [(1 - kappa) x + kappa F]/E, F the "
                "integral of erfcx",
                lambda: (UNIT_POWER / E - kappa / ROOT).subs(
                    sp.erfi(x), 2 / ROOT * (ERFCX + E / ROOT)
                ),
                lambda: ((1 - kappa) * x + kappa * ERFCX) / E,
            ),
            Positive(
                "which is positive up to kappa = 1",
                lambda: sp.factor(
                    sp.together((((1 - kappa) * x + kappa * ERFCX) / E).subs(kappa, 1 / (1 + y)))
                ),
            ),
            Identity(
                "one over the optimal threshold at c tau = 1, plus 1",
                lambda: 1 + 1 / theory.optimal_threshold(sp.Integer(7), p, sp.Rational(1, 7), eta),
                lambda: sp.Integer(1),
            ),
            Identity(
                "the power there is that without consolidation, c N sigma/sqrt(pi)",
                lambda: theory.optimal_power(sp.Integer(7), p, N, sp.Rational(1, 7), eta),
                lambda: N * eta * sp.sqrt(7 * p) / 7 / ROOT,
            ),
        ),
        remark="What forgetting costs in updates is left out. 1/kappa is 0 at x = 0 and 1 at "
        "infinity, where W/B is about log(2 x)/(sqrt(pi) x). The stationary point is the minimum: "
        "f grows without bound as x falls to 0, and comes to kappa/sqrt(pi) from below as x grows.",
    ),
    Claim(
        id="SE.optimal-limits",
        statement="Without decay the optimal threshold is sqrt(3 p/c) eta and the least power "
        "2 N eta sqrt(p c/3); as c tau falls to 1, x grows as kappa/(kappa - 1) (log(4 x^2) + "
        "gamma)/(2 sqrt(pi)), with Euler's gamma.",
        source="This package",
        kind=Kind.LIMIT,
        formulas=("decay.optimal_threshold", "decay.optimal_power"),
        symbolic=(
            Identity(
                "the threshold without decay, squared",
                lambda: theory.optimal_threshold(sp.oo, p, c, eta) ** 2,
                lambda: 3 * p * eta**2 / c,
            ),
            Identity(
                "the two powers without decay have cancelling slopes",
                lambda: sp.diff(N * p * eta**2 / theta, theta).subs(
                    theta, theory.optimal_threshold(sp.oo, p, c, eta)
                ),
                lambda: -c * N / 3,
            ),
            Identity(
                "the least power is their sum",
                lambda: theory.optimal_power(sp.oo, p, N, c, eta),
                lambda: (
                    theory.maintenance_power(theta, sp.oo, p, N, c, eta)
                    + theory.consolidation_power(theta, sp.oo, p, N, eta)
                ).subs(theta, theory.optimal_threshold(sp.oo, p, c, eta)),
            ),
        ),
        numeric=(
            Agreement(
                "near 1, by Lambert's W",
                _critical,
                _lambert,
                {"excess": (1e-12, 1e-9), "p": (0.05, 1), "eta": (0.2, 3)},
                digits=17,
            ),
        ),
    ),
)
