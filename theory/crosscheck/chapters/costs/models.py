"""Local caching under any cost of writing: new."""

from typing import Any

import mpmath
import sympy as sp

from theory import caching, costs, lattice
from theory.costs import Cost
from theory.crosscheck.chapters.costs.experiments import PRICED_WALKS, Accounts
from theory.crosscheck.chapters.symbols import K, N, T, alpha, b, c, eta, k, n, t, theta, u, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.special.moments import triangular_moment

d = sp.Symbol("d", positive=True)
up, down = sp.symbols("potentiation depression", positive=True)
#: To the threshold of the walks.
STEPS = 7


def _consolidation(run: Accounts, cost: Cost) -> float:
    """Of walks that start at zero."""
    late = run.K - lattice.onset(STEPS)
    prices = (cost.alpha, cost.potentiation, cost.depression)
    return float(costs.consolidation_energy(STEPS, late, run.N, *prices))


def _walk(cost: Cost) -> Comparison:
    return Comparison(
        f"200 updates of walks at theta = 6, alpha = {cost.alpha:g}, prices "
        f"{cost.potentiation:g} up and {cost.depression:g} down",
        PRICED_WALKS,
        observed=lambda run: run.energy(6.0, cost),
        predicted=lambda run: _consolidation(run, cost),
    )


def _threshold_by_search(K: Any, T: Any, c: Any, alpha: Any, eta: Any) -> Any:
    """Where the derivative of consolidation and maintenance changes sign, by bisection."""

    def slope(log: Any) -> Any:
        threshold = mpmath.exp(log)
        falls = (2 - alpha) * K * eta**2 * threshold ** (alpha - 3)
        return mpmath.log(falls) - mpmath.log(c * T / 3)

    return mpmath.exp(mpmath.findroot(slope, (-100, 100), solver="anderson"))


def _energy(steps: Any, K: float, T: float, c: float, alpha: float) -> Any:
    """Consolidation, the final one included, and maintenance, per synapse."""
    writing = costs.consolidation_energy(steps, K, 1, alpha, 1, 1)
    return writing + lattice.maintenance_energy(steps, T, 1, c)


def _cheapest(K: float, T: float, c: float, alpha: float) -> tuple[float, float]:
    """The least energy of all whole numbers of steps."""
    return float(_energy(range(1, 1000), K, T, c, alpha).min()), 0.0


def _at_optimum(K: float, T: float, c: float, alpha: float) -> float:
    """The energy at the whole number of steps next to the formula's threshold."""
    steps = max(1, round(costs.optimal_threshold(K, T, c, alpha)))
    return float(_energy(steps, K, T, c, alpha))


def _no_difference(exponent: int) -> Identity:
    """Caching at its break-even."""
    return Identity(
        f"there energies with n steps and with one are the same, alpha = {exponent}",
        lambda: sp.limit(
            costs.total_energy(n, K, T, N, exponent, b=costs.break_even(n, exponent)) / K, K, sp.oo
        ),
        lambda: N,
    )


