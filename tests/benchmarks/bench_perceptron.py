"""Time of perceptron learning, beside a plain loop over presentations written with care."""

import math
import time

import numpy as np
import pytest

from montecarlo.perceptron import learn, random_patterns, replay, trajectory
from montecarlo.statistics import generator

N = 1000
#: P and the replica of the random numbers; of those near capacity one with 300,000 updates.
LOADS = [(100, 0), (500, 0), (1000, 0), (1500, 0), (1900, 8)]


def problem(P, replica=0, N=N):
    return random_patterns(P, N, generator(1, "bench", replica))


def plain_loop(patterns, labels, *, threshold=0.0, tau=math.inf, max_epochs=10_000):
    """Local caching, one presentation after the other, without needless work between updates.

    Returns the updates, presentations, consolidation energy and transient sum.
    """
    examples = patterns * labels[:, None]
    persistent, transient = np.zeros((2, examples.shape[1]))
    weights = persistent + transient
    total = consolidated = transient_sum = 0.0
    updates = epochs = 0
    decay, errors = 1 - 1 / tau, True
    while errors and epochs < max_epochs:
        errors = False
        for example in examples:
            if decay < 1:
                transient *= decay
                total *= decay
                weights = persistent + transient
            if weights.dot(example) <= 0:
                errors = True
                updates += 1
                transient += example
                size = np.abs(transient)
                fired = size > threshold
                consolidated += size[fired].sum()
                persistent[fired] += transient[fired]
                transient[fired] = 0
                weights = persistent + transient
                total = np.abs(transient).sum()
            transient_sum += total
        epochs += 1
    return updates, epochs * len(examples), consolidated + total, transient_sum


def best_of(rounds, function):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.parametrize("threshold", [0.0, 5.0])
@pytest.mark.parametrize(("P", "replica"), LOADS)
def test_plain_loop(benchmark, P, replica, threshold):
    """The same runs; without decay fields are sums of integers, so the results are equal."""
    patterns, labels = problem(P, replica)
    found = benchmark.pedantic(
        lambda: plain_loop(patterns, labels, threshold=threshold), rounds=1 if P > 1500 else 3
    )
    run = learn(patterns, labels, threshold=threshold)
    assert found == (run.updates, run.presentations, run.consolidation_energy, run.transient_sum)
    event_driven = best_of(5, lambda: learn(patterns, labels, threshold=threshold))
    benchmark.extra_info["plain_over_event_driven"] = benchmark.stats.stats.min / event_driven


def test_scan_of_thresholds(benchmark):
    """Fifty thresholds and three triggers cost one trajectory and three replays."""
    patterns, labels = problem(1000)
    thresholds = np.linspace(0.5, 25, 50)

    def scan():
        run = trajectory(patterns, labels)
        for trigger in ("local", "any"):
            replay(run, thresholds, trigger)
        replay(run, 1000 * thresholds, "total")

    benchmark.pedantic(scan, rounds=3, warmup_rounds=1)
    single = best_of(10, lambda: learn(patterns, labels, threshold=5))
    benchmark.extra_info["scan_over_single_run"] = benchmark.stats.stats.min / single


@pytest.mark.parametrize("threshold", [5.0, 20.0])
@pytest.mark.parametrize("tau", [1000.0, 2000.0, 5000.0])
def test_decaying(benchmark, tau, threshold):
    patterns, labels = problem(1000)
    options = {"threshold": threshold, "tau": tau, "max_epochs": 100}
    run = benchmark.pedantic(lambda: learn(patterns, labels, **options), rounds=5, warmup_rounds=1)
    best = benchmark.stats.stats.min
    plain = best_of(1, lambda: plain_loop(patterns, labels, **options))
    benchmark.extra_info |= {
        "updates": run.updates,
        "presentations": run.presentations,
        "ns_per_synapse_presentation": 1e9 * best / (run.presentations * (N + 1)),
        "plain_over_event_driven": plain / best,
    }
