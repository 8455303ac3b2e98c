"""What a formula is: a plain function of the paper's symbols, with a source, a domain and LaTeX."""

from theory.formula.conditions import Condition
from theory.formula.declaration import ALGORITHM, ALGORITHMS, CALLS, FORMULAS, Formula, formula
from theory.formula.symbols import SYMBOLS, Symbol

__all__ = [
    "ALGORITHM",
    "ALGORITHMS",
    "CALLS",
    "FORMULAS",
    "SYMBOLS",
    "Condition",
    "Formula",
    "Symbol",
    "formula",
]
