"""The chapters, and what follows from them: the index of claims and that of figures.

A new chapter is entered in `CHAPTERS`, and nowhere else.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters import (
    arithmetic,
    caching,
    costs,
    decay,
    learning,
    masks,
    networks,
    perceptron,
    savings,
    spiking,
    triggers,
)

__all__ = ["CHAPTERS", "CLAIMS", "FIGURES"]

#: All chapters, in the order of the index.
CHAPTERS = (
    perceptron.CHAPTER,
    learning.CHAPTER,
    caching.CHAPTER,
    decay.CHAPTER,
    triggers.CHAPTER,
    costs.CHAPTER,
    spiking.CHAPTER,
    masks.CHAPTER,
    networks.CHAPTER,
    savings.CHAPTER,
    Chapter(
        name="arithmetic",
        title="Arithmetic",
        source="every formula in double precision, at fifty digits and as an expression",
        claims_in=(arithmetic,),
    ),
)


#: All claims, in the order of the chapters.
CLAIMS = tuple(claim for chapter in CHAPTERS for claim in chapter.claims)
#: All figures, by their ids.
FIGURES = {figure.id: figure for chapter in CHAPTERS for figure in chapter.figures}
