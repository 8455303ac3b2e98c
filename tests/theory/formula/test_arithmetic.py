"""The arithmetic is chosen by the arguments' types; formulas have one value in all of them."""

import math
import pickle
import subprocess
import sys
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.theory.formula.strategies import (
    EVERY,
    OPTIONED,
    arguments,
    condition,
    exactly,
    rationally,
    relative_error,
    reproducible,
    typical,
)
from theory.crosscheck.chapters.arithmetic import BOUNDS
from theory.formula import FORMULAS
from theory.formula.arithmetic import MPMATH, NUMPY, SYMPY, arithmetic
from theory.special import balance, implicit, ladder, passage

X = sympy.Symbol("x")
UNARY = ["sqrt", "cbrt", "exp", "expm1", "log1p", "log", "gamma", "erf", "floor"]


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
    for name in ["pi", "euler", *UNARY, "zeta", "maximum", "minimum"]:
        assert all(getattr(xp, name) is not None for xp in (NUMPY, MPMATH, SYMPY))
    with pytest.raises(AttributeError):
        _ = NUMPY.nonsense


def test_doubles_need_neither_sympy_nor_mpmath():
    """Not even every formula at a typical point; the names of the package are there all the same.

    What an expression is asked of does load them: a library that is not there would go unnoticed.
    """
    program = """
import sys
import numpy as np
import theory.formula, theory.perceptron, theory.special
from theory.catalogue import FORMULAS
from theory.formula.sampling import domain_points

libraries = {"sympy", "mpmath"}
for module in (theory.formula, theory.perceptron, theory.special):
    assert all(getattr(module, name) is not None for name in getattr(module, "__all__", ()))
for formula in FORMULAS.values():
    for point in domain_points(formula, 2, np.random.default_rng(1)):
        formula.function(**point)
print(sorted(libraries & set(sys.modules)))
FORMULAS["perceptron.inefficiency"].expression
print(sorted(libraries & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.splitlines() == ["[]", "['mpmath', 'sympy']"]


@pytest.mark.parametrize("name", UNARY)
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
    assert isinstance(symbolic, sympy.Function)
    assert pickle.loads(pickle.dumps(symbolic)) == symbolic
    with mpmath.workdps(50):
        exact = function(*map(mpmath.mpf, arguments))
        assert abs(mpmath.mpf(str(symbolic.evalf(50))) / exact - 1) < 1e-48
    assert sympy.latex(symbolic**2).count("^{2}") == 1


# --- every formula --------------------------------------------------------------------------------


def jumps(name, chosen):
    return name == "lattice.steps_to_threshold" or bool(chosen)


def assert_accurate(formula, value, point, chosen):
    """A double against 50 digits: 4e-16 (1 + condition), or what the claims state of its module."""
    unit = BOUNDS.get(formula.name.partition(".")[0], 4e-16)
    with mpmath.workdps(50):
        exact = formula.function(**exactly(point), **chosen)
        if isinstance(exact, bool):
            n, b = exactly(point).values()
            undecidable = abs(b * (n + 1) / n - 1) < 1e-15
            assert value == exact or undecidable
            return
        if exact > sys.float_info.max:  # infinity itself, too
            assert value == math.inf
            return
        if 0 < abs(exact) < sys.float_info.min:  # below all doubles of full precision
            assert abs(value) <= sys.float_info.min
            return
        if relative_error(value, exact) <= unit:
            return
        bound = unit * (1 + float(condition(formula, point, **chosen)))
        if formula.name == "triggers.survival" and exact:  # a power
            bound = 2e-15 * (1 + abs(float(mpmath.log(exact))))
        if formula.name == "decay.optimal_threshold" and value == math.inf:
            # Rounding c tau can carry it over 1, where the threshold becomes infinite.
            assert exactly(point)["c"] * exactly(point)["tau"] < 1 + mpmath.mpf("3e-16")
            return
        if jumps(formula.name, chosen) and relative_error(value, exact) > bound:
            # Rounding an argument can carry the quotient over the jump.
            near = []
            for key, at in exactly(point).items():
                for factor in (1 - mpmath.mpf("5e-16"), 1 + mpmath.mpf("5e-16")):
                    moved = {**exactly(point), key: at * factor}
                    near.append(formula.function(**moved, **chosen))
            assert any(relative_error(value, other) <= bound for other in near), (point, value)
            return
        assert relative_error(value, exact) <= bound, (point, value, exact)


@OPTIONED
@given(data=st.data())
@reproducible(60)
def test_doubles_have_full_precision(name, chosen, data):
    formula = FORMULAS[name]
    point = data.draw(arguments(formula))
    value = formula.function(**point, **chosen)
    assert type(value) is (bool if name == "lattice.caching_pays" else float)
    assert_accurate(formula, value, point, chosen)


@OPTIONED
@given(data=st.data())
@reproducible(5)
def test_array_elements_have_full_precision(name, chosen, data):
    formula = FORMULAS[name]
    points = data.draw(st.lists(arguments(formula), min_size=9, max_size=9))
    columns = {key: np.array([point[key] for point in points]) for key in formula.domain}
    values = formula.function(**columns, **chosen)
    assert isinstance(values, np.ndarray)
    assert values.shape == (9,)
    assert values.dtype == (bool if name == "lattice.caching_pays" else float)
    for value, point in zip(values, points, strict=True):
        assert_accurate(formula, value, point, chosen)


@OPTIONED
@given(data=st.data())
@reproducible(8)
def test_sympy_evaluates_to_the_same_digits(name, chosen, data):
    formula = FORMULAS[name]
    # Hypergeometric functions of large numbers are slow.
    point = data.draw(arguments(formula, decades=1 if name.startswith("decay.") else 6))
    assume(all(map(math.isfinite, point.values())))  # the limit is not the expression's value
    if {"theta", "eta"} <= point.keys():  # an expression knows nothing of rounding
        steps = Fraction(point["theta"]) / Fraction(point["eta"])
        assume(steps == round(steps) or abs(steps - round(steps)) > 1e-9)
    expression = formula.function(**formula.symbols, **chosen)
    # Not as rationals: SymPy can take forever to raise one to the power of another.
    numbers = {
        symbol: sympy.Float(point[key], precision=300) for key, symbol in formula.symbols.items()
    }
    symbolic = expression.xreplace(numbers)
    with mpmath.workdps(60):
        exact = formula.function(**exactly(point), **chosen)
        if isinstance(exact, bool):
            assert bool(symbolic) is exact
        else:
            value = mpmath.mpf(str(symbolic.evalf(50)).replace("oo", "inf"))
            assert value == exact or abs(value - exact) <= mpmath.mpf("1e-45") * abs(exact)


@EVERY
def test_sympy_numbers_give_exact_results(name):
    formula = FORMULAS[name]
    point = rationally(formula, typical(formula))
    value = formula.function(**{str(symbol): number for symbol, number in point.items()})
    assert value.is_Boolean or value.is_real is not False
    assert not value.atoms(sympy.Float)


@EVERY
def test_mpf_has_the_working_precision(name):
    formula = FORMULAS[name]
    point = exactly(typical(formula))
    values = []
    for digits in (50, 120):
        with mpmath.workdps(digits):
            values.append(formula.function(**point))
    if name == "lattice.caching_pays":
        assert values[0] is values[1]
        return
    assert all(isinstance(value, mpmath.mpf) for value in values)
    with mpmath.workdps(120):
        assert abs(values[0] - values[1]) <= mpmath.mpf("1e-48") * abs(values[1])


@EVERY
def test_the_other_precision_is_left_alone(name):
    formula = FORMULAS[name]
    before = mpmath.mp.prec
    formula.function(**exactly(typical(formula)))
    assert mpmath.mp.prec == before


@pytest.mark.parametrize("one", [NUMPY, MPMATH, SYMPY], ids=lambda it: it.name)
def test_another_process_has_the_same_arithmetics(one):
    assert pickle.loads(pickle.dumps(one)) is one
