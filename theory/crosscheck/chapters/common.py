"""What claims share: symbols, means over Gaussian weights, costs of a cached perceptron."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import sympy as sp

from theory.crosscheck.chapters.perceptron.experiments import CACHED, PerceptronRun
from theory.crosscheck.legs.simulation import Comparison

#: Sources.
CP = "van Rossum (2023), Competitive plasticity"
REV = "Pache & van Rossum (2023)"

N, K, T, c, b, eta, theta, kappa, alpha, a, t, x = sp.symbols(
    "N K T c b eta theta kappa alpha a t x", positive=True
)
n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True, positive=True)

#: Patterns below capacity: x > 0 covers all loads P/N = 2/(1 + x) < 2, and 2 - P/N is plainly
#: positive.
P = 2 * N / (1 + x)


def gaussian_mean(function: Any, variance: Any) -> Any:
    """Mean of an even function of a weight, Gaussian with zero mean, by mpmath's quadrature.

    Beyond 20 standard deviations less than 1e-87 is left.
    """
    sigma = mpmath.sqrt(variance)

    def integrand(z: Any) -> Any:
        return function(sigma * z) * mpmath.exp(-(z**2) / 2)

    return mpmath.sqrt(2 / mpmath.pi) * mpmath.quad(integrand, [0, 2, 8, 20])


def cached_cost(
    name: str,
    threshold: float,
    predicted: Callable[[float, PerceptronRun], float],
    low: float,
    high: float,
) -> Comparison:
    """A cost of the cached perceptron over what a formula of threshold and run predicts."""
    return Comparison(
        f"{name.replace('_', ' ')} at theta = {threshold:g} eta, P = N = 1000",
        CACHED,
        observed=lambda run: run.cost(name, threshold),
        predicted=lambda run: predicted(threshold, run),
        low=low,
        high=high,
        wrong=(0.8, 1.25),
    )
