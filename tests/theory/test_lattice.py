"""Synaptic caching on the lattice: counting, the walk's law, optima, the diffusion limit."""

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, arguments, numbers, reproducible
from theory import caching
from theory.formula import FORMULAS
from theory.lattice import (
    caching_pays,
    change_energy,
    consolidation_energy,
    consolidation_rate,
    maintenance_energy,
    mean_transient,
    onset,
    optimal_energy,
    optimal_steps,
    stationary,
    steps_to_threshold,
    total_energy,
)

POINTS = arguments(FORMULAS["lattice.total_energy"], decades=8)
RUNS = arguments(FORMULAS["lattice.optimal_steps"], decades=8)
FACTORS = st.floats(-3, 3).map(lambda exponent: 10.0**exponent)


def close(value, expected):
    return value == approx(expected, rel=3e-15)


def without(point, *names):
    return {name: value for name, value in point.items() if name not in names}


# --- counting -------------------------------------------------------------------------------------


@given(theta=st.floats(0, 60), eta=st.floats(0.5, 3))
@reproducible(200)
def test_steps_agree_with_counting(theta, eta):
    quotient = Fraction(theta) / Fraction(eta)
    # A quotient within rounding of a whole number may be rounded to it.
    assume(quotient == round(quotient) or abs(quotient - round(quotient)) > 1e-14)
    weight, steps = Fraction(0), 0
    while weight <= Fraction(theta):
        weight += Fraction(eta)
        steps += 1
    assert steps_to_threshold(theta, eta) == steps


@given(theta=st.integers(0, 60), eta=st.integers(1, 9), scale=st.integers(-40, 40))
@reproducible(200)
def test_a_weight_at_the_threshold_is_not_consolidated(theta, eta, scale):
    expected = theta // eta + 1
    assert steps_to_threshold(theta * 2.0**scale, eta * 2.0**scale) == expected
    assert steps_to_threshold(sympy.Integer(theta), sympy.Integer(eta)) == expected


def test_zero_threshold_consolidates_every_update():
    assert steps_to_threshold(0) == 1
    assert steps_to_threshold([0, 0.999, 1, 1.001, 2]).tolist() == [1, 1, 2, 2, 3]


# --- the law of the walk --------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 7, 50])
def test_stationary_law(n):
    places = np.arange(-n - 2, n + 3)
    law = stationary(places, n)
    assert law.sum() == approx(1, rel=1e-14)
    assert (law >= 0).all()
    assert (law[np.abs(places) >= n] == 0).all()
    assert (np.abs(places) * law).sum() == approx(mean_transient(n), rel=1e-13)
    # One step of the walk, with the return to zero from +-n, leaves the law as it is.
    after = np.zeros_like(law)
    after[1:] += law[:-1] / 2
    after[:-1] += law[1:] / 2
    ends = np.abs(places) == n
    consolidated = after[ends].sum()
    after[places == 0] += consolidated
    after[ends] = 0
    np.testing.assert_allclose(after, law, rtol=1e-13)
    assert consolidation_rate(n, 1) == approx(consolidated, rel=1e-13)


@given(n=st.integers(1, 60))
@reproducible(60)
def test_stationary_law_exactly(n):
    exact = sympy.Integer(n)
    law = [stationary(sympy.Integer(k), exact) for k in range(-n, n + 1)]
    assert sum(law) == 1
    assert sum(abs(k) * p for k, p in zip(range(-n, n + 1), law, strict=True)) == mean_transient(
        exact
    )


@given(n=numbers(FORMULAS["lattice.consolidation_rate"].domain["n"]), p=st.floats(0, 1))
@reproducible(100)
def test_rate_is_a_share_of_the_updates(n, p):
    assert 0 <= consolidation_rate(n, p) <= p
    assert consolidation_rate(1, p) == p
    assert consolidation_rate(n, 0) == 0


# --- energies -------------------------------------------------------------------------------------


def test_known_values():
    assert mean_transient(1) == 0
    assert mean_transient(2) == 0.5
    assert mean_transient(3, 2) == approx(16 / 9)
    assert consolidation_energy(2, 100, 10) == 505
    assert maintenance_energy(2, 1000, 10, 0.01) == 50
    assert change_energy(2, 100, 10, 1) == 750
    assert total_energy(2, 100, 1000, 10, 0.01, 1) == 505 + 50 + 750


