"""Periodic consolidation, the limit of very many synapses."""

import math

import numpy as np

from tests.theory.formula.strategies import approx
from theory import lattice, triggers


def test_periodic_consolidation_at_its_best_is_the_limit_of_both():
    K, cT = 20_000.0, 1.0
    periodic = triggers.periodic_energy(np.arange(2, 40_000, 2), K, 1, 1, cT).min()
    local = float(lattice.optimal_energy(K, 1, 1, cT))
    assert periodic / local == approx(2 / math.sqrt(math.pi), rel=1e-3)
