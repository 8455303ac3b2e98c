"""The threshold of least power: known values, where there is none, limits, scaling, seams."""

import math

import mpmath
import numpy as np
import pytest
import scipy.optimize
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory.decay import (
    consolidation_power,
    maintenance_power,
    optimal_power,
    optimal_threshold,
)
from theory.special import balance, tabulated
from theory.special.balance import ThresholdRatio, power_ratio, threshold_ratio

INF = math.inf
#: c tau above 1, of all magnitudes and close to 1.
COSTS = st.floats(-14, 10).map(lambda exponent: 1 + 10.0**exponent)


def relative(kappa):
    """The optimal theta/sigma."""
    return threshold_ratio(kappa) * math.sqrt(3 / kappa)


def total_power(theta, tau, p, N, c, eta=1):
    return maintenance_power(theta, tau, p, N, c, eta) + consolidation_power(theta, tau, p, N, eta)


@pytest.mark.parametrize(
    ("kappa", "x"), [(10, 0.5875), (3, 1.3433), (2, 2.1721), (1.5, 4.1810), (1.3, 7.3264)]
)
def test_known_values(kappa, x):
    assert relative(kappa) == approx(x, rel=1e-4)
    assert optimal_threshold(500, 0.1, kappa / 500) == approx(x * math.sqrt(50), rel=1e-4)


@pytest.mark.parametrize("tau", [1.5, 100, 1e20])
def test_there_is_none_unless_c_tau_exceeds_1(tau):
    cost = np.array([0.5, 1 - 1e-15, 1 + 1e-12]) / tau
    thresholds = optimal_threshold(tau, 0.3, cost)
    assert thresholds[:2].tolist() == [INF, INF]
    assert 1e12 < thresholds[2] / math.sqrt(0.3 * tau) < 1e14
    sigma = math.sqrt(0.3 * tau)
    np.testing.assert_allclose(
        optimal_power(tau, 0.3, 7, cost), 7 * cost * sigma / math.sqrt(math.pi), rtol=1e-11
    )


def test_without_decay_it_is_the_diffusion_limit():
    assert optimal_threshold(INF, 0.1, 0.01, 3) == approx(3 * math.sqrt(30), rel=1e-15)
    assert optimal_power(INF, 0.1, 50, 0.01, 3) == approx(300 * math.sqrt(0.001 / 3), rel=1e-15)
    assert optimal_threshold(1e200, 0.1, 0.01, 3) == optimal_threshold(INF, 0.1, 0.01, 3)


@given(COSTS, st.floats(0.01, 1), st.floats(0.001, 0.5))
@reproducible(100)
def test_the_least_power_is_the_power_at_the_threshold(kappa, p, c):
    tau = kappa / c
    threshold = optimal_threshold(tau, p, c)
    least = optimal_power(tau, p, 20, c)
    assert total_power(threshold, tau, p, 20, c) == approx(least, rel=1e-13)
    for factor in (0.3, 0.9, 0.99, 1.01, 1.1, 3):
        assert total_power(threshold * factor, tau, p, 20, c) >= least * (1 - 1e-13)


@pytest.mark.parametrize("kappa", [1.6, 2, 3, 10, 1e3])
def test_the_minimum_found_by_searching(kappa):
    found = scipy.optimize.minimize_scalar(
        lambda log: total_power(math.exp(log), kappa / 0.01, 0.1, 1, 0.01),
        bracket=[math.log(optimal_threshold(kappa / 0.01, 0.1, 0.01)) + d for d in (-0.5, 0.1, 1)],
    )
    assert math.exp(found.x) == approx(optimal_threshold(kappa / 0.01, 0.1, 0.01), rel=1e-5)
    assert found.fun == approx(optimal_power(kappa / 0.01, 0.1, 1, 0.01))


