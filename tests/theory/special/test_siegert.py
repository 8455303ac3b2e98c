"""First-passage times: limits, identities, derivatives, the scaled function."""

import math

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import reproducible
from theory import special

BOUND = 4e-15


def test_limits():
    assert special.exit_time(np.inf) == np.inf
    assert special.log_exit_time(np.inf) == np.inf
    assert special.log_exit_time(0.0) == -np.inf
    assert special.mean_displacement(np.inf) == pytest.approx(1 / math.sqrt(math.pi), rel=1e-15)
    assert special.erfcx_integral(np.inf) == np.inf
    assert special.hyp2f2_siegert(np.array([-np.inf, 0.0, np.inf])).tolist() == [0, 1, np.inf]


@given(st.floats(1e-3, 20))
@reproducible(100)
def test_identities_that_hold_between_them(x):
    """Also against SciPy's functions, which have no part in the tables."""
    square = x * x
    product = math.pi / 2 * scipy.special.erf(x) * scipy.special.erfi(x)
    both = special.exit_time(x) + square * special.hyp2f2_siegert(-square)
    assert both == pytest.approx(product, rel=1e-13)
    assert special.log_exit_time(x) == pytest.approx(math.log(special.exit_time(x)), rel=1e-12)
    assert special.mean_displacement(x) == pytest.approx(x * special.displacement_ratio(x))
    scaled = special.exit_time(x) * math.exp(-square)
    siegert = scipy.special.dawsn(x) - math.exp(-square) * special.erfcx_integral(x)
    assert scaled == pytest.approx(math.sqrt(math.pi) * siegert, rel=1e-12 * (1 + 1 / square))


@given(st.floats(0.01, 5))
@reproducible(20)
def test_derivatives(x):
    """d/dx of the exit time is sqrt(pi) exp(x^2) erf(x), of the integral of erfcx it is erfcx."""
    step = 1e-4 * x
    slope = (special.exit_time(x + step) - special.exit_time(x - step)) / (2 * step)
    assert slope == pytest.approx(
        math.sqrt(math.pi) * math.exp(x * x) * math.erf(x), rel=1e-6 * (1 + x**4)
    )
    slope = (special.erfcx_integral(x + step) - special.erfcx_integral(x - step)) / (2 * step)
    assert slope == pytest.approx(scipy.special.erfcx(x), rel=1e-6)


@given(st.floats(-15, 200).map(lambda exponent: 10.0**exponent))
@reproducible(60)
def test_accuracy_of_the_scaled_function(z):
    with mpmath.workdps(30):
        exact = special.scaled_siegert(mpmath.mpf(z))
        assert abs(special.scaled_siegert(z) - exact) <= BOUND * exact


def test_the_scaled_function_at_the_ends():
    values = special.scaled_siegert(np.array([0.0, 1e300, np.inf, np.nan]))
    assert values[:3].tolist() == [1, special.scaled_siegert(1e200), special.scaled_siegert(1e200)]
    assert np.isnan(values[3])


@pytest.mark.parametrize("digits", [15, 50])
@pytest.mark.parametrize("distance", ["0", "1e-10", "-1e-25", "1e-45"])
def test_log_exit_time_keeps_its_digits_near_its_root(digits, distance):
    """There the exit time is 1, and all that its logarithm is lies in digits beyond the first."""
    root = mpmath.findroot(lambda x: special.exit_time(x) - 1, mpmath.mpf("0.87215"))
    with mpmath.workdps(digits):
        x = +(root + mpmath.mpf(distance))
        found = special.log_exit_time(x)
        with mpmath.workdps(150):
            expected = mpmath.log(special.exit_time(x))
        assert abs(found - expected) <= 4 * mpmath.eps * abs(expected)
