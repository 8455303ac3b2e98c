"""Bad input of perceptron learning is named, by whatever function is called."""

import math

import numpy as np
import pytest

from montecarlo.perceptron import learn, random_patterns, trajectory

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
