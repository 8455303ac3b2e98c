"""Synaptic caching in the diffusion limit: known values, optima, scaling."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, arguments, reproducible
from theory import perceptron
from theory.caching import (
    change_energy,
    consolidation_energy,
    inefficiency,
    maintenance_energy,
    optimal_energy,
    optimal_threshold,
    total_energy,
)
from theory.formula import FORMULAS

POINTS = arguments(FORMULAS["caching.total_energy"], decades=8)
FACTORS = st.floats(-3, 3).map(lambda exponent: 10.0**exponent)


def close(value, expected):
    return value == approx(expected, rel=3e-15)


def without(point, *names):
    return {name: value for name, value in point.items() if name not in names}


def test_known_values():
    # N (K/theta + theta/3), c N T theta/3
    assert consolidation_energy(6, 2000, 1000) == approx(1000 * (2000 / 6 + 2))
    assert consolidation_energy(6, 2000, 1000, 2) == approx(1000 * (8000 / 6 + 2))
    assert maintenance_energy(6, 30000, 1000, 0.001) == 60000
    assert change_energy(2, 100, 10, 1) == 750
    assert change_energy(2, 100, 10, 1, 1.6) == approx(1.6 * 1000 * 0.36)
    assert optimal_threshold(2000, 30000, 0.001) == approx(math.sqrt(6000 / 31))
    assert optimal_energy(2000, 30000, 1000, 0.001) == approx(2000 * math.sqrt(2000 * 31 / 3))
    assert inefficiency(2000, 30000, 0) == approx(math.sqrt(2 * math.pi / 3))


@given(point=POINTS)
@reproducible(200)
def test_total_is_the_sum_of_the_parts(point):
    parts = (
        consolidation_energy(**without(point, "T", "c", "b")),
        maintenance_energy(**without(point, "K", "b", "eta")),
        change_energy(**without(point, "T", "c")),
    )
    assert close(total_energy(**point), math.fsum(parts))
    assert close(total_energy(**without(point, "b")), math.fsum(parts[:2]))
    assert all(part >= 0 for part in parts)


@given(point=POINTS, factor=FACTORS)
@reproducible(200)
def test_scaling(point, factor):
    """Energies are proportional to N, and to eta if the threshold is scaled with it."""
    more = {**point, "N": point["N"] * factor}
    assert close(total_energy(**more), factor * total_energy(**point))
    # c T, not c or T alone, counts; powers of two are exact.
    same = {**point, "c": point["c"] * 4, "T": point["T"] / 4}
    assert total_energy(**same) == total_energy(**point)
    scaled = {**point, "theta": point["theta"] * 4, "eta": point["eta"] * 4}
    assert close(total_energy(**scaled), 4 * total_energy(**point))
    run = without(point, "theta", "b", "N", "eta")
    assert close(optimal_threshold(**run, eta=factor), factor * optimal_threshold(**run))
    size = without(point, "theta", "b", "eta")
    assert close(optimal_energy(**size, eta=factor), factor * optimal_energy(**size))
    assert close(
        optimal_energy(**{**size, "N": size["N"] * factor}), factor * optimal_energy(**size)
    )


@given(point=POINTS)
@reproducible(200)
def test_the_optimum_is_the_least(point):
    run = without(point, "theta", "b", "N")
    size = without(point, "theta", "b")
    best = optimal_threshold(**run)
    least = optimal_energy(**size)
    assert close(total_energy(best, **size), least)
    assert least <= total_energy(point["theta"], **size) * (1 + 1e-15)
    for factor in (0.5, 0.9, 0.99, 1.01, 1.1, 2.0):
        assert least < total_energy(best * factor, **size)
    # Exactly the arithmetic mean over the geometric one of x and 1/x.
    assert total_energy(2 * best, **size) == approx(1.25 * least, rel=1e-14)


@given(point=POINTS)
@reproducible(200)
def test_changes_below_the_step_cost_nothing(point):
    point = without(point, "T", "c")
    eta = point["eta"]
    assert change_energy(**{**point, "theta": eta}) == 0
    assert change_energy(**{**point, "theta": eta * 0.3}) == 0
    most = point["b"] * eta * point["N"] * point["K"]
    assert change_energy(**{**point, "theta": eta * 1e9}) == approx(most, rel=1e-14)
    assert 0 <= change_energy(**point) <= most * (1 + 1e-15)


@given(point=POINTS)
@reproducible(200)
def test_inefficiency_is_the_ratio_to_the_minimal_energy(point):
    run = without(point, "theta", "b", "N", "eta")
    K = run["K"]
    cached = optimal_energy(**run, N=3.0) / (3 * math.sqrt(2 * K / math.pi))
    plain = perceptron.inefficiency_from_updates(K)
    assert close(inefficiency(**run), min(cached, plain))


@given(T=FACTORS, c=FACTORS)
@reproducible(100)
def test_the_clamp_is_continuous_and_where_the_threshold_is_a_bit_above_a_step(T, c):
    K = 4 * (1 + c * T) / 3
    at = inefficiency(K, T, c)
    for factor in (1 - 1e-12, 1 + 1e-12):
        assert inefficiency(K * factor, T, c) == approx(at, rel=1e-11)
    assert inefficiency(K / 2, T, c) == approx(at / math.sqrt(2), rel=1e-14)
    assert inefficiency(K * 2, T, c) == approx(at, rel=1e-14)
    assert optimal_threshold(K, T, c) == approx(2, rel=1e-14)


def test_without_maintenance_nothing_depends_on_time():
    times = np.array([0, 1, 1e6])
    assert len(set(total_energy(3, 100, times, 10, 0).tolist())) == 1
    assert len(set(inefficiency(100, times, 0).tolist())) == 1
    assert len(set(inefficiency(100, 0, times).tolist())) == 1
