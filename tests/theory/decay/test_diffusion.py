"""Decaying transient weights: known values, limits, the density's moments, scaling, simulation."""

import math

import numpy as np
import pytest
import scipy.integrate
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.walk import simulate
from tests.theory.formula.strategies import approx, reproducible
from theory import caching, lattice
from theory.decay import (
    consolidation_power,
    consolidation_rate,
    density,
    maintenance_power,
    mean_transient,
)
from theory.special import exit_time

INF = math.inf


def walk(relative, tau, p):
    return {"theta": relative * math.sqrt(tau * p), "tau": tau, "p": p}


def relative_threshold(theta, tau, p):
    return theta / math.sqrt(tau * p)


#: Decay from strong to hardly any: theta/sigma from 1/1000 to 10.
WALKS = st.builds(
    walk,
    st.floats(-3, 1).map(lambda exponent: 10.0**exponent),
    st.floats(1.5, 1e4),
    st.floats(0.01, 1),
)


# --- known values ---------------------------------------------------------------------------------


def test_known_values():
    assert consolidation_rate(5, 500, 0.1) == approx(0.00335712, rel=2e-6)
    assert mean_transient(5, 500, 0.1) == approx(1.636239, rel=1e-6)
    assert maintenance_power(5, 500, 0.1, 1000, 0.01) == approx(16.36239, rel=1e-6)
    assert consolidation_power(5, 500, 0.1, 1000) == approx(16.7856, rel=1e-5)


def test_the_maintenance_cost_may_be_zero():
    assert maintenance_power(5, 500, 0.1, 1000, 0) == 0


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("theta", [1e-3, 0.7, 5.0, 400.0])
@pytest.mark.parametrize("p", [0.1, 1.0])
@pytest.mark.parametrize("eta", [1.0, 0.03])
def test_without_decay_it_is_the_diffusion_limit(theta, p, eta):
    assert mean_transient(theta, INF, p, eta) == approx(theta / 3, rel=1e-15)
    # So many presentations that what is left at the end of them does not count.
    energy = caching.consolidation_energy(theta, p * 1e30, 100, eta)
    assert consolidation_power(theta, INF, p, 100, eta) == approx(energy / 1e30, rel=1e-15)
    assert maintenance_power(theta, INF, p, 100, 0.01, eta) == approx(
        caching.maintenance_energy(theta, 1, 100, 0.01), rel=1e-15
    )
    places = np.linspace(-1.5, 1.5, 13)
    np.testing.assert_allclose(
        density(places * theta, theta, INF, p, eta),
        np.maximum(1 - abs(places), 0) / theta,
        rtol=1e-15,
    )