CLAIMS = (
    Claim(
        id="SE.cost",
        statement="With any exponent and prices of the two signs, local caching costs the mean "
        "price times N eta^alpha [K n^(alpha - 2) + mean of abs(s/eta)^alpha].",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("costs.consolidation_energy", "costs.total_energy"),
        symbolic=(
            Identity(
                "alpha = 0 counts consolidations, and synapses that are not at zero at the end",
                lambda: costs.consolidation_energy(n, K, N, 0, up, down, eta),
                lambda: (up + down) / 2 * N * (K / n**2 + 1 - lattice.stationary(0, n)),
            ),
            Identity(
                "alpha = 1 is the energy of amounts",
                lambda: costs.consolidation_energy(n, K, N, 1, up, down, eta),
                lambda: (up + down) / 2 * lattice.consolidation_energy(n, K, N, eta),
            ),
            Identity(
                "alpha = 2: the variance of the triangle at the end",
                lambda: costs.consolidation_energy(n, K, N, 2, up, down, eta),
                lambda: (up + down) / 2 * N * eta**2 * (K + (n**2 - 1) / 6),
            ),
            Identity(
                "the total is what it was at alpha = 1",
                lambda: costs.total_energy(n, K, T, N, b=b, c=c, eta=eta),
                lambda: lattice.total_energy(n, K, T, N, c, b, eta),
            ),
            Identity(
                "and a sum",
                lambda: costs.total_energy(n, K, T, N, 2, up, down, b, c, d, eta),
                lambda: (
                    costs.consolidation_energy(n, K, N, 2, up, down, eta)
                    + lattice.change_energy(n, K, N, b, eta)
                    + lattice.maintenance_energy(n, T, N, c, eta)
                    + d * costs.persistent_sum(n, K, T, N, eta)
                ),
            ),
        ),
        numeric=(
            Agreement(
                "the mean of abs(s)^alpha, term by term",
                triangular_moment,
                lambda n, alpha: mpmath.fsum(
                    abs(mpmath.mpf(step)) ** alpha * (n - abs(step)) / n**2
                    for step in range(1 - int(n), int(n))
                    if step
                ),
                {"n": range(2, 300), "alpha": (0.01, 2)},
            ),
        ),
        simulation=(
            _walk(Cost(alpha=0)),
            _walk(Cost(alpha=0.5, potentiation=2, depression=0.5)),
            _walk(Cost(alpha=1, depression=0)),
            _walk(Cost(alpha=2)),
        ),
        remark="A perceptron's weights pull back: at P = N = 1000 it pays 4% less at theta = 5 and "
        "13% less at theta = 10, at all exponents alike. Caching at theta = 5 saves it a factor "
        "37.0 at alpha = 0, 6.2 at alpha = 1 and 1.04 at alpha = 2.",
    ),
    Claim(
        id="SE.onset",
        statement="A walk that starts at zero is consolidated K/n^2 - (n^2 - 1)/(6 n^2) times: the "
        "final consolidation adds half of what the steady state would make it add.",
        source="This package",
        kind=Kind.LIMIT,
        formulas=("lattice.onset",),
        symbolic=(
            Identity(
                "cosh(u s) x^t is a martingale if x cosh(u) = 1, so the transform of the exit time "
                "is 1/cosh(n u)",
                lambda: (sp.cosh(u * (k + 1)) + sp.cosh(u * (k - 1))) / (2 * sp.cosh(u)),
                lambda: sp.cosh(u * k),
            ),
            Identity(
                "that of all consolidations, 1/(cosh(n u) - 1), without its pole 1/(n^2 (1 - x))",
                lambda: sp.limit(
                    1 / (sp.cosh(n * u) - 1) - 1 / (n**2 * (1 - 1 / sp.cosh(u))), u, 0
                ),
                lambda: -(1 + lattice.onset(n)) / n**2,
            ),
            Identity(
                "half is left of the final consolidation",
                lambda: (
                    lattice.consolidation_energy(n, K - lattice.onset(n), N, eta) - N * eta * K / n
                ),
                lambda: N * lattice.mean_transient(n, eta) / 2,
            ),
        ),
        simulation=(
            Comparison(
                "consolidations of 200 updates at theta = 6",
                PRICED_WALKS,
                observed=lambda run: run.ledgers[6.0].counts[[0, -1]].sum() / run.N,
                predicted=lambda run: (run.K - lattice.onset(STEPS)) / STEPS**2,
                wrong=(200 / 192,),
            ),
        ),
        remark="Up to exp(-2 pi^2 K/n^2), and in the mean over even and odd K: with an even number "
        "of steps to the threshold a walk stays on every other site, and alternates about this.",
    ),
    Claim(
        id="SE.alpha-2",
        statement="With a quadratic cost caching neither saves nor wastes anything: at every "
        "threshold a random walk costs N K eta^2.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("costs.consolidation_energy", "lattice.onset"),
        symbolic=(
            Identity(
                "the late start pays for the final consolidation",
                lambda: costs.consolidation_energy(n, K - lattice.onset(n), N, 2, 1, 1, eta),
                lambda: N * K * eta**2,
            ),
        ),
        simulation=(
            Comparison(
                "200 updates of walks at theta = 6, alpha = 2",
                PRICED_WALKS,
                observed=lambda run: run.energy(6.0, Cost(alpha=2)),
                predicted=lambda run: run.N * run.K,
            ),
        ),
        remark="Persistent and transient weight are uncorrelated: var(l) + var(s) = var(w).",
    ),
    Claim(
        id="SE.alpha-optimum",
        statement="The optimal threshold is theta^(3 - alpha) = 3 (2 - alpha) K eta^2/(c T), when "
        "the final consolidation is negligible; with it, this threshold costs the least energy "
        "within 0.2%.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("costs.optimal_threshold",),
        symbolic=(
            Identity(
                "alpha = 0",
                lambda: costs.optimal_threshold(K, T, c, sp.Integer(0), eta) ** 3,
                lambda: 6 * K * eta**2 / (c * T),
            ),
            Identity(
                "alpha = 1 is the optimum of LvR for c T much larger than 1",
                lambda: sp.limit(
                    costs.optimal_threshold(K, T, c, sp.Integer(1), eta) ** 2
                    / caching.optimal_threshold(K, T, c, eta) ** 2,
                    T,
                    sp.oo,
                ),
                lambda: sp.Integer(1),
            ),
            Identity(
                "at alpha = 3/2 the slopes of consolidation and maintenance cancel",
                lambda: sp.diff(K * eta**2 * theta ** sp.Rational(-1, 2), theta).subs(
                    theta, costs.optimal_threshold(K, T, c, sp.Rational(3, 2), eta)
                ),
                lambda: -c * T / 3,
            ),
        ),
        numeric=(
            Agreement(
                "where the slopes cancel, by search",
                costs.optimal_threshold,
                _threshold_by_search,
                {
                    "K": (10, 1e5),
                    "T": (100, 1e6),
                    "c": (1e-3, 1),
                    "alpha": (0.01, 1.9),
                    "eta": (0.1, 10),
                },
            ),
            Approximation(
                "the least energy with final consolidation, on the lattice",
                _at_optimum,
                _cheapest,
                {"K": (1e4, 1e5), "T": (1e5, 3e5), "c": (1e-3, 3e-3), "alpha": (0.05, 1.5)},
                words="within 0.2%",
                rejected={
                    "a threshold twice as high": lambda K, T, c, alpha: _at_optimum(
                        K, T, c / 2 ** (3 - alpha), alpha
                    )
                },
            ),
        ),
    ),
    Claim(
        id="SE.alpha-break-even",
        statement="Without maintenance cost caching pays if and only if changes cost b < (1 - "
        "n^(alpha - 2))/(1 - n^(-2)), in units of the cost of writing a step (K to infinity).",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("costs.break_even", "costs.total_energy", "costs.consolidation_energy"),
        symbolic=(
            *(_no_difference(exponent) for exponent in range(3)),
            Identity(
                "n/(n + 1) at alpha = 1",
                lambda: costs.break_even(1 + x, sp.Integer(1)),
                lambda: (1 + x) / (2 + x),
            ),
            Identity(
                "any alpha",
                lambda: costs.break_even(1 + x, alpha) * (1 - (1 + x) ** -2),
                lambda: 1 - (1 + x) ** (alpha - 2),
            ),
            Positive(
                "below 1 at every alpha above 0, here alpha = log(1 + t)/log(n): b >= 1 never pays",
                lambda: sp.simplify(1 - costs.break_even(1 + x, sp.log(1 + t) / sp.log(1 + x))),
            ),
        ),
    ),
)
