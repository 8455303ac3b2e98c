"""Triggers: the walk behind them, cycles, optima, and what they say of each other."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory import lattice, triggers
from theory.triggers import Cycle
from theory.triggers.total import _chain, _expanded
from theory.triggers.walks import at_zero, exit_probability, visits


def followed(n, steps):
    """Survival, probability of being at zero and mean size of one walk, step by step."""
    law = np.zeros(2 * n + 1)
    law[n] = 1
    places = np.abs(np.arange(-n, n + 1))
    rows = []
    for _ in range(steps):
        rows.append((law.sum(), law[n], law @ places))
        law = np.convolve(law, [0.5, 0, 0.5])[1:-1]
        law[[0, -1]] = 0
    return np.array(rows).T


# --- one walk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 7, 8, 24, 41])
def test_the_walk_by_images_and_by_modes(n):
    steps = 4 * n * n + 3
    j = np.arange(steps)
    survival, zero, size = followed(n, steps)
    np.testing.assert_allclose(triggers.survival(j, n), survival, rtol=1e-11, atol=1e-300)
    np.testing.assert_allclose(at_zero(j[::2], n), zero[::2], rtol=1e-11, atol=1e-300)
    stopped = size + n * (1 - survival)
    np.testing.assert_allclose(visits(j, n), stopped, rtol=1e-12)


def test_what_survival_lacks_of_one_keeps_its_digits():
    with mpmath.workdps(40):
        exact = 1 - triggers.survival(mpmath.mpf(44), mpmath.mpf(40))
    assert exact < 2e-10
    assert float(exit_probability(44, 40)) == approx(float(exact), rel=1e-12)
    assert float(exit_probability(10**6, 10**5)) < 1e-300


def test_both_sides_of_the_seam_between_images_and_modes_agree():
    n = 400
    j = np.array([n * n // 8 - 2, n * n // 8, n * n // 8 + 2])
    with mpmath.workdps(40):
        exact = [float(triggers.survival(mpmath.mpf(int(step)), mpmath.mpf(n))) for step in j]
    np.testing.assert_allclose(triggers.survival(j, n), exact, rtol=1e-14)


def test_distance_of_large_numbers_of_steps():
    assert triggers.mean_distance(127) == triggers.mean_distance(128)
    assert triggers.mean_distance(1e12) == approx(math.sqrt(2e12 / math.pi), rel=1e-12)


# --- cycles ---------------------------------------------------------------------------------------


def test_local_cycles_are_those_of_the_lattice():
    assert triggers.local_cycle(5, 2) == Cycle(9.0, 6.0, float(lattice.mean_transient(3, 2)))


@pytest.mark.parametrize("n", [1, 2, 6, 40])
def test_one_synapse_is_local(n):
    assert triggers.any_cycle(n - 1, 1) == triggers.local_cycle(n - 1)
    nearly = triggers.any_cycle(n - 1, 1 + 1e-12)
    assert nearly.updates == approx(n**2, rel=1e-10)
    assert nearly.consolidated == approx(n, rel=1e-10)
    assert nearly.mean_transient == approx(float(lattice.mean_transient(n)), rel=1e-10)


@pytest.mark.parametrize("n", [2, 3, 12])
def test_very_many_synapses_consolidate_as_soon_as_one_of_them_can(n):
    cycle = triggers.any_cycle(n - 1, 1e12)
    assert cycle.updates == approx(n, rel=1e-9)
    assert cycle.consolidated == approx(triggers.mean_distance(n), rel=1e-9)
    assert cycle.mean_transient == approx(triggers.periodic_transient(n), rel=1e-9)


def test_events_in_a_perceptron_as_the_walk_has_them():
    """The numbers of updates between consolidations for N = 1001 that a long sum gives."""
    updates = [triggers.any_cycle(theta, 1001).updates for theta in (5, 10, 20, 40)]
    np.testing.assert_allclose(updates, [6.0, 11.80339, 36.50397, 133.1642], rtol=1e-6)


@reproducible(60)
@given(st.integers(1, 60), st.floats(0, 12), st.floats(1.01, 30))
def test_more_synapses_shorten_the_cycle(n, decades, factor):
    N = 10.0**decades
    few, many = (triggers.any_cycle(n - 1, count) for count in (N, factor * N))
    for quantity in ("updates", "consolidated", "mean_transient"):
        assert getattr(many, quantity) <= getattr(few, quantity) * (1 + 1e-9)
    assert n * (1 - 1e-9) <= many.updates <= n**2 * (1 + 1e-9)


def test_cycles_scale_with_the_step():
    for cycle in (triggers.any_cycle, triggers.total_cycle):
        unit, scaled = cycle(500, 100), cycle(1500, 100, 3)
        assert scaled.updates == approx(unit.updates)
        assert scaled.consolidated == approx(3 * unit.consolidated)
        assert scaled.mean_transient == approx(3 * unit.mean_transient)


def test_a_sum_that_takes_too_long_is_refused():
    with pytest.raises(ValueError, match="theta must be lower for N = 2, got 2000 eta"):
        triggers.any_cycle(2000, 2)


def test_the_total_of_very_many_synapses_is_the_mean():
    cycle = triggers.total_cycle(1.2e12, 1e12)
    assert cycle == Cycle(approx(3.0), approx(1.5), approx(2 / 3))
    assert triggers.total_cycle(0.9e12, 1e12) == Cycle(1.0, 1.0, 0.0)
    # At 1 a synapse every second update reaches it or not, for all sums that are N at the first.
    assert triggers.total_cycle(1000, 1000).updates == approx(2.5, rel=0.01)


@pytest.mark.parametrize("N", [50, 200, 1000, 10_000])
@pytest.mark.parametrize("mean", [12.0, 15.0])
def test_the_expansion_continues_the_chain(N, mean):
    chain, expansion = _chain(mean * N + 0.5, N), _expanded(mean * N + 0.5, N)
    close = {"rel": 1e-3 + 13 / N**2}
    assert expansion.updates == approx(chain.updates, **close)
    assert expansion.consolidated == approx(chain.consolidated, **close)
    assert expansion.mean_transient == approx(chain.mean_transient, **close)


# --- with decay -----------------------------------------------------------------------------------


@pytest.mark.parametrize("N", [100, 1000])
def test_weak_decay_is_none(N):
    # Sums of +-1 are even or odd: the level is halfway, on average 1/2 above 3 N.
    slow, lattice_sum = (
        triggers.decaying_total_cycle(3 * N + 0.5, 1e9, 0.2, N),
        triggers.total_cycle(3 * N, N),
    )
    close = {"rel": 0.5 / N}
    assert slow.updates == approx(lattice_sum.updates, **close)
    assert slow.mean_transient == approx(lattice_sum.mean_transient, **close)
    smeared = triggers.decaying_any_cycle(10.4, 1e7, 0.2, N)
    assert smeared.updates == approx(triggers.any_cycle(10.4, N).updates, rel=1e-4)
    assert smeared.consolidated == approx(triggers.any_cycle(10.4, N).consolidated, rel=1e-4)


def test_one_decaying_synapse_is_local():
    """With an update at every presentation the clock is even, and nothing is approximated."""
    from theory.decay import steady_state

    cycle, state = triggers.decaying_any_cycle(4.3, 60, 1, 1), steady_state(4.3, 60, 1)
    assert 1 / cycle.updates == approx(state.rate, rel=3e-3)
    assert cycle.consolidated == approx(state.mean_consolidated, rel=3e-3)
    assert cycle.mean_transient == approx(state.mean_transient, rel=3e-3)


def test_below_a_step_every_update_is_consolidated():
    assert triggers.decaying_any_cycle(0.5, 50, 0.1, 7) == Cycle(1.0, 1.0, 0.0)
    assert triggers.decaying_total_cycle(60, 20, 0.1, 70, 2) == Cycle(1.0, 2.0, 0.0)


def test_thresholds_near_what_an_even_clock_allows_are_refused():
    with pytest.raises(ValueError, match=r"5\*theta <= eta\*tau\*p must hold, got theta = 30"):
        triggers.decaying_any_cycle(30, 40, 0.5, 10)
    with pytest.raises(ValueError, match=r"theta <= 0\.42\*N\*eta"):
        triggers.decaying_total_cycle(2000, 40, 0.5, 1000)
    with pytest.raises(ValueError, match="theta must be reached within 10000 updates, got 180 eta"):
        triggers.decaying_any_cycle(180, 1000, 1, 1)


@pytest.mark.parametrize("N", [50, 1000, 1e6])
@pytest.mark.parametrize(("tau", "p"), [(5, 1), (50, 0.3), (500, 0.1)])
def test_the_highest_thresholds_that_are_not_refused(N, tau, p):
    total = triggers.decaying_total_cycle(0.4199 * N * math.sqrt(tau * p), tau, p, N)
    assert total.consolidated >= max(0.4199 * math.sqrt(tau * p), 1) * (1 - 1e-9)
    single = triggers.decaying_any_cycle(0.1999 * tau * p, tau, p, N)
    assert single.updates >= 1


# --- energies and optima --------------------------------------------------------------------------


def test_energies_of_local_consolidation_are_those_of_the_lattice():
    found = triggers.energies(10, 2000, 30_000, 500, 1e-3, 0.5)
    n = 21
    assert found.consolidation == approx(lattice.consolidation_energy(n, 2000, 500, 0.5))
    assert found.maintenance == approx(lattice.maintenance_energy(n, 30_000, 500, 1e-3, 0.5))
    assert found.total == approx(lattice.total_energy(n, 2000, 30_000, 500, 1e-3, 0, 0.5))


@reproducible(15)
@given(st.floats(10, 600), st.floats(50, 5000), st.floats(0, 1), st.sampled_from(["local", "any"]))
def test_no_threshold_is_better_than_the_best(K, N, cT, trigger):
    best = triggers.optimum(K, 1, N, cT, trigger=trigger)
    energies = [triggers.energies(theta, K, 1, N, cT, 1, trigger).total for theta in range(120)]
    assert best.energy == approx(min(energies))
    assert best.energy == approx(triggers.energies(best.threshold, K, 1, N, cT, 1, trigger).total)


@pytest.mark.parametrize(
    ("K", "N", "cT"),
    [(300, 1000, 0.5), (1.333, 2995, 0.001425), (4.28, 5e10, 0.912), (20, 60, 3), (3.04, 1.1e8, 0)],
)
def test_no_threshold_of_the_total_is_much_better_than_the_best(K, N, cT):
    best = triggers.optimum(K, 1, N, cT, 2, "total")
    others = [
        triggers.energies(2 * N * theta, K, 1, N, cT, 2, "total").total
        for theta in (0, *np.geomspace(1, 3 * math.sqrt(K) + 2, 100))
    ]
    assert min(others) * 0.99 < best.energy < min(others) * 1.001


def test_few_synapses_have_no_total():
    for refused in (
        lambda: triggers.optimum(2000, 30_000, 10, 1e-3, trigger="total"),
        lambda: triggers.energies(50, 2000, 30_000, 10, 1e-3, trigger="total"),
        lambda: triggers.ratios(2000, 30_000, 10, 1e-3),
        lambda: triggers.total_cycle(50, 10),
    ):
        with pytest.raises(ValueError, match=r"N must be a finite number >= 50.*got 10"):
            refused()
    for function, first in ((triggers.energies, {"theta": 5}), (triggers.optimum, {})):
        with pytest.raises(ValueError, match="trigger must be one of local, any, total, got 'som"):
            function(**first, K=100, T=1000, N=100, c=0.001, trigger="some")
    with pytest.raises(ValueError, match=r"theta must be at most 1e\+09 N eta"):
        triggers.total_cycle(1e300, 1000)


def test_local_is_the_cheapest_and_the_others_are_close():
    for cT in (0.01, 1, 10):
        ratios = triggers.ratios(1000, 1, 1001, cT)
        assert 1 < ratios.any_over_local < 1.133
        assert 1 < ratios.total_over_local < 1.133
    dear = triggers.ratios(1000, 1, 1001, 5000)
    assert dear == triggers.Ratios(approx(1.0), approx(1.0))


def test_periodic_consolidation_at_its_best_is_the_limit_of_both():
    K, cT = 20_000.0, 1.0
    periodic = triggers.periodic_energy(np.arange(2, 40_000, 2), K, 1, 1, cT).min()
    local = float(lattice.optimal_energy(K, 1, 1, cT))
    assert periodic / local == approx(2 / math.sqrt(math.pi), rel=1e-3)
