"""The threshold of least power: known values, where there is none, limits, scaling."""

import math

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory.decay import consolidation_power, maintenance_power, optimal_power, optimal_threshold
from theory.special.balance import threshold_ratio

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
