"""Every public function says what it takes, gives and raises, what it assumes, and shows it."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import textwrap
from pathlib import Path

import pytest
from numpydoc.docscrape import ClassDoc, FunctionDoc

import montecarlo
import theory
from docs.api import PARTS, public
from theory.formula import ALGORITHMS, FORMULAS

MODULES = {name for part in PARTS.values() for name in part}
PUBLIC = {
    f"{name}.{member}": value
    for name in sorted(MODULES)
    if not name.startswith("theory.crosscheck")
    for member, value in public(importlib.import_module(name)).items()
}
FUNCTIONS = {name: value for name, value in PUBLIC.items() if inspect.isfunction(value)}
CLASSES = {name: value for name, value in PUBLIC.items() if inspect.isclass(value)}
RECORDS = {name: value for name, value in CLASSES.items() if dataclasses.is_dataclass(value)}
#: Has every section that a function can have.
MODEL = FUNCTIONS["theory.antipersistent.caching_along"]


def shortcomings(function):
    """The sections that a function lacks, or that do not say all that they should."""
    doc, signature = FunctionDoc(function), inspect.signature(function)
    given = doc["Returns"] or doc["Yields"]
    parameters = [
        name.lstrip("*") for entry in doc["Parameters"] for name in entry.name.split(", ")
    ]
    complete = {
        "Parameters": parameters == list(signature.parameters) and _described(doc["Parameters"]),
        "Returns": signature.return_annotation in (None, "None") or (given and _described(given)),
        "Raises": doc["Raises"] or not raises(function),
        "Notes": doc["Notes"] or not function.__module__.startswith("theory."),
        "Examples": doc["Examples"],
    }
    return {section for section, fine in complete.items() if not fine}


def _described(entries):
    return all("".join(entry.desc).strip() for entry in entries)


def raises(function):
    """Whether a function raises an error, or a helper does that it calls and that is not public."""
    function = inspect.unwrap(function)
    nodes = list(ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))))
    called = [
        node.func.id for node in nodes if isinstance(node, ast.Call) and hasattr(node.func, "id")
    ]
    helpers = [function.__globals__.get(name) for name in called]
    return any(isinstance(node, ast.Raise) for node in nodes) or any(
        raises(helper)
        for helper in helpers
        if inspect.isfunction(helper)
        and helper.__module__.partition(".")[0] in {"montecarlo", "theory"}
        and helper not in FUNCTIONS.values()
    )


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_have_the_sections_that_apply(name):
    assert not shortcomings(FUNCTIONS[name])


@pytest.mark.parametrize("section", ["Parameters", "Returns", "Raises", "Notes", "Examples"])
def test_a_missing_section_is_noticed(section, monkeypatch):
    without = re.sub(
        rf"{section}\n-+\n.*?(\n\n(?=\w+\n---)|\Z)", "", inspect.getdoc(MODEL), flags=re.DOTALL
    )
    monkeypatch.setattr(MODEL, "__doc__", without)
    assert shortcomings(MODEL) == {section}


@pytest.mark.parametrize(
    ("written", "instead", "section"),
    [
        ("so_far : ndarray", "sofar : ndarray", "Parameters"),
        ("eta : float\n    Step size > 0.", "eta : float", "Parameters"),
        ("CachingCosts\n    In units of weight, for a synapse.", "CachingCosts", "Returns"),
    ],
)
def test_a_wrong_section_is_noticed(written, instead, section, monkeypatch):
    doc = inspect.getdoc(MODEL)
    assert written in doc
    monkeypatch.setattr(MODEL, "__doc__", doc.replace(written, instead))
    assert shortcomings(MODEL) == {section}


def fields_left_out(record):
    """The fields of a dataclass that its docstring does not name."""
    doc = ClassDoc(record)
    named = {
        name
        for section in ("Parameters", "Attributes")
        for entry in doc[section]
        for name in entry.name.split(", ")
    }
    own = {field.name for field in dataclasses.fields(record) if not field.name.startswith("_")}
    inherited = {
        field.name
        for base in record.__mro__[1:]
        if dataclasses.is_dataclass(base)
        for field in dataclasses.fields(base)
    }
    return own - inherited - named


@pytest.mark.parametrize("name", RECORDS)
def test_records_name_all_their_fields(name):
    assert not fields_left_out(RECORDS[name])


def test_a_field_left_out_is_noticed(monkeypatch):
    record = RECORDS["montecarlo.walk.Walk"]
    monkeypatch.setattr(record, "__doc__", record.__doc__.replace("    rate : Estimate\n", ""))
    assert fields_left_out(record) == {"rate"}


@pytest.mark.parametrize("name", sorted(set(PUBLIC) - set(FUNCTIONS) - set(CLASSES)))
def test_constants_have_a_comment(name):
    module, _, constant = name.rpartition(".")
    files = Path(importlib.import_module(module).__file__).parent.glob("*.py")
    commented = re.compile(rf"^#: .*\n{constant}\b", re.MULTILINE)
    assert any(commented.search(file.read_text(encoding="utf-8")) for file in files)


def test_every_module_that_says_what_is_public_is_on_a_page():
    """A package is there as a whole; chapters are data."""
    found = {
        f"{package.__name__}.{module.name}"
        for package in (theory, montecarlo)
        for module in pkgutil.iter_modules(package.__path__)
    }
    public_ones = {name for name in found if hasattr(importlib.import_module(name), "__all__")}
    assert public_ones <= MODULES
    assert {"theory.special", "theory.prices", "montecarlo.perceptron"} <= public_ones


def test_every_formula_is_public():
    assert {f"theory.{name}" for name in FORMULAS | ALGORITHMS} <= set(FUNCTIONS)
