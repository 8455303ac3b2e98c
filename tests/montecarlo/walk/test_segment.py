"""A segment of a walk against a plain loop, and the random numbers that move it."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.walk import segment
from tests.montecarlo.walk.reference import plain_segment

CRITICAL = 6.0  # standard errors


def rng(seed):
    return np.random.default_rng(seed)


@st.composite
def segments(draw):
    generator = rng(draw(st.integers(0, 2**32)))
    length, width = draw(st.integers(1, 30)), draw(st.integers(1, 6))
    chance = draw(st.sampled_from([0.0, 0.1, 0.5, 1.0]))
    times = 1 + np.flatnonzero(generator.random(length) < chance)
    return generator, length, width, times, segment._signs(times.size, width, generator)


@given(segments(), st.integers(0, 4))
def test_segment_without_decay_equals_the_plain_loop(made, limit):
    generator, length, width, times, signs = made
    weights = generator.integers(-limit, limit + 1, width).astype(np.int8)
    expected_weights = weights.astype(float)
    sums = segment._segment(
        weights,
        times,
        signs,
        length=length,
        sample=1,
        limit=limit,
        tau=math.inf,
        scratch=np.empty(0, np.int64),
    )
    events, amount, transient, levels = plain_segment(
        expected_weights, times, signs, length=length, limit=limit, tau=math.inf
    )
    occupancy = np.bincount(levels.astype(int).ravel() + limit, minlength=2 * limit + 1)
    np.testing.assert_array_equal(weights, expected_weights)
    np.testing.assert_array_equal(sums, [signs.size, events, amount, transient, *occupancy])


@given(segments(), st.floats(1.0, 4.0), st.floats(1.01, 1e4))
def test_segment_with_decay_equals_the_plain_loop(made, limit, tau):
    generator, length, width, times, signs = made
    weights = generator.uniform(-limit, limit, width)
    expected_weights = weights.copy()
    sample = int(generator.integers(1, length + 1))
    sums = segment._segment(
        weights,
        times,
        signs,
        length=length,
        sample=sample,
        limit=limit,
        tau=tau,
        scratch=np.empty(0),
    )
    events, amount, transient, levels = plain_segment(
        expected_weights, times, signs, length=length, limit=limit, tau=tau
    )
    occupancy, _ = np.histogram(levels[sample - 1], segment.BINS, (-limit, limit))
    np.testing.assert_allclose(weights, expected_weights, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(
        sums[:4], [signs.size, events, amount, transient], rtol=1e-9, atol=1e-9
    )
    np.testing.assert_array_equal(sums[4:], occupancy)


def test_update_times_are_independent_trials():
    p, length = 0.3, 20
    counts = np.zeros(length)
    totals = np.zeros(4000)
    generator = rng(3)
    for i in range(totals.size):
        times = segment._update_times(length, p, generator)
        assert np.all(np.diff(times) > 0)
        counts[times - 1] += 1
        totals[i] = times.size
    spread = math.sqrt(p * (1 - p) / totals.size)
    assert np.abs(counts / totals.size - p).max() < CRITICAL * spread
    # the count is binomial: not only its mean, its variance too (kurtosis of it near 3)
    variance = length * p * (1 - p)
    assert abs(totals.var() / variance - 1) < CRITICAL * math.sqrt(2 / totals.size)


def test_signs_are_fair_and_independent():
    signs = segment._signs(500, 401, rng(4)).astype(float)
    assert set(np.unique(signs)) == {-1.0, 1.0}
    assert abs(signs.mean()) < CRITICAL / math.sqrt(signs.size)
    for lagged in (signs[1:] * signs[:-1], signs[:, 1:] * signs[:, :-1]):
        assert abs(lagged.mean()) < CRITICAL / math.sqrt(lagged.size)


def test_tiles_share_the_clock_and_nothing_else():
    """A presentation moves all synapses of all tiles or none, each by a sign of its own."""
    weights = np.zeros(2 * segment.TILE + 1, dtype=np.int8)
    moved = []
    for seed in range(20):
        weights[:] = 0
        sums = segment.advance(
            weights, 1, limit=3, p=0.5, tau=math.inf, rng=rng(seed), scratch=np.empty(0, np.int64)
        )
        moved.append(np.count_nonzero(weights))
        assert sums[segment.MOVES] == sums[segment.TRANSIENT] == moved[-1]
        third = segment.TILE // 2
        if moved[-1]:
            assert np.any(weights[:third] != weights[-third:])
    assert set(moved) == {0, weights.size}