@given(point=POINTS)
@reproducible(200)
def test_total_is_the_sum_of_the_parts(point):
    parts = (
        consolidation_energy(**without(point, "T", "c", "b")),
        maintenance_energy(**without(point, "K", "b")),
        change_energy(**without(point, "T", "c")),
    )
    assert close(total_energy(**point), math.fsum(parts))
    assert close(total_energy(**without(point, "b")), math.fsum(parts[:2]))
    assert all(part >= 0 for part in parts)


@given(point=POINTS)
@reproducible(200)
def test_one_step_is_the_energy_without_caching(point):
    assert close(total_energy(**{**point, "n": 1}), point["N"] * point["K"] * point["eta"])


@given(point=POINTS, factor=FACTORS)
@reproducible(200)
def test_scaling(point, factor):
    for name in ("N", "eta"):
        more = {**point, name: point[name] * factor}
        assert close(total_energy(**more), factor * total_energy(**point))
    same = {**point, "c": point["c"] * 4, "T": point["T"] / 4}
    assert total_energy(**same) == total_energy(**point)
    size = without(point, "n", "b")
    for whole in (False, True):
        for name in ("N", "eta"):
            more = {**size, name: size[name] * factor}
            assert close(
                optimal_energy(**more, integer=whole),
                factor * optimal_energy(**size, integer=whole),
            )


# --- the diffusion limit --------------------------------------------------------------------------


@given(point=arguments(FORMULAS["caching.total_energy"], decades=6), exponent=st.floats(1, 12))
@reproducible(300)
def test_diffusion_limit(point, exponent):
    """As eta vanishes at fixed theta and K eta^2, the error vanishes as (eta/theta)^2."""
    theta, diffusion = point["theta"], point["K"]
    n = 10.0**exponent
    eta = theta / n
    run = {"K": diffusion / eta**2, "N": point["N"], "eta": eta}
    upkeep = {"T": point["T"], "N": point["N"], "c": point["c"]}
    limit = caching.consolidation_energy(theta, **run)
    exact = consolidation_energy(n, **run)
    assert limit * (1 - 1 / n**2 - 1e-14) <= exact <= limit * (1 + 1e-14)
    limit, exact = (
        caching.maintenance_energy(theta, **upkeep),
        maintenance_energy(n, **upkeep, eta=eta),
    )
    assert exact == approx(limit * (1 - 1 / n**2), rel=1e-14)
    assert close(
        change_energy(n, **run, b=point["b"]), caching.change_energy(theta, **run, b=point["b"])
    )
    # The whole number of steps that a threshold stands for exceeds it by at most one.
    whole = steps_to_threshold(theta, eta)
    total = total_energy(whole, T=point["T"], c=point["c"], **run)
    limit = caching.total_energy(theta, T=point["T"], c=point["c"], **run)
    assert total == approx(limit, rel=3 / n + 1e-14)


@given(run=RUNS, exponent=st.floats(1, 12))
@reproducible(200)
def test_diffusion_limit_of_the_optimum(run, exponent):
    upkeep = 1 + run["c"] * run["T"]
    K = 10.0**exponent * upkeep
    chosen = {**run, "K": K}
    rel = 10.0**-exponent / 3 + 1e-14
    assert optimal_steps(**chosen) == approx(caching.optimal_threshold(**chosen), rel=rel)
    assert optimal_energy(**chosen, N=3) == approx(caching.optimal_energy(**chosen, N=3), rel=rel)
    assert optimal_energy(**chosen, N=3) <= caching.optimal_energy(**chosen, N=3) * (1 + 1e-14)


# --- optima ---------------------------------------------------------------------------------------


