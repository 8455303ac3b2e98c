"""Cycles of the triggers "local" and "any": limits, bounds, scaling."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory import lattice, triggers
from theory.triggers import Cycle


def test_local_cycles_are_those_of_the_lattice():
    assert triggers.local_cycle(5, 2) == Cycle(9.0, 6.0, float(lattice.mean_transient(3, 2)))


@pytest.mark.parametrize("n", [1, 2, 6, 40])
def test_one_synapse_is_local(n):
    assert triggers.any_cycle(n - 1, 1) == triggers.local_cycle(n - 1)
    nearly = triggers.any_cycle(n - 1, 1 + 1e-12)
    assert nearly.updates == approx(n**2, rel=1e-10)
    assert nearly.consolidated == approx(n, rel=1e-10)
    assert nearly.mean_transient == approx(float(lattice.mean_transient(n)), rel=1e-10)


@pytest.mark.parametrize("n", [2, 3, 12])
def test_very_many_synapses_consolidate_as_soon_as_one_of_them_can(n):
    cycle = triggers.any_cycle(n - 1, 1e12)
    assert cycle.updates == approx(n, rel=1e-9)
    assert cycle.consolidated == approx(triggers.mean_distance(n), rel=1e-9)
    assert cycle.mean_transient == approx(triggers.periodic_transient(n), rel=1e-9)


def test_events_in_a_perceptron_as_the_walk_has_them():
    """The numbers of updates between consolidations for N = 1001 that a long sum gives."""
    updates = [triggers.any_cycle(theta, 1001).updates for theta in (5, 10, 20, 40)]
    np.testing.assert_allclose(updates, [6.0, 11.80339, 36.50397, 133.1642], rtol=1e-6)


@reproducible(60)
@given(st.integers(1, 60), st.floats(0, 12), st.floats(1.01, 30))
def test_more_synapses_shorten_the_cycle(n, decades, factor):
    N = 10.0**decades
    few, many = (triggers.any_cycle(n - 1, count) for count in (N, factor * N))
    for quantity in ("updates", "consolidated", "mean_transient"):
        assert getattr(many, quantity) <= getattr(few, quantity) * (1 + 1e-9)
    assert n * (1 - 1e-9) <= many.updates <= n**2 * (1 + 1e-9)


def test_cycles_scale_with_the_step():
    for cycle in (triggers.any_cycle, triggers.total_cycle):
        unit, scaled = cycle(500, 100), cycle(1500, 100, 3)
        assert scaled.updates == approx(unit.updates)
        assert scaled.consolidated == approx(3 * unit.consolidated)
        assert scaled.mean_transient == approx(3 * unit.mean_transient)


def test_a_sum_that_takes_too_long_is_refused():
    with pytest.raises(ValueError, match="theta must be lower for N = 2, got 2000 eta"):
        triggers.any_cycle(2000, 2)


@pytest.mark.parametrize("theta", ["1e+08", "1e+10", "1e+15", "1e+100"])
def test_a_sum_beyond_whole_numbers_of_doubles_is_refused(theta):
    with pytest.raises(
        ValueError, match=f"theta must be lower for N = 1001, got {re.escape(theta)} eta"
    ):
        triggers.any_cycle(float(theta), 1001)
