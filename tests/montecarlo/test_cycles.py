"""Cycles: the literal slow version, known small cases, reproducibility, and errors."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.cycles import cycles

OPTIONS = {"threshold": 2.0, "rng": np.random.default_rng(0)}


def literal(n_synapses, *, threshold, trigger, p, tau, eta, rng):
    """One cycle, presentation by presentation, from the same random numbers."""
    weights = np.zeros(n_synapses)
    updates = presentations = 0
    transient_sum = 0.0
    while True:
        for _ in range(rng.geometric(p, 1)[0] - 1):
            presentations += 1
            weights *= 1 - 1 / tau
            transient_sum += np.abs(weights).sum()
        presentations += 1
        updates += 1
        bits = np.unpackbits(np.frombuffer(rng.bytes(-(-n_synapses // 8)), np.uint8))
        weights = weights * (1 - 1 / tau) + eta * (2.0 * bits[:n_synapses] - 1)
        size = np.abs(weights)
        if (size.max() if trigger == "any" else size.sum()) > threshold:
            return updates, presentations, size.sum(), transient_sum
        transient_sum += size.sum()


@settings(deadline=None, derandomize=True, database=None)
@given(
    n_synapses=st.integers(1, 9),
    threshold=st.floats(0, 2.5),
    trigger=st.sampled_from(["any", "total"]),
    p=st.floats(0.2, 1),
    tau=st.sampled_from([20.0, 60.0, math.inf]),
    eta=st.sampled_from([0.5, 1.0]),
    seed=st.integers(0, 1000),
)
def test_a_cycle_is_that_of_the_literal_version(n_synapses, threshold, trigger, p, tau, eta, seed):
    options = {"threshold": eta * threshold, "trigger": trigger, "p": p, "tau": tau, "eta": eta}
    run = cycles(1, n_synapses, **options, rng=np.random.default_rng(seed))
    expected = literal(n_synapses, **options, rng=np.random.default_rng(seed))
    found = (run.updates, run.presentations, run.consolidated, run.transient_sum)
    np.testing.assert_allclose(np.concatenate(found), expected, rtol=1e-12, atol=1e-12)


def test_one_synapse_consolidates_at_the_next_step_beyond_the_threshold():
    run = cycles(500, 1, threshold=1.5, rng=np.random.default_rng(1), eta=0.5)
    assert set(run.consolidated) == {2.0}
    assert run.updates.min() == 4
    assert set(run.updates % 2) == {0}


def test_at_threshold_zero_every_update_is_a_cycle():
    run = cycles(10, 7, threshold=0, rng=np.random.default_rng(1))
    assert set(run.updates) == {1}
    assert set(run.consolidated) == {7.0}
    assert set(run.transient_sum) == {0.0}


def test_without_decay_a_size_is_counted_at_every_presentation_until_the_next_update():
    run = cycles(2000, 1, threshold=1, p=0.25, rng=np.random.default_rng(1))
    # It takes an even number of updates to get to 2; between them the size is 1 or 0 in turns.
    waits = (run.updates // 2) / 0.25
    assert run.transient_sum.mean() == pytest.approx(waits.mean(), rel=0.1)
    assert np.all(run.presentations >= run.updates)


def test_cycles_of_many_blocks_are_independent_of_their_number():
    first = cycles(40, 50_000, threshold=6, rng=np.random.default_rng(3))
    again = cycles(40, 50_000, threshold=6, rng=np.random.default_rng(3))
    fewer = cycles(20, 50_000, threshold=6, rng=np.random.default_rng(3))
    np.testing.assert_array_equal(first.consolidated, again.consolidated)
    np.testing.assert_array_equal(first.consolidated[:20], fewer.consolidated)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"count": 0}, "count must be a positive integer, got 0"),
        ({"n_synapses": 2.0}, "n_synapses must be a positive integer, got 2.0"),
        ({"trigger": "local"}, "trigger must be one of any, total, got 'local'"),
        ({"p": 0}, "p must be a number > 0 and <= 1, got 0"),
        ({"tau": 1}, "tau must be a number of presentations > 1"),
        ({"eta": -1}, "eta must be a finite number > 0, got -1"),
        ({"threshold": -1}, "threshold must be a number >= 0"),
        ({"threshold": math.inf}, "threshold must be a number >= 0 and < inf, got inf"),
        ({"threshold": 50, "tau": 50}, "threshold must be a number >= 0 and < 50.0, got 50"),
        ({"rng": None}, "rng must be a numpy.random.Generator, got None"),
    ],
)
def test_errors_name_argument_value_and_domain(change, message):
    arguments = {"count": 2, "n_synapses": 3, **OPTIONS, **change}
    with pytest.raises(ValueError, match=message):
        cycles(**arguments)
