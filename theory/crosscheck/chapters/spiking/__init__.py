"""A spiking neuron.

An integrate-and-fire neuron learns to associate input spikes with a teacher by a rule that corrects
errors, because its firing rate adapts. Its weights fluctuate with every pair of spikes, so caching
saves most of the energy within single trials.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.spiking import claims
from theory.crosscheck.chapters.spiking.figures import FIGURES

CHAPTER = Chapter(
    name="spiking",
    title="A spiking neuron",
    source="LvR, Fig. 2, supplement 1",
    claims_in=(claims,),
    figures=FIGURES,
    notebooks=("17",),
)
