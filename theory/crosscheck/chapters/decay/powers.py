"""LvR, transient weights that decay: mean size, rate and powers (Eqs. 5-7, Methods)."""

from typing import Any

import mpmath
import sympy as sp

from theory import decay as theory
from theory import lattice
from theory.crosscheck.chapters.decay.diffusion import ROOT, STEADY_POINTS, quad
from theory.crosscheck.chapters.decay.experiments import leaky_walk
from theory.crosscheck.chapters.symbols import N, c, eta, n, p, tau, theta, x, y
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.rigorous import Enclosure
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity
from theory.crosscheck.legs.verdict import Verdict
from theory.formula.arithmetic import remembered


def _siegert(z: Any) -> Any:
    return sp.hyper((1, 1), (sp.Rational(3, 2), 2), z)


def _rate(theta: Any, tau: Any, p: Any, eta: Any) -> Any:
    """One over the mean exit time tau sqrt(pi) int_0^x exp(u^2) erf(u) du, by quadrature."""
    x = theta / (eta * mpmath.sqrt(tau * p))
    integral = quad(lambda u: mpmath.exp(u * u) * mpmath.erf(u), x)
    return 1 / (tau * mpmath.sqrt(mpmath.pi) * integral)


def _mean(theta: Any, tau: Any, p: Any, eta: Any) -> Any:
    """The mean of abs(s) under the printed density, normalised by quadrature."""
    x = theta / (eta * mpmath.sqrt(tau * p))
    top = mpmath.erfi(x)

    @remembered  # both integrals want it at the same places
    def shape(y: Any) -> Any:
        return mpmath.exp(-(y**2)) * (top - mpmath.erfi(y))

    return theta / x * quad(lambda y: y * shape(y), x) / quad(shape, x)


def _over_walk(what: str, predicted: float) -> Comparison:
    """What a leaky walk with many steps to the threshold gives over the diffusion limit."""
    return Comparison(
        f"{what} at theta = 40 eta, tau = 1600, p = 1",
        leaky_walk(40.0, 1600.0, 1.0),
        observed=lambda record: getattr(record, what).mean,
        predicted=lambda _: predicted,
        words="within 10%",
        slow=True,
    )


