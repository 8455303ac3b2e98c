"""Learning without decay: the plain loop, exact bounds and identities."""

import math

import numpy as np
import pytest
from hypothesis import example, given

from montecarlo.perceptron import learn, random_patterns, trajectory
from tests.montecarlo.perceptron.problems import (
    COUNTS,
    ENERGIES,
    REPRODUCIBLE,
    TRIGGERS,
    assert_same,
    few_epochs,
    learning_rates,
    levels,
    opposed,
    problems,
    taus,
    triggers,
)
from tests.montecarlo.perceptron.reference import learn_by_loop

CRITICAL = 6.0  # |z|


def rng(seed):
    return np.random.default_rng(seed)


@given(problems(("signs", "integers")), levels, triggers, few_epochs)
@REPRODUCIBLE
def test_integer_patterns_equal_the_plain_loop_exactly(problem, threshold, trigger, max_epochs):
    options = {"threshold": threshold, "trigger": trigger, "max_epochs": max_epochs}
    assert_same(learn(*problem, **options), learn_by_loop(*problem, **options))


@given(problems(), levels, triggers, learning_rates, few_epochs)
@REPRODUCIBLE
def test_any_patterns_and_step_size_equal_the_plain_loop(
    problem, level, trigger, learning_rate, max_epochs
):
    options = {
        "threshold": level * learning_rate,
        "trigger": trigger,
        "learning_rate": learning_rate,
        "max_epochs": max_epochs,
    }
    assert_same(learn(*problem, **options), learn_by_loop(*problem, **options), 1e-12)


@pytest.mark.parametrize("N", [60, 61])
@pytest.mark.parametrize("trigger", TRIGGERS)
def test_converging_runs_equal_the_plain_loop(N, trigger):
    """Some learn early, some late, with and without ties."""
    for P, seed in ((1, 0), (20, 1), (60, 2), (80, 3)):
        problem = random_patterns(P, N, rng(seed))
        expected = learn_by_loop(*problem, threshold=3, trigger=trigger)
        assert expected["converged"]
        assert_same(learn(*problem, threshold=3, trigger=trigger), expected)


@pytest.mark.parametrize(("trigger", "level"), [("local", 4), ("any", 4), ("total", 38)])
def test_thresholds_beside_an_integer_are_told_apart(trigger, level):
    """In single precision they would all be that integer."""
    problem = random_patterns(20, 21, rng(5))
    sums = []
    for off in (-1e-9, 0.0, 1e-9):
        options = {"threshold": level + off, "trigger": trigger, "max_epochs": 20}
        expected = learn_by_loop(*problem, **options)
        assert_same(learn(*problem, **options), expected)
        sums.append(expected["transient_sum"])
    assert sums[0] < sums[1] == sums[2]


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("tau", [math.inf, 50.0])
def test_thresholds_too_large_for_single_precision(trigger, tau):
    problem = random_patterns(10, 11, rng(5))
    runs = [
        learn(*problem, threshold=threshold, trigger=trigger, tau=tau, max_epochs=5)
        for threshold in (math.inf, 1e39, 1e300, 2.0**24)
    ]
    for run in runs:
        assert run.consolidation_energy == run.final_consolidation == runs[0].final_consolidation
        assert run.transient_sum == runs[0].transient_sum


def test_a_field_of_zero_is_wrong():
    """After (1, 1) is added, the fields of (1, -1) and its negative are zero."""
    for label in (1, -1):
        run = learn([[1, 1], [1, -1]], [1, label])
        assert run.updates == 2
        assert_same(run, learn_by_loop(np.array([[1, 1], [1, -1]]), np.array([1, label])))


def test_no_input_at_all():
    """Patterns of zeros are never learnt and cost nothing."""
    for tau in (math.inf, 10.0):
        run = learn(np.zeros((3, 2)), [1, -1, 1], threshold=1, tau=tau, max_epochs=4)
        assert (run.updates, run.presentations, run.epochs, run.converged) == (12, 12, 4, False)
        assert all(getattr(run, name) == 0 for name in ENERGIES)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_run_by_hand(trigger):
    """Updates (1, 1) and then (1, -1); a threshold of 1 is only exceeded by two steps.

    "local" and "any": s = (1, 1), then (2, 0), whose first part consolidates. "total": (1, 1)
    consolidates, then (1, -1) does.
    """
    run = learn([[1, 1], [-1, 1]], [1, -1], threshold=1, trigger=trigger)
    np.testing.assert_array_equal(run.weights, [2, 0])
    assert (run.updates, run.presentations, run.epochs, run.converged) == (2, 4, 2, True)
    assert (run.plain_energy, run.minimal_energy) == (4, 2)
    assert run.consolidation_energy == (4 if trigger == "total" else 2)
    assert run.final_consolidation == 0
    assert run.transient_sum == (0 if trigger == "total" else 2)


