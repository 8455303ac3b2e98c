"""Transient weights that decay.

Real transient weights fade. Decay makes consolidations rarer and learning slower or, at times,
faster; a finite threshold is worth having only if holding a weight for one decay time costs more
than writing it. The steady state of a decaying weight gives the powers of both.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.decay import (
    diffusion,
    exact,
    exits,
    ladder,
    learning,
    optimum,
    overshoot,
    powers,
    thresholds,
)
from theory.crosscheck.chapters.decay.figures import FIGURES
from theory.crosscheck.chapters.decay.points import POINTS

CHAPTER = Chapter(
    name="decay",
    title="Transient weights that decay",
    source="LvR, Decaying transient weights (Figs. 3 and 6, Eqs. 5 to 7)",
    claims_in=(diffusion, powers, exact, ladder, overshoot, learning, thresholds, exits, optimum),
    formulas=("decay",),
    notebooks=("04", "05", "14"),
    figures=FIGURES,
    points=POINTS,
)
