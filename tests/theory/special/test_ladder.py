"""By how much walks overshoot a level: Gaussian steps, steps of +-1, smeared or not."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory.special import tables
from theory.special.ladder import gaussian_overshoot, ladder_overshoot, sawtooth


def test_overshoot_of_gaussian_steps():
    constant = float(-mpmath.zeta(0.5) / mpmath.sqrt(2 * mpmath.pi))
    assert gaussian_overshoot(0) == approx(constant)
    assert gaussian_overshoot(1e-9) == approx(constant, rel=1e-9)
    assert gaussian_overshoot(1 - 1e-9) == approx(gaussian_overshoot(1.0), rel=1e-6)
    # Without noise half a step, and a little more at a drift of three standard deviations.
    assert gaussian_overshoot(50) == approx(25, rel=1e-3)
    steps = np.random.default_rng(1).normal(0.5, 1, (20_000, 200)).cumsum(axis=1)
    first = steps[np.arange(20_000), (steps > 20).argmax(axis=1)] - 20
    error = first.std() / math.sqrt(len(first))
    assert abs(first.mean() - gaussian_overshoot(0.5)) < 5 * error < 0.03


# --- smeared over a step --------------------------------------------------------------------------


def poles(drift, count):
    """The roots of cosh(u) = 1 + drift u near 2 pi i k, k = 1, ..., count, with positive parts."""
    start = 2j * np.pi * np.arange(1, count + 1)
    shift = np.zeros_like(start)
    for _ in range(60):
        shift = np.arccosh(1 + drift * (start + shift))
    np.testing.assert_allclose(np.cosh(shift), 1 + drift * (start + shift), rtol=1e-12)
    return start + shift


@pytest.mark.parametrize("drift", [1e-4, 1e-3, 1e-2, 0.1])
def test_the_overshoot_is_the_sum_over_the_poles(drift):
    """Up to the order d^(3/2) of the series."""
    total = float(np.sum(2 / poles(drift, 200_000)).real)
    assert ladder_overshoot(drift) == pytest.approx(0.5 - total, abs=0.1 * drift**1.5 + 2e-6)


def test_it_falls_from_a_half_to_zero():
    drifts = np.array([0.0, 1e-6, 1e-3, 0.1, 1, 10, 1e3, 1e300])
    values = ladder_overshoot(drifts)
    assert values[0] == 0.5
    assert np.all(np.diff(values) < 0)
    assert values[-1] < 1e-200


@pytest.mark.statistical
@pytest.mark.parametrize("drift", [0.05, 0.2])
def test_a_walk_overshoots_a_far_level_by_that(drift):
    """Walks that are sent back below the level lose their phase on the way up to it."""
    rng = np.random.default_rng(1)
    place = -rng.uniform(0, 1, 200_000)
    overshoots = []
    for _ in range(400):
        place += rng.choice((-1.0, 1.0), place.size)
        over = place > 0
        overshoots.append(place[over])
        place[over] -= 3 + rng.uniform(0, 1, over.sum())
        place[place < -8] += rng.uniform(0, 1)
        place -= rng.exponential(drift, place.size)
    settled = np.concatenate(overshoots[200:])
    error = settled.std() / math.sqrt(settled.size)
    expected = pytest.approx(ladder_overshoot(drift), abs=6 * error + 0.03 * drift**0.5)
    assert settled.mean() == expected
    assert settled.mean() != pytest.approx(0.5, abs=6 * error + 0.03 * drift**0.5)


# --- still on the lattice -------------------------------------------------------------------------


def paths(count, steps, rng):
    """Areas under random walks of +-1/sqrt(steps) from 0 until they leave (-1, 1), at 1."""
    level = round(math.sqrt(steps))
    place, area, done = np.zeros(count, dtype=int), np.zeros(count), []
    while place.size:
        area += place
        place = place + rng.choice((-1, 1), place.size)
        out = np.abs(place) == level
        done.append(area[out] * np.sign(place[out]))
        place, area = place[~out], area[~out]
    return np.concatenate(done) / level**3


@pytest.mark.statistical
def test_the_area_under_a_path_has_the_transform():
    areas = paths(60_000, 900, np.random.default_rng(2))
    assert areas.mean() == pytest.approx(1 / 6, abs=6 * areas.std() / math.sqrt(areas.size))
    assert np.mean(areas**2) == pytest.approx(1 / 15, rel=0.05)
    frequencies = np.geomspace(1e-4, 1e3, 4001)  # the chance of J < 0 by its transform
    imaginary = [float(mpmath.im(tables.area_transform(mpmath.mpf(f)))) for f in frequencies]
    negative = 0.5 - np.trapezoid(imaginary, np.log(frequencies)) / np.pi
    assert negative == pytest.approx(0.115, abs=5e-4)
    assert np.mean(areas < 0) == pytest.approx(negative, abs=0.006)
    for frequency in (1.0, 5.0, 20.0):
        sampled = np.mean(np.exp(1j * frequency * areas))
        exact = complex(tables.area_transform(mpmath.mpf(frequency)))
        assert abs(sampled - exact) < 6 / math.sqrt(areas.size)
        assert abs(sampled - exact.conjugate()) > 6 / math.sqrt(areas.size)


@given(st.floats(-50, 50), st.floats(-4, 3).map(lambda exponent: 10.0**exponent))
@reproducible(60)
def test_doubles_against_the_series_at_fifty_digits(place, spread):
    with mpmath.workdps(50):
        exact = sawtooth(mpmath.mpf(place), mpmath.mpf(spread))
    assert sawtooth(place, spread) == pytest.approx(float(exact), abs=2e-14 * (1 + abs(place)))


def test_without_spread_it_is_a_sawtooth():
    for place in (0.1, 0.5, 3.75, -0.2, 12.9):
        assert sawtooth(place, 0.0) == pytest.approx(0.5 - place % 1, rel=1e-12)
        assert sawtooth(place, 1e-9) == pytest.approx(0.5 - place % 1, abs=2e-3)
    assert sawtooth(4.0, 0.0) == 0.5
    assert sawtooth(4.0, 1e-9) == pytest.approx(0, abs=1e-6)  # the middle of the jump
    assert abs(sawtooth(np.linspace(-1, 1, 4001), 1e-9)).max() < 0.5
    assert sawtooth([0.25, 0.25], [0.0, 1.0])[1] == sawtooth(0.25, 1.0)


def test_wide_spread_leaves_nothing():
    assert abs(sawtooth(0.25, 1e3)) < 1e-20
    assert sawtooth(0.25, 1e300) == 0
    assert abs(sawtooth(np.linspace(0, 1, 9), 10.0)).max() < 0.01


def test_one_bad_element_spoils_nothing_else():
    values = sawtooth([0.25, math.nan, 0.25], [1.0, 1.0, 1.0])
    assert np.isnan(values[1])
    assert values[0] == values[2] == sawtooth(0.25, 1.0)


def test_the_spread_decides_whether_the_threshold_is_passed_at_whole_steps():
    """In weak decay a synapse one step short of a whole threshold passes it only if J < 0."""
    assert 0.30 < sawtooth(3.0, 0.15) < 0.36
    assert sawtooth(2.9, 0.05) < -0.2
    assert sawtooth(3.1, 0.05) > 0.2
