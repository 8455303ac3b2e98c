"""The exact steady state: small cases by hand, the lattice, a conservation law, its own error."""

import math

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory import decay, lattice
from theory.decay import SteadyState, exact, steady_state
from theory.decay.exact import _at_threshold, _between_consolidations

INF = math.inf


def difference(state, other, quantity="rate"):
    return abs(getattr(state, quantity) / getattr(other, quantity) - 1)


# --- known values ---------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 7, 40, 300])
@pytest.mark.parametrize("p", [0.05, 1.0])
def test_without_decay_it_is_the_lattice(n, p):
    state = steady_state(n - 0.5, INF, p)
    assert state.rate == approx(lattice.consolidation_rate(n, p), rel=1e-10)
    assert state.mean_consolidated == approx(n)
    if n > 1:
        assert state.mean_transient == approx(lattice.mean_transient(n), rel=1e-10)
    assert state.relative_error < 1e-10


@pytest.mark.parametrize(("level", "tau", "p"), [(2.5, 7, 0.8), (12, 1e4, 1.0), (12.3, 20, 0.5)])
def test_elimination_and_iteration_agree(level, tau, p, monkeypatch):
    cells = exact.DIRECT
    eliminated = _between_consolidations(int(level * cells), cells, 1 - 1 / tau, p)
    monkeypatch.setattr(exact, "DIRECT", cells - 1)
    iterated = _between_consolidations(int(level * cells), cells, 1 - 1 / tau, p)
    np.testing.assert_allclose(iterated, eliminated, rtol=1e-11)


def test_weights_at_the_threshold_are_kept():
    assert steady_state(3, INF, 1).mean_consolidated == approx(4)
    assert steady_state(1, 50, 1).rate < 0.5


def test_below_one_step_every_update_is_consolidated():
    assert steady_state(0.9, 20, 0.3) == SteadyState(0.3, 0.0, 1.0, 0.0)


def test_a_case_with_two_levels():
    """theta from eta to eta (1 + d), p = 1: consolidated by two steps in one direction, or later.

    With d = 1/2 the places after an update are 1, then 1/2 - 1 = -1/2, then 3/4, 5/8, 11/16, ...
    from each of which a step outwards consolidates if theta is 1.2 (1 + 1/2 and 1 + 1/4 are beyond
    it): every update consolidates with probability 1/2, but the first.
    """
    state = steady_state(1.2, 2, 1)
    assert state.rate == approx(1 / 3, rel=1e-6)  # one step, then two on average
    # 1, then after each turn half of the place less 1: 1/2, 3/4, 5/8, ..., by halves.
    places = [1.0]
    for _ in range(60):
        places.append(1 - places[-1] / 2)
    total = sum(place / 2**turn for turn, place in enumerate(places))
    assert state.mean_transient == approx(total / 3, rel=1e-5)
    amount = sum((1 + place / 2) / 2 ** (turn + 1) for turn, place in enumerate(places))
    assert state.mean_consolidated == approx(amount, rel=1e-5)


def test_the_parameters_of_figure_6():
    state = steady_state(5, 500, 0.1)
    assert state.rate == pytest.approx(0.0027419, abs=1e-7)
    assert state.mean_transient == pytest.approx(1.74192, abs=1e-5)
    assert state.mean_consolidated == pytest.approx(5.4485, abs=1e-4)


# --- laws it must obey ----------------------------------------------------------------------------

walks = st.tuples(st.floats(1.01, 8), st.floats(0.2, 1.5), st.floats(0.05, 1)).map(
    lambda point: (point[0], max(2 * point[0], (point[0] / point[1]) ** 2 / point[2]), point[2])
)


@given(walks)
@reproducible(12)
def test_the_amount_is_within_a_step_beyond_the_threshold(walk):
    state = steady_state(*walk, tolerance=1e-2)
    assert walk[0] < state.mean_consolidated <= walk[0] + 1
    assert 0 < state.rate <= walk[2]
    assert 0 < state.mean_transient < walk[0]


@given(walks, st.floats(1.01, 1.5))
@reproducible(12)
def test_the_rate_falls_with_the_threshold(walk, factor):
    theta, tau, p = walk
    state = steady_state(*walk, tolerance=1e-3)
    less = steady_state(theta * factor, tau, p, tolerance=1e-3)
    assert less.rate <= state.rate * (1 + state.relative_error + less.relative_error)


def test_the_rate_can_rise_with_decay():
    """Unlike in the diffusion limit: places between two levels are moved closer to the upper."""
    slow, fast = (steady_state(1.25, tau, 1, tolerance=1e-3) for tau in (6.25, 4.2))
    assert fast.rate > 1.03 * slow.rate
    assert decay.consolidation_rate(1.25, 4.2, 1) < decay.consolidation_rate(1.25, 6.25, 1)


