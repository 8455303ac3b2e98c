"""Perceptron learning.

A perceptron stores random patterns by changing all its weights whenever an output is wrong. Most of
the changes cancel: the more patterns it learns, the more energy it wastes compared with going
straight to the final weights. How much it wastes follows from the random walk of the weights, and
more precisely from how they pull back.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.perceptron import (
    capacity,
    contraction,
    inefficiency,
    learning,
    minimal_energy,
)
from theory.crosscheck.chapters.perceptron.figures import FIGURES
from theory.crosscheck.chapters.perceptron.points import POINTS

CHAPTER = Chapter(
    name="perceptron",
    title="Perceptron learning",
    source="LvR, Energy inefficiency (Fig. 1, Eqs. 1 to 3)",
    claims_in=(learning, minimal_energy, inefficiency, capacity, contraction),
    formulas=("perceptron",),
    notebooks=("01", "02"),
    figures=FIGURES,
    points=POINTS,
)
