"""Weights that pull back: the memory of a cache, its walk, and the curve of a perceptron."""

import math

import numpy as np
import pytest
import scipy.integrate
import scipy.linalg
import scipy.special

from tests.theory.formula.strategies import approx
from theory import antipersistent, lattice, perceptron
from theory.antipersistent import (
    Curve,
    caching,
    caching_along,
    effective_updates,
    lag_correlations,
    local_memory,
    local_memory_so_far,
    minimal_energy,
    periodic_memory,
    predicted_curve,
    walk_from_zero,
)
from theory.antipersistent.curve import CROSSING, OVERSHOOT
from theory.antipersistent.memory import ONE_WALL

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


# --- memory ---------------------------------------------------------------------------------------


def responses(n, lag):
    """Response of sign(s) and of s abs(s) to a shift of the step so many updates before.

    Exact, for a walk in its steady state: differences of what is expected from either side.
    """
    sizes = np.arange(n)
    signed = np.append(-sizes[:0:-1], sizes)  # -(n - 1) to n - 1
    rates = np.zeros((len(signed), len(signed)))
    for place, s in enumerate(signed):
        for up in (-1, 1):
            rates[place, (s + up if abs(s + up) < n else 0) + n - 1] += 1 / 2
    ahead = np.linalg.matrix_power(rates, lag)
    steady = lattice.stationary(signed, n)
    result = []
    for value in (np.sign(signed), signed * np.abs(signed)):
        expected = np.concatenate([[0], ahead @ value, [0]])  # beyond the ends it is consolidated
        result.append(steady @ (expected[2:] - expected[:-2]) / 2)
    return result


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2, 0.5])
def test_memory_is_the_response_of_the_steady_state(share):
    n = 60
    lag = round(share * n**2)
    of_sign, of_square = responses(n, lag)
    x = lag / n**2
    assert of_sign * n / 2 == pytest.approx(local_memory(x), rel=5e-3)
    square = 1.5 * local_memory(x) + 3 * local_memory_so_far(x) - 0.5
    assert of_square * 3 / (2 * n) == pytest.approx(square, rel=1e-2)


def test_memory_is_the_survival_of_a_walk_between_walls():
    width, steps = 300, [900, 9000, 45_000]
    rates = (np.eye(width - 1, k=1) + np.eye(width - 1, k=-1)) / 2
    for count in steps:
        alive = np.linalg.matrix_power(rates, count).sum(axis=1)
        assert alive.sum() / width == pytest.approx(local_memory(count / width**2), rel=2e-3)


def test_memory_falls_without_a_seam():
    x = np.concatenate([np.linspace(0, 0.1, 500), ONE_WALL + np.array([-1e-9, 0, 1e-9])])
    x.sort()
    values = local_memory(x)
    assert values[0] == 1
    assert np.all(np.diff(values) < 0)
    for function in (local_memory, local_memory_so_far):
        below, above = function(np.array([ONE_WALL * (1 - 1e-15), ONE_WALL]))
        assert below == pytest.approx(above, abs=3e-11)


@pytest.mark.parametrize("x", [0.005, ONE_WALL, 0.1, 2.0])
def test_memory_so_far_is_the_integral(x):
    expected, _ = scipy.integrate.quad(local_memory, 0, x, points=[min(x, ONE_WALL)], epsabs=1e-12)
    assert float(local_memory_so_far(x)) == approx(expected, rel=1e-9)


def test_all_of_the_memory_is_a_sixth():
    assert float(local_memory_so_far(50.0)) == approx(1 / 6)


def test_periodic_memory_gives_the_variance_at_the_end_of_a_cycle():
    """Of m updates there are m - j pairs j apart."""
    m, lags = 20, np.arange(1, 40)
    variance = m + 2 * sum(-0.01 * (m - j) for j in range(1, m))
    assert m * (1 + 2 * np.sum(-0.01 * periodic_memory(lags / m))) == approx(variance)


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


@pytest.mark.parametrize("memory", [local_memory, local_memory_so_far, periodic_memory])
@pytest.mark.parametrize("lag", [-1, math.nan, [0.5, -1e-9]])
def test_bad_lags(memory, lag):
    with pytest.raises(ValueError, match=r"x must be a number >= 0, got (-1|nan)"):
        memory(lag)


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


# --- the curve ------------------------------------------------------------------------------------


def test_the_constants_are_those_of_milnes_problem():
    """Gaussian steps from the density that an absorbing wall leaves, on a grid."""
    x = (np.arange(1200) + 0.5) / 40  # to 30 standard deviations
    kernel = np.exp(-((x[:, None] - x) ** 2) / 2) / math.sqrt(2 * math.pi) / 40
    # Far away the density is x + const; the constant is found with it.
    far = (scipy.special.ndtr(x - x[-1] - 1 / 80), np.exp(-((x[-1] + 1 / 80 - x) ** 2) / 2))
    inflow = x * far[0] + far[1] / math.sqrt(2 * math.pi)  # from x' > 30 with density x'
    system = np.eye(len(x)) - kernel
    system[:, -1] -= far[0]  # the same constant as in the last cell, which is that of all beyond
    density = np.linalg.solve(system, inflow - x[-1] * far[0])
    out = scipy.special.ndtr(-x)
    flux = density @ out
    beyond = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi) - x * out  # mean of what crosses
    assert density @ beyond / flux == pytest.approx(OVERSHOOT, rel=2e-3)
    assert density @ (beyond + x * out) / flux == pytest.approx(CROSSING, rel=2e-3)


