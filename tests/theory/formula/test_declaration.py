"""Every formula: one value in all arithmetics, its domain enforced, its metadata complete."""

import doctest
import inspect
import math
import re
import sys
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.theory.formula.strategies import (
    ALL,
    approx,
    arguments,
    condition,
    exactly,
    options,
    out_of,
    rationally,
    relative_error,
    reproducible,
    typical,
)
from theory import perceptron
from theory.crosscheck.chapters.arithmetic import BOUNDS
from theory.formula import FORMULAS, declaration, formula
from theory.formula.domain import Domain, between, real
from theory.formula.symbols import SYMBOLS

EVERY = pytest.mark.parametrize("name", ALL)
SEVERAL = pytest.mark.parametrize("name", [name for name in ALL if len(FORMULAS[name].domain) > 1])
EVERY_ARGUMENT = pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for name in ALL for argument in FORMULAS[name].domain]
)
OPTIONED = pytest.mark.parametrize(
    ("name", "chosen"), [(name, chosen) for name in ALL for chosen in options(FORMULAS[name])]
)

# --- one value in all arithmetics -----------------------------------------------------------------


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


# --- forms of arguments ---------------------------------------------------------------------------


@EVERY
def test_forms_of_scalars(name):
    formula = FORMULAS[name]
    point = {key: float(math.ceil(value)) for key, value in typical(formula).items()}
    expected = formula.function(**point)
    assert type(expected) in {float, bool}
    forms = (int, np.int64, np.float64, np.float32, np.array, Fraction, Decimal, np.uint8)
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
        lambda x: np.array([Fraction(x), Decimal(x)], dtype=object),
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


def test_below_capacity_at_the_end_of_the_double_range():
    free = 2 - 1 / 1.7e8
    assert perceptron.inefficiency(1e300, 1.7e308) == approx(math.sqrt(math.pi * 1e300) / free)
    assert perceptron.updates(1e300, 1.7e308) == approx(2e300 / free**2)
    with pytest.raises(ValueError, match=r"P < 2\*N must hold"):
        perceptron.updates(1.2e308, 0.5e308)


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


@EVERY_ARGUMENT
@pytest.mark.parametrize(
    "bad",
    ["abc", "3", b"3", 1j, np.complex128(1j), np.array([1j]), {}, object(), [[1], [1, 2]], [1, "a"],
     np.datetime64("2020-01-01"), np.array(["3"]), 10**400, mpmath.mpc(1, 1)],
    ids=lambda bad: f"{type(bad).__name__}-{bad!r:.20}",
)  # fmt: skip
def test_what_is_no_number_is_refused(name, argument, bad):
    formula = FORMULAS[name]
    with refused(formula, argument, "(?s:.*)" + re.escape(repr(bad)[-9:])):
        formula.function(**{**typical(formula), argument: bad})


@EVERY_ARGUMENT
def test_none_is_refused(name, argument):
    formula = FORMULAS[name]
    with refused(formula, argument, "(nan|None)"):
        formula.function(**{**typical(formula), argument: None})
    with refused(formula, argument, r"nan at index \(1,\)"):
        formula.function(**{**typical(formula), argument: [typical(formula)[argument], None]})


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
    if result.is_Boolean:
        assert result == expected
    else:  # perhaps another form of the same number
        digits = [mpmath.mpf(str(number.evalf(50))) for number in (result, expected)]
        assert abs(digits[0] - digits[1]) <= mpmath.mpf("1e-45") * abs(digits[1])


@SEVERAL
def test_numbers_and_numpy_numbers_mix_with_exact_ones(name):
    formula = FORMULAS[name]
    point = {key: float(math.ceil(value)) for key, value in typical(formula).items()}
    expected = formula.function(**point)
    first, *rest = point
    for form in (int, float, np.int64, np.float64, np.float32, np.array, Fraction):
        others = {key: form(point[key]) for key in rest}
        for exact in (mpmath.mpf(point[first]), sympy.Integer(int(point[first]))):
            value = formula.function(**{first: exact}, **others)
            if isinstance(expected, bool):
                assert bool(value) is expected
            else:
                assert float(value) == approx(expected, rel=1e-14)


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


@EVERY
def test_wrong_names_and_missing_arguments(name):
    function = FORMULAS[name].function
    with pytest.raises(TypeError, match="missing a required argument"):
        function()
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        function(**typical(FORMULAS[name]), unknown=1)


def test_the_check_is_back_after_an_error_inside_a_formula(monkeypatch):
    def broken(*_):
        raise RuntimeError("inside")

    monkeypatch.setattr(perceptron, "updates", broken)
    with pytest.raises(RuntimeError, match="inside"):
        perceptron.energy(1, 1)
    monkeypatch.undo()
    with pytest.raises(ValueError, match="P must be"):
        perceptron.energy(-1, 1)


# --- metadata -------------------------------------------------------------------------------------


@EVERY
def test_metadata_is_complete(name):
    formula = FORMULAS[name]
    module = sys.modules[formula.function.__module__]
    assert getattr(module, name.partition(".")[2]) is formula.function
    assert formula.source
    parameters = inspect.signature(formula.function).parameters
    assert list(formula.domain) == [key for key in parameters if key in formula.domain]
    assert set(formula.domain) <= set(SYMBOLS)


