"""Triggers with decay: weak decay, one synapse, and the highest thresholds."""

import math

import pytest

from tests.theory.formula.strategies import approx
from theory import triggers
from theory.triggers import Cycle


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
