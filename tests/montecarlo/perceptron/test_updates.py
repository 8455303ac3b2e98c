"""The list of updates, caching replayed along it, and single precision where it is exact."""

import math
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.perceptron import learn, random_patterns
from montecarlo.perceptron import updates as module
from montecarlo.perceptron.updates import CHUNK, _exact_updates, replay, trajectory
from tests.montecarlo.perceptron.problems import (
    REPRODUCIBLE,
    TRIGGERS,
    few_epochs,
    learning_rates,
    levels,
    problems,
)
from tests.montecarlo.perceptron.problems import triggers as any_trigger
from tests.montecarlo.perceptron.reference import learn_by_loop

CACHING = ("consolidation_energy", "final_consolidation", "transient_sum")

level_lists = st.lists(levels, min_size=1, max_size=6)


def rng(seed):
    return np.random.default_rng(seed)


def exactly(patterns, labels, threshold, max_epochs):
    """Local caching in Python integers of any size; patterns and threshold are integers."""
    examples = [
        [int(x) * int(label) for x in row] for row, label in zip(patterns, labels, strict=True)
    ]
    weights, transient = ([0] * len(examples[0]) for _ in range(2))
    updates = epochs = consolidated = transient_sum = 0
    errors = True
    while errors and epochs < max_epochs:
        epochs, errors = epochs + 1, 0
        for row in examples:
            if sum(w * x for w, x in zip(weights, row, strict=True)) <= 0:
                errors += 1
                weights = [w + x for w, x in zip(weights, row, strict=True)]
                transient = [s + x for s, x in zip(transient, row, strict=True)]
                consolidated += sum(abs(s) for s in transient if abs(s) > threshold)
                transient = [0 if abs(s) > threshold else s for s in transient]
            transient_sum += sum(map(abs, transient))
        updates += errors
    rest = sum(map(abs, transient))
    return {
        "updates": updates,
        "epochs": epochs,
        "weights": weights,
        "consolidation_energy": consolidated + rest,
        "final_consolidation": rest,
        "transient_sum": transient_sum,
    }


# --- the list of updates -------------------------------------------------------------------------


@given(problems(("signs", "integers")), few_epochs)
@REPRODUCIBLE
def test_updates_are_the_wrong_presentations(problem, max_epochs):
    patterns, labels = problem
    run = trajectory(patterns, labels, max_epochs=max_epochs)
    examples = patterns * labels[:, None]
    np.testing.assert_array_equal(run.examples, examples)
    np.testing.assert_array_equal(run.sizes, np.abs(patterns).sum(axis=1))
    weights = np.zeros(patterns.shape[1])
    wrong = []
    for time in range(1, run.presentations + 1):
        row = (time - 1) % len(patterns)
        if weights @ examples[row] <= 0:
            wrong.append((time, row))
            weights += examples[row]
    assert list(zip(run.times.tolist(), run.updated.tolist(), strict=True)) == wrong
    assert run.presentations == run.epochs * len(patterns)
    last = run.presentations - len(patterns)
    assert run.converged is bool(run.times[-1] <= last)
    assert run.converged or run.epochs == max_epochs


def test_learning_rate_changes_no_decision():
    problem = random_patterns(30, 21, rng(1))
    one, other = (trajectory(*problem, learning_rate=eta) for eta in (1.0, 0.37))
    np.testing.assert_array_equal(one.updated, other.updated)
    np.testing.assert_array_equal(one.times, other.times)
    np.testing.assert_array_equal(one.examples, other.examples)
    assert (one.step, other.step) == (1.0, 0.37)


def test_the_same_seed_gives_the_same_trajectory():
    one, two = (trajectory(*random_patterns(50, 40, rng(2))) for _ in range(2))
    for name in vars(one):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


# --- replays -------------------------------------------------------------------------------------


