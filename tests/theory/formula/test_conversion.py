"""Arguments of every formula: what they may be, in all forms, and how others are refused."""

import functools
import math
import re
import sys
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from tests.theory.formula.strategies import (
    ALL,
    EVERY,
    EVERY_ARGUMENT,
    SEVERAL,
    Labelled,
    approx,
    exactly,
    out_of,
    rationally,
    relative_error,
    typical,
)
from theory.formula import FORMULAS
from theory.formula.plain import brief

# --- forms of arguments ---------------------------------------------------------------------------


@EVERY
def test_forms_of_scalars(name):
    formula = FORMULAS[name]
    point = {key: float(math.ceil(value)) for key, value in typical(formula).items()}
    expected = formula.function(**point)
    assert type(expected) in {float, bool}
    forms = (int, np.int64, np.float64, np.float32, np.array, Fraction, np.uint8)
    for form in forms:
        value = formula.function(
            **{
                key: form(int(number) if form is np.uint8 else number)
                for key, number in point.items()
            }
        )
        assert type(value) in {float, bool}, form
        assert value == expected, form
    assert formula.function(*point.values()) == expected


@EVERY
def test_forms_of_arrays(name):
    formula = FORMULAS[name]
    point = {key: float(math.ceil(value)) for key, value in typical(formula).items()}
    expected = formula.function(**point)
    for form in (
        lambda x: [x, x],
        lambda x: (int(x), int(x)),
        lambda x: np.array([x, x], dtype=np.float32),
        lambda x: np.array([x, x], dtype=int),
        lambda x: np.array([x, 0, x, 0])[::2],
        lambda x: np.array([Fraction(x), x], dtype=object),
    ):
        values = formula.function(**{key: form(number) for key, number in point.items()})
        assert isinstance(values, np.ndarray)
        np.testing.assert_allclose(values, [expected] * 2, rtol=1e-15)


@EVERY
def test_broadcasting(name):
    formula = FORMULAS[name]
    point = typical(formula)
    expected = formula.function(**point)
    first, *rest = point
    for key in point:
        row = formula.function(**{**point, key: [point[key]] * 3})
        assert isinstance(row, np.ndarray)
        np.testing.assert_allclose(row, [expected] * 3, rtol=1e-15)
    table = formula.function(
        **{first: np.full((4, 1), point[first])}, **{key: np.full(3, point[key]) for key in rest}
    )
    assert isinstance(table, np.ndarray)
    assert table.shape == ((4, 3) if rest else (4, 1))
    np.testing.assert_allclose(table, expected, rtol=1e-15)


@EVERY
@pytest.mark.parametrize("shape", [(0,), (3, 0)])
def test_empty_arrays_give_empty_arrays(name, shape):
    formula = FORMULAS[name]
    empty = formula.function(**{key: np.empty(shape) for key in formula.domain})
    assert isinstance(empty, np.ndarray)
    assert empty.shape == shape


@EVERY
def test_arguments_are_not_changed(name):
    formula = FORMULAS[name]
    columns = {key: np.array([value, value]) for key, value in typical(formula).items()}
    kept = {key: column.copy() for key, column in columns.items()}
    formula.function(**columns)
    for key, column in columns.items():
        np.testing.assert_array_equal(column, kept[key])


@pytest.mark.parametrize(
    ("name", "argument", "extreme"),
    [
        (name, argument, extreme)
        for name in ALL
        for argument, domain in FORMULAS[name].domain.items()
        for extreme in (1e300, 1e-300)
        if domain.contains(extreme)
    ],
)
def test_extreme_arguments_give_the_value_or_infinity_or_zero(name, argument, extreme):
    """Warnings are errors here: an overflow on the way must not show, nor spoil the result."""
    formula = FORMULAS[name]
    point = typical(formula) | {argument: extreme}
    if formula.where and not formula.where.at(point):
        point |= dict.fromkeys(formula.where.names, extreme)
    value = formula.function(**point)
    column = formula.function(**{key: np.full(2, number) for key, number in point.items()})
    with mpmath.workdps(400):
        exact = formula.function(**exactly(point))
    for result in (value, *column.tolist()):
        if isinstance(exact, bool):
            assert result is exact
        elif exact > sys.float_info.max:
            assert result == math.inf
        elif exact < sys.float_info.min:
            assert 0 <= result <= sys.float_info.min
        else:
            assert relative_error(result, exact) < 1e-14


