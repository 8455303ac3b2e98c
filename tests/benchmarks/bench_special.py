"""The tabulated functions on a million numbers, beside scipy.special.dawsn on the same."""

import time

import numpy as np
import pytest
import scipy.special

from theory import special

SAMPLES = {
    "uniform to 5": lambda rng: rng.uniform(0, 5, 10**6),
    "uniform to 30": lambda rng: rng.uniform(0, 30, 10**6),
    "twenty decades": lambda rng: 10 ** rng.uniform(-10, 10, 10**6),
}
FUNCTIONS = [
    special.exit_time,
    special.log_exit_time,
    special.mean_displacement,
    special.erfcx_integral,
    special.hyp2f2_siegert,
]


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_special_function(benchmark, function, sample):
    x = SAMPLES[sample](np.random.default_rng(1))
    benchmark(function, x)
    rival = min(_seconds(scipy.special.dawsn, x) for _ in range(5))
    benchmark.extra_info["over dawsn"] = round(benchmark.stats.stats.min / rival, 2)


def _seconds(function, x):
    start = time.perf_counter()
    function(x)
    return time.perf_counter() - start
