"""Times between consolidations: known values, limits, independent routes."""

import math

import numpy as np
import pytest
import scipy.integrate
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory.decay import consolidation_rate, exit_time_laplace, exit_time_variance

INF = math.inf


SIZES = st.floats(-3, 1).map(lambda exponent: 10.0**exponent)


# --- variance -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("theta", "p", "eta"), [(5, 0.1, 1), (0.3, 1, 2), (7e10, 0.5, 1e-3)])
def test_without_decay_the_variance_is_two_thirds_of_the_mean_squared(theta, p, eta):
    assert exit_time_variance(theta, INF, p, eta) == approx(2 / 3 * (theta / eta) ** 4 / p**2)


def test_rare_exits_are_exponentially_distributed():
    sigma = math.sqrt(50 * 0.2)
    for x in (6.5, 10, 15):
        mean = 1 / consolidation_rate(x * sigma, 50, 0.2)
        assert exit_time_variance(x * sigma, 50, 0.2) == approx(mean**2)
    assert exit_time_variance(30 * sigma, 50, 0.2) == INF


# --- Laplace transform ----------------------------------------------------------------------------


@given(st.floats(-6, 2).map(lambda e: 10.0**e), SIZES.filter(lambda x: x < 4))
@reproducible(60)
def test_transform_against_scipy(u, x):
    theta = x * math.sqrt(30 * 0.4)
    value = exit_time_laplace(u, theta, 30, 0.4)
    assert value == approx(1 / scipy.special.hyp1f1(15 * u, 0.5, x * x), rel=1e-10)


@pytest.mark.parametrize("u", [0, 1e-9, 0.3, 40])
def test_without_decay_the_transform_is_a_hyperbolic_secant(u):
    expected = 1 / math.cosh(5 * math.sqrt(2 * u / 0.1) / 3)
    assert exit_time_laplace(u, 5, INF, 0.1, 3) == approx(expected)
    assert exit_time_laplace(u, 5, 1e40, 0.1, 3) == approx(expected)


@given(SIZES.filter(lambda x: x < 5), st.floats(2, 1e4), st.floats(0.01, 1))
@reproducible(60)
def test_transform_begins_with_mean_and_variance(x, tau, p):
    theta = x * math.sqrt(tau * p)
    mean = 1 / consolidation_rate(theta, tau, p)
    second = exit_time_variance(theta, tau, p) + mean**2
    u = 1e-5 / mean
    expected = 1 - u * mean + u**2 * second / 2
    assert exit_time_laplace(u, theta, tau, p) == approx(expected, rel=1e-14)
    assert exit_time_laplace(0, theta, tau, p) == 1


def test_rare_exits_have_the_transform_of_an_exponential_distribution():
    sigma = math.sqrt(50 * 0.2)
    mean = 1 / consolidation_rate(20 * sigma, 50, 0.2)
    u = np.array([0.01, 1, 100]) / mean
    np.testing.assert_allclose(
        exit_time_laplace(u, 20 * sigma, 50, 0.2), 1 / (1 + u * mean), rtol=1e-11
    )


def test_transform_falls_and_never_fails():
    u = np.concatenate([[0], 10.0 ** np.linspace(-300, 300, 601)])
    for theta, tau in ((5, 500), (200, 2), (1e150, 3), (1e-150, 3), (5, INF)):
        values = exit_time_laplace(u, theta, tau, 0.1)
        assert values[0] == 1
        assert np.all(np.diff(values) <= 1e-15)
        assert values[-1] == (1 if theta < 1 and tau < 1e3 else 0) or theta < 1
