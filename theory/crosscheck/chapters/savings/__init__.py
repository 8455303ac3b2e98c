"""What saves energy in networks: lazy learning and caching, and all savers together.

REV learn only from samples that are wrong, CP cache changes in transient weights. Each saver cuts
another part of the energy, so that their savings nearly multiply.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.savings import caching, figures, lazy, together

CHAPTER = Chapter(
    "savings",
    "Lazy learning and caching in networks",
    "REV, and CP, Fig. 4",
    claims_in=(lazy, together, caching),
    formulas=("lazy",),
    notebooks=("16",),
    figures=figures.FIGURES,
)