def test_the_last_epoch_is_paid_for_and_the_rest_consolidated():
    """One update, at the first of four presentations; three correct ones follow."""
    run = learn([[1.0, 1.0], [1.0, 1.0]], [1, 1], threshold=5)
    assert (run.updates, run.presentations, run.epochs) == (1, 4, 2)
    assert run.transient_sum == 8
    assert run.final_consolidation == run.consolidation_energy == 2


@given(problems(), levels, triggers, learning_rates, taus, few_epochs)
@REPRODUCIBLE
def test_energies_are_bounded(problem, level, trigger, learning_rate, tau, max_epochs):
    """Each consolidation gathers updates of its own, so it costs no more than they did.

    The weights are the sum of what was consolidated, so they are no larger than that.
    """
    run = learn(
        *problem,
        threshold=level * learning_rate,
        trigger=trigger,
        learning_rate=learning_rate,
        tau=tau,
        max_epochs=max_epochs,
    )
    slack = 1e-12 * run.plain_energy
    assert 0 <= run.minimal_energy <= run.consolidation_energy + slack
    assert run.consolidation_energy <= run.plain_energy + slack
    assert 0 <= run.final_consolidation <= run.consolidation_energy + slack
    assert run.minimal_energy == pytest.approx(np.abs(run.weights).sum())
    # No transient weight stays above the threshold.
    synapses = 1 if trigger == "total" else problem[0].shape[1]
    most = level * learning_rate * synapses * (1 + 1e-12)
    assert run.final_consolidation <= most
    assert run.transient_sum <= most * run.presentations
    assert run.presentations == run.epochs * len(problem[0])
    assert run.updates <= run.presentations
    assert run.converged or run.epochs == max_epochs


@given(problems(("signs",)), learning_rates, taus, levels, triggers, few_epochs)
@REPRODUCIBLE
def test_plain_energy_counts_updates(problem, learning_rate, tau, level, trigger, max_epochs):
    options = {"threshold": level, "trigger": trigger, "tau": tau, "max_epochs": max_epochs}
    run = learn(*problem, learning_rate=learning_rate, **options)
    synapses = problem[0].shape[1]
    assert run.plain_energy == pytest.approx(learning_rate * run.updates * synapses, rel=1e-15)


@given(problems(), triggers, taus, few_epochs)
@REPRODUCIBLE
def test_threshold_zero_consolidates_every_update(problem, trigger, tau, max_epochs):
    run = learn(*problem, trigger=trigger, tau=tau, max_epochs=max_epochs)
    assert run.consolidation_energy == pytest.approx(run.plain_energy, rel=1e-12)
    assert run.transient_sum == 0
    assert run.final_consolidation == 0
    # Nothing is left to decay.
    assert run.updates == learn(*problem, max_epochs=max_epochs).updates


@given(problems(), triggers, few_epochs)
@REPRODUCIBLE
def test_threshold_infinity_consolidates_at_the_end_only(problem, trigger, max_epochs):
    run = learn(*problem, threshold=math.inf, trigger=trigger, max_epochs=max_epochs)
    assert run.consolidation_energy == run.final_consolidation
    assert run.consolidation_energy == pytest.approx(run.minimal_energy, rel=1e-12)
    # All weights are transient, so maintenance is paid for all of them, all the time.
    updates = trajectory(*problem, max_epochs=max_epochs)
    weights = np.zeros((run.presentations + 1, problem[0].shape[1]))
    weights[updates.times] = updates.step * updates.examples[updates.updated]
    expected = np.abs(weights.cumsum(axis=0)).sum()
    assert run.transient_sum == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("tau", [math.inf, 30.0])
@pytest.mark.parametrize("max_epochs", [1, 7])
def test_what_cannot_be_learnt_is_given_up(trigger, tau, max_epochs):
    problem = opposed(10, 21)
    run = learn(*problem, threshold=2, trigger=trigger, tau=tau, max_epochs=max_epochs)
    assert run.converged is False
    assert run.epochs == max_epochs
    assert run.presentations == 11 * max_epochs
    assert run.updates >= 2 * max_epochs - 1


