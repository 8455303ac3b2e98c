"""Learning itself: how the perceptron rule learns random patterns, from first principles.

`curve` solves the mean field of learning for N to infinity, epoch by epoch; `decaying_curve` does
with transient weights that decay and consolidate. `small_load` does for few patterns, to eleven
digits; `learn_few` simulates a finite number of these. What theorists call is fitted to tables of
them: `updates`, `learning_time`, `weight_norm`, `minimal_energy`, `inefficiency` and
`update_probability`. Nothing is fitted to simulations of perceptrons.
"""

from theory.learning.adaptive import adaptive_saving
from theory.learning.curves import LearningCurve, curve
from theory.learning.decaying import DecayingCurve, decaying_curve
from theory.learning.few_patterns import FewPatterns, learn_few
from theory.learning.laws import (
    inefficiency,
    learning_time,
    minimal_energy,
    update_probability,
    updates,
    weight_norm,
)
from theory.learning.small_load import SmallLoad, small_load

__all__ = [
    "DecayingCurve",
    "FewPatterns",
    "LearningCurve",
    "SmallLoad",
    "adaptive_saving",
    "curve",
    "decaying_curve",
    "inefficiency",
    "learn_few",
    "learning_time",
    "minimal_energy",
    "small_load",
    "update_probability",
    "updates",
    "weight_norm",
]
