"""Energies and optima of the triggers, and what they say of each other."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory import lattice, triggers


def test_energies_of_local_consolidation_are_those_of_the_lattice():
    found = triggers.energies(10, 2000, 30_000, 500, 1e-3, 0.5)
    n = 21
    assert found.consolidation == approx(lattice.consolidation_energy(n, 2000, 500, 0.5))
    assert found.maintenance == approx(lattice.maintenance_energy(n, 30_000, 500, 1e-3, 0.5))
    assert found.total == approx(lattice.total_energy(n, 2000, 30_000, 500, 1e-3, 0, 0.5))


@reproducible(15)
@given(st.floats(10, 600), st.floats(50, 5000), st.floats(0, 1), st.sampled_from(["local", "any"]))
def test_no_threshold_is_better_than_the_best(K, N, cT, trigger):
    best = triggers.optimum(K, 1, N, cT, trigger=trigger)
    energies = [triggers.energies(theta, K, 1, N, cT, 1, trigger).total for theta in range(120)]
    assert best.energy == approx(min(energies))
    assert best.energy == approx(triggers.energies(best.threshold, K, 1, N, cT, 1, trigger).total)


@pytest.mark.parametrize(
    ("K", "N", "cT"),
    [(300, 1000, 0.5), (1.333, 2995, 0.001425), (4.28, 5e10, 0.912), (20, 60, 3), (3.04, 1.1e8, 0)],
)
def test_no_threshold_of_the_total_is_much_better_than_the_best(K, N, cT):
    best = triggers.optimum(K, 1, N, cT, 2, "total")
    others = [
        triggers.energies(2 * N * theta, K, 1, N, cT, 2, "total").total
        for theta in (0, *np.geomspace(1, 3 * math.sqrt(K) + 2, 100))
    ]
    assert min(others) * 0.99 < best.energy < min(others) * 1.001


def test_few_synapses_have_no_total():
    for refused in (
        lambda: triggers.optimum(2000, 30_000, 10, 1e-3, trigger="total"),
        lambda: triggers.energies(50, 2000, 30_000, 10, 1e-3, trigger="total"),
        lambda: triggers.ratios(2000, 30_000, 10, 1e-3),
        lambda: triggers.total_cycle(50, 10),
    ):
        with pytest.raises(ValueError, match=r"N must be a finite number >= 50.*got 10"):
            refused()
    for function, first in ((triggers.energies, {"theta": 5}), (triggers.optimum, {})):
        with pytest.raises(ValueError, match="trigger must be one of local, any, total, got 'som"):
            function(**first, K=100, T=1000, N=100, c=0.001, trigger="some")
    with pytest.raises(ValueError, match=r"theta must be at most 1e\+09 N eta"):
        triggers.total_cycle(1e300, 1000)


def test_what_takes_too_long_to_sum_is_refused_at_once():
    with pytest.raises(ValueError, match=r"theta must be lower for N = 100000, .*too long a sum"):
        triggers.optimum(1e290, 1, 1e5, 1e-3, trigger="any")


def test_local_is_the_cheapest_and_the_others_are_close():
    for cT in (0.01, 1, 10):
        ratios = triggers.ratios(1000, 1, 1001, cT)
        assert 1 < ratios.any_over_local < 1.133
        assert 1 < ratios.total_over_local < 1.133
    dear = triggers.ratios(1000, 1, 1001, 5000)
    assert dear == triggers.Ratios(approx(1.0), approx(1.0))
