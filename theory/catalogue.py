"""The list of all modules of formulas: importing it fills the registries of `theory.formula`."""

from importlib import import_module

from theory.formula import ALGORITHMS, CALLS, FORMULAS

__all__ = ["ALGORITHMS", "CALLS", "FORMULAS", "MODULES"]

#: Modules and packages of `theory`, in the order in which their formulas are listed.
MODULES = (
    "perceptron",
    "caching",
    "lattice",
    "costs",
    "decay",
    "triggers",
    "antipersistent",
    "masks",
    "lazy",
)

for module in MODULES:
    import_module(f"theory.{module}")
