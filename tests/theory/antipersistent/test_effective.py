"""Caching of correlated steps: the walk from zero, effective updates, a perceptron."""

import math

import numpy as np
import pytest
import scipy.integrate
import scipy.linalg
import scipy.special

from tests.theory.formula.strategies import approx
from theory import antipersistent, lattice, perceptron
from theory.antipersistent import (
    caching,
    caching_along,
    effective_updates,
    local_memory,
    minimal_energy,
    walk_from_zero,
)

INF = math.inf


def generator(n):
    """Of the transient weight's size, 0 to n - 1, for updates at rate 1."""
    rates = -np.eye(n)
    for size in range(n):
        for up in (-1, 1):
            rates[size, abs(size + up) % n] += 1 / 2
    return rates


def independent(updates):
    return np.append(float(updates), np.zeros(updates - 1))


# --- the walk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("t", [0.3, 2.0, 17.0, 60.0])
def test_walk_from_zero_is_the_solution_of_its_master_equation(n, t):
    energies, sizes = walk_from_zero(n, [t])
    # The last row gathers the time that is spent at 0.
    rates = np.zeros((n + 1, n + 1))
    rates[:n, :n], rates[0, n] = generator(n), 1
    state = scipy.linalg.expm(rates * t)[0]
    assert sizes[0] == pytest.approx(state[:n] @ np.arange(n), abs=1e-12)
    assert energies[0] == pytest.approx(state[n], abs=1e-12)


@pytest.mark.parametrize("t", [0.5, 30.0, 5000.0])
def test_a_walk_that_never_consolidates(t):
    """Its mean distance is t exp(-t) (I_0(t) + I_1(t))."""
    expected = t * (scipy.special.ive(0, t) + scipy.special.ive(1, t))
    energies, sizes = walk_from_zero(INF, [t])
    assert energies[0] == approx(expected, rel=1e-10)
    assert sizes[0] == approx(expected, rel=1e-10)


@pytest.mark.parametrize("n", [2, 7, 30])
def test_in_the_end_the_walk_is_in_the_steady_state_of_the_lattice(n):
    times = np.array([20.0, 21.0]) * n**2
    energies, sizes = walk_from_zero(n, times)
    assert sizes == pytest.approx(lattice.mean_transient(n))
    assert np.diff(energies) == pytest.approx(n * lattice.consolidation_rate(n, 1) * n**2)
    # What is held in the end, less than half of which a steady state would have had at first.
    assert energies[0] - times[0] / n == pytest.approx(lattice.mean_transient(n) / 2)


# --- caching of correlated steps ------------------------------------------------------------------


def pulled_back(pull, updates):
    """Sums of correlations of a walk with steps +-1 of mean -pull times where it is."""
    squares = np.empty(updates + 1)
    squares[0] = 0
    for k in range(updates):
        squares[k + 1] = squares[k] * (1 - 2 * pull) + 1
    sums = independent(updates)
    for lag in range(1, updates):
        made = np.arange(updates - lag)
        sums[lag] = np.sum(-pull * (1 - pull) ** (lag - 1) * (1 - pull * squares[made]))
    return sums, squares[-1]


def simulated(pull, updates, n, walkers=6000, seed=3):
    """Energy per walker of caching such walks, step by step, with its standard error."""
    rng = np.random.default_rng(seed)
    weight, transient = np.zeros(walkers), np.zeros(walkers)
    energy, size = np.zeros(walkers), np.zeros(walkers)
    for _ in range(updates):
        step = np.where(rng.random(walkers) < (1 - pull * weight) / 2, 1.0, -1.0)
        weight += step
        transient += step
        over = np.abs(transient) >= n
        energy += np.where(over, np.abs(transient), 0)
        transient[over] = 0
        size += np.abs(transient) / updates
    energy += np.abs(transient)
    return energy.mean(), energy.std() / math.sqrt(walkers), size.mean()


@pytest.mark.parametrize(
    ("n", "within", "before"), [(8, 0.005, 0.005), (16, 0.01, 0.03), (30, 0.02, 0.1)]
)
def test_walks_that_are_pulled_back_are_predicted_from_their_correlations(n, within, before):
    pull, updates = 0.001, 3000
    sums, _ = pulled_back(pull, updates)
    energy, error, size = simulated(pull, updates, n)
    predicted = caching_along(n - 1, sums, np.arange(1.0, updates + 1))
    assert energy == pytest.approx(predicted.consolidation_energy, rel=within, abs=3 * error)
    assert size == pytest.approx(predicted.mean_transient, rel=0.03)
    walk = caching_along(n - 1, independent(updates), np.arange(1.0, updates + 1))
    assert energy + 3 * error < (1 - before) * walk.consolidation_energy


def test_the_squared_weight_is_the_sum_of_all_correlations():
    sums, square = pulled_back(0.004, 1500)
    assert sums[0] + 2 * sums[1:].sum() == approx(square, rel=1e-10)
    assert effective_updates(sums, np.ones_like) == pytest.approx(square)


def test_independent_updates_are_all_effective():
    result = caching_along(4.5, independent(2000), np.array([0.0, 2000.0]), eta=0.5)
    energies, sizes = walk_from_zero(10, [0, 2000])
    assert result.effective_updates == 2000
    assert result.consolidation_energy == approx(0.5 * energies[1])
    assert result.final_consolidation == approx(0.5 * sizes[1])
    assert result.mean_transient == approx(0.5 * sizes.mean())
    assert result.consolidations == approx((energies[1] - sizes[1]) / 10)