@given(
    problems(), level_lists, any_trigger, learning_rates, few_epochs, st.sampled_from([1, 3, CHUNK])
)
@REPRODUCIBLE
def test_replays_equal_runs_and_the_plain_loop(problem, levels, trigger, eta, max_epochs, chunk):
    thresholds = [eta * level for level in levels]
    options = {"learning_rate": eta, "max_epochs": max_epochs}
    with patch.object(module, "CHUNK", chunk):
        costs = replay(trajectory(*problem, **options), thresholds, trigger)
    np.testing.assert_array_equal(costs.thresholds, thresholds)
    assert costs.trigger == trigger
    for i, threshold in enumerate(thresholds):
        options |= {"threshold": threshold, "trigger": trigger}
        run, expected = learn(*problem, **options), learn_by_loop(*problem, **options)
        for name in CACHING:
            found = getattr(costs, name)[i]
            scale = max(expected["plain_energy"], expected["transient_sum"])
            assert found == pytest.approx(getattr(run, name), rel=1e-12, abs=1e-12 * scale)
            assert found == pytest.approx(expected[name], rel=1e-12, abs=1e-12 * scale)


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("chunk", [1, 3, 1000, CHUNK])
def test_chunks_change_nothing(trigger, chunk):
    """Without rounding, so exactly: every kind of trigger carries over from chunk to chunk."""
    run = trajectory(*random_patterns(100, 20, rng(3)), max_epochs=150)
    assert len(run.updated) > 1.5 * CHUNK
    thresholds = [0, 0.5, 1, 2, 3, 4, 20, 30, 40, math.inf]
    costs = replay(run, thresholds, trigger)
    with patch.object(module, "CHUNK", chunk):
        again = replay(run, thresholds, trigger)
    for name in CACHING:
        np.testing.assert_array_equal(getattr(costs, name), getattr(again, name))
    assert len(set(costs.consolidation_energy)) > 3


def test_replays_leave_the_trajectory_alone():
    run = trajectory(*random_patterns(40, 31, rng(4)))
    kept = {name: np.copy(value) for name, value in vars(run).items()}
    first = replay(run, [3.0, 1.0, 3.0], "local")
    replay(run, [2.0], "total")
    second = replay(run, (3, 1, 3))
    for name in CACHING:
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
        assert getattr(first, name)[0] == getattr(first, name)[2]
    for name, value in kept.items():
        np.testing.assert_array_equal(getattr(run, name), value)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_one_threshold_or_none(trigger):
    run = trajectory(*random_patterns(20, 11, rng(5)), max_epochs=50)
    alone, listed = replay(run, 2.5, trigger), replay(run, [2.5], trigger)
    none = replay(run, [], trigger)
    for name in CACHING:
        np.testing.assert_array_equal(getattr(alone, name), getattr(listed, name))
        assert getattr(alone, name).shape == (1,)
        assert getattr(none, name).shape == (0,)


# --- single precision ----------------------------------------------------------------------------


def test_single_precision_for_small_integers():
    signs = random_patterns(50, 60, rng(6))[0]
    assert _exact_updates(np.zeros((2, 3))) == math.inf
    assert trajectory(signs, np.ones(50)).examples.dtype == np.float32


@pytest.mark.parametrize("wrong", [1 + 1e-9, 1e-300, 2**24 + 1, 1e200])
@pytest.mark.parametrize("place", [(0, 0), (299, 299)])
def test_double_precision_for_anything_else(wrong, place):
    """Wherever it is: large arrays are looked at in parts."""
    patterns = np.ones((300, 300))
    assert trajectory(patterns, np.ones(300), max_epochs=2).examples.dtype == np.float32
    patterns[place] = wrong
    assert trajectory(patterns, np.ones(300), max_epochs=2).examples.dtype == np.float64