@given(problems(), few_epochs)
@example(problem=([[1.0]], [1.0]), max_epochs=1)
@REPRODUCIBLE
def test_convergence_needs_an_epoch_without_errors(problem, max_epochs):
    patterns, labels = problem
    run = learn(patterns, labels, max_epochs=max_epochs)
    if run.converged:
        assert np.all(np.multiply(labels, patterns @ run.weights) > 0)
        # One epoch less ends with an error, so it is not enough.
        before = learn(patterns, labels, max_epochs=run.epochs - 1)
        assert before.converged is False
        assert before.updates == run.updates
    else:
        assert run.epochs == max_epochs


@pytest.mark.parametrize("tau", [math.inf, 50.0])
def test_the_same_seed_gives_the_same_run(tau):
    runs = [
        learn(*random_patterns(40, 30, rng(seed)), threshold=3, tau=tau, max_epochs=20)
        for seed in (1, 1, 2)
    ]
    for name in (*COUNTS, *ENERGIES, "weights"):
        np.testing.assert_array_equal(getattr(runs[0], name), getattr(runs[1], name))
    assert runs[0].transient_sum != runs[2].transient_sum


def test_arguments_are_left_alone():
    patterns, labels = random_patterns(20, 11, rng(3))
    kept = patterns.copy(), labels.copy()
    for tau in (math.inf, 20.0):
        learn(patterns, labels, threshold=2, tau=tau, max_epochs=5)
    np.testing.assert_array_equal(patterns, kept[0])
    np.testing.assert_array_equal(labels, kept[1])


@pytest.mark.parametrize("tau", [math.inf, 20.0])
def test_lists_and_integers_are_patterns_too(tau):
    patterns, labels = random_patterns(12, 7, rng(4))
    options = {"threshold": 2, "tau": tau, "max_epochs": 6}
    runs = [
        learn(patterns, labels, **options),
        learn(patterns.astype(int).tolist(), labels.astype(int).tolist(), **options),
        learn(patterns.astype(np.int8), labels.astype(np.int8), **options),
        learn(np.asfortranarray(patterns), labels, **options),
        learn(patterns[::-1][::-1], labels, **options),
    ]
    for run in runs[1:]:
        for name in (*COUNTS, *ENERGIES, "weights"):
            np.testing.assert_array_equal(getattr(runs[0], name), getattr(run, name))


@pytest.mark.parametrize("tau", [math.inf, 50])
def test_progress_is_told_epoch_by_epoch(tau):
    """Beyond capacity, too, where it does not end."""
    patterns, labels = random_patterns(60, 20, np.random.default_rng(2))
    told = []
    run = learn(patterns, labels, tau=tau, max_epochs=7, tell=lambda *it: told.append(it))
    assert [epoch for epoch, _ in told] == [1, 2, 3, 4, 5, 6, 7]
    assert sum(updates for _, updates in told) == run.updates
    assert not run.converged


@pytest.mark.parametrize(("P", "N"), [(1, 1), (3, 7), (np.int64(5), np.int32(2))])
def test_random_patterns_are_signs_with_a_bias(P, N):
    patterns, labels = random_patterns(P, N, rng(0))
    assert patterns.shape == (P, N + 1)
    assert labels.shape == (P,)
    assert patterns.dtype == labels.dtype == np.float64
    assert set(patterns.flat) | set(labels) <= {-1.0, 1.0}
    np.testing.assert_array_equal(patterns[:, -1], 1)


def test_random_patterns_follow_the_generator():
    one, two, three = (random_patterns(20, 30, rng(seed)) for seed in (1, 1, 2))
    for first, again, other in zip(one, two, three, strict=True):
        np.testing.assert_array_equal(first, again)
        assert np.any(first != other)


@pytest.mark.statistical
def test_random_patterns_are_balanced_and_independent():
    patterns, labels = random_patterns(3000, 201, rng(1))
    inputs = patterns[:, :-1]
    for signs in (
        inputs,
        labels,
        inputs[:, 1:] * inputs[:, :-1],
        inputs[1:] * inputs[:-1],
        inputs * labels[:, None],
        labels[1:] * labels[:-1],
    ):
        assert abs(signs.mean()) * math.sqrt(signs.size) < CRITICAL
    # every input by itself, every pattern by itself
    assert np.abs(inputs.mean(axis=0)).max() * math.sqrt(len(inputs)) < CRITICAL
    assert np.abs(inputs.mean(axis=1)).max() * math.sqrt(inputs.shape[1]) < CRITICAL
