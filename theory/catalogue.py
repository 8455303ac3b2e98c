"""The list of all modules of formulas: importing it fills the registries of `theory.formula`."""

from theory import (
    antipersistent,
    caching,
    costs,
    decay,
    lattice,
    lazy,
    masks,
    perceptron,
    prices,
    triggers,
)
from theory.formula import ALGORITHMS, CALLS, FORMULAS

__all__ = ["ALGORITHMS", "CALLS", "FORMULAS", "MODULES"]

#: The names of modules and packages of `theory`, from the simplest to what builds on it.
MODULES = tuple(
    module.__name__.rpartition(".")[2]
    for module in (
        perceptron,
        caching,
        lattice,
        antipersistent,
        decay,
        triggers,
        costs,
        masks,
        lazy,
        prices,
    )
)
