"""What a formula is: a plain function of the paper's symbols, with a source, a domain and LaTeX."""

from theory.formula.arithmetic import MPMATH, NUMPY, SYMPY, Arithmetic, arithmetic
from theory.formula.conditions import Condition
from theory.formula.declaration import ALGORITHM, ALGORITHMS, CALLS, FORMULAS, Formula, formula
from theory.formula.domain import Domain, above, between
from theory.formula.symbols import SYMBOLS, Symbol

__all__ = [
    "ALGORITHM",
    "ALGORITHMS",
    "CALLS",
    "FORMULAS",
    "MPMATH",
    "NUMPY",
    "SYMBOLS",
    "SYMPY",
    "Arithmetic",
    "Condition",
    "Domain",
    "Formula",
    "Symbol",
    "above",
    "arithmetic",
    "between",
    "formula",
]
