"""Caching without decay.

Synaptic caching keeps changes in a transient weight and writes them to the persistent weight only
once they exceed a threshold. High thresholds save consolidation and cost maintenance, so one of
them is best. The formulas range from the diffusion limit of the paper to exact ones on the lattice
of steps, and to weights that pull back.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.caching import (
    antipersistent,
    changing_cost,
    correlated,
    diffusion,
    lattice,
    lattice_energy,
    optimum,
)
from theory.crosscheck.chapters.caching.figures import FIGURES
from theory.crosscheck.chapters.caching.points import POINTS

CHAPTER = Chapter(
    name="caching",
    title="Caching without decay",
    source="LvR, Synaptic caching (Fig. 2, Eq. 4)",
    claims_in=(
        diffusion,
        optimum,
        changing_cost,
        lattice,
        lattice_energy,
        antipersistent,
        correlated,
    ),
    formulas=("caching", "lattice", "from_zero", "antipersistent"),
    notebooks=("03", "12", "16"),
    figures=FIGURES,
    points=POINTS,
)
