"""The limit of small loads, against other ways to find it."""

import numpy as np
import pytest

from theory.learning import learn_few, small_load

#: From 200 epochs with more points.
UPDATES = 0.6918388277


@pytest.fixture(scope="module")
def found():
    return small_load(30)


def test_updates_are_known_to_many_digits(found):
    assert found.updates == pytest.approx(UPDATES, abs=5e-9)


def test_the_second_epoch_is_that_of_an_integral_equation(found):
    """S' = 1/4 - arcsin(sqrt(u/2 / S(u)))/(2 pi), in small steps."""
    clock, steps = 0.5, 5000
    for step in range(steps):
        u = (step + 0.5) / steps
        middle = clock + 0.05 / steps
        clock += (0.25 - np.arcsin(np.sqrt(u / 2 / middle)) / (2 * np.pi)) / steps
    assert found.learnt[1] == pytest.approx(clock, abs=1e-5)


def test_finitely_many_patterns_tend_to_it(found):
    runs = [learn_few(20_000, np.random.default_rng(seed)).updated for seed in range(40)]
    first = np.array([run[:4] for run in runs]) / 20_000
    error = first.std(axis=0, ddof=1) / np.sqrt(40)
    assert (np.abs(first.mean(axis=0) - found.probability[:4]) < 5 * error).all()


def test_probability_falls_with_the_square_of_time(found):
    amplitude, start = found.tail
    epochs = np.arange(15, 31)
    law = amplitude / (epochs - start) ** 2
    assert found.probability[14:] == pytest.approx(law, rel=0.02)


@pytest.mark.parametrize("epochs", [3, 20.5, float("nan")])
def test_bad_input_is_named(epochs):
    with pytest.raises(ValueError, match="epochs must be a whole number >= 12"):
        small_load(epochs)
