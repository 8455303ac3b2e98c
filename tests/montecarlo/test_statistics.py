"""Error budgets: their parts agree, and they keep their promises in simulated experiments."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.statistics import Budget, Estimate, estimate, generator

CRITICAL = 6.0  # |z|

REPRODUCIBLE = settings(deadline=None, derandomize=True, max_examples=100)

budgets = st.builds(
    Budget,
    tests=st.integers(1, 1000),
    false_alarm=st.sampled_from([1e-9, 1e-6, 0.01, 0.3]),
    miss=st.sampled_from([1e-6, 1e-3, 0.05, 0.5]),
)


def z_score(hits, trials, probability):
    return (hits / trials - probability) / math.sqrt(probability * (1 - probability) / trials)


def normal_replicas(seed, replicas, trials=200_000):
    """Means and standard errors of so many experiments, each of ``replicas`` normal replicas."""
    found = estimate(np.random.default_rng(seed).standard_normal((replicas, trials)))
    return found.mean, found.standard_error


@pytest.mark.statistical
@pytest.mark.parametrize("replicas", [2, 4, 30])
def test_true_values_are_rejected_as_often_as_the_budget_allows(replicas):
    budget = Budget(tests=5, false_alarm=0.1)
    mean, error = normal_replicas(1, replicas)
    rejected = np.abs(mean) > budget.critical_value(replicas) * error
    assert abs(z_score(rejected.sum(), rejected.size, 0.02)) < CRITICAL
    # a budget split over four or six tests would have been told apart
    assert abs(z_score(rejected.sum(), rejected.size, 0.1 / 4)) > CRITICAL
    assert abs(z_score(rejected.sum(), rejected.size, 0.1 / 6)) > CRITICAL


@pytest.mark.statistical
@pytest.mark.parametrize("replicas", [2, 4, 30])
def test_detectable_deviations_are_overlooked_no_more_often_than_promised(replicas):
    """Accepting a value while calling its true deviation detectable is as rare as promised.

    That is so whatever the deviation: it is varied around what is detectable at the true spread.
    """
    budget = Budget(tests=2, false_alarm=0.1, miss=0.05)
    mean, error = normal_replicas(2, replicas)
    margin = budget.critical_value(replicas) * error
    factor = budget.detectable(Estimate(0.0, 1.0, replicas))
    for relative in np.linspace(0.05, 3, 60):
        deviation = relative * factor / math.sqrt(replicas)
        overlooked = (np.abs(mean + deviation) <= margin) & (factor * error <= deviation)
        assert z_score(overlooked.sum(), overlooked.size, budget.miss) < CRITICAL


@pytest.mark.statistical
@pytest.mark.parametrize("deviation", [0.25, 0.1])
def test_replicas_needed_are_enough_for_the_deviation(deviation):
    """With many replicas the spread is known, and the miss probability met."""
    budget = Budget(tests=2, false_alarm=0.1, miss=0.05)
    needed = budget.replicas_needed(spread=1.0, deviation=deviation)
    assert needed > 200
    missed = scipy.stats.nct.cdf(
        budget.critical_value(needed), needed - 1, deviation * math.sqrt(needed)
    )
    assert 0.03 < missed < 1.02 * budget.miss
    mean, error = normal_replicas(3, needed, trials=10_000)
    overlooked = np.abs(mean + deviation) <= budget.critical_value(needed) * error
    assert abs(z_score(overlooked.sum(), overlooked.size, missed)) < CRITICAL


def test_critical_values_are_students():
    budget = Budget(tests=2, false_alarm=0.1)
    assert budget.critical_value(6) == pytest.approx(2.570582, abs=1e-6)  # 97.5%, 5 degrees
    assert Budget(tests=100).critical_value(10**9) == pytest.approx(
        scipy.stats.norm.isf(5e-9), rel=1e-6
    )
    for replicas in (0, 1):
        assert budget.critical_value(replicas) == math.inf
        assert budget.detectable(Estimate(0.0, math.inf, replicas)) == math.inf


@given(budgets, st.integers(2, 10**6))
@REPRODUCIBLE
def test_budgets_are_split_evenly(budget, replicas):
    alone = Budget(1, budget.false_alarm / budget.tests, budget.miss)
    assert budget.critical_value(replicas) == pytest.approx(alone.critical_value(replicas))
    # more replicas, fewer tests: easier to reject
    assert budget.critical_value(replicas) >= budget.critical_value(replicas + 1)
    assert budget.critical_value(replicas) >= alone.critical_value(replicas) * (1 - 1e-9)
    assert budget.critical_value(replicas) > 0


@given(budgets, st.integers(2, 10**6), st.floats(1e-6, 1e6))
@REPRODUCIBLE
def test_detectable_exceeds_what_is_rejected_and_scales_with_the_error(budget, replicas, error):
    found = budget.detectable(Estimate(7.0, error, replicas))
    assert found >= budget.critical_value(replicas) * error
    assert found == pytest.approx(error * budget.detectable(Estimate(0.0, 1.0, replicas)))
    stricter = Budget(budget.tests, budget.false_alarm, budget.miss / 2)
    assert stricter.detectable(Estimate(7.0, error, replicas)) > found


@given(budgets, st.floats(0.01, 100), st.floats(0.01, 1))
@REPRODUCIBLE
def test_replicas_needed_suffice_and_are_few(budget, spread, relative):
    deviation = relative * spread

    def detectable(replicas):
        return budget.detectable(Estimate(0.0, spread / math.sqrt(replicas), replicas))

    needed = budget.replicas_needed(spread, deviation)
    assert detectable(needed) <= deviation
    # not many more than needed: five per cent, and one for rounding up
    fewer = math.floor((needed - 1) / 1.05) - 1
    assert fewer < 2 or detectable(fewer) > deviation


def test_no_spread_needs_two_replicas():
    assert Budget(10).replicas_needed(spread=0.0, deviation=1e-9) == 2
    assert Budget(10).replicas_needed(spread=1.0, deviation=math.inf) == 2


def test_estimate():
    found = estimate([1, 2, 4, 9])
    assert found == Estimate(4.0, math.sqrt(38 / 3 / 4), 4)
    assert type(found.mean) is type(found.standard_error) is float


@pytest.mark.parametrize("shape", [(5,), (5, 3), (5, 3, 2)])
def test_estimate_of_arrays(shape):
    samples = np.random.default_rng(4).random(shape)
    found = estimate(samples)
    assert np.shape(found.mean) == np.shape(found.standard_error) == shape[1:]
    np.testing.assert_allclose(found.mean, samples.sum(axis=0) / 5)
    np.testing.assert_allclose(
        found.standard_error, np.sqrt(((samples - found.mean) ** 2).sum(axis=0) / 4 / 5)
    )
    assert found.replicas == 5
    last = estimate(np.moveaxis(samples, 0, -1), axis=-1)
    np.testing.assert_allclose(last.mean, found.mean)
    np.testing.assert_allclose(last.standard_error, found.standard_error)


def test_one_replica_leaves_the_error_unknown():
    assert estimate([3.0]) == Estimate(3.0, math.inf, 1)
    found = estimate([[1.0, 2.0]])
    np.testing.assert_array_equal(found.mean, [1.0, 2.0])
    np.testing.assert_array_equal(found.standard_error, [math.inf, math.inf])


@pytest.mark.parametrize(
    ("samples", "shape"), [([], r"\(0,\)"), (np.empty((0, 3)), r"\(0, 3\)"), (1.0, r"\(\)")]
)
def test_no_replicas(samples, shape):
    message = f"^samples must be at least one replica, got 'shape {shape}'$"
    with pytest.raises(ValueError, match=message):
        estimate(samples)


def test_generator_is_keyed_by_name_and_replica():
    keys = [(s, n, r) for s in (1, 2) for n in ("walk", "perceptron", "") for r in range(3)]
    forwards = {key: generator(*key).random(4).tolist() for key in keys}
    backwards = {key: generator(*key).random(4).tolist() for key in reversed(keys)}
    assert forwards == backwards
    assert len({tuple(numbers) for numbers in forwards.values()}) == len(keys)


def test_generator_stays_what_it_was():
    """Recorded results name a seed only; NumPy guarantees raw streams, so these never change."""
    raw = generator(20260101, "walk", 3).bit_generator.random_raw(2)
    assert raw.tolist() == [13919720903880717682, 10592224829070112544]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Budget(0), "tests must be a positive integer, got 0"),
        (lambda: Budget(1.5), "tests must be a positive integer, got 1.5"),
        (lambda: Budget(True), "tests must be a positive integer, got True"),
        (lambda: Budget(1, 0.0), "false_alarm must be between 0 and 1, got 0.0"),
        (lambda: Budget(1, 1), "false_alarm must be between 0 and 1, got 1"),
        (lambda: Budget(1, math.nan), "false_alarm must be between 0 and 1, got nan"),
        (lambda: Budget(1, miss=0), "miss must be between 0 and 1, got 0"),
        (lambda: Budget(1, miss=1.0), "miss must be between 0 and 1, got 1.0"),
        (lambda: Budget(1, miss=math.nan), "miss must be between 0 and 1, got nan"),
        (lambda: Budget(1).replicas_needed(-1, 1), "spread must be a finite number >= 0, got -1"),
        (
            lambda: Budget(1).replicas_needed(math.inf, 1),
            "spread must be a finite number >= 0, got inf",
        ),
        (
            lambda: Budget(1).replicas_needed(math.nan, 1),
            "spread must be a finite number >= 0, got nan",
        ),
        (lambda: Budget(1).replicas_needed(1, 0), "deviation must be a number > 0, got 0.0"),
        (lambda: Budget(1).replicas_needed(1, math.nan), "deviation must be a number > 0, got nan"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        call()


@pytest.mark.filterwarnings("error")
def test_a_median_does_not_ask_how_far_what_is_above_it_lies():
    finite, infinite = ([1.0, 2.0, 3.0] * 20 + [beyond] * 10 for beyond in (4.0, math.inf))
    budget = Budget(10, false_alarm=0.01)
    assert budget.interval(infinite, median=True) == budget.interval(finite, median=True)
    with pytest.raises(ValueError, match="the number of replicas must be a positive integer"):
        budget.interval([], median=True)
