"""Spike trains and the parameters of the spiking neuron."""

import math

import numpy as np
import pytest

from montecarlo.spiking import Parameters, poisson_trains


def rng(seed=1):
    return np.random.default_rng(seed)


def test_spike_trains_have_the_rates_of_the_pools():
    neurons = 2000
    strengths = np.where(np.arange(neurons) < 1000, 1.0, 0.5)
    trains = poisson_trains(strengths, 2, rng())
    for counts, mean in (
        (trains.auditory.sum(axis=2).ravel(), 75),
        (trains.visual[:1000].sum(axis=1), 75),
        (trains.visual[1000:].sum(axis=1), 37.5),
        (trains.background.sum(axis=1), 150),
    ):
        assert counts.mean() == pytest.approx(mean, abs=5 * math.sqrt(mean / len(counts)))
        # Poisson: the variance is the mean, known to sqrt(2/n).
        assert counts.var() == pytest.approx(mean, rel=5 * math.sqrt(2 / len(counts)))
    by_step = trains.background.sum(axis=0)
    spread = math.sqrt(len(by_step) * by_step.mean())
    assert np.abs(np.cumsum(by_step - by_step.mean())).max() < 3 * spread


@pytest.mark.parametrize(
    ("name", "value", "domain"),
    [
        ("leak", -1, "a finite number >= 0"),
        ("capacitance", 0, "a finite number > 0"),
        ("synaptic_time", math.nan, "a finite number > 0"),
        ("adaptation_time", math.inf, "a finite number > 0"),
        ("time_step", "short", "a finite number > 0"),
        ("rest", math.inf, "a finite number"),
        ("threshold", -70.0, "> rest = -70.0"),
        ("pool", 1.5, "a positive integer"),
        ("auditory", (50.0, 0.0), "a window with 0 <= start < stop <= duration"),
        ("visual", (70.0, 151.0), "a window with 0 <= start < stop <= duration"),
        ("visual", (70.0,), "a window with 0 <= start < stop <= duration"),
        ("time_step", 0.7, "a whole part of 150.0 ms"),
    ],
)
def test_parameters_outside_their_domain(name, value, domain):
    with pytest.raises(ValueError, match=rf"^{name} must be ") as error:
        Parameters(**{name: value})
    assert str(error.value) == f"{name} must be {domain}, got {value!r}"


def test_trains_outside_their_domain():
    for strengths in ([-1.0], [math.inf], [], 1.0, "strong"):
        with pytest.raises(ValueError, match="strengths must be"):
            poisson_trains(strengths, 2, rng())
    with pytest.raises(ValueError, match="inputs must be a positive integer, got 0"):
        poisson_trains([1.0], 0, rng())
