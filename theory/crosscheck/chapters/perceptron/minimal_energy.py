"""LvR, the least energy of learning and the random walk behind it (Methods), with a misprint."""

import math
from typing import Any

import mpmath
import numpy as np
import sympy as sp

from theory import perceptron as theory
from theory.crosscheck.chapters.perceptron.experiments import LEARNT, TWO_LOADS
from theory.crosscheck.chapters.perceptron.loads import at_loads
from theory.crosscheck.chapters.symbols import K, N, P, eta, t, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.crosscheck.legs.verdict import Verdict


def gaussian_mean(function: Any, variance: Any) -> Any:
    """Mean of an even function of a weight, Gaussian with zero mean, by mpmath's quadrature.

    Beyond 20 standard deviations less than 1e-87 is left.
    """
    sigma = mpmath.sqrt(variance)

    def integrand(z: Any) -> Any:
        return function(sigma * z) * mpmath.exp(-(z**2) / 2)

    return mpmath.sqrt(2 / mpmath.pi) * mpmath.quad(integrand, [0, 2, 8, 20])


CLAIMS = (
    Claim(
        id="LvR.walk",
        statement="The weights approximately follow a random walk.",
        source="LvR, Results",
        kind=Kind.APPROXIMATION,
        simulation=at_loads(
            "variance of the weights over that of the walk, K eta^2,",
            lambda run: run.variance,
            lambda run: run.K,
            "approximately",
        ),
        expected=Verdict.FAILS,
        correction="SE.variance",
        remark="Read as: their variance is that of the walk, K eta^2. It is 1.3 times that of "
        "simulated weights at P/N = 0.1 and 1.9 times at 1.5: the walk is pulled back, see "
        "SE.norm-identity.",
    ),
    Claim(
        id="LvR.gauss",
        statement="After K updates the weights approximate a Gaussian distribution with zero mean.",
        source="LvR, Methods",
        kind=Kind.APPROXIMATION,
        simulation=(
            Comparison(
                "1 plus the mean, in standard deviations",
                LEARNT[1000],
                observed=lambda run: 1 + run.weights.mean() / math.sqrt(run.variance),
                predicted=lambda _: 1.0,
                words="approximate",
            ),
            Comparison(
                "kurtosis over 3",
                LEARNT[1000],
                observed=lambda run: np.mean(run.weights**4) / run.variance**2,
                predicted=lambda _: 3.0,
                words="approximate",
            ),
        ),
        remark="The shape is Gaussian (a uniform law has a kurtosis of 1.8, a Laplace law of 6); "
        "the variance is not K eta^2, see LvR.variance.",
    ),
    Claim(
        id="LvR.Mmin",
        statement="The minimal energy is sqrt(2/pi) eta N sqrt(K).",
        source="LvR, Methods",
        kind=Kind.IDENTITY,
        formulas=("perceptron.minimal_energy",),
        figures=("LvR.1C",),
        symbolic=(
            Identity(
                "N times the mean of abs(w), w Gaussian with variance K eta^2",
                lambda: theory.minimal_energy(P, N, eta),
                lambda: (
                    N
                    * 2
                    * sp.integrate(t * sp.exp(-(t**2) / (2 * K)), (t, 0, sp.oo))
                    / sp.sqrt(2 * sp.pi * K)
                    * eta
                ).subs(K, theory.updates(P, N)),
            ),
        ),
        numeric=(
            Agreement(
                "N times the Gaussian mean of abs(w), by quadrature",
                theory.minimal_energy,
                lambda P, N, eta: N * gaussian_mean(abs, theory.updates(P, N) * eta**2),
                {"P": (1, 1500), "N": (1000, 10_000), "eta": (0.1, 10)},
            ),
        ),
        remark="An identity of the random walk. Weights of perceptrons are 25% smaller at P = N "
        "= 1000.",
    ),
    Claim(
        id="LvR.variance",
        statement="The variance of the weights is about 20% smaller than that of a random walk.",
        source="LvR, Methods",
        kind=Kind.EMPIRICAL,
        simulation=(
            Comparison(
                "by how much the variance is smaller than K eta^2, P = N = 1000",
                LEARNT[1000],
                observed=lambda run: 1 - run.variance / run.K,
                predicted=lambda _: 0.2,
                words="20%",
            ),
        ),
        expected=Verdict.FAILS,
        correction="SE.variance",
        remark="About right for the standard deviation (25% smaller), or for the variance at P/N "
        "= 0.1.",
    ),
    Claim(
        id="SE.variance",
        statement="At P = N = 1000 the variance of the weights is 44% smaller than that of a "
        "random walk, their mean size 25%.",
        source="This package",
        kind=Kind.EMPIRICAL,
        simulation=(
            Comparison(
                "by how much the variance is smaller than K eta^2",
                LEARNT[1000],
                observed=lambda run: 1 - run.variance / run.K,
                predicted=lambda _: 0.44,
                words="44%",
            ),
            Comparison(
                "by how much the mean size is smaller than sqrt(2 K/pi)",
                LEARNT[1000],
                observed=lambda run: (
                    1 - run.minimal_energy / run.N / math.sqrt(2 * run.K / math.pi)
                ),
                predicted=lambda _: 0.25,
                words="25%",
            ),
        ),
    ),
    Claim(
        id="LvR.Mmin-grows",
        statement="The minimal energy also grows with memory load, but less steeply than the "
        "energy.",
        source="LvR, Results",
        kind=Kind.APPROXIMATION,
        formulas=("perceptron.minimal_energy", "perceptron.energy", "perceptron.inefficiency"),
        figures=("LvR.1C",),
        symbolic=(
            Positive(
                "the minimal energy falls with x, that is it grows with the load 2/(1 + x)",
                lambda: -sp.diff(sp.log(theory.minimal_energy(P, N, eta)), x),
            ),
            Positive(
                "so does the energy over it",
                lambda: (
                    -sp.diff(sp.log(theory.energy(P, N, eta) / theory.minimal_energy(P, N, eta)), x)
                ),
            ),
            Identity(
                "the energy grows twice as fast as the minimal energy, on a logarithmic scale",
                lambda: sp.diff(sp.log(theory.energy(P, N, eta)), x),
                lambda: 2 * sp.diff(sp.log(theory.minimal_energy(P, N, eta)), x),
            ),
        ),
        simulation=(
            Comparison(
                "minimal energy at P/N = 1.5 over that at 0.5, N = 400",
                TWO_LOADS,
                observed=lambda runs: runs[1].minimal_energy,
                predicted=lambda runs: runs[0].minimal_energy,
                words="grows",
            ),
            Comparison(
                "growth of the energy over that of the minimal energy",
                TWO_LOADS,
                observed=lambda runs: runs[1].plain_energy / runs[0].plain_energy,
                predicted=lambda runs: runs[1].minimal_energy / runs[0].minimal_energy,
                words="less",
            ),
        ),
    ),
)
