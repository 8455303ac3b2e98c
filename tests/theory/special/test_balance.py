"""Where maintenance and consolidation balance: accuracy, seams, any precision."""

import math

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory.special import balance, tabulated
from theory.special.balance import power_ratio, threshold_ratio

#: c tau above 1, of all magnitudes and close to 1.
COSTS = st.floats(-14, 10).map(lambda exponent: 1 + 10.0**exponent)


@given(st.floats(0, 0.2).map(lambda part: 1 + part) | COSTS)
@reproducible(100)
def test_accuracy(kappa):
    """Better than rounding kappa, which x depends on as 1/(kappa - 1)."""
    for function in (threshold_ratio, power_ratio):
        value = function(kappa)
        with mpmath.workdps(40):
            exact = function(mpmath.mpf(kappa))
            assert value == exact or abs(value - exact) <= 1.5e-15 * exact


def test_the_threshold_falls_with_the_cost_and_the_power_grows():
    kappa = np.concatenate([1 + 10.0 ** np.linspace(-11, 0, 4000), 10.0 ** np.linspace(0.31, 9)])
    assert np.all(np.diff(threshold_ratio(kappa) / np.sqrt(kappa)) < 0)
    assert np.all(np.diff(power_ratio(kappa) * np.sqrt(kappa)) > 0)
    assert power_ratio(np.array([1e-200, 0.25, 1])) == approx(
        np.sqrt(np.array([1e-200, 0.25, 1]) / math.pi)
    )


def test_seams():
    """From table to Newton's steps, and from one polynomial to the next."""
    t = np.arange(1, 106) / 128
    for place in (*(3 * t / (1 - t)), 14.0):
        below, at, above = tabulated.balanced_threshold(
            np.array([np.nextafter(place, 0), place, np.nextafter(place, 99)])
        )
        assert below == approx(at, rel=2e-15)
        assert above == approx(at, rel=2e-15)


@pytest.mark.parametrize("digits", [20, 50, 400])
@pytest.mark.parametrize("kappa", ["1.000001", "1.02", "1.15", "2", "1e6", "1e300"])
def test_mpmath_solves_the_equation_at_any_precision(kappa, digits):
    with mpmath.workdps(digits):
        kappa = mpmath.mpf(kappa)
        x = threshold_ratio(kappa) * mpmath.sqrt(3 / kappa)
        with mpmath.extraprec(2100):
            b, w = balance.balance(x)
            # B/(B - W) - 1 = W/(B - W) depends on x at most as its square.
            error = abs(w / (b - w) / (kappa - 1) - 1)
        assert error < mpmath.mpf(10) ** (2 - digits) * kappa / (kappa - 1)


def test_in_sympy():
    kappa = sympy.Symbol("kappa", positive=True)
    assert sympy.latex(threshold_ratio(kappa) ** 2) == r"y^{2}\left(\kappa\right)"
    assert threshold_ratio(kappa).is_extended_positive
    assert threshold_ratio(kappa).subs(kappa, sympy.oo) == 1
    assert threshold_ratio(sympy.Rational(1, 2)) is sympy.oo
    assert threshold_ratio(sympy.oo) == 1
    assert power_ratio(sympy.oo) == 2 / sympy.sqrt(3)
    assert power_ratio(sympy.Rational(1, 4)) == 1 / sympy.sqrt(4 * sympy.pi)
    with mpmath.workdps(50):
        for function in (threshold_ratio, power_ratio):
            value = mpmath.mpf(str(function(sympy.Rational(5, 4)).evalf(45)))
            assert abs(value / function(mpmath.mpf("1.25")) - 1) < mpmath.mpf("1e-43")


def test_not_a_number_spoils_nothing_else():
    values = tabulated.balanced_threshold(np.array([1.0, np.nan, 50.0, np.nan]))
    assert np.isnan(values).tolist() == [False, True, False, True]
