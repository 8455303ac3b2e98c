"""The records of correlated updates, against the weights and overlaps they are made of."""

import numpy as np
import pytest

from montecarlo.perceptron import learn, random_patterns, replay
from theory import antipersistent
from theory.crosscheck.chapters.caching.experiments import (
    by_correlations,
    by_curve,
    by_updates,
    correlated,
    correlated_loads,
)


@pytest.fixture(scope="module")
def run():
    return correlated(90, N=60).run([np.random.default_rng(4)])[0]


@pytest.fixture(scope="module")
def steps(run):
    return run.run.examples[run.run.updated].astype(float)


def test_the_curve_is_that_of_the_weights(run, steps):
    weights = np.concatenate([np.zeros((1, run.N)), np.cumsum(steps, axis=0)])
    curve = run.curve
    assert curve.updates.sum() == run.K == len(steps)
    ends = np.cumsum(curve.updates).astype(int)
    assert np.all(
        (run.run.times[ends - 1] - 1) // run.P
        != np.append((run.run.times[ends[:-1]] - 1) // run.P, -1)
    )
    np.testing.assert_allclose(curve.squares, (weights[ends] ** 2).mean(axis=1))
    changes = np.diff(weights[np.append(0, ends)], axis=0)
    np.testing.assert_allclose(curve.changes, (changes**2).mean(axis=1))
    np.testing.assert_allclose(run.so_far[:2], [ends[0] / 2, (ends[0] + ends[1]) / 2])
    assert run.so_far[-1] == run.K


def test_correlations_are_the_overlaps_of_the_updates(run, steps):
    overlaps = steps @ steps.T / run.N
    expected = [np.trace(overlaps, lag) for lag in range(run.K)]
    np.testing.assert_allclose(run.correlations, expected, atol=1e-8)


def test_costs_are_per_synapse(run):
    problem = random_patterns(90, 60, np.random.default_rng(4))
    whole = learn(*problem, threshold=5)
    for name in ("consolidation_energy", "final_consolidation"):
        assert run.cost(name, 5.0) == pytest.approx(getattr(whole, name) / 61)
    assert run.mean_transient(5.0) == pytest.approx(whole.transient_sum / 61 / whole.presentations)
    jointly = replay(run.run, 5.0, "any")
    before = jointly.consolidation_energy[0] - jointly.final_consolidation[0]
    assert run.together(5.0) == pytest.approx(before / 61)
    assert 0 < before < jointly.consolidation_energy[0]


def test_the_routes_are_given_what_they_say(run):
    sums = antipersistent.lag_correlations(run.curve)
    assert by_curve(run, 5.0) == antipersistent.caching_along(5, sums, run.so_far)
    assert by_updates(run, 5.0) == antipersistent.caching(5, 90, 60, run.K)
    effective = antipersistent.effective_updates(
        run.correlations, lambda lags: antipersistent.local_memory(lags / 36)
    )
    assert by_correlations(run, 5.0).effective_updates == effective


def test_loads_are_independent_runs():
    runs = correlated_loads(20, 40, thresholds=(2.0,), N=50).run([np.random.default_rng(1)])[0]
    assert [(run.P, run.N) for run in runs] == [(20, 51), (40, 51)]
    assert runs[0].caching.thresholds.tolist() == [2]
