"""The one list of modules of formulas: importing it fills the registries of `theory.formula`."""

from theory import (
    antipersistent,
    caching,
    costs,
    decay,
    lattice,
    lazy,
    masks,
    perceptron,
    triggers,
)
from theory.formula import ALGORITHMS, CALLS, FORMULAS

__all__ = ["ALGORITHMS", "CALLS", "FORMULAS", "MODULES"]

#: Modules and packages of `theory`, in the order in which they are to be read.
MODULES = (
    perceptron,
    caching,
    lattice,
    costs,
    decay,
    triggers,
    antipersistent,
    masks,
    lazy,
)