def test_few_weak_correlations_act_to_first_order():
    """Equal correlations -c change the energy by 1 - c n^2/3, what is held by 1 - c n^2/30."""
    updates, c, n = 40_000, 1e-6, 20
    sums = independent(updates)
    sums[1 : 10 * n**2] = -c * updates
    share = effective_updates(sums, lambda lags: local_memory(lags / n**2)) / updates
    assert (1 - share) / (c * n**2 / 3) == pytest.approx(1, rel=0.01)
    result = caching_along(n - 1, sums, np.array([20_000.0]))
    for held in (result.final_consolidation, result.mean_transient):
        less = 1 - held / lattice.mean_transient(n)
        assert less / (c * n**2 / 30) == pytest.approx(1, rel=0.01)


@pytest.mark.parametrize(
    ("correlations", "message"),
    [
        ([100, -80], r"correlations must make a squared weight >= 0, got -60\.0"),
        ([100, math.nan], r"correlations must be a finite number, got nan at index \(1,\)"),
        ([0.0, 0.0], r"correlations must be S_0 > 0, S_1, \.\.\., got"),
        ([[1.0]], r"correlations must be S_0 > 0, S_1, \.\.\., got"),
        ([], r"correlations must be S_0 > 0, S_1, \.\.\., got"),
    ],
)
def test_correlations_that_no_walk_has(correlations, message):
    with pytest.raises(ValueError, match=message):
        effective_updates(correlations, local_memory)
    with pytest.raises(ValueError, match=message):
        caching_along(5, correlations, [1.0])


def test_all_that_is_done_may_be_undone():
    """If all correlations count no effective update is left, if the memory is short a few."""
    assert effective_updates([100, -50], np.ones_like) == 0
    share = effective_updates([100, -50], lambda lags: local_memory(lags / 100)) / 100
    assert share == approx(1 - float(local_memory(share / 100)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((math.nan, [9.0], [1.0]), "theta must be a number >= 0, got nan"),
        ((5, [9.0], [-1.0]), "so_far must be a finite number >= 0, got -1"),
        ((5, [9.0], [1.0], 0), "eta must be a finite number > 0, got 0"),
    ],
)
def test_bad_caching_along(arguments, message):
    with pytest.raises(ValueError, match=message):
        caching_along(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, [1.0]), "n must be an integer >= 1, got 0"),
        ((math.nan, [1.0]), "n must be an integer >= 1, got nan"),
        ((2, [INF]), "updates must be a finite number >= 0, got inf"),
    ],
)
def test_bad_walks(arguments, message):
    with pytest.raises(ValueError, match=message):
        walk_from_zero(*arguments)


# --- caching of a perceptron ----------------------------------------------------------------------


def test_small_thresholds_cost_every_update():
    """At n = 1 s is always 0, so no correlation counts."""
    for theta in (0, 0.09):
        result = caching(theta, 1000, 1000, 2000, 0.1)
        assert result.effective_updates == approx(2000)
        assert result.consolidation_energy == approx(200)
        assert result.consolidations == approx(2000)
        assert (result.final_consolidation, result.mean_transient) == (0, 0)
    assert caching(1, 1000, 1000, 2000).effective_updates < 1999


@pytest.mark.parametrize("theta", [60, 100, 150, 400, INF])
def test_no_more_is_consolidated_in_the_end_than_in_all(theta):
    """At 90 patterns of 50 synapses a few correlations are positive and s would be held longer."""
    result = caching(theta, 90, 50, perceptron.updates(90, 50))
    assert result.consolidations >= 0
    assert result.mean_transient <= result.final_consolidation <= result.consolidation_energy


def test_a_million_updates_take_little_memory_and_time():
    K = 1_000_000
    assert caching(20, 20_000, 1e9, K).consolidation_energy == pytest.approx(K / 21, rel=1e-3)


def test_no_consolidation_costs_the_way_to_the_final_weights():
    result = caching(INF, 1000, 1000, 2000, eta=0.1)
    assert result.consolidations == 0
    assert result.consolidation_energy == approx(result.final_consolidation)
    assert result.consolidation_energy == pytest.approx(
        minimal_energy(1000, 1000, 2000, eta=0.1) / 1000, rel=1e-3
    )


def test_energy_falls_and_less_than_of_independent_walks():
    thresholds = [0, 1, 3, 8, 20, 60, INF]
    results = [caching(theta, 1000, 1000, 2000) for theta in thresholds]
    energies = [result.consolidation_energy for result in results]
    assert energies == sorted(energies, reverse=True)
    for theta, result in zip(thresholds[1:-1], results[1:-1], strict=True):
        walk = walk_from_zero(theta + 1, [2000.0])[0][0]
        assert result.consolidation_energy < walk
        assert result.effective_updates < 2000


def test_step_size_is_a_unit():
    small, large = caching(8, 500, 1000, 440), caching(16, 500, 1000, 440, eta=2)
    assert large.effective_updates == small.effective_updates
    assert large.consolidations == small.consolidations
    for name in ("consolidation_energy", "final_consolidation", "mean_transient"):
        assert getattr(large, name) == approx(2 * getattr(small, name))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((5, 10, 10, 5), "P < 2\\*K must hold"),
        ((-1, 10, 10, 50), "theta must be a number >= 0"),
        ((5, 10, 0, 50), "N must be a finite number > 0"),
        ((5, 10, 10, 0.4), "K must be a number from 1 to 1000000, got 0.4"),
        ((INF, 1, 1000, 1e9), "K must be a number from 1 to 1000000, got 1000000000.0"),
        ((INF, 1, 1000, 1e5), "P must make at most 10000 epochs of K updates, got P = 1.0, K = 1"),
        (([5, 6], 10, 10, 50), r"theta must be a single number, got an array of shape \(2,\)"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        caching(*arguments)


def test_it_can_be_evaluated_by_name():
    from theory.formula import ALGORITHMS

    entry = ALGORITHMS["antipersistent.caching"]
    assert entry.function is antipersistent.caching
