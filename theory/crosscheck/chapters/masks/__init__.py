"""Restricted plasticity: masks, coordinated subnets, and competition for the largest updates.

CP count the paths that plastic synapses leave from inputs to outputs, and find the mask of least
energy. Networks that learn digits tell how far the counting goes, and what competition saves on
top of it.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.masks import (
    attempted,
    brain,
    brain_figures,
    competition,
    competition_figures,
    counting,
    figures,
    networks,
    paths,
    simpson,
    subnets,
)

CHAPTER = Chapter(
    "masks",
    "Masks, subnets and competition",
    "CP, Figs. 2, 3 and 5",
    claims_in=(counting, subnets, paths, simpson, brain, networks, competition, attempted),
    formulas=("masks",),
    notebooks=("07", "16"),
    figures=(*figures.FIGURES, *competition_figures.FIGURES, *brain_figures.FIGURES),
)
