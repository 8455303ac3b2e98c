"""Perceptron learning: bad input is named, and units, order, signs and grids do not matter."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    problems,
    taus,
    triggers,
)

SHAPE = "a non-empty array of real numbers, of shape (P, N + 1), got one of shape "
BAD_PROBLEMS = [
    ("patterns", [1.0, 1.0], SHAPE + "(2,)"),
    ("patterns", 1.0, SHAPE + "()"),
    ("patterns", np.ones((2, 2, 2)), SHAPE + "(2, 2, 2)"),
    ("patterns", [], SHAPE + "(0,)"),
    ("patterns", np.ones((2, 0)), SHAPE + "(2, 0)"),
    ("patterns", np.ones((0, 2)), SHAPE + "(0, 2)"),
    ("patterns", [[1, 1], [math.nan, 1]], "finite everywhere, got nan"),
    ("patterns", [[1, 1], [1, -math.inf]], "finite everywhere, got -inf"),
    ("labels", [1], "+1 or -1, one for each of 2 patterns, got an array of shape (1,)"),
    ("labels", [1, 1, 1], "+1 or -1, one for each of 2 patterns, got an array of shape (3,)"),
    ("labels", [[1, 1]], "+1 or -1, one for each of 2 patterns, got an array of shape (1, 2)"),
    ("labels", [[1], [1]], "+1 or -1, one for each of 2 patterns, got an array of shape (2, 1)"),
    ("labels", 1, "+1 or -1, one for each of 2 patterns, got an array of shape ()"),
    ("labels", [1, 0], "+1 or -1, got 0.0"),
    ("labels", [2, 1], "+1 or -1, got 2.0"),
    ("labels", [-1, 0.5], "+1 or -1, got 0.5"),
    ("labels", [math.nan, 1], "+1 or -1, got nan"),
    ("labels", [1, math.inf], "+1 or -1, got inf"),
]
BAD_RATES = [
    ("learning_rate", 0, "a finite number > 0, got 0"),
    ("learning_rate", -0.5, "a finite number > 0, got -0.5"),
    ("learning_rate", math.inf, "a finite number > 0, got inf"),
    ("learning_rate", math.nan, "a finite number > 0, got nan"),
    ("max_epochs", 0, "a positive integer, got 0"),
    ("max_epochs", -3, "a positive integer, got -3"),
    ("max_epochs", 1.5, "a positive integer, got 1.5"),
    ("max_epochs", 2.0, "a positive integer, got 2.0"),
    ("max_epochs", True, "a positive integer, got True"),
    ("max_epochs", math.inf, "a positive integer, got inf"),
    ("max_epochs", "10", "a positive integer, got '10'"),
]
BAD_CACHING = [
    ("threshold", -1, "a number >= 0, got -1"),
    ("threshold", -1e-300, "a number >= 0, got -1e-300"),
    ("threshold", math.nan, "a number >= 0, got nan"),
    ("trigger", "all", "one of local, any, total, got 'all'"),
    ("trigger", "Local", "one of local, any, total, got 'Local'"),
    ("trigger", None, "one of local, any, total, got None"),
    ("tau", 1, "a number of presentations > 1 (inf: no decay), got 1"),
    ("tau", 0.5, "a number of presentations > 1 (inf: no decay), got 0.5"),
    ("tau", -math.inf, "a number of presentations > 1 (inf: no decay), got -inf"),
    ("tau", math.nan, "a number of presentations > 1 (inf: no decay), got nan"),
]
GOOD_PROBLEM = {"patterns": [[1, 1], [-1, 1]], "labels": [1, -1]}


def error_of(function, **arguments):
    with pytest.raises(ValueError, match=" must be ") as caught:
        function(**arguments)
    return str(caught.value)


@pytest.mark.parametrize("tau", [math.inf, 10.0])
@pytest.mark.parametrize(("name", "value", "rest"), [*BAD_PROBLEMS, *BAD_RATES, *BAD_CACHING])
def test_bad_input_of_learning_is_named(name, value, rest, tau):
    arguments = GOOD_PROBLEM | {"tau": tau, name: value}
    assert error_of(learn, **arguments) == f"{name} must be {rest}"


@pytest.mark.parametrize(("name", "value", "rest"), [*BAD_PROBLEMS, *BAD_RATES])
def test_bad_input_of_trajectories_is_named(name, value, rest):
    assert error_of(trajectory, **GOOD_PROBLEM | {name: value}) == f"{name} must be {rest}"


@pytest.mark.parametrize("name", ["P", "N"])
@pytest.mark.parametrize("value", [0, -1, 1.5, 2.0, True, math.nan, "3", None])
def test_bad_input_of_random_patterns_is_named(name, value):
    arguments = {"P": 2, "N": 2, "rng": np.random.default_rng(0), name: value}
    message = f"{name} must be a positive integer, got {value!r}"
    assert error_of(random_patterns, **arguments) == message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("threshold", "5"),
        ("threshold", [1, 2]),
        ("threshold", None),
        ("tau", None),
        ("tau", "inf"),
        ("learning_rate", "1"),
        ("patterns", [["a", "b"], ["c", "d"]]),
        ("patterns", [[1, 2], [3]]),
        ("patterns", [[1j, 1], [1, 1]]),
        ("labels", ["yes", "no"]),
    ],
)
def test_what_is_no_number_is_named(name, value):
    arguments = {"patterns": [[1, 1], [-1, 1]], "labels": [1, -1], name: value}
    with pytest.raises(ValueError, match=f"^{name} must be ") as caught:
        learn(arguments.pop("patterns"), arguments.pop("labels"), **arguments)
    assert repr(value) in str(caught.value)


def test_a_missing_generator_is_named():
    with pytest.raises(ValueError, match=r"^rng must be a numpy\.random\.Generator, got None"):
        random_patterns(3, 4, None)


# --- symmetries -----------------------------------------------------------------------------------


@given(problems(), learning_rates, few_epochs)
@REPRODUCIBLE
def test_norm_of_the_weights(problem, learning_rate, max_epochs):
    """|w|^2 = eta^2 sum |x|^2 - 2 eta sum |h|, both sums over the updates, all made at h <= 0."""
    run = learn(*problem, learning_rate=learning_rate, max_epochs=max_epochs)
    updates = trajectory(*problem, learning_rate=learning_rate, max_epochs=max_epochs)
    added = updates.step * updates.examples[updates.updated].astype(float)
    before = added.cumsum(axis=0) - added
    fields = (before * added).sum(axis=1) / learning_rate
    squares = (added**2).sum()
    assert np.all(fields <= 1e-12 * squares)
    expected = squares - 2 * learning_rate * np.abs(fields).sum()
    assert run.weights @ run.weights == pytest.approx(expected, rel=1e-9, abs=1e-12 * squares)
    assert run.updates == len(updates.updated)


@given(problems(), levels, taus, few_epochs)
@REPRODUCIBLE
def test_triggers_agree_for_one_synapse(problem, level, tau, max_epochs):
    patterns, labels = problem
    runs = [
        learn(
            patterns[:, :1],
            labels,
            threshold=level,
            trigger=trigger,
            tau=tau,
            max_epochs=max_epochs,
        )
        for trigger in TRIGGERS
    ]
    for name in (*COUNTS, *ENERGIES):
        assert len({getattr(run, name) for run in runs}) == 1, name


@given(problems(), levels, triggers, taus, st.sampled_from([0.37, 0.5, 3.0, 8.0]), few_epochs)
@REPRODUCIBLE
def test_energies_scale_with_the_learning_rate(problem, level, trigger, tau, eta, max_epochs):
    options = {"trigger": trigger, "tau": tau, "max_epochs": max_epochs}
    one = learn(*problem, threshold=level, **options)
    scaled = learn(*problem, threshold=eta * level, learning_rate=eta, **options)
    if (eta * level) / eta != level and level < math.inf:
        return  # the threshold itself was rounded
    for name in COUNTS:
        assert getattr(scaled, name) == getattr(one, name), name
    for name in (*ENERGIES, "weights"):
        np.testing.assert_allclose(getattr(scaled, name), eta * getattr(one, name), rtol=1e-14)


@given(problems(), levels, triggers, taus, few_epochs, st.integers(0, 2**32))
@REPRODUCIBLE
def test_order_and_signs_of_synapses_do_not_matter(problem, level, trigger, tau, max_epochs, seed):
    patterns, labels = problem
    generator = np.random.default_rng(seed)
    order = generator.permutation(patterns.shape[1])
    signs = generator.choice([-1.0, 1.0], patterns.shape[1])
    options = {"threshold": level, "trigger": trigger, "tau": tau, "max_epochs": max_epochs}
    one = learn(patterns, labels, **options)
    other = learn((patterns * signs)[:, order], labels, **options)
    expected = {name: getattr(one, name) for name in (*COUNTS, *ENERGIES)}
    assert_same(other, expected | {"weights": (one.weights * signs)[order]}, 1e-10)


@given(problems(), levels, triggers, taus, few_epochs)
@REPRODUCIBLE
def test_a_pattern_and_its_label_may_change_sign_together(problem, level, trigger, tau, max_epochs):
    patterns, labels = problem
    options = {"threshold": level, "trigger": trigger, "tau": tau, "max_epochs": max_epochs}
    one, other = learn(patterns, labels, **options), learn(-patterns, -labels, **options)
    for name in (*COUNTS, *ENERGIES, "weights"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@given(
    problems(kinds=("signs", "integers")),
    st.sampled_from([0.0, 0.7, 2.3, 4.7, math.inf]),
    triggers,
    st.sampled_from([math.inf, 2.0]),
    few_epochs,
    st.sampled_from([0.1, 0.3, 1 / 3, 7.7, 1e-170, 1e160]),
)
@REPRODUCIBLE
def test_patterns_on_any_grid_learn_like_whole_numbers(
    problem, level, trigger, tau, max_epochs, unit
):
    """Ties of the fields stay ties, and overlaps neither over- nor underflow."""
    patterns, labels = problem
    options = {"trigger": trigger, "tau": tau, "max_epochs": max_epochs}
    whole = learn(*problem, threshold=level, **options)
    scaled = learn(
        patterns * unit, labels, learning_rate=0.25, threshold=level * unit / 4, **options
    )
    assert (scaled.updates, scaled.epochs) == (whole.updates, whole.epochs)
    for name in ("minimal_energy", "consolidation_energy", "transient_sum"):
        expected = getattr(whole, name) * unit / 4
        assert getattr(scaled, name) == pytest.approx(expected, rel=1e-12, abs=0)
