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
    waits = np.diff(times, prepend=0, append=length + 1)
    return generator, length, width, times, waits, segment._bits(times.size, width, generator)


@given(segments(), st.integers(0, 9), st.integers(1, 8))
def test_segment_without_decay_equals_the_plain_loop(made, limit, moves):
    generator, length, width, times, waits, bits = made
    levels = generator.integers(0, 2 * limit + 1, width)
    weights = levels - float(limit)
    sums = segment._on_lattice(levels, waits, bits, limit + 1, moves)
    signs = 2.0 * bits - 1
    events, amount, transient, visited = plain_segment(
        weights, times, signs, length=length, limit=limit, tau=math.inf
    )
    occupancy = np.bincount(visited.astype(int).ravel() + limit, minlength=2 * limit + 1)
    np.testing.assert_array_equal(levels - limit, weights)
    np.testing.assert_array_equal(sums, [bits.size, events, amount, transient, *occupancy])


@given(segments(), st.floats(1.0, 4.0), st.floats(1.01, 1e4))
def test_segment_with_decay_equals_the_plain_loop(made, limit, tau):
    generator, length, width, times, waits, bits = made
    weights = generator.uniform(-limit, limit, width)
    expected_weights = weights.copy()
    sample = int(generator.integers(1, length + 1))
    sums = segment._with_decay(weights, waits, bits, sample, limit, tau)
    events, amount, transient, levels = plain_segment(
        expected_weights, times, 2.0 * bits - 1, length=length, limit=limit, tau=tau
    )
    occupancy, _ = np.histogram(levels[sample - 1], segment.BINS, (-limit, limit))
    np.testing.assert_allclose(weights, expected_weights, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(
        sums[:4], [bits.size, events, amount, transient], rtol=1e-9, atol=1e-9
    )
    np.testing.assert_array_equal(sums[4:], occupancy)


def test_updates_are_independent_trials():
    p, length = 0.3, 20
    counts = np.zeros(length)
    totals = np.zeros(4000)
    generator = rng(3)
    for i in range(totals.size):
        waits = segment._waits(length, p, generator)
        assert waits.min() >= 1
        assert waits.sum() == length + 1
        counts[np.cumsum(waits[:-1]) - 1] += 1
        totals[i] = waits.size - 1
    spread = math.sqrt(p * (1 - p) / totals.size)
    assert np.abs(counts / totals.size - p).max() < CRITICAL * spread
    # the count is binomial: not only its mean, its variance too (kurtosis of it near 3)
    variance = length * p * (1 - p)
    assert abs(totals.var() / variance - 1) < CRITICAL * math.sqrt(2 / totals.size)


def test_signs_are_fair_and_independent():
    signs = 2.0 * segment._bits(500, 401, rng(4)) - 1
    assert set(np.unique(signs)) == {-1.0, 1.0}
    assert abs(signs.mean()) < CRITICAL / math.sqrt(signs.size)
    for lagged in (signs[1:] * signs[:-1], signs[:, 1:] * signs[:, :-1]):
        assert abs(lagged.mean()) < CRITICAL / math.sqrt(lagged.size)


def test_tiles_share_the_clock_and_nothing_else():
    """A presentation moves all synapses of all tiles or none, each by a sign of its own."""
    moved = []
    for seed in range(20):
        tiles = np.full((2, 1000), 3)
        sums = segment.advance(tiles, 1, limit=3, p=0.5, tau=math.inf, rng=rng(seed))
        moved.append(np.count_nonzero(tiles != 3))
        assert sums[segment.MOVES] == sums[segment.TRANSIENT] == moved[-1]
        if moved[-1]:
            assert np.any(tiles[0] != tiles[1])
    assert set(moved) == {0, tiles.size}