@given(st.floats(0, 0.2).map(lambda part: 1 + part) | COSTS)
@reproducible(100)
def test_accuracy(kappa):
    """Better than rounding kappa, which x depends on as 1/(kappa - 1)."""
    for function in (threshold_ratio, power_ratio):
        value = function(kappa)
        with mpmath.workdps(40):
            exact = function(mpmath.mpf(kappa))
            assert value == exact or abs(value - exact) <= 1.5e-15 * exact


def test_the_threshold_falls_with_the_cost_and_the_power_grows():
    kappa = np.concatenate([1 + 10.0 ** np.linspace(-11, 0, 4000), 10.0 ** np.linspace(0.31, 9)])
    assert np.all(np.diff(threshold_ratio(kappa) / np.sqrt(kappa)) < 0)
    assert np.all(np.diff(power_ratio(kappa) * np.sqrt(kappa)) > 0)
    assert power_ratio(np.array([1e-200, 0.25, 1])) == approx(
        np.sqrt(np.array([1e-200, 0.25, 1]) / math.pi)
    )


def test_seams():
    """From table to Newton's steps, and from one polynomial to the next."""
    t = np.arange(1, 106) / 128
    for place in (*(3 * t / (1 - t)), 14.0):
        below, at, above = tabulated.balanced_threshold(
            np.array([np.nextafter(place, 0), place, np.nextafter(place, 99)])
        )
        assert below == approx(at, rel=2e-15)
        assert above == approx(at, rel=2e-15)


@given(COSTS, st.integers(-20, 20), st.integers(0, 8))
@reproducible(50)
def test_scaling(kappa, scale, times):
    tau = 2.0**14
    args = (tau, 0.5, kappa / tau)
    unit = 2.0**scale
    assert optimal_threshold(*args, unit) == optimal_threshold(*args) * unit
    assert (
        optimal_power(tau, 0.5, 3, kappa / tau, unit) == optimal_power(tau, 0.5, 3, args[2]) * unit
    )
    # sigma^2 = tau p eta^2 is all that matters besides c tau.
    longer = optimal_threshold(tau * 4.0**times, 0.5, kappa / tau / 4.0**times)
    assert longer == approx(optimal_threshold(*args) * 2.0**times, rel=1e-15)


@pytest.mark.parametrize("digits", [20, 50, 400])
@pytest.mark.parametrize("kappa", ["1.000001", "1.02", "1.15", "2", "1e6", "1e300"])
def test_mpmath_solves_the_equation_at_any_precision(kappa, digits):
    with mpmath.workdps(digits):
        kappa = mpmath.mpf(kappa)
        x = threshold_ratio(kappa) * mpmath.sqrt(3 / kappa)
        with mpmath.extraprec(2100):
            b, w = balance.balance(x)
            # B/(B - W) - 1 = W/(B - W) depends on x at most as its square.
            error = abs(w / (b - w) / (kappa - 1) - 1)
        assert error < mpmath.mpf(10) ** (2 - digits) * kappa / (kappa - 1)


def test_in_sympy():
    kappa = sympy.Symbol("kappa", positive=True)
    assert sympy.latex(threshold_ratio(kappa) ** 2) == r"y^{2}\left(\kappa\right)"
    assert isinstance(threshold_ratio(sympy.Rational(3, 2)), ThresholdRatio)
    assert threshold_ratio(sympy.Rational(1, 2)) is sympy.oo
    assert threshold_ratio(sympy.oo) == 1
    assert power_ratio(sympy.oo) == 2 / sympy.sqrt(3)
    assert power_ratio(sympy.Rational(1, 4)) == 1 / sympy.sqrt(4 * sympy.pi)
    with mpmath.workdps(50):
        for function in (threshold_ratio, power_ratio):
            value = mpmath.mpf(str(function(sympy.Rational(5, 4)).evalf(45)))
            assert abs(value / function(mpmath.mpf("1.25")) - 1) < mpmath.mpf("1e-43")


def test_not_a_number_spoils_nothing_else():
    values = tabulated.balanced_threshold(np.array([1.0, np.nan, 50.0, np.nan]))
    assert np.isnan(values).tolist() == [False, True, False, True]
