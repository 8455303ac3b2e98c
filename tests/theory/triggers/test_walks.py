"""One walk: by images and by modes, on both sides of the seam."""

import math

import mpmath
import numpy as np
import pytest
import sympy

from tests.theory.formula.strategies import approx
from theory import triggers
from theory.triggers.walks import at_zero, exit_probability, visits


def followed(n, steps):
    """Survival, probability of being at zero and mean size of one walk, step by step."""
    law = np.zeros(2 * n + 1)
    law[n] = 1
    places = np.abs(np.arange(-n, n + 1))
    rows = []
    for _ in range(steps):
        rows.append((law.sum(), law[n], law @ places))
        law = np.convolve(law, [0.5, 0, 0.5])[1:-1]
        law[[0, -1]] = 0
    return np.array(rows).T


@pytest.mark.parametrize("n", [1, 2, 3, 7, 8, 24, 41])
def test_the_walk_by_images_and_by_modes(n):
    steps = 4 * n * n + 3
    j = np.arange(steps)
    survival, zero, size = followed(n, steps)
    np.testing.assert_allclose(triggers.survival(j, n), survival, rtol=1e-11, atol=1e-300)
    np.testing.assert_allclose(at_zero(j[::2], n), zero[::2], rtol=1e-11, atol=1e-300)
    stopped = size + n * (1 - survival)
    np.testing.assert_allclose(visits(j, n), stopped, rtol=1e-12)


def test_what_survival_lacks_of_one_keeps_its_digits():
    with mpmath.workdps(40):
        exact = 1 - triggers.survival(mpmath.mpf(44), mpmath.mpf(40))
    assert exact < 2e-10
    assert float(exit_probability(44, 40)) == approx(float(exact), rel=1e-12)
    assert float(exit_probability(10**6, 10**5)) < 1e-300


def test_both_sides_of_the_seam_between_images_and_modes_agree():
    n = 400
    j = np.array([n * n // 8 - 2, n * n // 8, n * n // 8 + 2])
    with mpmath.workdps(40):
        exact = [float(triggers.survival(mpmath.mpf(int(step)), mpmath.mpf(n))) for step in j]
    np.testing.assert_allclose(triggers.survival(j, n), exact, rtol=1e-14)


def test_distance_of_large_numbers_of_steps():
    assert triggers.mean_distance(127) == triggers.mean_distance(128)
    assert triggers.mean_distance(1e12) == approx(math.sqrt(2e12 / math.pi), rel=1e-12)


@pytest.mark.parametrize("j", [10**25, 10**100, 3 * 10**300])
def test_huge_distances_in_every_arithmetic(j):
    expected = approx(math.sqrt(2 * j / math.pi))
    assert triggers.mean_distance(float(j)) == expected
    assert float(triggers.mean_distance(mpmath.mpf(j))) == expected
    assert float(triggers.mean_distance(sympy.Integer(j)).evalf(17)) == expected


def test_survival_with_many_digits_needs_few_modes_or_is_refused():
    with mpmath.workdps(30):
        late = triggers.survival(mpmath.mpf(10**12), mpmath.mpf(10**6))
        assert float(late) == approx(triggers.survival(1e12, 1e6))
        with pytest.raises(ValueError, match=r"n must be lower, or j higher, got n = 1.* and j"):
            triggers.survival(mpmath.mpf(10**9), mpmath.mpf(10**9))