@given(walks, st.integers(-8, 8))
@reproducible(8)
def test_only_the_threshold_in_steps_matters(walk, scale):
    theta, tau, p = walk
    unit = 2.0**scale
    one, other = steady_state(*walk, 1, 1e-2), steady_state(theta * unit, tau, p, unit, 1e-2)
    assert other.rate == one.rate
    assert other.mean_transient == one.mean_transient * unit
    assert other.mean_consolidated == one.mean_consolidated * unit


@pytest.mark.parametrize(
    ("level", "decay_factor", "p"), [(5.0, 0.998, 0.1), (3.3, 0.95, 0.4), (10.2, 0.99, 1.0)]
)
def test_grids_converge_even_if_the_threshold_is_not_between_two_nodes(level, decay_factor, p):
    coarse = _between_consolidations(round(level * 64), 64, decay_factor, p)
    fine = _between_consolidations(round(level * 256), 256, decay_factor, p)
    np.testing.assert_allclose(coarse, fine, rtol=0.02)
    finest = _between_consolidations(round(level * 1024), 1024, decay_factor, p)
    np.testing.assert_allclose(fine, finest, rtol=0.005)


@pytest.mark.parametrize("walk", [(40.0, 1600.0, 1.0), (60.0, 20_000.0, 0.5)])
def test_small_steps_give_the_diffusion_limit_a_little_beyond_the_threshold(walk):
    theta, tau, p = walk
    state = steady_state(*walk, tolerance=1e-4)
    amount = state.mean_consolidated
    assert 0.35 < amount - theta < 0.6
    assert state.rate == approx(decay.consolidation_rate(amount, tau, p), rel=2e-3)
    assert state.mean_transient == approx(decay.mean_transient(amount, tau, p), rel=2e-3)


# --- its own error --------------------------------------------------------------------------------


@given(walks)
@reproducible(10)
def test_the_error_estimate_covers_what_a_finer_grid_changes(walk):
    coarse, fine = steady_state(*walk, tolerance=1e-2), steady_state(*walk, tolerance=1e-4)
    for quantity in ("rate", "mean_transient", "mean_consolidated"):
        change = difference(coarse, fine, quantity)
        assert change <= coarse.relative_error + fine.relative_error


def test_weights_that_crowd_at_the_threshold_are_owned_up_to():
    """Weak decay at a whole threshold: the weights at it are closer to it than any cell."""
    assert steady_state(3, 1e7, 1).relative_error > 0.05
    assert steady_state(3.1, 1e7, 1).relative_error < 1e-5
    # A weight exactly at the threshold, 1 + d.
    state = steady_state(1.9, 10, 1)
    assert state.relative_error > 0.02
    below, above = (steady_state(1.9 + by, 10, 1, tolerance=1e-4) for by in (-0.001, 0.001))
    assert above.rate < state.rate < below.rate
    assert below.rate / state.rate - 1 < 2 * state.relative_error


def test_a_threshold_between_two_nodes_is_one_of_the_grid():
    """Nodes 0 to 10 are kept if the threshold is 10.5 cells."""
    values, effect = _at_threshold(10.5 / 4, 0.9, 0.5, 4)
    np.testing.assert_allclose(values, _between_consolidations(10, 4, 0.9, 0.5))
    assert effect[0] < 0 < effect[2]


def test_rare_consolidations():
    """One in 1e14 presentations: the equation is nearly singular."""
    state = steady_state(30, 100, 0.3, tolerance=1e-3)
    assert state.rate == approx(4.65e-15, rel=0.01)
    assert state.mean_transient == approx(math.sqrt(30 / math.pi), rel=0.01)


@pytest.mark.parametrize("theta", [45, 60, 80])
def test_rates_that_rounding_hides_are_refused(theta):
    with pytest.raises(ValueError, match="fewer than 1e-15 consolidations per update"):
        steady_state(theta, 100, 0.3, tolerance=1e-2)


def test_huge_thresholds():
    with pytest.raises(ValueError, match=r"theta must be at most 1024 eta with decay, got 3000"):
        steady_state(3000, 1e8, 1)
    assert steady_state(3000, INF, 1).mean_consolidated == approx(3001)


# --- bad arguments --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 500, 0.1), r"theta must be a finite number > 0, got 0\.0"),
        ((5, 1, 0.1), r"tau must be a number > 1 \(inf: no decay\), got 1\.0"),
        ((5, 500, 1.1), r"p must be a number > 0 and <= 1, got 1\.1"),
        ((5, 500, 0.1, -1), r"eta must be a finite number > 0, got -1\.0"),
        ((5, 500, 0.1, 1, 0), r"tolerance must be a finite number > 0, got 0\.0"),
        ((50, 10, 0.1), r"theta < eta\*tau must hold, got theta = 50\.0, tau = 10\.0, eta = 1\.0"),
        (([5, 6], 500, 0.1), r"theta must be a single number, got an array of shape \(2,\)"),
        ((sympy.Symbol("theta", positive=True), 500, 0.1), "theta must be a finite number > 0"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        steady_state(*arguments)
