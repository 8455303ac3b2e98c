"""LvR, a maintenance cost of the persistent weight, and what caching saves of it: new."""

from typing import Any

import mpmath
import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first used
import sympy as sp

from theory import costs, lattice
from theory.crosscheck.chapters.costs.experiments import PRICED_WALKS, SMALL_PERCEPTRON, Accounts
from theory.crosscheck.chapters.symbols import K, T, n, s, u, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity

#: Terms of the series that are compared.
ORDER = 12


def _on_the_lattice(n: int, K: int) -> float:
    """Mean over k = 1 ... K of the mean abs(persistent weight), in steps."""
    k = np.arange(1, K + 1)

    def at_least(level: int) -> npt.NDArray[np.float64]:
        return np.asarray(scipy.stats.binom.sf(np.ceil((k + level) / 2) - 1, k, 0.5))

    # The largest of the first k positions is at least j n (reflection principle); beyond nine
    # standard deviations less than 1e-18 is left.
    levels = range(n, min(K, round(9 * K**0.5)) + 1, 2 * n)
    return 2 * n * float(np.mean(sum(at_least(level) + at_least(level + 1) for level in levels)))


def _size(n: float, K: float) -> float:
    return float(costs.persistent_sum(round(n), round(K), 1, 1))


def _by_laplace(n: Any, K: Any, T: Any, N: Any, eta: Any) -> Any:
    """Over sqrt(K), from the transform, inverted numerically along Talbot's contour."""
    y = mpmath.sqrt((n**2 - 1) / K)
    mean = mpmath.invertlaplace(
        lambda s: y / (s**2 * mpmath.sinh(y * mpmath.sqrt(2 * s))), 1, method="talbot"
    )
    return N * T * eta * mean


def _saved(run: Accounts, threshold: float) -> float:
    """The share of the persistent sum that caching saves."""
    return 1 - run.ledgers[threshold].persistent_sum / run.ledgers[0.0].persistent_sum


def _predicted(run: Accounts, threshold: float) -> float:
    cached, plain = (costs.persistent_sum(level + 1, run.K, 1, 1) for level in (threshold, 0))
    return float(1 - cached / plain)


def _share(threshold: float) -> Comparison:
    return Comparison(
        f"what the perceptron saves at theta = {threshold:g}, P = N = 200, over what a walk does",
        SMALL_PERCEPTRON,
        observed=lambda run: _saved(run, threshold),
        predicted=lambda run: _predicted(run, threshold),
        words="similar",
        slow=True,
    )


def _less(threshold: float) -> Comparison:
    return Comparison(
        f"the persistent sum without caching over that at theta = {threshold:g}",
        SMALL_PERCEPTRON,
        observed=lambda run: run.ledgers[0.0].persistent_sum,
        predicted=lambda run: run.ledgers[threshold].persistent_sum,
        words="more",
        where="P = N = 200",
    )


