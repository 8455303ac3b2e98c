"""The perceptron: known values, limits, bounds and scaling."""

import math

import mpmath
import numpy as np
import pytest
import scipy.integrate
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, exactly, loads, relative_error, reproducible
from theory.perceptron import (
    energy,
    first_epoch_mean_weight,
    first_epoch_norm,
    inefficiency,
    inefficiency_from_updates,
    learning_time,
    maximal_updates,
    minimal_energy,
    optimal_margin,
    updates,
)

STEPS = st.floats(-6, 6).map(lambda exponent: 10.0**exponent)


def test_known_values():
    assert updates(1000, 1000) == 2000
    assert updates(1900, 1000) == approx(380_000, rel=1e-15)
    assert learning_time(400, 400) == 8000
    assert learning_time(100, 100) == 1000
    assert learning_time(100, 200) == approx(1000 / 1.5**2)
    assert energy(1000, 1000) == 2_000_000
    assert energy(1000, 1000, 0.5) == 1_000_000
    assert minimal_energy(1000, 1000) == approx(1000 * math.sqrt(4000 / math.pi), rel=1e-15)
    assert inefficiency(1900, 1000) == approx(772.594721818665232, rel=1e-15)
    assert inefficiency(1000, 1000) == approx(math.sqrt(1000 * math.pi), rel=1e-15)


def test_equation_3_to_fifty_digits():
    with mpmath.workdps(50):
        value = inefficiency(mpmath.mpf(1900), mpmath.mpf(1000))
        expected = 10 * mpmath.sqrt(1900 * mpmath.pi) * 1  # 2 - 1.9 = 1/10
        assert abs(value - expected) < mpmath.mpf("1e-46")
        assert mpmath.nstr(value, 19) == "772.5947218186652324"


@given(load=loads(), eta=STEPS)
@reproducible(200)
def test_inefficiency_is_the_ratio_of_the_energies(load, eta):
    ratio = energy(**load, eta=eta) / minimal_energy(**load, eta=eta)
    assert inefficiency(**load) == approx(ratio, rel=1e-14)


@given(load=loads(), eta=STEPS)
@reproducible(200)
def test_scaling(load, eta):
    patterns, synapses = load.values()
    assert energy(**load, eta=eta) == approx(eta * energy(**load), rel=1e-14)
    assert minimal_energy(**load, eta=eta) == approx(eta * minimal_energy(**load), rel=1e-14)
    assert energy(**load) == approx(synapses * updates(**load), rel=1e-14)
    # At a given load, exactly (powers of two do not round).
    assert updates(4 * patterns, 4 * synapses) == 4 * updates(**load)
    assert learning_time(4 * patterns, 4 * synapses) == 8 * learning_time(**load)
    assert energy(4 * patterns, 4 * synapses) == 16 * energy(**load)
    assert minimal_energy(4 * patterns, 4 * synapses) == approx(
        8 * minimal_energy(**load), rel=1e-15
    )
    assert inefficiency(4 * patterns, 4 * synapses) == approx(2 * inefficiency(**load), rel=1e-15)
    assert optimal_margin(4 * patterns, 4 * synapses) == optimal_margin(**load)
    assert maximal_updates(4 * patterns, 4 * synapses) == 4 * maximal_updates(**load)


@given(count=STEPS, ratio=st.floats(0.01, 0.99), more=st.floats(1e-6, 0.5))
@reproducible(200)
def test_harder_problems_cost_more(count, ratio, more):
    easier, harder = 2 * count * ratio, 2 * count * (ratio + (1 - ratio) * more)
    for function in (updates, learning_time, energy, minimal_energy, inefficiency, maximal_updates):
        assert function(easier, count) < function(harder, count)
    assert optimal_margin(easier, count) > optimal_margin(harder, count)


@given(load=loads())
@reproducible(200)
def test_nothing_cancels_near_capacity(load):
    """In doubles 2 N - P is exact there, so that the condition number is no excuse."""
    with mpmath.workdps(50):
        for function in (updates, learning_time, inefficiency, optimal_margin, maximal_updates):
            assert relative_error(function(**load), function(**exactly(load))) < 2e-15


def test_divergence_at_capacity_has_its_exponent():
    free = 2.0 ** -np.arange(20, 40, 5)
    for function, exponent in ((updates, 2), (learning_time, 2), (inefficiency, 1)):
        values = function((2 - free) * 1000, 1000.0)
        slopes = -np.diff(np.log(values)) / np.diff(np.log(free))
        np.testing.assert_allclose(slopes, exponent, rtol=1e-6)


# --- inefficiency from updates --------------------------------------------------------------------


@given(exponent=st.floats(-30, 30))
@reproducible(100)
def test_special_exponents(exponent):
    K = 10.0**exponent
    assert inefficiency_from_updates(K, 0) == approx(K, rel=1e-15)
    assert inefficiency_from_updates(K, 1) == approx(math.sqrt(math.pi * K / 2), rel=1e-15)
    assert inefficiency_from_updates(K) == inefficiency_from_updates(K, 1)
    assert inefficiency_from_updates(K, 2) == approx(1, rel=1e-15)


