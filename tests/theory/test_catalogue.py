"""The one list of modules of formulas has them all."""

import pkgutil

import theory
from theory.catalogue import CALLS, MODULES

#: What of the theory is not formulas.
OTHERS = {"__main__", "catalogue", "cli", "crosscheck", "formula", "pytest_plugin", "special"}


def test_every_module_of_formulas_is_in_it():
    found = {module.name for module in pkgutil.iter_modules(theory.__path__)}
    assert {module.__name__.removeprefix("theory.") for module in MODULES} == found - OTHERS


def test_all_calls_come_from_its_modules():
    assert {name.partition(".")[0] for name in CALLS} <= {
        module.__name__.removeprefix("theory.") for module in MODULES
    }