@EVERY
def test_latex_is_of_the_expression(name):
    formula = FORMULAS[name]
    latex = formula.latex
    assert len(latex) >= 3
    assert latex.count("{") == latex.count("}")
    assert not re.search(
        r"Formula|lambda|Gardner|operatorname(?!\{erfi?\})|Piecewise|<", latex.replace("<", "", 2)
    )
    for symbol in formula.symbols.values():
        assert sympy.latex(symbol) in latex
    assert formula.expression.free_symbols == set(formula.symbols.values())


@EVERY
def test_docstring_has_all_sections(name):
    formula = FORMULAS[name]
    doc = formula.function.__doc__
    sections = re.findall(r"^(\w+)\n-+$", doc, re.MULTILINE)
    assert sections == ["Parameters", "Returns", "Raises", "Notes", "Examples"]
    for argument, domain in formula.domain.items():
        assert (
            f"{argument} : number or array\n    {SYMBOLS[argument].meaning} Domain: {domain.text}."
            in doc
        )
    for parameter in inspect.signature(formula.function).parameters:
        assert f"\n{parameter} : " in doc
    assert f"\nSource: {formula.source}.\n\nExamples\n" in doc
    if formula.where:
        assert f"{formula.where} must hold." in doc


@EVERY
def test_examples_run(name):
    formula = FORMULAS[name]
    module = sys.modules[formula.function.__module__]
    test = doctest.DocTestParser().get_doctest(
        formula.function.__doc__, dict(vars(module)), name, None, None
    )
    assert test.examples
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    output = []
    assert runner.run(test, out=output.append).failed == 0, "".join(output)


# --- the decorator and Domain ---------------------------------------------------------------------


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(declaration, "FORMULAS", {})
    return declaration.FORMULAS


def test_decorator_registers_and_documents(registry):
    @formula("Somewhere, Eq. 1", domain={"P": between(1, 2), "n": Domain("an integer")})
    def twice(P, n, flag=False):
        """Twice P.

        Any P.

        Parameters
        ----------
        flag : bool
            Ignored.

        Raises
        ------
        TypeError
            Never.

        Notes
        -----
        P is not checked twice.
        """
        del n, flag
        return 2 * P

    (entry,) = registry.values()
    assert entry.name == f"{__name__.partition('.')[0]}.twice"
    assert entry.function is twice
    assert twice(1.5, 1) == 3.0
    assert (
        twice.__doc__
        == inspect.cleandoc("""\
        Twice P.

        Any P.

        Parameters
        ----------
        P : number or array
            Patterns. Domain: a number from 1 to 2.
        n : number or array
            Steps in one direction to the threshold, `theory.lattice.steps_to_threshold`. \
Domain: an integer.
        flag : bool
            Ignored.

        Raises
        ------
        ValueError
            If an argument is outside its domain.
        TypeError
            Never.

        Notes
        -----
        P is not checked twice.

        Source: Somewhere, Eq. 1.
        """)
        + "\n"
    )


def test_algorithms_are_handed_single_floats(monkeypatch):
    monkeypatch.setattr(declaration, "ALGORITHMS", {})

    @formula("x", domain={"P": real, "N": real}, registry=declaration.ALGORITHMS)
    def kinds(P, N=1):
        """Of the arguments.

        Examples
        --------
        """
        return type(P), type(N)

    for value in (2, np.float32(2), np.array(2), mpmath.mpf(2), sympy.Integer(2), Fraction(2)):
        assert kinds(value) == (float, float)
    assert "P : number\n" in kinds.__doc__
    for value, got in (([2], r"a single number, got an array of shape \(1,\)"), ("2", "a finite")):
        with pytest.raises(ValueError, match=rf"N must be {got}"):
            kinds(2, value)
    with pytest.raises(ValueError, match=r"P must be a finite number, got P"):
        kinds(sympy.Symbol("P"))


@pytest.mark.usefixtures("registry")
def test_decorator_refuses_domains_of_unknown_arguments():
    with pytest.raises(TypeError, match=r"f has no arguments \['Q'\]"):

        @formula("x", domain={"Q": between(0, 1)})
        def f(P):
            return P


@given(value=st.floats(-3, 3))
@reproducible(100)
def test_domain_contains(value):
    assert between(-1, 2).contains(value) == (-1 <= value <= 2)
    assert Domain("", -1, 2).contains(value) == (-1 < value < 2)
    whole = Domain("", -1, 2, open_low=False, integer=True)
    assert whole.contains(value) == (value in {-1.0, 0.0, 1.0})
    assert whole.contains(mpmath.mpf(value)) == (value in {-1.0, 0.0, 1.0})
    assert bool(whole.contains(sympy.Float(value))) == (value in {-1.0, 0.0, 1.0})


@given(values=st.lists(st.floats(allow_nan=True), max_size=5), integer=st.booleans())
@reproducible(200)
def test_domain_contains_all_is_contains_of_all(values, integer):
    array = np.array(values, dtype=float)
    with np.errstate(invalid="ignore"):
        for domain in (
            Domain("", -1, 1, integer=integer),
            Domain("", 0, math.inf, open_low=False, integer=integer),
            Domain("", integer=integer),
        ):
            assert domain.contains_all(array) == all(domain.contains(value) for value in array)


def test_symbols_know_what_the_domain_says():
    assert Domain("", 0).symbol("x").is_positive
    assert Domain("", 0, open_low=False).symbol("x").is_nonnegative
    assert Domain("", 0, open_low=False).symbol("x").is_positive is None
    assert Domain("", 1, open_low=False).symbol("x").is_positive
    assert Domain("", integer=True).symbol("x").is_integer
    assert Domain("", integer=True).symbol("x").is_nonnegative is None
    assert Domain("").symbol("x").is_real
