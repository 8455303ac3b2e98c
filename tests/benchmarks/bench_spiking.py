"""Time of a trial of 150 ms: at most 2 ms per neuron in a batch; beside it, the plain loop."""

import numpy as np
import pytest

from montecarlo.spiking import Parameters, poisson_trains, present
from tests.montecarlo.spiking.reference import trial_by_loop


@pytest.mark.parametrize("neurons", [1, 8, 24, 100, 400])
def test_trial(benchmark, neurons):
    """Spike trains included; the weights are those of half-learnt associations."""
    rng = np.random.default_rng(0)
    strengths = rng.choice([0.5, 1.0], neurons)
    weights = np.full((neurons, 2), 1.4)
    benchmark.pedantic(
        lambda: present(weights, poisson_trains(strengths, 2, rng)),
        rounds=7,
        iterations=max(1, 200 // neurons),
        warmup_rounds=1,
    )
    benchmark.extra_info["us_per_trial_and_neuron"] = 1e6 * benchmark.stats.stats.min / neurons


def test_trial_by_plain_loop(benchmark):
    trains = poisson_trains([1.0], 2, np.random.default_rng(0))
    benchmark.pedantic(
        lambda: trial_by_loop([1.4, 1.4], trains, Parameters(), 0), rounds=7, warmup_rounds=1
    )
