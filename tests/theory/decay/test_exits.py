"""Times between consolidations: known values, limits, independent routes, elementary bounds."""

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
from theory.decay import (
    consolidation_rate,
    exit_time_laplace,
    exit_time_variance,
    mean_transient,
    rare_consolidation_rate,
    weak_decay_mean,
    weak_decay_rate,
)
from theory.special import passage
from theory.special.passage import exit_transform, exit_variation

INF = math.inf
SIZES = st.floats(-3, 1).map(lambda exponent: 10.0**exponent)


# --- variance -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("theta", "p", "eta"), [(5, 0.1, 1), (0.3, 1, 2), (7e10, 0.5, 1e-3)])
def test_without_decay_the_variance_is_two_thirds_of_the_mean_squared(theta, p, eta):
    assert exit_time_variance(theta, INF, p, eta) == approx(2 / 3 * (theta / eta) ** 4 / p**2)


def test_rare_exits_are_exponentially_distributed():
    sigma = math.sqrt(50 * 0.2)
    for x in (6.5, 10, 15):
        mean = 1 / consolidation_rate(x * sigma, 50, 0.2)
        assert exit_time_variance(x * sigma, 50, 0.2) == approx(mean**2)
    assert exit_time_variance(30 * sigma, 50, 0.2) == INF


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


@given(st.floats(-6, 2).map(lambda e: 10.0**e), SIZES.filter(lambda x: x < 4))
@reproducible(60)
def test_transform_against_scipy(u, x):
    theta = x * math.sqrt(30 * 0.4)
    value = exit_time_laplace(u, theta, 30, 0.4)
    assert value == approx(1 / scipy.special.hyp1f1(15 * u, 0.5, x * x), rel=1e-10)


@pytest.mark.parametrize("u", [0, 1e-9, 0.3, 40])
def test_without_decay_the_transform_is_a_hyperbolic_secant(u):
    expected = 1 / math.cosh(5 * math.sqrt(2 * u / 0.1) / 3)
    assert exit_time_laplace(u, 5, INF, 0.1, 3) == approx(expected)
    assert exit_time_laplace(u, 5, 1e40, 0.1, 3) == approx(expected)


@given(SIZES.filter(lambda x: x < 5), st.floats(2, 1e4), st.floats(0.01, 1))
@reproducible(60)
def test_transform_begins_with_mean_and_variance(x, tau, p):
    theta = x * math.sqrt(tau * p)
    mean = 1 / consolidation_rate(theta, tau, p)
    second = exit_time_variance(theta, tau, p) + mean**2
    u = 1e-5 / mean
    expected = 1 - u * mean + u**2 * second / 2
    assert exit_time_laplace(u, theta, tau, p) == approx(expected, rel=1e-14)
    assert exit_time_laplace(0, theta, tau, p) == 1


def test_rare_exits_have_the_transform_of_an_exponential_distribution():
    sigma = math.sqrt(50 * 0.2)
    mean = 1 / consolidation_rate(20 * sigma, 50, 0.2)
    u = np.array([0.01, 1, 100]) / mean
    np.testing.assert_allclose(
        exit_time_laplace(u, 20 * sigma, 50, 0.2), 1 / (1 + u * mean), rtol=1e-11
    )


def test_transform_falls_and_never_fails():
    u = np.concatenate([[0], 10.0 ** np.linspace(-300, 300, 601)])
    for theta, tau in ((5, 500), (200, 2), (1e150, 3), (1e-150, 3), (5, INF)):
        values = exit_time_laplace(u, theta, tau, 0.1)
        assert values[0] == 1
        assert np.all(np.diff(values) <= 1e-15)
        assert values[-1] == (1 if theta < 1 and tau < 1e3 else 0) or theta < 1


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


# --- expansions -----------------------------------------------------------------------------------


@given(SIZES, st.floats(2, 1e4), st.floats(0.01, 1))
@reproducible(100)
def test_bounds_for_weak_decay(x, tau, p):
    walk = (x * math.sqrt(tau * p), tau, p)
    part = consolidation_rate(*walk) / weak_decay_rate(*walk)
    assert 1 - 4 * x**4 / 45 - 1e-14 <= part <= 1 + 1e-14
    part = mean_transient(*walk) / weak_decay_mean(*walk)
    assert 1 - 4 * x**4 / 45 - 1e-14 <= part
    assert 1 - x**4 / 14 - 1e-14 <= 1 / part


def test_the_expansions_are_exact_without_decay():
    assert weak_decay_rate(5, INF, 0.1, 2) == consolidation_rate(5, INF, 0.1, 2)
    assert weak_decay_mean(5, INF, 0.1) == approx(5 / 3)
    assert rare_consolidation_rate(5, INF, 0.1) == 0


@given(st.floats(3, 26), st.floats(2, 1e4))
@reproducible(100)
def test_bounds_for_rare_exits(x, tau):
    walk = (x * math.sqrt(tau * 0.5), tau, 0.5)
    part = consolidation_rate(*walk) / rare_consolidation_rate(*walk)
    assert 1 - 5 / (4 * x**4) - 1e-12 <= part <= 1 + 1e-12
