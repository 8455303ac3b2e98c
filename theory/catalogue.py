"""The one list of modules of formulas: importing it fills the registries of `theory.formula`."""

from theory import (
    antipersistent,
    caching,
    costs,
    decay,
    from_zero,
    lattice,
    lazy,
    learning,
    masks,
    perceptron,
    prices,
    triggers,
)
from theory.formula import ALGORITHMS, CALLS, FORMULAS

__all__ = ["ALGORITHMS", "CALLS", "FORMULAS", "MODULES"]

#: Modules and packages of ``theory``, from the simplest to what builds on it.
MODULES = (
    perceptron,
    learning,
    caching,
    lattice,
    from_zero,
    antipersistent,
    decay,
    triggers,
    costs,
    masks,
    lazy,
    prices,
)