# --- bad arguments --------------------------------------------------------------------------------


def refused(formula, argument, got):
    text = re.escape(formula.domain[argument].text)
    return pytest.raises(ValueError, match=rf"\A{argument} must be {text}, got {got}\Z")


@EVERY_ARGUMENT
def test_numbers_outside_the_domain_are_refused(name, argument):
    formula = FORMULAS[name]
    point = typical(formula)
    for bad in out_of(formula.domain[argument]):
        with refused(formula, argument, re.escape(str(bad))):
            formula.function(**{**point, argument: bad})
        with refused(formula, argument, re.escape(str(bad)) + r" at index \(1,\)"):
            formula.function(**{**point, argument: [point[argument], bad, point[argument]]})
        table = np.full((2, 3), point[argument])
        table[1, 2] = bad
        with refused(formula, argument, re.escape(str(bad)) + r" at index \(1, 2\)"):
            formula.function(**{**point, argument: table})


#: What is no number, or would lose as a double what it says.
NO_NUMBERS = [
    "abc", "3", b"3", 1j, np.complex128(1j), np.array([1j]), {}, object(), [[1], [1, 2]], [1, "a"],
    np.datetime64("2020-01-01"), np.array(["3"]), 10**400, 10**5000, mpmath.mpc(1, 1), Decimal(1),
    [Decimal(1)], np.longdouble(1) / 3, mpmath.MPContext().mpf(1), mpmath.iv.mpf(1),
    mpmath.matrix([1, 2]), sympy.Matrix([1, 2]), np.ma.masked_array([1.0, 2.0], mask=[0, 1]),
    np.ma.masked, [1.0, np.ma.masked], np.ones(2).view(np.recarray), memoryview(b"12"), {1, 2},
    Labelled(1.0), Labelled([1.0, 2.0]), [Labelled(1.0)],
]  # fmt: skip


@EVERY_ARGUMENT
def test_what_is_no_number_is_refused(name, argument):
    formula = FORMULAS[name]
    for bad in NO_NUMBERS:
        with refused(formula, argument, "(?s:.*)" + re.escape(brief(bad)[-9:])) as caught:
            formula.function(**{**typical(formula), argument: bad})
        assert len(str(caught.value)) < 400


@EVERY_ARGUMENT
def test_none_is_refused(name, argument):
    formula = FORMULAS[name]
    for bad in (None, [typical(formula)[argument], None]):
        with refused(formula, argument, re.escape(repr(bad))):
            formula.function(**{**typical(formula), argument: bad})


@EVERY_ARGUMENT
def test_mpf_outside_the_domain_is_refused(name, argument):
    formula = FORMULAS[name]
    point = exactly(typical(formula))
    for bad in out_of(formula.domain[argument]):
        with refused(formula, argument, ".+"):
            formula.function(**{**point, argument: mpmath.mpf(bad)})
        # All but the bad one are mpf.
        if len(point) > 1:
            with refused(formula, argument, ".+"):
                formula.function(**{**point, argument: bad})
    for bad in ("3", None, 1j, mpmath.mpc(1, 1), [2], object()):
        if len(point) > 1:
            with refused(formula, argument, ".+"):
                formula.function(**{**point, argument: bad})


