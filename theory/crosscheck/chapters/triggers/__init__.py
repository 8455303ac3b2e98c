"""What sets consolidation off.

A synapse may consolidate on its own, together with all others as soon as any of them exceeds its
threshold, or when their sizes add up to a total. The exact cycles of independent walks show that
all three cost nearly the same, and that none beats a synapse that decides for itself.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.triggers import cycles, energies, walks
from theory.crosscheck.chapters.triggers.figures import FIGURES
from theory.crosscheck.chapters.triggers.points import POINTS

CHAPTER = Chapter(
    name="triggers",
    title="What sets consolidation off",
    source="LvR, Fig. 4",
    claims_in=(walks, cycles, energies),
    formulas=("triggers",),
    notebooks=("06", "15"),
    figures=FIGURES,
    points=POINTS,
)