CLAIMS = (
    Claim(
        id="LvR.eq5-6",
        statement="m_trans = c N <abs(s)> = (c N/Z) [2 theta sigma/sqrt(pi) - sigma^2 "
        "erfi(theta/sigma)].",
        source="LvR, Eqs. 5 and 6",
        kind=Kind.IDENTITY,
        formulas=("decay.mean_transient", "decay.maintenance_power"),
        symbolic=(
            Identity(
                "the power",
                lambda: theory.maintenance_power(theta, tau, p, N, c, eta),
                lambda: c * N * theory.mean_transient(theta, tau, p, eta),
            ),
            Identity(
                "the moment of the printed shape from 0 to x, doubled",
                lambda: (
                    2 * sp.integrate(y * sp.exp(-(y**2)) * sp.erfi(x), (y, 0, x))
                    - 2 * sp.integrate(y * sp.exp(-(y**2)) * sp.erfi(y), (y, 0, x))
                ),
                lambda: sp.erfi(x) - 2 * x / ROOT,
            ),
        ),
        numeric=(
            Agreement(
                "the mean of abs(s) under the printed density, by quadrature",
                theory.mean_transient,
                _mean,
                STEADY_POINTS,
                digits=30,
            ),
        ),
    ),
    Claim(
        id="LvR.small-x",
        statement="For weak decay m_trans is c N theta/3.",
        source="LvR, Methods",
        kind=Kind.LIMIT,
        formulas=("decay.mean_transient", "decay.maintenance_power", "decay.density"),
        symbolic=(
            Identity(
                "no decay",
                lambda: theory.maintenance_power(theta, sp.oo, p, N, c, eta),
                lambda: c * N * theta / 3,
            ),
            Identity(
                "the triangle",
                lambda: theory.density(theta / (1 + x), theta, sp.oo, p, eta),
                lambda: (theta - theta / (1 + x)) / theta**2,
            ),
        ),
    ),
    Claim(
        id="LvR.saturation",
        statement="m_trans saturates for large theta, because the threshold is hardly ever "
        "reached.",
        source="LvR, Methods",
        kind=Kind.LIMIT,
        formulas=("decay.mean_transient",),
        symbolic=(
            Identity(
                "the mean of abs(s) of a Gaussian with variance sigma^2/2",
                lambda: 2 * sp.integrate(y * sp.exp(-(y**2)), (y, 0, sp.oo)) / ROOT,
                lambda: 1 / ROOT,
            ),
        ),
        numeric=(
            Agreement(
                "the mean at theta = 12 sigma, over sigma",
                lambda tau, p: (
                    theory.mean_transient(12 * mpmath.sqrt(tau * p), tau, p) / mpmath.sqrt(tau * p)
                ),
                lambda **_: 1 / mpmath.sqrt(mpmath.pi),
                {"tau": (20, 2000), "p": (0.05, 1)},
            ),
        ),
    ),
    Claim(
        id="LvR.r",
        statement="The consolidation rate is r = -2 sigma/(Z sqrt(pi)).",
        source="LvR, Methods, after Eq. 6",
        kind=Kind.IDENTITY,
        formulas=("decay.consolidation_rate",),
        symbolic=(
            Identity(
                "as printed, with the exact Z",
                lambda: theory.consolidation_rate(theta, tau, p, eta).subs(
                    theta, x * eta * sp.sqrt(tau * p)
                ),
                lambda: 1 / (x**2 * _siegert(x**2)),
            ),
        ),
        expected=Verdict.FAILS,
        correction="SE.r",
        remark="Fick's law takes sigma_s^2, not sigma^2: a factor tau is missing. At theta = 5, "
        "tau = 500, p = 0.1 it prints 1.68 consolidations a presentation.",
    ),
    Claim(
        id="SE.r",
        statement="The consolidation rate is r = -2 sigma/(tau Z sqrt(pi)), one over the mean "
        "exit time tau x^2 2F2(1, 1; 3/2, 2; x^2).",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("decay.consolidation_rate",),
        symbolic=(
            Identity(
                "with the exact Z",
                lambda: theory.consolidation_rate(theta, tau, p, eta).subs(
                    theta, x * eta * sp.sqrt(tau * p)
                ),
                lambda: 1 / (tau * x**2 * _siegert(x**2)),
            ),
        ),
        numeric=(
            Agreement(
                "one over the mean exit time, by quadrature",
                theory.consolidation_rate,
                _rate,
                STEADY_POINTS,
                digits=30,
            ),
            Enclosure(
                "one over the exit time's series, enclosed by balls",
                theory.consolidation_rate,
                lambda theta, tau, p, eta: (
                    p
                    * (eta / theta) ** 2
                    / ((theta / eta) ** 2 / (tau * p)).hypgeom([1, 1], [1.5, 2])
                ),
                STEADY_POINTS,
            ),
        ),
    ),
    Claim(
        id="LvR.eq7",
        statement="The consolidation power is m_cons = N theta r.",
        source="LvR, Eq. 7",
        kind=Kind.IDENTITY,
        formulas=("decay.consolidation_power",),
        symbolic=(
            Identity(
                "as printed",
                lambda: theory.consolidation_power(theta, tau, p, N, eta),
                lambda: N * theta * theory.consolidation_rate(theta, tau, p, eta),
            ),
        ),
    ),
    Claim(
        id="LvR.r-limit",
        statement="Without decay r = sigma^2/theta^2.",
        source="LvR, Methods",
        kind=Kind.LIMIT,
        formulas=("decay.consolidation_rate",),
        symbolic=(
            Identity(
                "sigma^2 = tau sigma_s^2",
                lambda: theory.consolidation_rate(theta, sp.oo, p, eta),
                lambda: tau * p * eta**2 / theta**2,
            ),
        ),
        expected=Verdict.FAILS,
        correction="LvR.mcons-limit",
        remark="sigma_s^2/theta^2 is right, and what the next formula of the paper needs.",
    ),
    Claim(
        id="LvR.mcons-limit",
        statement="Without decay m_cons = p N eta^2/theta.",
        source="LvR, Methods",
        kind=Kind.LIMIT,
        formulas=("decay.consolidation_power", "decay.consolidation_rate"),
        symbolic=(
            Identity(
                "no decay",
                lambda: theory.consolidation_power(theta, sp.oo, p, N, eta),
                lambda: p * N * eta**2 / theta,
            ),
            Identity(
                "the limit of the lattice's rate for n small steps theta/n, p n^2 of them",
                lambda: sp.limit(lattice.consolidation_rate(n, 1) * (p * n**2), n, sp.oo),
                lambda: theory.consolidation_rate(theta, sp.oo, p, theta),
            ),
        ),
    ),
    Claim(
        id="SE.decay-discreteness",
        statement="At theta = 40 eta the diffusion limit gives rate and <abs(s)> of the walk "
        "within 10%. At the paper's own parameters, theta = 5 eta, tau = 500, p = 0.1, its rate "
        "is larger than that of the walk, and its <abs(s)> smaller.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("decay.consolidation_rate", "decay.mean_transient"),
        simulation=(
            _over_walk("rate", theory.consolidation_rate(40, 1600, 1)),
            _over_walk("mean_transient", theory.mean_transient(40, 1600, 1)),
            Comparison(
                "rate of the diffusion limit over that of the walk",
                leaky_walk(5.0, 500.0, 0.1),
                observed=lambda _: theory.consolidation_rate(5, 500, 0.1),
                predicted=lambda record: record.rate.mean,
                words="larger",
            ),
            Comparison(
                "<abs(s)> of the walk over that of the diffusion limit",
                leaky_walk(5.0, 500.0, 0.1),
                observed=lambda record: record.mean_transient.mean,
                predicted=lambda _: theory.mean_transient(5, 500, 0.1),
                words="smaller",
            ),
        ),
        remark="Steps of eta overshoot the threshold, where the diffusion limit stops at it.",
    ),
)
