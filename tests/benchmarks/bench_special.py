"""The tabulated functions on a million numbers, beside scipy.special.dawsn on the same."""

import time

import numpy as np
import pytest
import scipy.special

from theory import special
from theory.special import balance, passage

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
    passage.exit_variation,
]
#: Functions of x made of these: the transform at u tau = 1, the optimum at c tau = 1 + 3/x^2.
COMPOSED = {
    "exit_transform": lambda x: passage.exit_transform(x * x / 2, x * x),
    "threshold_ratio": lambda x: balance.threshold_ratio(1 + 3 / (x * x)),
    "power_ratio": lambda x: balance.power_ratio(1 + 3 / (x * x)),
}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_special_function(benchmark, function, sample):
    _beside_dawsn(benchmark, function, sample)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", COMPOSED)
def test_composed_function(benchmark, name, sample):
    _beside_dawsn(benchmark, COMPOSED[name], sample)


def _beside_dawsn(benchmark, function, sample):
    x = SAMPLES[sample](np.random.default_rng(1))
    benchmark(function, x)
    rival = min(_seconds(scipy.special.dawsn, x) for _ in range(5))
    benchmark.extra_info["over dawsn"] = round(benchmark.stats.stats.min / rival, 2)


def _seconds(function, x):
    start = time.perf_counter()
    function(x)
    return time.perf_counter() - start
