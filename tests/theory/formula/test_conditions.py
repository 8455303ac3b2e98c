"""Conditions between arguments: refused where they are violated, printed, and sampled."""

import math
import sys

import mpmath
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import ALL, SHARES, approx, arguments, reproducible
from theory import perceptron
from theory.catalogue import CALLS
from theory.formula import FORMULAS, Condition
from theory.formula.domain import between, non_negative, positive

CONDITIONED = pytest.mark.parametrize("name", [name for name, it in CALLS.items() if it.where])


# --- any condition --------------------------------------------------------------------------------


def test_it_is_printed_as_it_is_written():
    for condition, text in (
        (lambda a, b: a < 2 * b, "a < 2*b"),
        (lambda a, b: a + b <= 1, "(a + b) <= 1"),
        (lambda a, b, c: 3 * (a + b) <= c**2, "3*(a + b) <= (c)**2"),
        (lambda a, b, c: a <= 0.5 * (b * c) ** 0.5, "a <= 0.5*(b*c)**0.5"),
    ):
        assert str(Condition(condition)) == text


@CONDITIONED
def test_what_it_prints_is_what_it_checks(name):
    formula = CALLS[name]
    symbols = formula.symbols
    relation = sympy.sympify(str(formula.where), locals=symbols)
    assert relation == formula.where.at(symbols)
    assert relation.free_symbols == {symbols[name] for name in formula.where.names}


@CONDITIONED
@given(data=st.data())
@reproducible(30)
def test_points_are_placed_up_to_the_border(name, data):
    formula = CALLS[name]
    first, *others = formula.where.names
    point = data.draw(arguments(formula))
    share = data.draw(SHARES)
    border = formula.where.placed(point, formula.domain, 1)
    placed = formula.where.placed(point, formula.domain, share)
    for found in (border, placed):
        assert {**found, first: point[first]} == point
        assert formula.where.at(found)
        assert formula.domain[first].contains(found[first])
    if border[first] < min(formula.domain[first].high, sys.float_info.max):
        beyond = {**border, first: math.nextafter(border[first], math.inf)}
        assert not formula.where.at(beyond)
    assert placed[first] == max(share * border[first], formula.domain[first].low)
    assert all(name in point for name in others)


def test_a_point_cannot_be_placed_where_the_condition_never_holds():
    both = Condition(lambda a, b: a + b <= 1)
    domain = {"a": non_negative, "b": positive}
    assert both.placed({"a": 9.0, "b": 0.75}, domain, 1) == {"a": approx(0.25), "b": 0.75}
    with pytest.raises(ValueError, match=r"no a satisfies \(a \+ b\) <= 1 at"):
        both.placed({"a": 0.1, "b": 1.5}, domain, 0.5)


def test_no_point_is_placed_beyond_the_domain():
    wide = Condition(lambda a, b: a < b)
    assert wide.placed({"a": 0.5, "b": math.inf}, {"a": between(0, 3)}, 1)["a"] == 3
    assert wide.placed({"a": 0.5, "b": 1e9}, {"a": between(2, 3)}, 1e-12)["a"] == 2


# --- loads ----------------------------------------------------------------------------------------

LOADED = pytest.mark.parametrize(
    "name", [name for name in ALL if str(FORMULAS[name].where) == "P < 2*N"]
)


@LOADED
@pytest.mark.parametrize(
    ("patterns", "synapses"),
    [(2, 1), (2.0000000000000004, 1), (5, 1), (1e300, 1), (2e-300, 1e-300), (2e6, 1e6)],
)
def test_loads_at_and_above_capacity_are_refused(name, patterns, synapses):
    function = FORMULAS[name].function
    message = r"\AP < 2\*N must hold, got P = \S+, N = \S+"
    for form in (float, mpmath.mpf, lambda x: sympy.Rational(*float(x).as_integer_ratio())):
        with pytest.raises(ValueError, match=message):
            function(form(patterns), form(synapses))
    with pytest.raises(ValueError, match=message):
        function([synapses, patterns], synapses)


@LOADED
def test_the_bad_load_of_a_table_is_named(name):
    with pytest.raises(ValueError, match=r"got P = 7\.0, N = 3\.0"):
        FORMULAS[name].function([[1.0], [7.0]], [5.0, 4.0, 3.0])


@LOADED
def test_symbolic_loads_that_must_exceed_capacity_are_refused(name):
    N = sympy.Symbol("N", positive=True)
    FORMULAS[name].function(sympy.Symbol("P", positive=True), N)
    with pytest.raises(ValueError, match=r"P < 2\*N must hold"):
        FORMULAS[name].function(3 * N, N)


def test_below_capacity_at_the_end_of_the_double_range():
    free = 2 - 1 / 1.7e8
    assert perceptron.inefficiency(1e300, 1.7e308) == approx(math.sqrt(math.pi * 1e300) / free)
    assert perceptron.updates(1e300, 1.7e308) == approx(2e300 / free**2)
    with pytest.raises(ValueError, match=r"P < 2\*N must hold"):
        perceptron.updates(1.2e308, 0.5e308)