@pytest.mark.parametrize("alpha", [0.25, 0.5, 1, 1.5, 1.9])
def test_it_is_the_ratio_to_the_moment_of_a_gaussian(alpha):
    K = 400.0
    moment, _ = scipy.integrate.quad(
        lambda w: 2 * w**alpha * scipy.stats.norm.pdf(w, scale=math.sqrt(K)), 0, 400, epsrel=1e-11
    )
    assert inefficiency_from_updates(K, alpha) == approx(K / moment, rel=1e-8)


def test_the_inefficiency_of_the_perceptron_is_that_of_its_updates():
    load = np.array([100.0, 1000.0, 1900.0])
    np.testing.assert_allclose(
        inefficiency_from_updates(updates(load, 1000), 1), inefficiency(load, 1000), rtol=1e-14
    )


# --- first epoch ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kappa", [1e-12, 1e-15, 1e-30, 1e-100, 1e-300])
def test_weights_start_as_a_random_walk(kappa):
    v = first_epoch_norm(kappa)
    # v = kappa - (2/3) sqrt(8/pi) kappa^(3/2) + ...
    correction = 2 / 3 * math.sqrt(8 / math.pi) * math.sqrt(kappa)
    assert v == approx(kappa, rel=2e-6)
    assert v / kappa == pytest.approx(1 - correction, abs=4e-16 + 3 * kappa)


def test_the_next_order_at_high_precision():
    with mpmath.workdps(60):
        kappa = mpmath.mpf("1e-20")
        missing = (kappa - first_epoch_norm(kappa)) / kappa ** mpmath.mpf("1.5")
        assert missing == approx(2 / 3 * math.sqrt(8 / math.pi), rel=1e-8)


def test_weights_saturate():
    for kappa in (40.0, 1e3, 1e300):
        assert first_epoch_norm(kappa) == approx(math.pi / 8, rel=1e-15)
        assert first_epoch_mean_weight(kappa) == approx(0.5, rel=1e-15)
    assert first_epoch_norm(0) == 0
    assert first_epoch_mean_weight(0) == 0


@given(exponent=st.floats(-300, 3), more=st.floats(1e-9, 1))
@reproducible(200)
def test_weights_grow_but_less_than_a_random_walk(exponent, more):
    kappa = 10.0**exponent
    assert first_epoch_norm(kappa) <= first_epoch_norm(kappa * (1 + more)) <= math.pi / 8
    assert first_epoch_norm(kappa) <= kappa * (1 + 4e-16)
    assert first_epoch_mean_weight(kappa) <= 0.5
    assert first_epoch_mean_weight(kappa) == approx(
        math.sqrt(2 * first_epoch_norm(kappa) / math.pi), rel=1e-15
    )


@pytest.mark.parametrize("kappa", ["1e-6", "0.01", "0.3", "1", "5"])
def test_differential_equation(kappa):
    with mpmath.workdps(60):
        at = mpmath.mpf(kappa)
        slope = mpmath.diff(first_epoch_norm, at)
        expected = 1 - 2 * mpmath.sqrt(2 * first_epoch_norm(at) / mpmath.pi)
        assert abs(slope - expected) < mpmath.mpf("1e-20")


def test_against_a_numerical_solution():
    times = np.linspace(0.1, 3, 10)
    solution = scipy.integrate.solve_ivp(
        lambda _, v: 1 - 2 * np.sqrt(2 * v / np.pi), (0, 3), [0.0], t_eval=times, rtol=1e-10,
        atol=1e-12,
    )  # fmt: skip
    np.testing.assert_allclose(first_epoch_norm(times), solution.y[0], rtol=1e-6)


# --- margin ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("load", [0.05, 0.5, 1.0, 1.5, 1.9, 1.999])
def test_margin_solves_gardners_integral(load):
    kappa = optimal_margin(load, 1)
    integral, _ = scipy.integrate.quad(
        lambda t: (t + kappa) ** 2 * scipy.stats.norm.pdf(t), -kappa, 30, epsabs=0, epsrel=1e-11
    )
    assert integral == approx(1 / load, rel=1e-10)


def test_margin_vanishes_at_capacity():
    free = 10.0 ** -np.arange(1, 16)
    margins = optimal_margin(2 - free, 1)
    assert (np.diff(margins) < 0).all()
    # excess = N/P - 1/2 = (free/2)/P, and kappa = sqrt(pi/2) excess
    exact = 2 - (2 - free)
    np.testing.assert_allclose(margins[8:], math.sqrt(math.pi / 2) * exact[8:] / 4, rtol=1e-7)


def test_margin_of_few_patterns():
    # Patterns are then nearly orthogonal, and each has the margin sqrt(N/P).
    assert optimal_margin(1, 1e10) == approx(1e5, rel=1e-4)
    assert optimal_margin(1, 1000) == approx(math.sqrt(1000), rel=1e-3)


@given(load=loads())
@reproducible(200)
def test_novikoffs_bound(load):
    bound = maximal_updates(**load)
    assert bound == approx(load["N"] / optimal_margin(**load) ** 2, rel=1e-15)
    assert updates(**load) <= bound
