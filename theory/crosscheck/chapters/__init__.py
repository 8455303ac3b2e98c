"""The chapters, and what follows from them: the index of claims, and the figures.

A new chapter is entered in `CHAPTERS`, and nowhere else.
"""

from functools import cache

from montecarlo.datasets import DataName
from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters import (
    arithmetic,
    caching,
    costs,
    decay,
    masks,
    networks,
    perceptron,
    savings,
    spiking,
    triggers,
)
from theory.crosscheck.claim import Claim

__all__ = ["CHAPTERS", "CLAIMS", "FIGURES", "index"]

#: All chapters, in the order of the index.
CHAPTERS = (
    perceptron.CHAPTER,
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


@cache
def index(data: DataName) -> tuple[Claim, ...]:
    """All claims, those on networks about what they make of some data.

    Parameters
    ----------
    data : {"digits", "mnist"}
        What networks learn.

    Returns
    -------
    tuple of Claim
        In the order of the chapters; ids and statements do not depend on the data.

    Examples
    --------
    >>> index("digits")[0].id
    'LvR.eq1'
    """
    return tuple(claim for chapter in CHAPTERS for claim in chapter.claims(data))


#: All claims, those on networks about scikit-learn's digits.
CLAIMS = index("digits")
#: All figures, by their ids.
FIGURES = {figure.id: figure for chapter in CHAPTERS for figure in chapter.figures}
