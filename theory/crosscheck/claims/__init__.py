"""The claims index: every checkable sentence, by source."""

from theory.crosscheck.claim import Claim
from theory.crosscheck.claims import (
    arithmetic,
    caching,
    changing_cost,
    contraction,
    decay,
    decay_exact,
    decay_exits,
    decay_optimum,
    decay_overshoot,
    decay_powers,
    decaying_learning,
    decaying_thresholds,
    inefficiency,
    lattice,
    lattice_energy,
    minimal_energy,
    optimal_caching,
    perceptron,
)

CLAIMS: tuple[Claim, ...] = (
    *perceptron.CLAIMS,
    *minimal_energy.CLAIMS,
    *inefficiency.CLAIMS,
    *contraction.CLAIMS,
    *caching.CLAIMS,
    *optimal_caching.CLAIMS,
    *changing_cost.CLAIMS,
    *lattice.CLAIMS,
    *lattice_energy.CLAIMS,
    *decay.CLAIMS,
    *decay_powers.CLAIMS,
    *decay_exact.CLAIMS,
    *decay_overshoot.CLAIMS,
    *decaying_learning.CLAIMS,
    *decaying_thresholds.CLAIMS,
    *decay_exits.CLAIMS,
    *decay_optimum.CLAIMS,
    *arithmetic.CLAIMS,
)
