"""Time of the walk per synapse and update: at most 6 ns without decay, 8 ns with decay."""

import math

import numpy as np
import pytest

from montecarlo.walk import simulate


@pytest.mark.parametrize("n_synapses", [1000, 10_000])
@pytest.mark.parametrize("tau", [math.inf, 500.0])
def test_walk(benchmark, tau, n_synapses):
    """Every presentation is an update (p = 1), all sums are taken, the warm-up is counted."""
    steps = 5_000_000 // n_synapses
    warm_up = math.ceil(10 * min(36.0, tau))
    benchmark.pedantic(
        lambda: simulate(
            n_synapses, steps, threshold=5.0, p=1.0, tau=tau, rng=np.random.default_rng(0)
        ),
        rounds=7,
        warmup_rounds=1,
    )
    best = benchmark.stats.stats.min
    benchmark.extra_info["ns_per_synapse_step"] = 1e9 * best / (n_synapses * (steps + warm_up))