@EVERY_ARGUMENT
def test_sympy_outside_the_domain_is_refused(name, argument):
    formula = FORMULAS[name]
    numbers = {str(key): value for key, value in rationally(formula, typical(formula)).items()}
    others = formula.symbols
    bad_numbers = [
        sympy.nan if math.isnan(bad) else sympy.sympify(bad)
        for bad in out_of(formula.domain[argument])
    ]
    bad_symbols = [sympy.Symbol("z", imaginary=True)]
    if formula.domain[argument].low >= 0:
        bad_symbols.append(sympy.Symbol("z", negative=True))
    for bad in (*bad_numbers, sympy.I, sympy.zoo, 1 + sympy.I, *bad_symbols):
        for rest in (numbers, others):
            with refused(formula, argument, ".+"):
                formula.function(**{**rest, argument: bad})
    for bad in ("3", None, 1j, [2], object(), sympy.true):
        if len(others) > 1:
            with refused(formula, argument, ".+"):
                formula.function(**{**others, argument: bad})


@EVERY
def test_symbols_without_assumptions_are_accepted(name):
    formula = FORMULAS[name]
    plain = {key: sympy.Symbol(key) for key in formula.domain}
    result = formula.function(**plain)
    assert result.free_symbols == set(plain.values())
    values = {
        plain[str(key)]: value for key, value in rationally(formula, typical(formula)).items()
    }
    expected = formula.function(**{str(key): value for key, value in values.items()})
    result = result.subs(values)
    if result != expected:  # perhaps another form of the same number
        assert not result.is_Boolean
        digits = [mpmath.mpf(str(number.evalf(50))) for number in (result, expected)]
        assert abs(digits[0] - digits[1]) <= mpmath.mpf("1e-45") * abs(digits[1])


@SEVERAL
def test_numbers_and_numpy_numbers_mix_with_exact_ones(name):
    formula = FORMULAS[name]
    point = {key: float(math.ceil(value)) for key, value in typical(formula).items()}
    expected = formula.function(**point)
    first, *rest = point
    number = functools.cache(float)  # most forms give one expression, of which SymPy takes long
    for form in (int, float, np.int64, np.float64, np.float32, np.array, Fraction):
        others = {key: form(point[key]) for key in rest}
        for exact in (mpmath.mpf(point[first]), sympy.Integer(int(point[first]))):
            value = formula.function(**{first: exact}, **others)
            if isinstance(expected, bool):
                assert bool(value) is expected
            else:
                assert number(value) == approx(expected, rel=1e-14)


@EVERY
def test_lists_and_arrays_of_exact_numbers_are_computed_element_by_element(name):
    """As if they were doubles, all but the first digits of them would be lost without a word."""
    formula = FORMULAS[name]
    first, *rest = typical(formula).items()
    with mpmath.workdps(50):
        point = {key: mpmath.mpf(number) for key, number in (first, *rest)}
        expected = formula.function(**point)
        for form in (list, tuple, lambda elements: np.array(elements, dtype=object)):
            found = formula.function(**{**point, first[0]: form([point[first[0]]] * 2)})
            assert isinstance(found, np.ndarray)
            assert found.tolist() == [expected] * 2
        bad = [point[first[0]], mpmath.mpf("nan")]
        with pytest.raises(ValueError, match=rf"\A{first[0]} must be"):
            formula.function(**{**point, first[0]: bad})
    symbols = formula.symbols
    if len(symbols) > 1:
        column = formula.function(**{**symbols, first[0]: [symbols[first[0]], first[1]]})
        assert column[0] == formula.expression


@SEVERAL
def test_arrays_do_not_mix_with_exact_numbers(name):
    formula = FORMULAS[name]
    point = typical(formula)
    first, *rest = point
    for exact in (mpmath.mpf(point[first]), sympy.Symbol(first)):
        with pytest.raises(TypeError, match="arrays cannot be mixed"):
            formula.function(**{first: exact}, **{key: np.full(2, point[key]) for key in rest})


@SEVERAL
def test_shapes_must_broadcast(name):
    formula = FORMULAS[name]
    point = typical(formula)
    first, second, *rest = point
    bad = {first: [point[first]] * 2, second: [point[second]] * 3}
    with pytest.raises(ValueError, match=r"\Ashapes must broadcast, got .*\(2,\).*\(3,\)"):
        formula.function(**{**{key: point[key] for key in rest}, **bad})
