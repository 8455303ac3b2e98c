"""Why perceptron weights are smaller than a random walk's, and a bound on the updates: new."""

import math
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from theory import perceptron as theory
from theory.crosscheck.chapters.perceptron.experiments import LEARNT, PerceptronRun, stepwise
from theory.crosscheck.chapters.perceptron.loads import at_loads
from theory.crosscheck.chapters.perceptron.minimal_energy import gaussian_mean
from theory.crosscheck.chapters.symbols import N, P, eta, kappa, t, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.statements import Always, Comparison
from theory.crosscheck.legs.symbolic import Identity

#: The exponential in the first-epoch norm, which vanishes as kappa grows.
DECAYED = sp.exp(-1 - 4 * kappa / sp.pi)


def _margin_integral(margin: Any) -> Any:
    """int_-margin^inf Dt (t + margin)^2."""

    def integrand(z: Any) -> Any:
        return mpmath.exp(-(z**2) / 2) * (z + margin) ** 2

    return mpmath.quad(integrand, [-margin, 0, 2, 8, 20]) / mpmath.sqrt(2 * mpmath.pi)


def _bound(run: PerceptronRun) -> float:
    return float(theory.maximal_updates(run.P, run.N - 1))


CLAIMS = (
    Claim(
        id="SE.norm-identity",
        statement="Along any run abs(w)^2 = eta^2 (N + 1) K - 2 eta sum abs(h_k), h_k the field at "
        "update k: the weights are smaller than a random walk's by what the wrong outputs say.",
        source="This package",
        kind=Kind.IDENTITY,
        symbolic=(
            Identity(
                "one update: abs(w + eta z)^2 with z.w = -h and abs(z)^2 = N",
                lambda: sp.expand((x - eta * t) ** 2 + eta**2 * (N - t**2)),
                lambda: x**2 + eta**2 * N - 2 * eta * x * t,
            ),
        ),
        simulation=(
            Comparison(
                "both sides along small runs",
                stepwise(0.0, eta=0.375),
                observed=lambda record: np.sum(record.path[-1] ** 2),
                predicted=lambda record: (
                    0.375**2 * len(record.path[-1]) * record.updates
                    - 2 * 0.375 * np.abs(record.fields).sum()
                ),
            ),
        ),
        remark="In the symbolic step z is split into its part t along w, whose length is x, and "
        "the rest.",
    ),
    Claim(
        id="SE.first-epoch",
        statement="In the first epoch the squared weights v = abs(w)^2/(eta N)^2 after kappa N "
        "updates are (pi/8) [1 + W0(-exp(-1 - 4 kappa/pi))]^2 for N to infinity, and within 5% at "
        "N = 1000.",
        source="This package",
        kind=Kind.LIMIT,
        formulas=("perceptron.first_epoch_norm",),
        symbolic=(
            Identity(
                "solves dv/dkappa = 1 - 2 sqrt(2 v/pi)",
                lambda: sp.diff(theory.first_epoch_norm(kappa), kappa),
                lambda: (
                    1
                    - 2
                    * sp.sqrt(2 / sp.pi)
                    * sp.sqrt(sp.pi / 8)
                    * (1 + sp.LambertW(-sp.exp(-1 - 4 * kappa / sp.pi)))
                ),
            ),
            Identity(
                "starts with the slope 1 of the random walk",
                lambda: 1 - 2 * sp.sqrt(2 * theory.first_epoch_norm(sp.Integer(0)) / sp.pi),
                lambda: sp.Integer(1),
            ),
            Identity(
                "saturates at pi/8, where the exponential has gone",
                lambda: theory.first_epoch_norm(kappa).subs(DECAYED, 0),
                lambda: sp.pi / 8,
            ),
        ),
        numeric=(
            Agreement(
                "kappa back from v, the integral of 1/(1 - 2 sqrt(2 v/pi))",
                lambda kappa: kappa,
                lambda kappa: mpmath.quad(
                    lambda s: 2 * s / (1 - 2 * s * mpmath.sqrt(2 / mpmath.pi)),
                    [0, mpmath.sqrt(theory.first_epoch_norm(kappa))],
                ),
                {"kappa": (1e-6, 3)},
            ),
        ),
        simulation=at_loads(
            "abs(w)^2/N^2 after the first epoch",
            lambda run: np.sum(run.first_epoch_weights**2) / run.N**2,
            lambda run: theory.first_epoch_norm(run.first_epoch_updates / run.N),
            "within 5%",
            (100, 1000, 1500),
        ),
        remark="The fields of new patterns are Gaussian and "
        "independent of the labels only in the first epoch.",
    ),
    Claim(
        id="SE.first-epoch-weight",
        statement="The mean size of a weight in the first epoch is eta sqrt(N) sqrt(2 v/pi), "
        "never more than eta sqrt(N)/2; in perceptrons of 1000 synapses it is so within 3%.",
        source="This package",
        kind=Kind.LIMIT,
        formulas=("perceptron.first_epoch_mean_weight", "perceptron.first_epoch_norm"),
        symbolic=(
            Identity(
                "squared, the Gaussian mean 2 v/pi",
                lambda: theory.first_epoch_mean_weight(kappa) ** 2,
                lambda: 2 * theory.first_epoch_norm(kappa) / sp.pi,
            ),
            Identity(
                "the bound, where the exponential has gone",
                lambda: theory.first_epoch_mean_weight(kappa).subs(DECAYED, 0),
                lambda: sp.Rational(1, 2),
            ),
        ),
        numeric=(
            Agreement(
                "the Gaussian mean of abs(w), by quadrature",
                theory.first_epoch_mean_weight,
                lambda kappa: gaussian_mean(abs, theory.first_epoch_norm(kappa)),
                {"kappa": (1e-6, 3)},
            ),
        ),
        simulation=(
            Comparison(
                "mean abs(w)/sqrt(N) after the first epoch, P = 1000",
                LEARNT[1000],
                observed=lambda run: np.abs(run.first_epoch_weights).mean() / math.sqrt(run.N),
                predicted=lambda run: theory.first_epoch_mean_weight(
                    run.first_epoch_updates / run.N
                ),
                words="within 3%",
            ),
        ),
    ),
    Claim(
        id="SE.novikoff",
        statement="K <= N/kappa^2, kappa Gardner's optimal margin of P random patterns.",
        source="Novikoff 1962 and Gardner 1987, combined in this package",
        kind=Kind.LIMIT,
        formulas=("perceptron.maximal_updates", "perceptron.optimal_margin"),
        symbolic=(
            Identity(
                "the bound from the margin",
                lambda: theory.maximal_updates(P, N) * theory.optimal_margin(P, N) ** 2,
                lambda: N,
            ),
        ),
        numeric=(
            Agreement(
                "N/P is Gardner's integral at the margin, by quadrature",
                lambda P, N: N / P,
                lambda P, N: _margin_integral(theory.optimal_margin(P, N)),
                {"P": (10, 1900), "N": (1000, 3000)},
            ),
            Agreement(
                "N/P is Gardner's integral at the margin that the bound implies",
                lambda P, N: N / P,
                lambda P, N: _margin_integral(mpmath.sqrt(N / theory.maximal_updates(P, N))),
                {"P": (10, 1900), "N": (1000, 3000)},
            ),
        ),
        simulation=tuple(
            Always(
                f"runs keep within the bound at P = {load}, N = 1000",
                LEARNT[load],
                lambda run: _bound(run) >= run.K,
            )
            for load in (100, 500, 1000)
        ),
        remark="Proved for each set of patterns with its own margin; Gardner's is its limit for "
        "N to infinity. At N = 1000 no run up to P = N exceeds it; smaller or more crowded ones "
        "do.",
    ),
)