def test_long_runs_need_double_precision():
    """The bound grows as the root of the updates; below it the largest sum must stay exact."""
    patterns = random_patterns(100, 99, rng(7))[0]
    # sqrt(K) |x| 2 sqrt(N + 1) < 2^24 with |x| = 10
    assert _exact_updates(patterns) == pytest.approx((2**24 / (10 * 2 * 10)) ** 2, rel=1e-12)
    # large patterns: sqrt(K) |x|^2 < 2^24 with |x|^2 = 2^21
    patterns = np.full((4, 2), 2.0**10)
    assert _exact_updates(patterns) == pytest.approx(64, rel=1e-12)
    # Nothing is learnt, all four are wrong in every epoch: 60 updates are exact, 68 need not be.
    for max_epochs, dtype in ((15, np.float32), (17, np.float64)):
        run = trajectory(patterns, [1, -1, 1, -1], max_epochs=max_epochs)
        assert len(run.updated) == 4 * max_epochs
        assert run.examples.dtype == dtype


@given(
    seed=st.integers(0, 2**32),
    size=st.tuples(st.integers(1, 10), st.integers(1, 6)),
    largest=st.sampled_from([3, 100, 2000, 5000, 10**6]),
    relative=st.sampled_from([0, 1, 2]),
    max_epochs=few_epochs,
)
@REPRODUCIBLE
def test_large_integers_are_added_exactly(seed, size, largest, relative, max_epochs):
    generator = rng(seed)
    patterns = generator.integers(-largest, largest, size, endpoint=True)
    labels = generator.choice([-1, 1], size[0])
    threshold = relative * largest
    expected = exactly(patterns, labels, threshold, max_epochs)
    run = learn(patterns, labels, threshold=threshold, max_epochs=max_epochs)
    for name, value in expected.items():
        np.testing.assert_array_equal(getattr(run, name), value, err_msg=name)


def test_margins_beyond_single_precision():
    """The margin of the third pattern is 2^25 + 1 - 2^25; with 2^25 + 1 rounded it would be 0."""
    problem = [[8192, 1], [-8192, 0], [4096, 1]], [1, 1, 1]
    run = trajectory(*problem, max_epochs=1)
    assert run.examples.dtype == np.float64
    assert run.updated.tolist() == [0, 1]
    with patch.object(module, "_exact_updates", lambda _: math.inf):
        assert trajectory(*problem, max_epochs=1).updated.tolist() == [0, 1, 2]


def test_rounding_to_integers_in_single_precision_is_noticed():
    """1 + 1e-9 is a 1 in single precision; in double it leaves a margin of 1e-9 and not a tie."""
    labels = [1, 1]
    assert learn([[1.0, 1.0], [1.0, -1.0]], labels).updates == 2
    assert learn([[1.0 + 1e-9, 1.0], [1.0, -1.0]], labels).updates == 1


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("threshold", [-1.0, -1e-300, math.nan, -math.inf])
@pytest.mark.parametrize("thresholds", [lambda x: x, lambda x: [x], lambda x: [1.0, x, math.inf]])
def test_bad_thresholds_are_named(threshold, thresholds):
    run = trajectory([[1, 1], [-1, 1]], [1, -1])
    with pytest.raises(ValueError, match=r"^thresholds must be numbers >= 0, got ") as caught:
        replay(run, thresholds(threshold))
    assert repr(thresholds(threshold)) in str(caught.value)


def test_thresholds_are_one_list():
    run = trajectory([[1, 1], [-1, 1]], [1, -1])
    with pytest.raises(ValueError, match=r"^thresholds must be numbers >= 0, got \[\[1, 2\]\]$"):
        replay(run, [[1, 2]])


@pytest.mark.parametrize("trigger", ["all", "Local", None, 0])
def test_unknown_triggers_are_named(trigger):
    run = trajectory([[1, 1], [-1, 1]], [1, -1])
    message = f"^trigger must be one of local, any, total, got {trigger!r}$"
    with pytest.raises(ValueError, match=message):
        replay(run, [1.0], trigger)
