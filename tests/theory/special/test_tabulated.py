"""The tabulated functions: accurate over all doubles, in all shapes and arithmetics."""

import math

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import reproducible
from theory import special
from theory.special import balance, passage, tables, tabulated

BOUND = 4e-15


SMALLEST = 2.0**-1022


#: Where one polynomial takes over from the next, for x and for z = x.
SEAMS = np.array([tables.SCALE * k / (tables.INTERVALS - k) for k in range(1, tables.INTERVALS)])


FUNCTIONS = [
    special.exit_time,
    special.log_exit_time,
    special.displacement_ratio,
    special.mean_displacement,
    special.erfcx_integral,
    special.hyp2f2_siegert,
]


def reference(function, x):
    """The function of a double to thirty digits; above 9 up to exp(-x^2) < 1e-35 by its parts."""
    with mpmath.workdps(30):
        x = mpmath.mpf(float(x))
        root = mpmath.sqrt(mpmath.pi)
        scaled = root * x * mpmath.hyp1f1(1, 1.5, -(x**2)) if 9 < x < 1e8 else root / (2 * x or 1)
        if function is special.erfcx_integral:
            return x if x < 1e-25 else tables.erfcx_integral(x)
        if x <= 9 and (x > -1e10 or function is not special.hyp2f2_siegert):
            return function(x)
        return {
            special.exit_time: lambda: scaled * mpmath.exp(x**2),
            special.log_exit_time: lambda: mpmath.log(scaled) + x**2,
            special.displacement_ratio: lambda: 1 / (root * x),
            special.mean_displacement: lambda: 1 / root,
            special.hyp2f2_siegert: lambda: (
                (mpmath.log(-4 * x) + mpmath.euler) / (-2 * x) - 1 / (4 * x**2)
                if x < 0
                else mpmath.hyp2f2(1, 1, 1.5, 2, min(x, 1e4))
            ),
        }[function]()


def assert_accurate(function, points):
    values = function(np.asarray(points, dtype=float))
    for x, value in zip(points, values, strict=True):
        exact = reference(function, x)
        if abs(exact) > mpmath.mpf(2) ** 1024:
            assert value == math.copysign(math.inf, exact), x
        elif 0 < abs(exact) < SMALLEST:
            assert abs(value - float(exact)) <= 2 * 5e-324, x  # subnormal
        else:
            assert abs(mpmath.mpf(float(value)) - exact) <= BOUND * abs(exact), (x, value)


arguments = st.one_of(
    st.floats(0, 40),
    st.floats(-320, 308).map(lambda exponent: 10.0**exponent),
    st.sampled_from([0.0, 5e-324, SMALLEST, 1.0, 26.64, 26.7, 1e300, 1.7e308]),
)


@pytest.mark.parametrize("function", FUNCTIONS)
@given(st.lists(arguments.filter(lambda x: x > 0), min_size=1, max_size=5))
@reproducible(60)
def test_accuracy_over_all_doubles(function, points):
    if function is not special.log_exit_time:
        points = [*points, 0.0]
    assert_accurate(function, points)


@given(st.lists(arguments.map(lambda x: -x), min_size=1, max_size=5))
@reproducible(60)
def test_accuracy_of_the_alternating_series(points):
    assert_accurate(special.hyp2f2_siegert, points)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_accuracy_and_continuity_at_the_seams(function):
    places = SEAMS[(SEAMS > 0.01) & (SEAMS < 27)]
    if function is special.hyp2f2_siegert:
        places = np.concatenate([places**2, -places])
    below, above = np.nextafter(places, -np.inf), np.nextafter(places, np.inf)
    assert_accurate(function, places)
    jumps = np.abs(function(above) - function(below)) / np.abs(function(places))
    # Between the neighbours the function itself changes by d log f / d log x times 4.5e-16.
    slopes = 2 + 2 * np.maximum(places**2, np.abs(places))
    slopes /= np.minimum(1, np.abs(function(places)))
    assert np.all(jumps < 4e-15 + 4.5e-16 * slopes)


def test_the_logarithm_where_it_vanishes():
    root = 0.8721585271077923
    points = [root]
    for _ in range(4):
        points += [np.nextafter(points[-1], 2)]
    assert_accurate(special.log_exit_time, points)
    assert_accurate(special.log_exit_time, [root + d for d in (-0.5, -0.49999, 1e-9, 0.4999, 0.5)])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_not_a_number_spoils_nothing_else(function):
    mixed = np.array([[1.0, np.nan], [np.inf, 2.0]])
    values = function(mixed)
    assert values.shape == mixed.shape
    assert np.isnan(values[0, 1])
    assert values[0, 0] == function(1.0)
    assert values[1, 1] == function(2.0)
    assert not np.isnan(values[1, 0])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_shape_and_any_size(function):
    assert np.ndim(function(1.5)) == 0
    assert function(np.empty((0, 3))).shape == (0, 3)
    many = np.linspace(0.1, 5, tabulated.PIECE + 3)
    assert np.array_equal(function(many)[::1000], [function(x) for x in many[::1000]])
    assert np.array_equal(function(many[::-2]), function(many)[::-2])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_three_arithmetics(function):
    """SymPy holds the hypergeometric functions themselves, and evaluates to mpmath's digits."""
    x = sympy.Rational(5, 4)
    exact = sympy.N(function(x), 25)
    with mpmath.workdps(30):
        assert abs(mpmath.mpf(str(exact)) - function(mpmath.mpf("1.25"))) < 1e-24
    assert float(exact) == pytest.approx(float(function(1.25)), rel=4e-15)
    assert sympy.sympify(function(sympy.Symbol("x", positive=True))).has(sympy.hyper)


@pytest.mark.parametrize("name", ["exit_variation", "balanced_threshold"])
def test_accuracy_of_what_is_derived_elsewhere(name):
    """Over all intervals, against the mpmath branches, which solve the equations anew."""
    exact = {
        "exit_variation": passage.exit_variation,
        "balanced_threshold": balance._balanced_threshold,
    }
    places = np.concatenate([SEAMS, (SEAMS[1:] + SEAMS[:-1]) / 2, SEAMS[:1] / 3])
    for place, value in zip(places, getattr(tabulated, name)(places), strict=True):
        with mpmath.workdps(25):
            assert abs(value / exact[name](mpmath.mpf(place)) - 1) < 1e-15, place
