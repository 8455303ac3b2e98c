"""The implicit functions against mpmath, over all magnitudes and across their seams."""

import math

import mpmath
import numpy as np
import pytest
import scipy.integrate
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, relative_error, reproducible
from theory.special.implicit import gardner_margin, lambert_gap, margin_excess

DECADES = np.logspace(-300, 300, 241)


def exact_gap(a):
    """Solves -log(1 - u) - u = a by Newton steps at 700 digits: no Lambert function."""
    with mpmath.workdps(700):
        low, high = mpmath.mpf("1e-160"), mpmath.mpf(1)
        a = mpmath.mpf(a)
        near, far = mpmath.sqrt(2 * a), 1 - mpmath.exp(-1 - a)
        u = near if a < 0.1 else far
        for _ in range(60):
            step = (-mpmath.log1p(-u) - u - a) / (u / (1 - u))
            new = u - step
            u = new if low < new < high else (u + (1 if new >= high else 0)) / 2
            if abs(step) < mpmath.mpf(10) ** -300 * u:
                break
        assert abs(-mpmath.log1p(-u) - u - a) < mpmath.mpf(10) ** -250 * a
        return u


def test_lambert_gap_against_its_equation():
    points = np.logspace(-300, math.log10(700), 400)
    values = lambert_gap(points)
    assert values.dtype == float
    assert np.isfinite(values).all()
    assert (np.diff(values) >= 0).all()
    for a, value in zip(points.tolist(), values, strict=True):
        exact = exact_gap(a)
        assert relative_error(value, exact) < 4e-16, a
        assert float(lambert_gap(a)) == approx(value, rel=3e-16)


@pytest.mark.parametrize("a", ["1e-1000", "1e-300", "1e-20", "1e-3", "0.5", "1", "50", "700"])
def test_lambert_gap_has_the_working_precision(a):
    with mpmath.workdps(50):
        value = lambert_gap(mpmath.mpf(a))
    with mpmath.workdps(80):
        better = lambert_gap(mpmath.mpf(a))
        assert abs(value - better) < mpmath.mpf("1e-48") * better
    assert mpmath.mp.dps == 15


@given(a=st.floats(0.49, 0.51))
@reproducible(100)
def test_lambert_gap_near_the_seam(a):
    assert relative_error(lambert_gap(a), exact_gap(a)) < 4e-16


def test_lambert_gap_is_continuous_over_the_seam():
    below, above = np.nextafter(0.5, 0), np.nextafter(0.5, 1)
    values = lambert_gap(np.array([below, 0.5, above]))
    # Neighbours differ by a bit or two: the slope there is about 0.73.
    assert np.abs(np.diff(values)).max() <= 4 * np.spacing(values[1])
    assert lambert_gap(np.linspace(0.4999, 0.5001, 10001)).tolist() == sorted(
        lambert_gap(np.linspace(0.4999, 0.5001, 10001))
    )


def test_lambert_gap_at_the_ends():
    assert lambert_gap(0.0) == 0
    assert lambert_gap(mpmath.mpf(0)) == 0
    assert lambert_gap(sympy.Integer(0)) == 0
    assert lambert_gap(5e-324) == approx(math.sqrt(1e-323), rel=1e-8)
    assert lambert_gap(1e300) == 1
    assert lambert_gap(np.array([])).shape == (0,)
    assert lambert_gap(np.ones((2, 3))).shape == (2, 3)


@pytest.mark.parametrize("a", ["1/1000000", "1/100", "1/2", "2", "7/3", "40"])
def test_lambert_gap_in_sympy(a):
    exact = lambert_gap(sympy.Rational(a))
    assert exact.has(sympy.LambertW)
    with mpmath.workdps(40):
        value = lambert_gap(mpmath.mpf(a))
        assert abs(mpmath.mpf(str(exact.evalf(40))) - value) < mpmath.mpf("1e-30") * value


