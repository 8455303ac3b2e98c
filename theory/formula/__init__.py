"""What a formula is: a plain function of the paper's symbols, with a source, a domain and LaTeX."""

from theory.formula.declaration import ALGORITHM, ALGORITHMS, CALLS, FORMULAS, Formula, formula

__all__ = ["ALGORITHM", "ALGORITHMS", "CALLS", "FORMULAS", "Formula", "formula"]
