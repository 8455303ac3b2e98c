"""Energies of caching without decay and their optimum, exactly: new."""

from typing import Any

import mpmath
import sympy as sp

from theory import caching, perceptron
from theory import lattice as theory
from theory.crosscheck.chapters.caching.experiments import CachedRun
from theory.crosscheck.chapters.caching.thresholds import cached_costs
from theory.crosscheck.chapters.symbols import K, N, P, T, c, eta, k, n, theta, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.symbolic import Identity, Positive


def _best_whole(energy: Any, around: Any) -> Any:
    """The whole number of least energy, among all up to twice the real optimum."""
    return min(range(1, 2 * int(around) + 3), key=energy)


def _consolidation(threshold: float, run: CachedRun) -> float:
    return float(theory.consolidation_energy(theory.steps_to_threshold(threshold), run.K, run.N))


def _transient_sum(threshold: float, run: CachedRun) -> float:
    return float(theory.maintenance_energy(theory.steps_to_threshold(threshold), run.T, run.N, 1))


CLAIMS = (
    Claim(
        id="SE.energy",
        statement="The energy with caching is N eta [(K - (1 + c T)/3)/n + (1 + c T) n/3], for "
        "perceptrons within 10% up to thresholds of five steps.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=(
            "lattice.total_energy",
            "lattice.consolidation_energy",
            "lattice.maintenance_energy",
        ),
        symbolic=(
            Identity(
                "consolidations of n eta each, K/n^2 a synapse, and the final one",
                lambda: theory.consolidation_energy(n, K, N, eta),
                lambda: (
                    N * K * n * eta * theory.consolidation_rate(n, sp.Integer(1))
                    + N * theory.mean_transient(n, eta)
                ),
            ),
            Identity(
                "maintenance of the mean transient weight",
                lambda: theory.maintenance_energy(k + 1, T, N, c, eta),
                lambda: c * N * T * theory.mean_transient(k + 1, eta),
            ),
            Identity(
                "the sum",
                lambda: theory.total_energy(n, K, T, N, c, 0, eta),
                lambda: N * eta * ((K - (1 + c * T) / 3) / n + (1 + c * T) * n / 3),
            ),
        ),
        simulation=(
            *cached_costs("consolidation_energy", _consolidation, "within 10%", (2.0, 5.0)),
            *cached_costs("transient_sum", _transient_sum, "within 10%", (2.0, 5.0)),
        ),
        remark="Exact for random walks in their steady state; what starting at zero changes says "
        "SE.onset. A perceptron's weights pull back, the more the longer they "
        "are cached: at P = N = 1000 it consolidates 1% less at a threshold of 2 steps, 5% at 5, "
        "14% at 10 and 39% at 20.",
    ),
    Claim(
        id="SE.diffusion",
        statement="For small steps the lattice gives the diffusion limit; at finite n the latter's "
        "stationary energy is too large by n/(n - 1) if theta = (n - 1) eta.",
        source="This package",
        kind=Kind.LIMIT,
        formulas=(
            "lattice.total_energy",
            "caching.total_energy",
            "caching.optimal_threshold",
            "lattice.optimal_steps",
        ),
        symbolic=(
            Identity(
                "total energy, theta = n eta with eta to 0 at fixed K eta^2",
                lambda: sp.limit(theory.total_energy(n, K * n**2, T, N, c, 0, eta / n), n, sp.oo),
                lambda: caching.total_energy(eta, K, T, N, c, 0, eta),
            ),
            Identity(
                "optimal thresholds: n^2 + 1 = (theta/eta)^2, where n exceeds 1",
                lambda: theory.optimal_steps((2 + x) * (1 + c * T) / 3, T, c) ** 2 + 1,
                lambda: caching.optimal_threshold((2 + x) * (1 + c * T) / 3, T, c) ** 2,
            ),
            Identity(
                "consolidation rate times theta: the diffusion limit over the lattice",
                lambda: (
                    (eta**2 / (k * eta))
                    / ((k + 1) * eta * theory.consolidation_rate(k + 1, sp.Integer(1)))
                ),
                lambda: (k + 1) / k,
            ),
        ),
    ),
    Claim(
        id="SE.optimum",
        statement="The optimal number of steps is n^2 = 3 K/(1 + c T) - 1, at which the energy is "
        "(2/3) N eta sqrt((1 + c T) (3 K - 1 - c T)).",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("lattice.optimal_steps", "lattice.optimal_energy", "lattice.total_energy"),
        figures=("LvR.2C",),
        symbolic=(
            Identity(
                "the number of steps, where it exceeds 1",
                lambda: theory.optimal_steps((2 + x) * (1 + c * T) / 3, T, c) ** 2,
                lambda: 1 + x,
            ),
            Identity(
                "there the slopes of the two parts of the energy cancel",
                lambda: (
                    sp.diff((K - (1 + c * T) / 3) / theta, theta)
                    .subs(K, (2 + x) * (1 + c * T) / 3)
                    .subs(theta, theory.optimal_steps((2 + x) * (1 + c * T) / 3, T, c))
                ),
                lambda: -(1 + c * T) / 3,
            ),
            Identity(
                "the energy there, squared",
                lambda: theory.optimal_energy((2 + x) * (1 + c * T) / 3, T, N, c, eta) ** 2,
                lambda: (
                    sp.Rational(4, 9)
                    * N**2
                    * eta**2
                    * (1 + c * T)
                    * (3 * K - 1 - c * T).subs(K, (2 + x) * (1 + c * T) / 3)
                ),
            ),
        ),
        numeric=(
            Agreement(
                "the best whole number of steps, by trying all",
                lambda K, T, c: theory.optimal_steps(K, T, c, integer=True),
                lambda K, T, c: mpmath.mpf(
                    _best_whole(
                        lambda steps: theory.total_energy(steps, K, T, 1000, c),
                        theory.optimal_steps(K, T, c),
                    )
                ),
                {"K": (1, 1e3), "T": (1e2, 1e4), "c": (1e-4, 1e-1)},
            ),
            Agreement(
                "the energy there",
                lambda K, T, c: theory.optimal_energy(K, T, 1000, c, integer=True),
                lambda K, T, c: min(
                    theory.total_energy(steps, K, T, 1000, c) for steps in range(1, 200)
                ),
                {"K": (1, 1e3), "T": (1e2, 1e4), "c": (1e-4, 1e-1)},
            ),
        ),
    ),
    Claim(
        id="SE.clamp",
        statement="At one step the energy with caching is that without, so the printed min(., .) "
        "is the lattice optimum reaching n = 1, at 1 + c T = 3 K/2.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("lattice.total_energy", "lattice.optimal_energy", "perceptron.energy"),
        symbolic=(
            Identity(
                "at n = 1, whatever it costs to maintain and to change",
                lambda: theory.total_energy(
                    sp.Integer(1), perceptron.updates(P, N), T, N, c, x, eta
                ),
                lambda: perceptron.energy(P, N, eta),
            ),
            Identity(
                "the optimum passes n = 1 continuously",
                lambda: theory.optimal_energy(2 * (1 + c * T) / 3, T, N, c, eta),
                lambda: N * eta * 2 * (1 + c * T) / 3,
            ),
            Positive(
                "elsewhere the optimum is cheaper: the difference of the squares, n^2 = 1 + x",
                lambda: (K**2 - sp.Rational(4, 9) * (1 + c * T) * (3 * K - 1 - c * T)).subs(
                    K, (2 + x) * (1 + c * T) / 3
                ),
            ),
        ),
        remark="The clamp of the diffusion formula sits at 1 + c T = 3 K/4, where the exact "
        "optimum is still at sqrt(3) steps.",
    ),
)
