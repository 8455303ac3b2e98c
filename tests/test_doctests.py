"""The examples in the docstrings of all modules run; those of formulas are in test_declaration."""

import doctest
import importlib
import pkgutil

import pytest

import montecarlo
import theory

MODULES = sorted(
    module.name
    for package in (theory, montecarlo)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)


def test_there_are_modules():
    assert {"theory.formula.arithmetic", "theory.crosscheck.run", "montecarlo.walk"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    module = importlib.import_module(name)
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0