def integral(kappa):
    """Gardner's integral, the average of (t + kappa)^2 over normal t > -kappa."""

    def weighted(t):
        return (t + kappa) ** 2 * math.exp(-(t**2) / 2) / math.sqrt(2 * math.pi)

    return scipy.integrate.quad(weighted, -kappa, 40, epsabs=0, epsrel=1e-12, points=[0, 3])[0]


@pytest.mark.parametrize("kappa", [1e-3, 0.1, 0.4706553526, 1.0, 2.5, 6.0])
def test_margin_excess_is_the_integral(kappa):
    assert margin_excess(kappa) + 0.5 == approx(integral(kappa), rel=1e-11)


def test_margin_excess_in_sympy_is_the_integral():
    t, kappa = sympy.symbols("t kappa", positive=True)
    density = sympy.exp(-(t**2) / 2) / sympy.sqrt(2 * sympy.pi)
    # The half line t > 0 contributes (1 + kappa^2)/2 + 2 kappa phi(0), the rest is substituted.
    s = sympy.Symbol("s", positive=True)
    upper = sympy.integrate(sympy.expand((t + kappa) ** 2) * density, (t, 0, sympy.oo))
    lower = sympy.integrate(sympy.expand((kappa - s) ** 2) * density.subs(t, s), (s, 0, kappa))
    difference = upper + lower - sympy.Rational(1, 2) - margin_excess(kappa)
    assert sympy.simplify(difference) == 0


def test_gardner_margin_in_doubles_against_high_precision():
    values = gardner_margin(DECADES)
    assert np.isfinite(values).all()
    assert (np.diff(values) > 0).all()
    with mpmath.workdps(50):
        for excess, value in zip(DECADES.tolist(), values, strict=True):
            exact = gardner_margin(mpmath.mpf(excess))
            assert relative_error(margin_excess(exact), mpmath.mpf(excess)) < 1e-45
            assert relative_error(value, exact) < 8e-16, excess


@given(exponent=st.floats(-300, 300))
@reproducible(200)
def test_gardner_margin_inverts_margin_excess(exponent):
    excess = 10.0**exponent
    assert margin_excess(gardner_margin(excess)) == approx(excess, rel=2e-15)


@pytest.mark.parametrize("digits", [15, 50, 300, 3000])
@pytest.mark.parametrize("excess", ["1e-400", "0.5", "3", "1e9", "1e400"])
def test_gardner_margin_converges_at_any_precision(digits, excess):
    with mpmath.workdps(digits):
        target = mpmath.mpf(excess)
        error = abs(margin_excess(gardner_margin(target)) - target) / target
        assert error < mpmath.mpf(10) ** (2 - digits)


def test_gardner_margin_limits():
    # Near capacity the integral grows by kappa sqrt(2/pi), far from it by kappa^2.
    assert gardner_margin(1e-200) == approx(1e-200 * math.sqrt(math.pi / 2), rel=1e-15)
    assert gardner_margin(1e200) == approx(1e100, rel=1e-15)


@pytest.mark.parametrize("excess", ["1/1000000", "1/2", "1", "7/3", "1000000"])
def test_gardner_margin_in_sympy(excess):
    exact = gardner_margin(sympy.Rational(excess))
    assert sympy.latex(exact).startswith(r"\kappa_G")
    for digits in (20, 30, 60):
        with mpmath.workdps(digits + 10):
            value = gardner_margin(mpmath.mpf(excess))
            error = abs(mpmath.mpf(str(exact.evalf(digits))) - value)
            assert error <= mpmath.mpf(10) ** (1 - digits) * value
    assert float(exact) == approx(float(value), rel=1e-15)
    with mpmath.workdps(40):
        squared = mpmath.mpf(str((2 / exact**2).evalf(30)))
        assert abs(squared * gardner_margin(mpmath.mpf(excess)) ** 2 - 2) < 1e-28


def test_gardner_margin_in_latex():
    x = sympy.Symbol("x")
    assert sympy.latex(gardner_margin(x)) == r"\kappa_G\left(x\right)"
    assert sympy.latex(gardner_margin(x) ** 2) == r"\kappa_G^{2}\left(x\right)"
