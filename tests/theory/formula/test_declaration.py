"""What the decorator makes of a function: metadata, LaTeX, docstring, a check at the border."""

import dataclasses
import doctest
import inspect
import math
import re
import sys
from fractions import Fraction

import numpy as np
import pytest
import sympy

from tests.theory.formula.strategies import EVERY, typical
from theory import perceptron
from theory.formula import FORMULAS, SYMBOLS, Symbol, declaration, formula
from theory.formula.domain import Domain, between, real


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


# --- the decorator --------------------------------------------------------------------------------


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
    kinds_of = dataclasses.make_dataclass("Kinds", ["P", "N"])
    monkeypatch.setattr(declaration, "ALGORITHMS", {})

    @formula("x", domain={"P": real, "N": real}, registry=declaration.ALGORITHMS)
    def kinds(P, N=1):
        """Of the arguments.

        Examples
        --------
        """
        return kinds_of(type(P), type(N))

    for value in (2, np.float32(2), np.array(2), Fraction(2)):
        assert kinds(value) == kinds_of(float, float)
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


@pytest.mark.usefixtures("registry")
def test_arguments_are_symbols_or_options():
    for bad in (
        lambda: formula("x")(lambda P, Q: P * Q),
        lambda: formula("x", domain={"Q": between(0, 1)})(lambda P, Q: P * Q),
        lambda: formula("x")(lambda P, Q=1: P * Q),
    ):
        with pytest.raises(
            TypeError, match=r"<lambda>: Q must be a symbol, or an option .*symbols="
        ):
            bad()
    with pytest.raises(TypeError, match=r"<lambda> has no arguments \['flag'\]"):
        formula("x", domain={"flag": between(0, 1)})(lambda P, flag=False: P if flag else -P)

    @formula("x")
    def chosen(P, flag=False, kind="a"):
        return P if (flag, kind) == (True, "b") else -P

    assert (chosen(1), chosen(2, True, "b")) == (-1, 2)


def test_a_module_may_bring_symbols_of_its_own(registry):
    rise = Symbol("Q", "Heat, in joules.", between(0, 1), typical=(0.1, 1))
    time = Symbol("T", "Temperature, in kelvin.", between(1, 9), typical=(1, 9))

    @formula("x", symbols=[rise, time], domain={"T": between(2, 9)}, gives="In joules per kelvin.")
    def entropy(Q, T, P):
        """Of a heat bath."""
        return Q / T * P

    (entry,) = registry.values()
    assert entry.arguments["Q"] is not SYMBOLS.get("Q")
    assert entry.domain == {"Q": between(0, 1), "T": between(2, 9), "P": SYMBOLS["P"].domain}
    assert "T : number or array\n    Temperature, in kelvin. Domain: a number from 2 to 9." in (
        entropy.__doc__
    )
    assert "Returns\n-------\nnumber or array\n    In joules per kelvin.\n" in entropy.__doc__
    with pytest.raises(ValueError, match="T must be a number from 2 to 9, got 1"):
        entropy(1, 1, 1)
    assert "Q" not in SYMBOLS


@pytest.mark.parametrize("name", FORMULAS)
def test_no_corner_of_the_domain_is_nan(name):
    """What overflows and vanishes on the way is computed anew, whatever happens to be extreme."""
    formula, rng = FORMULAS[name], np.random.default_rng(1)
    ends = (5e-324, 2.3e-308, 1e-300, 1e-15, 0.5, 1, 2, 3.5, 1e15, 1e300, 1.7e308, 0, math.inf, -2)
    corners = {
        key: [
            end
            for end in ((1, 2, 3, 0, -3, 50) if domain.integer else ends)
            if domain.contains(end)
        ]
        for key, domain in formula.domain.items()
    }
    for _ in range(40):
        point = {key: float(rng.choice(few)) for key, few in corners.items()}
        with np.errstate(over="ignore", under="ignore"):
            if formula.where and not formula.where.at(point):
                continue
        found = formula.function(**point)
        assert not math.isnan(found), point
        column = formula.function(**{key: [number] for key, number in point.items()})
        assert column.tolist() == [found], point


def test_what_doubles_cannot_hold_is_refused_by_an_algorithm(monkeypatch):
    monkeypatch.setattr(declaration, "ALGORITHMS", {})
    result = dataclasses.make_dataclass("Result", ["value"])

    @formula("x", domain={"P": real}, registry=declaration.ALGORITHMS)
    def squared(P, kind="power"):
        """Square."""
        return result(P**2 if kind == "power" else P * P - P * P)

    assert squared(3) == result(9)
    for kind in ("power", "difference"):
        with pytest.raises(ValueError, match=r"arguments must be of sizes .*, got P = 1e\+300\Z"):
            squared(1e300, kind)