CLAIMS = (
    Claim(
        id="LvR.persistent-cost",
        statement="If the persistent weight costs maintenance too, postponing consolidation saves "
        "even more energy.",
        source="LvR, Results",
        kind=Kind.APPROXIMATION,
        formulas=("costs.persistent_sum",),
        simulation=(
            _less(5.0),
            _less(12.0),
            Comparison(
                "consolidation postponed to the end saves all of it",
                SMALL_PERCEPTRON,
                observed=lambda run: _saved(run, np.inf),
                predicted=lambda _: 1.0,
            ),
        ),
        remark="By little, unless it is postponed to the end: a threshold of 5 saves 0.7% of that "
        "maintenance at P = N = 1000, one of 20 saves 10%; see SE.persistent-flat.",
    ),
    Claim(
        id="SE.persistent",
        statement="After k steps of a random walk from zero the mean abs(persistent weight) is 2 n "
        "eta times the sum over odd j of P(largest of the k positions >= j n); over a run of K "
        "updates its mean becomes eta sqrt(K) h(sqrt((n^2 - 1)/K)), within 0.25% from K = 400 on.",
        source="This package",
        kind=Kind.LIMIT,
        formulas=("costs.persistent_sum",),
        symbolic=(
            Identity(
                "a walk of +-1 is at zero after 2 m steps with probability binomial(2 m, m)/4^m, "
                "and grows in the mean only from there: the transform 1/sqrt(1 - x^2)",
                lambda: sp.series(1 / sp.sqrt(1 - x**2), x, 0, ORDER).removeO(),
                lambda: sum(
                    sp.binomial(2 * m, m) / sp.Integer(4) ** m * x ** (2 * m)
                    for m in range(ORDER // 2)
                ),
            ),
            Identity(
                "consolidations are its steps, each of transform f = 1/cosh(n u), u = arcosh(1/x): "
                "f/sqrt(1 - f^2) = 1/sinh(n u), squared",
                lambda: sp.cosh(n * u) ** -2 / (1 - sp.cosh(n * u) ** -2),
                lambda: sp.sinh(n * u) ** -2,
            ),
            Identity(
                "which is the sum over odd j of those of first passages through j n, exp(-j n u)",
                lambda: 2 * sp.exp(-n * u) / (1 - sp.exp(-2 * n * u)),
                lambda: 1 / sp.sinh(n * u),
            ),
        ),
        numeric=(
            Agreement(
                "the inverse of the Laplace transform y/(s^2 sinh(y sqrt(2 s)))",
                lambda K, **others: costs.persistent_sum(K=K, **others) / mpmath.sqrt(K),
                _by_laplace,
                {
                    "n": range(2, 60),
                    "K": (100, 1e4),
                    "T": (1e3, 1e5),
                    "N": (10, 1e3),
                    "eta": (0.1, 10),
                },
            ),
            Approximation(
                "the sum of probabilities, for 400 updates and more",
                _size,
                lambda n, K: (_on_the_lattice(round(n), round(K)), 1e-12),
                {"n": (2, 20), "K": (400, 4000)},
                words="within 0.25%",
                rejected={
                    "n^2 for n^2 - 1": lambda n, K: float(
                        costs.persistent_sum(np.hypot(round(n), 1), round(K), 1, 1)
                    )
                },
            ),
        ),
        simulation=(
            Comparison(
                "200 updates of walks at theta = 6",
                PRICED_WALKS,
                observed=lambda run: run.ledgers[6.0].persistent_sum / (run.N * run.T),
                predicted=lambda run: _on_the_lattice(7, run.K),
            ),
        ),
        remark="The limit is too small by 0.75/K of itself at n = 1, 0.8/K at n = sqrt(K)/2 and "
        "0.94/K at n = sqrt(K); beyond, it soon is no limit. Perceptrons at P = N = 1000 are "
        "within 2% of it up to theta = 20: their weights are smaller, but most of the time they "
        "have made most of their updates.",
    ),
    Claim(
        id="SE.persistent-flat",
        statement="As long as n is below sqrt(K)/2, caching a walk saves only the share (n^2 - 1)/ "
        "(2 K) of the maintenance of persistent weights, within 3%; a perceptron saves a similar "
        "share.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("costs.persistent_sum", "lattice.maintenance_energy"),
        symbolic=(
            Identity(
                "the transform without caching less that with it, over y^2 = (n^2 - 1)/K",
                lambda: sp.limit(
                    (1 / sp.sqrt(2 * s) - x / sp.sinh(x * sp.sqrt(2 * s))) / (s * x) ** 2, x, 0
                ),
                lambda: sp.sqrt(2) / (6 * s ** sp.Rational(3, 2)),
            ),
            Identity(
                "at the end of the run, over what there is without caching: the share per y^2",
                lambda: (
                    (sp.sqrt(2) / (6 * sp.gamma(sp.Rational(3, 2))))
                    / (1 / (sp.sqrt(2) * sp.gamma(sp.Rational(5, 2))))
                ),
                lambda: sp.Rational(1, 2),
            ),
            Identity(
                "times what there is, over what holding transient weights costs at c = d",
                lambda: (
                    (n**2 - 1)
                    / (2 * K)
                    * costs.persistent_sum(sp.Integer(1), K, T, 1)
                    / lattice.maintenance_energy(n, T, 1, 1)
                ),
                lambda: n * sp.sqrt(2 / (sp.pi * K)),
            ),
        ),
        numeric=(
            Approximation(
                "the share, for n^2 up to K/4",
                lambda n, K: (round(n) ** 2 - 1) / (2 * K),
                lambda n, K: (
                    1
                    - float(
                        costs.persistent_sum(round(n), K, 1, 1) / costs.persistent_sum(1, K, 1, 1)
                    ),
                    0.0,
                ),
                {"n": (3, 15), "K": (1e3, 1e4)},
                words="within 3%",
                rejected={"n^2 for n^2 - 1": lambda n, K: round(n) ** 2 / (2 * K)},
            ),
        ),
        simulation=(_share(5.0), _share(12.0)),
        remark="Since abs(l) + abs(s) >= abs(w), no threshold saves on both maintenance costs "
        "together unless a unit of transient weight costs less than one of persistent weight.",
    ),
)