def test_without_decay_it_is_the_lattice_for_small_steps():
    n = 10**8
    assert consolidation_rate(n, INF, 0.3) == approx(lattice.consolidation_rate(n, 0.3))
    assert mean_transient(n, INF, 0.3) == approx(lattice.mean_transient(n))
    near = density(n // 4, n, INF, 0.3)
    assert near == approx(lattice.stationary(n // 4, n))


@given(WALKS)
@reproducible(50)
def test_weak_decay_is_a_small_change(walk):
    weak = {**walk, "tau": 1e18}
    assert mean_transient(**weak) == approx(mean_transient(**{**walk, "tau": INF}))
    assert consolidation_rate(**weak) == approx(consolidation_rate(**{**walk, "tau": INF}))


@pytest.mark.parametrize(("tau", "p", "eta"), [(50, 0.5, 1), (1000, 0.1, 0.2), (3, 1, 7)])
def test_the_mean_saturates_where_the_threshold_is_hardly_reached(tau, p, eta):
    sigma = eta * math.sqrt(tau * p)
    for theta in (8 * sigma, 100 * sigma, 1e200):
        assert mean_transient(theta, tau, p, eta) == approx(sigma / math.sqrt(math.pi))
    places = np.linspace(-3, 3, 13) * sigma
    normal = np.exp(-((places / sigma) ** 2)) / (sigma * math.sqrt(math.pi))
    np.testing.assert_allclose(density(places, 100 * sigma, tau, p, eta), normal, rtol=1e-13)
    assert consolidation_rate(100 * sigma, tau, p, eta) == 0


@given(WALKS)
@reproducible(100)
def test_decay_lowers_mean_and_rate(walk):
    free = {**walk, "tau": INF}
    assert mean_transient(**walk) <= mean_transient(**free) * (1 + 1e-14)
    assert consolidation_rate(**walk) <= consolidation_rate(**free) * (1 + 1e-14)
    sooner = {**walk, "tau": walk["tau"] / 1.2 + 0.2}
    assert mean_transient(**sooner) <= mean_transient(**walk) * (1 + 1e-14)
    assert consolidation_rate(**sooner) <= consolidation_rate(**walk) * (1 + 1e-14)


# --- one process ----------------------------------------------------------------------------------


@given(WALKS)
@reproducible(100)
def test_the_rate_is_one_over_the_exit_time(walk):
    time = walk["tau"] * exit_time(relative_threshold(**walk))
    assert consolidation_rate(**walk) * time == approx(1)


@given(WALKS, st.sampled_from([1.0, 0.3, 12.0]))
@reproducible(40)
def test_the_density_has_area_one_and_the_mean(walk, eta):
    theta = walk["theta"]

    def integral(power):
        return 2 * scipy.integrate.quad(
            lambda s: s**power * density(s, **walk, eta=eta), 0, theta, epsabs=0, epsrel=1e-11
        )[0]  # fmt: skip

    assert integral(0) == approx(1, rel=1e-9)
    assert integral(1) == approx(mean_transient(**walk, eta=eta), rel=1e-9)


@given(WALKS)
@reproducible(40)
def test_the_flux_through_the_thresholds_is_the_rate(walk):
    theta = walk["theta"]
    step = 1e-6 * theta / max(1, relative_threshold(**walk) ** 2)
    slope = density(theta - step, **walk) / (theta - (theta - step))
    # Half of sigma_s^2 at each of the two.
    assert walk["p"] * slope == approx(consolidation_rate(**walk), rel=1e-5)


@given(WALKS, st.floats(-1.2, 1.2))
@reproducible(100)
def test_the_density_is_even_and_zero_beyond_the_thresholds(walk, place):
    s = place * walk["theta"]
    value = density(s, **walk)
    assert value == density(-s, **walk)
    assert (value > 0) == (abs(s) < walk["theta"])


@given(WALKS, st.integers(-20, 20), st.integers(-3, 3))
@reproducible(100)
def test_only_the_threshold_in_steps_matters(walk, scale, finer):
    """Units of weight change nothing, nor does a smaller step at a longer time."""
    unit, step = 2.0**scale, 2.0**finer
    theta, tau, p = walk.values()
    scaled = (theta * unit, tau, p, unit)
    assert consolidation_rate(*scaled) == consolidation_rate(**walk)
    assert mean_transient(*scaled) == mean_transient(**walk) * unit
    assert density(theta / 2 * unit, *scaled) == density(theta / 2, **walk) / unit
    longer = (theta, 64 * tau / step**2, p, step)
    assert mean_transient(*longer) == approx(mean_transient(theta, 64 * tau, p))


@given(WALKS)
@reproducible(50)
def test_powers_are_synapses_times_rates(walk):
    theta = walk["theta"]
    assert consolidation_power(**walk, N=70) == approx(70 * theta * consolidation_rate(**walk))
    assert maintenance_power(**walk, N=70, c=0.2) == approx(14 * mean_transient(**walk))


def test_the_power_of_very_many_synapses_does_not_vanish_with_the_rate():
    tau, x = 4.0, 27.5  # sigma = 2
    assert consolidation_rate(2 * x, tau, 1) == 0
    # The exit time is tau sqrt(pi) exp(x^2)/(2 x), up to 1/(2 x^2).
    rate_of_all = math.exp(math.log(1e30) - x**2) * 2 * x / (tau * math.sqrt(math.pi))
    assert consolidation_power(2 * x, tau, 1, 1e30) == approx(2 * x * rate_of_all, rel=1e-3)


# --- simulation -----------------------------------------------------------------------------------


@pytest.mark.statistical
@pytest.mark.parametrize("relative", [0.5, 1.0, 2.0])
def test_a_walk_of_small_steps_comes_close(relative):
    theta, p = 40.0, 0.5
    tau = (theta / relative) ** 2 / p
    record = simulate(1000, 16384, threshold=theta, tau=tau, p=p, rng=np.random.default_rng(1))
    # Steps overshoot the threshold, which acts as if it were 0.6 steps further away.
    for estimate, function in (
        (record.rate, consolidation_rate),
        (record.mean_transient, mean_transient),
    ):
        effective = function(theta + 0.5826, tau, p)
        assert estimate.mean == pytest.approx(effective, rel=0.012, abs=6 * estimate.standard_error)
