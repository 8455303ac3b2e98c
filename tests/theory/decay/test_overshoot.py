"""The overshoot correction: its limits, and the exact route."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory import decay, lattice

INF = math.inf


@pytest.mark.parametrize("level", [0.3, 1, 1.5, 2.5, 5, 7.25, 10, 20.5, 400])
@pytest.mark.parametrize("p", [0.1, 1.0])
def test_without_decay_it_is_the_lattice(level, p):
    n = math.floor(level) + 1
    assert decay.mean_consolidated(level, INF, p) == approx(n)
    assert decay.corrected_rate(level, INF, p) == approx(lattice.consolidation_rate(n, p))
    assert decay.corrected_mean(level, INF, p) == pytest.approx(
        lattice.mean_transient(n), rel=1e-12
    )


@pytest.mark.parametrize("level", [0.3, 1.5, 2.5, 7.25, 20.5])
def test_hardly_any_decay_is_the_lattice_up_to_the_sum_of_64_terms(level):
    n = math.floor(level) + 1
    assert decay.mean_consolidated(level, 1e9, 0.1) == approx(n, rel=2e-3)


@pytest.mark.parametrize(
    ("theta", "tau", "p", "amount"),
    [
        (5, 500, 0.1, 1.090),
        (5, 500, 0.3, 1.125),
        (2, 100, 0.5, 1.331),
        (10, 500, 0.3, 1.042),
        (10, 100, 0.3, 1.034),
    ],
)
def test_known_amounts(theta, tau, p, amount):
    """Monte Carlo, 1.2e8 steps, with decay exp(-1/tau)."""
    within = 0.06 if theta < 5 else 0.005
    assert decay.mean_consolidated(theta, tau, p) / theta == pytest.approx(amount, abs=within)


@given(
    st.floats(0.3, 100),
    st.floats(0, 6).map(lambda exponent: 1.5 * 10.0**exponent),
    st.floats(0.01, 1),
)
@reproducible(100)
def test_the_amount_is_at_least_a_step_and_at_most_a_step_beyond(theta, tau, p):
    amount = decay.mean_consolidated(theta, tau, p)
    assert max(1, theta - 0.02) <= amount <= theta + 1.02


@given(st.floats(2, 30), st.floats(0.1, 1.5), st.floats(0.05, 1), st.integers(-8, 8))
@reproducible(60)
def test_one_correction_serves_all_quantities(theta, x, p, scale):
    unit, tau = 2.0**scale, 1.5 + (theta / x) ** 2 / p
    amount = decay.mean_consolidated(theta, tau, p)
    assert decay.mean_consolidated(theta * unit, tau, p, unit) == amount * unit
    rate = decay.corrected_rate(theta, tau, p)
    assert decay.corrected_consolidation_power(theta, tau, p, 70) == approx(70 * amount * rate)
    mean = decay.corrected_mean(theta, tau, p)
    assert decay.corrected_maintenance_power(theta, tau, p, 70, 0.2) == approx(14 * mean)
    assert rate < decay.consolidation_rate(theta, tau, p)


@pytest.mark.parametrize(("theta", "tau", "p"), [(5, 500, 0.1), (5, 500, 0.4), (12, 900, 0.3)])
def test_it_is_much_closer_to_the_exact_route_than_the_diffusion_limit(theta, tau, p):
    exact = decay.steady_state(theta, tau, p, tolerance=1e-4)
    corrected = abs(decay.corrected_rate(theta, tau, p) / exact.rate - 1)
    assert corrected < 0.02
    assert abs(decay.consolidation_rate(theta, tau, p) / exact.rate - 1) > 5 * corrected
