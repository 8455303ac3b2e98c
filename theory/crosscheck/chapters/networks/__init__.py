"""Networks that learn digits, one sample at a time: what energy it takes to be so accurate.

LvR ask for its dependence on accuracy, learning rate, caching and the number of hidden units, CP
for that of both energies, M_0 and M_1, on learning rate and size. All networks of one comparison
start from the same weights where that is possible.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.networks import (
    accuracy,
    design,
    figures,
    hidden_units,
    rates,
    size_figures,
    sizes,
    thresholds,
    variants,
)

CHAPTER = Chapter(
    "networks",
    "Networks on digits",
    "LvR, Fig. 5; CP, Figs. 1 and 6",
    claims_in=(accuracy, hidden_units, thresholds, design, rates, sizes, variants),
    notebooks=("08",),
    figures=(*figures.FIGURES, *size_figures.FIGURES),
)