@given(run=RUNS, N=FACTORS, eta=FACTORS, n=numbers(FORMULAS["lattice.mean_transient"].domain["n"]))
@reproducible(300)
def test_the_optimum_is_the_least(run, N, eta, n):
    best, whole = optimal_steps(**run), optimal_steps(**run, integer=True)
    size = {**run, "N": N, "eta": eta}
    least, least_whole = optimal_energy(**size), optimal_energy(**size, integer=True)
    assert best >= 1
    assert whole >= 1
    assert whole == int(whole)
    assert whole in {math.floor(best), math.floor(best) + 1} or whole > 2**50
    assert close(total_energy(best, **size), least)
    assert close(total_energy(whole, **size), least_whole)
    rounding = 1 + 3e-15
    plain = run["K"] * N * eta
    assert least <= least_whole * rounding
    assert least_whole <= plain * rounding
    assert least <= total_energy(n, **size) * rounding
    for other in (whole - 1, whole + 1, round(n)):
        if other >= 1:
            assert least_whole <= total_energy(other, **size) * rounding
    upkeep = 1 + run["c"] * run["T"]
    if best > 1:
        formula = 2 / 3 * N * eta * math.sqrt(upkeep) * math.sqrt(3 * run["K"] - upkeep)
        assert least == approx(formula, rel=1e-13)


@pytest.mark.parametrize("cost", [0, 1e-3, 0.1, 3])
@pytest.mark.parametrize("K", [0.5, 1, 7 / 3, 13 / 3, 10, 1000, 12345])
def test_whole_optimum_against_all_numbers_of_steps(K, cost):
    energies = total_energy(np.arange(1, 301), K, 1000, 1, cost)
    assert optimal_energy(K, 1000, 1, cost, integer=True) == approx(energies.min(), rel=1e-14)
    chosen = optimal_steps(K, 1000, cost, integer=True)
    assert energies[int(chosen) - 1] == approx(energies.min(), rel=1e-14)


def test_steps_between_two_whole_numbers():
    """The change from n to n + 1 is where 3 K/(1 + c T) - 1 = n (n + 1)."""
    for n in (1, 2, 3, 10):
        K = (n * (n + 1) + 1) / 3
        assert optimal_steps(K * (1 - 1e-12), 0, 0, integer=True) == n
        assert optimal_steps(K * (1 + 1e-12), 0, 0, integer=True) == n + 1
        assert total_energy(n, K, 0, 1, 0) == approx(total_energy(n + 1, K, 0, 1, 0))


@given(T=FACTORS, c=FACTORS)
@reproducible(100)
def test_the_clamp_is_continuous(T, c):
    K = 2 * (1 + c * T) / 3  # n = 1
    for factor in (1 - 1e-12, 1, 1 + 1e-12):
        assert optimal_steps(K * factor, T, c) == pytest.approx(1, abs=1e-11)
        assert optimal_energy(K * factor, T, 1, c) == approx(K, rel=1e-11)
    assert optimal_steps(K / 3, T, c) == 1
    assert optimal_energy(K / 3, T, 1, c) == approx(K / 3, rel=1e-15)
    assert optimal_steps(K * 3, T, c) == approx(math.sqrt(5), rel=1e-14)


# --- whether it pays ------------------------------------------------------------------------------


@given(n=st.one_of(st.floats(1.01, 1e4), st.integers(1, 10_000).map(float)), b=st.floats(0, 2))
@reproducible(500)
def test_caching_pays_when_it_costs_less(n, b):
    assume(abs(b - n / (n + 1)) > 1e-7)
    K = 1e12
    cached, plain = total_energy(n, K, 0, 1, 0, b), total_energy(1, K, 0, 1, 0, b)
    if n == 1:
        assert cached == plain
        assert caching_pays(n, b) is False
    else:
        assert caching_pays(n, b) is (cached < plain)


def test_caching_pays_at_the_boundary():
    assert caching_pays([1, 1.001, 2, 2, 3, 3], [0, 0.5, 0.66, 0.67, 0.75, 0.74]).tolist() == [
        False, True, True, False, False, True,
    ]  # fmt: skip
    assert caching_pays(1e9, 1) is False


# --- the onset ------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_a_start_at_zero_delays_consolidation(n):
    """The law of the transient weight step by step; even n alternate, so the mean of two steps."""
    K = 40 * n**2
    law = np.zeros(2 * n + 1)
    law[n] = 1
    consolidated = [0.0]
    for _ in range(K):
        law = (np.append(law[1:], 0) + np.append(0, law[:-1])) / 2
        consolidated.append(consolidated[-1] + law[0] + law[-1])
        law[n] += law[0] + law[-1]
        law[0] = law[-1] = 0
    mean = (consolidated[K - 1] + consolidated[K]) / 2
    assert mean == approx((K - 0.5 - onset(n)) / n**2)
