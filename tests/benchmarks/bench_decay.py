"""The steady state for finite steps: solved, and in closed form, beside the diffusion limit."""

import time

import numpy as np
import pytest

from montecarlo.walk import simulate
from theory import decay

WALKS = {"fig6": (5, 500, 0.1), "whole": (2, 100, 0.5), "high": (20, 2000, 0.3)}


@pytest.mark.parametrize("walk", WALKS)
def test_steady_state(benchmark, walk):
    """Beside walks of 1000 synapses and 2^14 presentations, which know the rate to about 0.5%."""
    theta, tau, p = WALKS[walk]
    state = benchmark(decay.steady_state, theta, tau, p)
    start = time.perf_counter()
    walks = simulate(1000, 2**14, threshold=theta, tau=tau, p=p, rng=np.random.default_rng(1))
    seconds = time.perf_counter() - start
    error = walks.rate.standard_error / walks.rate.mean
    benchmark.extra_info["relative error"] = f"{state.relative_error:.1e}"
    benchmark.extra_info["walks: relative error"] = f"{error:.1e}"
    benchmark.extra_info["walks: time over this"] = round(seconds / benchmark.stats.stats.min, 2)


@pytest.mark.parametrize("function", ["mean_consolidated", "corrected_rate", "corrected_mean"])
def test_correction(benchmark, function):
    rng = np.random.default_rng(1)
    theta, tau, p = rng.uniform(2, 30, 10**4), rng.uniform(100, 5000, 10**4), rng.uniform(0.05, 1)
    benchmark(getattr(decay, function), theta, tau, p)
    start = time.perf_counter()
    decay.consolidation_rate(theta, tau, p)
    seconds = time.perf_counter() - start
    benchmark.extra_info["over the diffusion limit"] = round(benchmark.stats.stats.min / seconds, 1)
