"""Means over cached walks against direct sums, enumeration, and quadrature."""

import itertools
import math

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, relative_error, reproducible
from theory.special.moments import FEW_STEPS, SMALL_RATIO, persistent_size, triangular_moment

LARGE = [FEW_STEPS - 1, FEW_STEPS, FEW_STEPS + 1, 60, 1000, 10**6]


@given(n=st.integers(1, 200), alpha=st.floats(0, 2))
@reproducible(200)
def test_moment_is_the_sum_over_the_triangle(n, alpha):
    direct = math.fsum(2 * k**alpha * (n - k) / n**2 for k in range(1, n))
    assert triangular_moment(n, alpha) == approx(direct, rel=2e-15)


@pytest.mark.parametrize("n", LARGE)
@pytest.mark.parametrize("alpha", [0.0, 1e-9, 0.37, 1.0, 1.999, 2.0])
def test_moment_has_all_digits_on_both_sides_of_the_seam(n, alpha):
    with mpmath.workdps(50):
        exact = triangular_moment(mpmath.mpf(n), mpmath.mpf(alpha))
    assert relative_error(triangular_moment(n, alpha), exact) < 1e-15


@pytest.mark.parametrize("n", [FEW_STEPS + 49, FEW_STEPS + 50, FEW_STEPS + 51, 300])
def test_moment_in_mpmath_beyond_its_seam(n):
    with mpmath.workdps(50):
        alpha = mpmath.mpf("0.7")
        direct = 2 * mpmath.fsum((n - k) * mpmath.mpf(k) ** alpha for k in range(1, n)) / n**2
        assert abs(triangular_moment(mpmath.mpf(n), alpha) / direct - 1) < mpmath.mpf(10) ** -48


def test_moment_in_sympy():
    n = sympy.Symbol("n", integer=True, positive=True)
    assert sympy.simplify(triangular_moment(n, sympy.Integer(1)) - (n**2 - 1) / (3 * n)) == 0
    assert triangular_moment(sympy.Integer(7), sympy.Integer(2)) == 8
    half = triangular_moment(sympy.Integer(5), sympy.Rational(1, 2))
    with mpmath.workdps(30):
        value = triangular_moment(mpmath.mpf(5), mpmath.mpf("0.5"))
        assert abs(mpmath.mpf(str(half.evalf(30))) - value) < 1e-28


def held(n, K):
    """Mean abs(persistent weight) over K updates of a walk from zero, over all its paths."""
    total = 0
    for path in itertools.product((-1, 1), repeat=K):
        lasting = fleeting = 0
        for step in path:
            fleeting += step
            if abs(fleeting) == n:
                lasting, fleeting = lasting + fleeting, 0
            total += abs(lasting)
    return total / 2**K / K


@pytest.mark.parametrize(("n", "K"), [(1, 12), (2, 12), (3, 13)])
def test_persistent_size_approaches_all_paths(n, K):
    """It is too small by less than 1/K of itself up to n = sqrt(K)."""
    value = math.sqrt(K) * persistent_size(math.sqrt((n**2 - 1) / K))
    error = 1 - value / held(n, K)
    assert 0.5 < error * K < 0.9


@pytest.mark.parametrize("y", [1e-3, 0.1, 0.5, 1.0, 2.0, 6.0])
def test_persistent_size_is_the_mean_of_images(y):
    """Of 2 y times the sum of erfc(j y/sqrt(2 k)) over odd j, over the part k of the run."""

    def at(part):
        odd = range(1, int(12 / y) + 3, 2)
        return 2 * y * mpmath.fsum(mpmath.erfc(j * y / mpmath.sqrt(2 * part)) for j in odd)

    if y < 0.1:  # too many images: the walk itself
        assert persistent_size(y) == approx(math.sqrt(8 / (9 * math.pi)) * (1 - y**2 / 2), 1e-12)
    else:
        mean = mpmath.quad(at, [0, 0.01, 0.1, 0.3, 1])
        assert persistent_size(y) == approx(float(mean), rel=1e-10)


@pytest.mark.parametrize(
    "y", [0.0, 1e-200, 1e-3, SMALL_RATIO, np.nextafter(SMALL_RATIO, 1), 0.8, 0.99, 1.0, 3.0, 37.0]
)
def test_persistent_size_has_all_digits(y):
    with mpmath.workdps(50):
        exact = persistent_size(mpmath.mpf(float(y)))
    assert relative_error(persistent_size(y), exact) < 2e-15 * (1 + y**2)


@pytest.mark.parametrize("y", ["0.1", "0.19", "0.21", "1", "44", "45", "1000"])
def test_persistent_size_in_mpmath_on_both_sides_of_its_seams(y):
    with mpmath.workdps(50):
        low = persistent_size(mpmath.mpf(y))
    with mpmath.workdps(80):
        high = persistent_size(mpmath.mpf(y))
    assert abs(low / high - 1) < mpmath.mpf(10) ** -45


@pytest.mark.parametrize("y", [20.0, 37.68, 45.0])
def test_persistent_size_is_multiplied_before_it_underflows(y):
    with mpmath.workdps(50):
        exact = persistent_size(mpmath.mpf(y), mpmath.mpf(1e200))
    assert relative_error(persistent_size(y, 1e200), exact) < 2e-15 * (1 + y**2)


def test_persistent_size_of_arrays_and_at_the_ends():
    values = persistent_size(np.array([[0.0, 0.3], [5.0, 1e300]]))
    assert values.shape == (2, 2)
    assert values[1, 1] == 0
    assert values[0, 1] == persistent_size(0.3)
    assert persistent_size(sympy.Integer(0)) == sympy.sqrt(8 / (9 * sympy.pi))
