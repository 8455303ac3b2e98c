"""The arithmetic is chosen by the arguments' types, and each has all functions."""

import dataclasses
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import reproducible
from theory.formula.arithmetic import MPMATH, NUMPY, SYMPY, Implicit, arithmetic
from theory.special import balance, implicit, ladder, passage

X = sympy.Symbol("x")


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        ((), NUMPY),
        ((1, 2.0), NUMPY),
        ((np.float64(1), np.array([1.0]), [1, 2]), NUMPY),
        ((Fraction(1, 2),), NUMPY),
        ((mpmath.mpf(1),), MPMATH),
        ((1, mpmath.mpf(1), 2.0), MPMATH),
        ((np.array(1.0), mpmath.mpf(1)), MPMATH),
        ((X,), SYMPY),
        ((sympy.Integer(1), 2), SYMPY),
        ((mpmath.mpf(1), X), SYMPY),
        ((X, np.array(1.0)), SYMPY),
    ],
)
def test_choice(arguments, chosen):
    assert arithmetic(*arguments) is chosen
    assert arithmetic(*reversed(arguments)) is chosen


@pytest.mark.parametrize("number", [mpmath.mpf(1), X])
@pytest.mark.parametrize("array", [np.array([1.0]), np.array([]), np.ones((2, 2))])
def test_arrays_do_not_mix(number, array):
    with pytest.raises(TypeError, match=r"arrays cannot be mixed with (mpmath|sympy) numbers"):
        arithmetic(array, number)


def test_names_are_distinct_and_every_arithmetic_has_everything():
    assert {xp.name for xp in (NUMPY, MPMATH, SYMPY)} == {"numpy", "mpmath", "sympy"}
    for xp in (NUMPY, MPMATH, SYMPY):
        assert all(getattr(xp, field.name) is not None for field in dataclasses.fields(xp))
    with pytest.raises(dataclasses.FrozenInstanceError):
        NUMPY.pi = 3


@pytest.mark.parametrize("name", ["sqrt", "exp", "gamma", "erf", "floor"])
@given(x=st.floats(1 / 8, 8))
@reproducible(50)
def test_functions_of_one_argument_agree(name, x):
    with mpmath.workdps(40):
        exact = getattr(MPMATH, name)(mpmath.mpf(x))
        assert abs(getattr(NUMPY, name)(x) - exact) <= 1e-15 * abs(exact)
        symbolic = getattr(SYMPY, name)(sympy.Rational(*x.as_integer_ratio())).evalf(40)
        assert abs(mpmath.mpf(str(symbolic)) - exact) <= mpmath.mpf("1e-35") * abs(exact)


@given(x=st.floats(-1e9, 1e9), y=st.floats(-1e9, 1e9))
@reproducible(50)
def test_extremes_agree(x, y):
    for xp in (NUMPY, MPMATH):
        assert xp.maximum(x, y) == max(x, y)
        assert xp.minimum(x, y) == min(x, y)
    assert float(SYMPY.maximum(x, y)) == max(x, y)
    assert float(SYMPY.minimum(x, y)) == min(x, y)


def test_pi_has_the_precision_of_the_arithmetic():
    assert NUMPY.pi == np.pi
    assert SYMPY.pi is sympy.pi
    with mpmath.workdps(60):
        assert mpmath.nstr(+MPMATH.pi, 60).startswith("3.14159265358979323846264338327950288419716")


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (implicit.gardner_margin, (2,)),
        (passage.exit_variation, (2,)),
        (balance.threshold_ratio, (2,)),
        (ladder.sawtooth, (3, 1)),
    ],
)
def test_functions_without_a_name_in_sympy_have_all_digits_at_whole_numbers(function, arguments):
    symbolic = function(*map(sympy.Integer, arguments))
    assert isinstance(symbolic, Implicit)
    with mpmath.workdps(50):
        exact = function(*map(mpmath.mpf, arguments))
        assert abs(mpmath.mpf(str(symbolic.evalf(50))) / exact - 1) < 1e-48
    assert sympy.latex(symbolic**2).count("^{2}") == 1
