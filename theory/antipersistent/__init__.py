"""Caching without decay for weights that pull back, as those of a perceptron do.

`curve` says how the updates of a perceptron are correlated, `effective` what that does to caching.
"""

from theory.antipersistent.curve import Curve, lag_correlations, minimal_energy, predicted_curve
from theory.antipersistent.effective import (
    Caching,
    caching,
    caching_along,
    effective_updates,
    survival,
    survived_time,
    walk_from_zero,
)

__all__ = [
    "Caching",
    "Curve",
    "caching",
    "caching_along",
    "effective_updates",
    "lag_correlations",
    "minimal_energy",
    "predicted_curve",
    "survival",
    "survived_time",
    "walk_from_zero",
]
