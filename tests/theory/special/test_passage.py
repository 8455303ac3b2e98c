"""Variance and Laplace transform of the exit time: routes, seams, all magnitudes."""

import math

import mpmath
import numpy as np
import pytest
import scipy.integrate
import scipy.special
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory import special
from theory.special import passage
from theory.special.passage import exit_transform, exit_variation

INF = math.inf


SIZES = st.floats(-3, 1).map(lambda exponent: 10.0**exponent)


# --- variance -------------------------------------------------------------------------------------


@given(SIZES)
@reproducible(30)
def test_variation_by_quadrature(x):
    """Of the backward equation, with SciPy's functions."""

    def shape(y):
        gap = scipy.special.erfi(x) - scipy.special.erfi(y)
        return math.exp(y * y) * math.erf(y) ** 2 * gap

    area = scipy.integrate.quad(shape, 0, x, epsabs=0, epsrel=1e-11)[0]
    assert exit_variation(x) == approx(math.pi**1.5 * area / special.exit_time(x) ** 2, rel=1e-8)


def test_variation_grows_with_the_threshold():
    values = exit_variation(np.linspace(0, 6, 500))
    assert values[0] == approx(2 / 3)
    assert np.all(np.diff(values) > -1e-15)
    assert exit_variation(np.array([1e3, 1e300, INF])).tolist() == [1, 1, 1]


def test_variation_in_sympy_is_an_integral():
    x = sympy.Rational(5, 4)
    expression = exit_variation(x)
    assert sympy.latex(exit_variation(sympy.Symbol("x")) ** 2) == r"v^{2}\left(x\right)"
    integral = expression.rewrite(sympy.Integral)
    assert integral.has(sympy.Integral)
    with mpmath.workdps(40):
        exact = exit_variation(mpmath.mpf("1.25"))
        for value in (expression.evalf(35), integral.evalf(25)):
            assert abs(mpmath.mpf(str(value)) - exact) < mpmath.mpf("1e-24")


# --- Laplace transform ----------------------------------------------------------------------------


def test_not_a_number_spoils_nothing_else():
    values = exit_transform(np.array([[1.0, np.nan, 1.0]]), np.array([[2.0], [np.nan]]))
    assert values.shape == (2, 3)
    assert values[0, 0] == values[0, 2] == exit_transform(1.0, 2.0)
    assert np.isnan(values[0, 1])
    assert np.isnan(values[1]).all()
    assert exit_transform(np.empty((0, 3)), 1.0).shape == (0, 3)
    assert exit_transform(1.0, np.array([1e305, INF])).tolist() == [0, 0]


@given(
    st.floats(-40, 5.2).map(lambda exponent: 10.0**exponent),
    st.floats(-20, 3).map(lambda exponent: 10.0**exponent),
)
@reproducible(60)
def test_accuracy_of_the_transform(w, z):
    with mpmath.workdps(30):
        exact = exit_transform(mpmath.mpf(w), mpmath.mpf(z))
        terms = (z + math.hypot(z, 2 * math.sqrt(w))) / 2
        if exact > 1e-300:
            assert abs(exit_transform(w, z) - exact) <= 1e-15 * (1 + terms) * exact


@pytest.mark.parametrize("digits", [20, 100, 300])
@pytest.mark.parametrize(
    ("w", "z"),
    [("1e8", "1"), ("3e3", "2e4"), ("0.01", "1.5e4"), ("1e-300", "1e4"), ("1e9", "1e-300")],
)
def test_the_two_routes_of_mpmath_agree(w, z, digits):
    with mpmath.workdps(digits):
        w, z = mpmath.mpf(w), mpmath.mpf(z)
        ratio = passage._series(w, z) / passage._saddle(w, z)
        assert abs(ratio - 1) < mpmath.mpf(10) ** (3 - digits)


@pytest.mark.parametrize("digits", [20, 100, 300])
@pytest.mark.parametrize("share", [1e-3, 0.1, 0.5, 0.9, 1 - 1e-12])
def test_they_agree_where_one_takes_over(share, digits):
    with mpmath.workdps(digits):
        least = passage.SADDLE * mpmath.mp.prec
        w, z = (share * least) ** 2, (1 - mpmath.mpf(share)) * least
        assert abs(passage._series(w, z) / passage._saddle(w, z) - 1) < mpmath.mpf(10) ** (
            3 - digits
        )


@pytest.mark.parametrize("size", [100, 1000, 10_000])
def test_hardly_any_discount_over_long_times(size):
    """1/1F1 is 1/(1 + w c) for small w, where c is the mean of the times, 2 exit_time(x)/z."""
    with mpmath.workdps(40):
        z = mpmath.mpf(size)
        c = 2 * special.exit_time(mpmath.sqrt(z)) / z
        for w in (mpmath.mpf("1e-40") / c, mpmath.mpf("1e-5") / c):
            assert abs(exit_transform(w, z) * (1 + w * c) - 1) < mpmath.mpf("1e-38")


@pytest.mark.parametrize(("w", "z"), [("1e60", "1e-20"), ("1e-200", "1e30"), ("1e100", "1e100")])
def test_mpmath_takes_arguments_of_any_size(w, z):
    """The logarithm of 1F1 is about 2 sqrt(w) if w/z is large, and z if it is small."""
    with mpmath.workdps(150):
        w, z = mpmath.mpf(w), mpmath.mpf(z)
        log = -mpmath.log(exit_transform(w, z))
        leading = 2 * mpmath.sqrt(w) if z < 1 else z
        assert abs(log / leading - 1) < (1e-15 if w / z != 1 else 1e-90)
