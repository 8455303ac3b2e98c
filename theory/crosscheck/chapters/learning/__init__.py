"""Learning itself.

How many updates a perceptron needs, for how long it learns and how large its weights get follow
from a mean field of learning that takes nothing from simulations. Few patterns are learnt like
particles that diffuse until they are caught, by a clock that counts those caught; more of them push
each other back. Late in learning every update causes about one other, so that it ends like an
epidemic at its threshold. With transient weights that decay and consolidate, synapses are as hard
as patterns, and a sample of each stands for all.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.learning import claims, decaying
from theory.crosscheck.chapters.learning.figures import FIGURES
from theory.crosscheck.chapters.learning.points import POINTS

CHAPTER = Chapter(
    name="learning",
    title="Learning itself",
    source="this package: a mean field of the perceptron rule, beside LvR's fits",
    claims_in=(claims, decaying),
    formulas=("learning",),
    notebooks=("10", "11"),
    figures=FIGURES,
    points=POINTS,
)
