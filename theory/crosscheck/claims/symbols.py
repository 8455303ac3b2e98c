"""The symbols that claims are written in, and means over Gaussian weights."""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp

N, K, T, c, b, eta, theta, kappa, alpha, a, t, x = sp.symbols(
    "N K T c b eta theta kappa alpha a t x", positive=True
)
n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True, positive=True)

#: Patterns below capacity: x > 0 covers all loads P/N = 2/(1 + x) < 2, and 2 - P/N is plainly positive.
P = 2 * N / (1 + x)


def gaussian_mean(function: Any, variance: Any) -> Any:
    """Mean of an even function of a weight, Gaussian with zero mean, by mpmath's quadrature."""
    sigma = mpmath.sqrt(variance)

    def integrand(z: Any) -> Any:
        return function(sigma * z) * mpmath.npdf(z)

    return 2 * mpmath.quad(integrand, [0, 1, 4, 10, 20, 40])
