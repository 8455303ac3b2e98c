"""Caching without decay for weights that pull back, as those of a perceptron do.

`curve` says how the updates of a perceptron are correlated, `memory` which of the correlations
count, `effective` what that does to caching.
"""

from theory.antipersistent.curve import Curve, lag_correlations, minimal_energy, predicted_curve
from theory.antipersistent.effective import (
    CachingCosts,
    caching,
    caching_along,
    effective_updates,
    walk_from_zero,
)
from theory.antipersistent.memory import local_memory, local_memory_so_far, periodic_memory

__all__ = [
    "CachingCosts",
    "Curve",
    "caching",
    "caching_along",
    "effective_updates",
    "lag_correlations",
    "local_memory",
    "local_memory_so_far",
    "minimal_energy",
    "periodic_memory",
    "predicted_curve",
    "walk_from_zero",
]
