"""Learning curves: errors that are what they say, and bad input."""

import re

import numpy as np
import pytest

from montecarlo.perceptron import learn, random_patterns
from theory.learning import curve, small_load


@pytest.fixture(scope="module")
def at_one():
    return curve(1.0, epochs=8, samples=4000, runs=3)


def test_curve_agrees_with_large_perceptrons(at_one):
    """The mean of 50 perceptrons with P = N = 4000, by epoch; their standard errors are 0.0013."""
    simulated = [0.5, 0.33, 0.2387, 0.1832, 0.1409, 0.1093]
    assert at_one.probability[:6] == pytest.approx(simulated, abs=0.004)


def test_close_to_capacity_it_agrees_with_perceptrons():
    """Updates per pattern in ten epochs vary by 5% from one set of 1900 patterns to the next."""
    problems = (random_patterns(1900, 1000, np.random.default_rng(seed)) for seed in range(4))
    simulated = [learn(*problem, max_epochs=10).updates / 1900 for problem in problems]
    found = curve(1.9, epochs=10, samples=2000, runs=2)
    assert found.updates[-1] == pytest.approx(np.mean(simulated), rel=0.1)


def test_errors_cover_another_choice_of_samples(at_one):
    other = curve(1.0, epochs=8, samples=4000, runs=3, seed=1)
    for name in ("probability", "updates", "norm"):
        error = np.hypot(getattr(at_one, f"{name}_error"), getattr(other, f"{name}_error"))
        difference = getattr(at_one, name) - getattr(other, name)
        assert (np.abs(difference) < 6 * error + 1e-9).all()


def test_the_same_seed_gives_the_same_curve():
    first, second = (curve(0.5, epochs=3, samples=500, runs=2, seed=4) for _ in range(2))
    assert (first.updates == second.updates).all()


def test_narrower_blocks_change_little(at_one):
    coarse = curve(1.0, epochs=8, blocks=4, samples=8000, runs=3)
    assert coarse.updates == pytest.approx(at_one.updates, rel=0.005)


def test_a_curve_ends_where_samples_are_too_few():
    found = curve(0.1, epochs=40, samples=8000, runs=2)
    assert len(found.updates) < 15
    assert found.total == pytest.approx(0.7048, abs=0.006)


def test_small_loads_tend_to_their_limit():
    """The correction is of order sqrt(P/N)."""
    found = curve(0.0025, epochs=6, samples=20_000, runs=3)
    assert found.probability == pytest.approx(small_load(12).probability[:6], abs=0.003)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"load": 0}, "load must be a number > 0 and <= 1.9, got 0"),
        ({"load": 2.0}, "load must be a number > 0 and <= 1.9, got 2"),
        ({"load": float("nan")}, "load must be a number > 0 and <= 1.9, got nan"),
        ({"epochs": 2}, "epochs must be a whole number >= 3, got 2"),
        ({"blocks": 5}, "blocks must be an even number, got 5"),
        ({"samples": 10}, "samples must be a whole number >= 100, got 10"),
        ({"runs": 1}, "runs must be a whole number >= 2, got 1"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        curve(**{"load": 1.0} | arguments)