def test_the_predicted_curve_has_all_updates_and_the_first_epoch():
    curve = predicted_curve(1000, 1000, 2000)
    assert curve.updates.sum() == approx(2000)
    assert curve.updates[0] == approx(500)
    np.testing.assert_allclose(curve.updates[1:20] / curve.updates[:19], 0.75)
    first = 1000 * perceptron.first_epoch_norm(0.5)
    assert (curve.squares[0], curve.changes[0]) == (approx(first), approx(first))
    assert np.all(np.diff(curve.squares) > 0)


def test_predicted_growth_and_change_solve_their_equation():
    curve = predicted_curve(1000, 1000, 2000)
    updates, changes = curve.updates[1:], curve.changes[1:]
    spread = np.sqrt(changes / 1000)
    np.testing.assert_allclose(changes, updates * (1 - CROSSING * spread))
    np.testing.assert_allclose(
        np.diff(curve.squares), updates * (1 - 2 * OVERSHOOT * spread), rtol=1e-9
    )


def test_with_many_synapses_updates_are_independent():
    curve = predicted_curve(100, 1e9, 300)
    np.testing.assert_allclose(curve.changes, curve.updates, rtol=1e-3)
    assert minimal_energy(100, 1e9, 300, eta=2) == pytest.approx(
        2e9 * math.sqrt(600 / math.pi), rel=1e-3
    )


def test_correlations_of_two_epochs_by_hand():
    """4 updates, 1/3 of the variance gone; then 2, of one correlation with each of the last 3."""
    curve = Curve(np.array([4.0, 2.0]), np.array([3.0, 4.0]), np.array([3.0, 1.5]))
    sums = lag_correlations(curve)
    # Epoch 1: (4 - 3)/3 = 1/3 shared: -1/3 (3/4, 1/2, 1/4). Epoch 2: share 1/2, window 3, so
    # -1/2 at each of 3 lags; growth 1 = 2 + 2 (-3/2 + 1), the 1 at lags 4 and 5 at most.
    expected = np.array([6, -1 / 4 - 1 / 2, -1 / 6 - 1 / 2, -1 / 12 - 1 / 2, 1, 0])
    np.testing.assert_allclose(sums, expected)
    assert sums[0] + 2 * sums[1:].sum() == approx(curve.squares[-1])


def test_older_correlations_lie_between_the_last_presentations_and_the_first_update():
    """After 10 independent updates 4 that grow by 12: 4 older, at lags 8 (after 7) to 11."""
    curve = Curve(np.array([10.0, 4.0]), np.array([10.0, 22.0]), np.array([10.0, 4.0]))
    sums = lag_correlations(curve)
    np.testing.assert_allclose(sums, [14, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0])


@pytest.mark.parametrize("P", [50, 1000, 1800])
def test_all_correlations_add_up_to_the_squared_weight(P):
    curve = predicted_curve(P, 1000, perceptron.updates(P, 1000))
    sums = lag_correlations(curve)
    assert sums[0] + 2 * sums[1:].sum() == pytest.approx(curve.squares[-1], rel=1e-6)


def test_a_random_walk_has_no_correlations():
    updates = np.array([50.0, 20.0, 5.0])
    sums = lag_correlations(Curve(updates, np.cumsum(updates), updates))
    np.testing.assert_allclose(sums, independent(75), atol=1e-12)


@pytest.mark.parametrize(
    ("curve", "message"),
    [
        (Curve(np.array([]), np.array([]), np.array([])), "updates must be one number an epoch"),
        (Curve(np.ones(2), np.ones(3), np.ones(2)), "squares must be one number an epoch"),
        (Curve(np.ones(2), np.ones(2), np.array([1, np.nan])), "changes must be finite numbers"),
        (Curve(np.array([3.0, 0.0]), np.ones(2), np.ones(2)), "updates must be finite numbers"),
    ],
)
def test_bad_curves(curve, message):
    with pytest.raises(ValueError, match=message):
        lag_correlations(curve)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 10, 50), r"P must be a finite number > 0, got 0\.0"),
        ((10, math.nan, 50), "N must be a finite number > 0, got nan"),
        ((100, 10, 50), r"P < 2\*K must hold, got P = 100\.0, K = 50\.0"),
    ],
)
def test_bad_patterns_and_updates(arguments, message):
    for function in (predicted_curve, minimal_energy):
        with pytest.raises(ValueError, match=message):
            function(*arguments)


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
