"""Ledgers against presenting every pattern, and against what the simulators count."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.perceptron import learn, ledger, random_patterns, replay, trajectory
from montecarlo.perceptron.accounting import learn_ledger, replay_ledger
from tests.montecarlo.perceptron.problems import (
    REPRODUCIBLE,
    few_epochs,
    learning_rates,
    levels,
    problems,
    triggers,
)

COUNTS = ("amounts", "counts")
SUMS = ("changed", "transient_sum", "persistent_sum")
taus = st.sampled_from([1.5, 7.0, 100.0, math.inf])


def by_definition(patterns, labels, *, threshold, trigger, tau, learning_rate, max_epochs):
    """All amounts written, one by one, and the three sums, by their definitions."""
    persistent, transient = np.zeros((2, patterns.shape[1]))
    level = threshold / learning_rate
    amounts, changed, transient_sum, persistent_sum = [], 0.0, 0.0, 0.0
    errors = True
    for _ in range(max_epochs):
        if not errors:
            break
        errors = False
        for pattern, label in zip(patterns, labels, strict=True):
            transient = transient * (1 - 1 / tau)
            if label * math.fsum(np.multiply((persistent, transient), pattern).flat) <= 0:
                errors = True
                transient = transient + label * pattern
                size = np.abs(transient)
                fired = {
                    "local": size > level,
                    "any": np.full(size.shape, size.max() > level),
                    "total": np.full(size.shape, size.sum() > level),
                }[trigger]
                amounts.extend(transient[fired])
                changed += np.abs(pattern[~fired]).sum()
                persistent = persistent + np.where(fired, transient, 0)
                transient = np.where(fired, 0, transient)
            transient_sum += np.abs(transient).sum()
            persistent_sum += np.abs(persistent).sum()
    amounts.extend(transient)
    written = learning_rate * np.array([amount for amount in amounts if amount])
    sums = [learning_rate * part for part in (changed, transient_sum, persistent_sum)]
    return np.sort(written), sums


@given(problem=problems(), level=levels, trigger=triggers, tau=taus, rate=learning_rates,
       epochs=few_epochs)  # fmt: skip
@REPRODUCIBLE
def test_a_run_is_entered_as_it_happened(problem, level, trigger, tau, rate, epochs):
    options = {
        "threshold": rate * level,
        "trigger": trigger,
        "tau": tau,
        "learning_rate": rate,
        "max_epochs": epochs,
    }
    ledger = learn_ledger(*problem, **options)
    written, sums = by_definition(*problem, **options)
    entered = np.repeat(ledger.amounts, ledger.counts)
    assert len(entered) == len(written) == ledger.writes
    np.testing.assert_allclose(entered, written, rtol=1e-9, atol=1e-12)
    for name, value in zip(SUMS, sums, strict=True):
        assert getattr(ledger, name) == pytest.approx(value, rel=1e-9, abs=1e-12), name


@given(problem=problems(("signs", "integers")), level=levels, trigger=triggers, epochs=few_epochs)
@REPRODUCIBLE
def test_a_replay_without_decay_is_the_run(problem, level, trigger, epochs):
    run = trajectory(*problem, max_epochs=epochs)
    replayed = replay_ledger(run, level, trigger)
    learnt = learn_ledger(*problem, threshold=level, trigger=trigger, max_epochs=epochs)
    for name in (*COUNTS, *SUMS):
        assert np.array_equal(getattr(replayed, name), getattr(learnt, name)), name
    caching = replay(run, [level], trigger)
    assert replayed.written == caching.consolidation_energy[0]
    assert replayed.transient_sum == caching.transient_sum[0]


def test_all_weight_is_written_whatever_the_threshold():
    patterns, labels = random_patterns(60, 40, np.random.default_rng(1))
    run = trajectory(patterns, labels, learning_rate=0.25)
    weights = learn(patterns, labels, learning_rate=0.25).weights
    for threshold in (0, 0.6, 1, math.inf):
        ledger = replay_ledger(run, threshold)
        assert ledger.amounts @ ledger.counts == weights.sum()
        assert np.all(np.diff(ledger.amounts) > 0)
        assert np.all(ledger.counts > 0)
    assert ledger.written == np.abs(weights).sum()
    assert ledger.writes == np.count_nonzero(weights)
    assert ledger.persistent_sum == 0


def test_without_caching_every_update_is_a_write():
    patterns, labels = random_patterns(60, 40, np.random.default_rng(1))
    run = trajectory(patterns, labels)
    ledger = replay_ledger(run, 0)
    assert ledger.writes == 41 * len(run.updated)
    assert (ledger.changed, ledger.transient_sum) == (0, 0)


@pytest.mark.parametrize("threshold", [-1, math.nan, "high", None])
def test_threshold_in_its_domain(threshold):
    run = trajectory([[1, 1], [-1, 1]], [1, -1])
    with pytest.raises(ValueError, match="threshold must be a number >= 0, got"):
        replay_ledger(run, threshold)


def test_trigger_in_its_domain():
    run = trajectory([[1, 1], [-1, 1]], [1, -1])
    with pytest.raises(ValueError, match="trigger must be one of local, any, total, got 'all'"):
        replay_ledger(run, 1, "all")


def test_amounts_are_counted_page_by_page(monkeypatch):
    patterns, labels = random_patterns(60, 40, np.random.default_rng(1))
    run = trajectory(patterns, labels)
    at_once = replay_ledger(run, 2)
    monkeypatch.setattr(ledger, "PAGE", 10)
    by_page = replay_ledger(run, 2)
    for name in COUNTS:
        assert np.array_equal(getattr(at_once, name), getattr(by_page, name))
