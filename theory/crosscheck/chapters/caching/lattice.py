"""Caching without decay, exactly: what the diffusion limit of LvR leaves out."""

from typing import Any

import mpmath
import numpy as np
import sympy as sp

from theory import lattice as theory
from theory.crosscheck.chapters.caching.experiments import walk
from theory.crosscheck.chapters.symbols import eta, k, n
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.numeric import Agreement
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity


def _chain(n: Any) -> Any:
    """Stationary law of the walk on -n+1 ... n-1 that returns to 0 from +-n, by linear algebra.

    Entry i belongs to position i - n + 1.
    """
    size = 2 * int(n) - 1
    balance = mpmath.zeros(size + 1, size)
    for position in range(size):
        balance[position, position] -= 1
        for step in (-1, 1):
            target = position + step
            balance[target if 0 <= target < size else int(n) - 1, position] += mpmath.mpf(1) / 2
        balance[size, position] = 1
    right = mpmath.zeros(size + 1, 1)
    right[size] = 1
    return mpmath.lu_solve(balance, right)


def _chain_probability(k: Any, n: Any) -> Any:
    return _chain(n)[int(k + n) - 1] if abs(k) < n else mpmath.mpf(0)


def _chain_mean(n: Any) -> Any:
    law = _chain(n)
    return sum(abs(i - int(n) + 1) * law[i] for i in range(len(law)))


def _chain_rate(n: Any, p: Any) -> Any:
    """A half of the outermost weight leaves on either side at every update; at n = 1 all of it."""
    law = _chain(n)
    return p * (law[0] + law[len(law) - 1]) / 2


def _histogram_mean(record: Any, power: int) -> float:
    """A moment of the simulated histogram of s."""
    return float(np.sum(record.occupation.mean * np.abs(record.centres) ** power))


def _rate(threshold: float, p: float) -> Comparison:
    return Comparison(
        f"rate at theta = {threshold:g} eta, p = {p:g}",
        walk(threshold, p),
        observed=lambda record: record.rate.mean,
        predicted=lambda _: theory.consolidation_rate(theory.steps_to_threshold(threshold), p),
    )


def _mean_size(threshold: float, eta: float) -> Comparison:
    return Comparison(
        f"mean abs(s) at theta = {threshold:g} eta, eta = {eta:g}",
        walk(threshold, eta=eta),
        observed=lambda record: record.mean_transient.mean,
        predicted=lambda _: theory.mean_transient(theory.steps_to_threshold(threshold), eta),
    )


CLAIMS = (
    Claim(
        id="SE.steps",
        statement="A transient weight that must exceed theta takes n = floor(theta/eta) + 1 "
        "steps to get there, and is consolidated at the rate p/n^2.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("lattice.steps_to_threshold", "lattice.consolidation_rate"),
        symbolic=(
            Identity(
                "the mean time n^2 - k^2 to +-n: one step and the mean of the neighbours",
                lambda: (n**2 - (k + 1) ** 2 + n**2 - (k - 1) ** 2) / 2 + 1,
                lambda: n**2 - k**2,
            ),
            Identity(
                "the rate is p over that time from 0",
                lambda: theory.consolidation_rate(n, sp.Rational(1, 3)) * n**2,
                lambda: sp.Rational(1, 3),
            ),
            Identity(
                "n at a whole number of steps",
                lambda: theory.steps_to_threshold(k * eta, eta),
                lambda: k + 1,
            ),
            Identity(
                "n between whole numbers",
                lambda: theory.steps_to_threshold((k + sp.Rational(1, 2)) * eta, eta),
                lambda: k + 1,
            ),
        ),
        numeric=(
            Agreement(
                "what leaves the stationary law of the chain at +-n",
                theory.consolidation_rate,
                _chain_rate,
                {"n": range(1, 13), "p": (1e-3, 1)},
            ),
        ),
        simulation=(
            _rate(1.0, 0.3),
            _rate(2.5, 0.3),
            _rate(5.0, 0.3),
            _rate(5.0, 1.0),
            Comparison(
                "amount per consolidation at theta = 5 eta, eta = 0.5",
                walk(5.0, eta=0.5),
                observed=lambda record: record.mean_consolidated.mean,
                predicted=lambda _: 0.5 * theory.steps_to_threshold(2.5, 0.5),
            ),
        ),
    ),
    Claim(
        id="SE.stationary",
        statement="The transient weight is k eta with probability (n - abs(k))/n^2.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("lattice.stationary",),
        symbolic=(
            Identity(
                "balance away from zero, at k with k + n + 1 steps to the threshold: the mean of "
                "the neighbours",
                lambda: (
                    (theory.stationary(k - 1, k + n + 1) + theory.stationary(k + 1, k + n + 1)) / 2
                ),
                lambda: theory.stationary(k, k + n + 1),
            ),
            Identity(
                "balance at zero: the neighbours and what returns from +-n",
                lambda: theory.stationary(sp.Integer(1), n + 1) + theory.stationary(n, n + 1),
                lambda: theory.stationary(sp.Integer(0), n + 1),
            ),
            Identity(
                "normalised",
                lambda: 1 / n + 2 * sp.summation((n - k) / n**2, (k, 1, n - 1)),
                lambda: sp.Integer(1),
            ),
        ),
        numeric=(
            Agreement(
                "the stationary law of the chain, from its linear system",
                theory.stationary,
                _chain_probability,
                {"k": range(-6, 7), "n": range(7, 13)},
            ),
        ),
        simulation=(
            Comparison(
                "second moment of the simulated histogram at theta = 5 eta",
                walk(5.0),
                observed=lambda record: _histogram_mean(record, 2),
                predicted=lambda _: sum(
                    theory.stationary(position, 6) * position**2 for position in range(-5, 6)
                ),
            ),
        ),
    ),
    Claim(
        id="SE.mean",
        statement="The mean size of a transient weight is eta (n^2 - 1)/(3 n).",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("lattice.mean_transient",),
        symbolic=(
            Identity(
                "the mean of abs(k) eta under the triangle",
                lambda: 2 * eta * sp.summation(k * (n - k) / n**2, (k, 1, n - 1)),
                lambda: theory.mean_transient(n, eta),
            ),
        ),
        numeric=(
            Agreement(
                "the mean under the chain's stationary law",
                theory.mean_transient,
                _chain_mean,
                {"n": range(2, 13)},
            ),
        ),
        simulation=(_mean_size(2.5, 1.0), _mean_size(5.0, 0.5), _mean_size(10.0, 1.0)),
    ),
)
