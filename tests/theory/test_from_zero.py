"""The best threshold of runs that start at zero, against all walks and the steady state."""

import itertools

import pytest

from theory import from_zero, lattice


def literal_energy(n, K, T, c):
    """Over all walks of K steps."""
    total = 0.0
    for steps in itertools.product((-1, 1), repeat=K):
        transient, energy, held = 0, 0, 0
        for step in steps:
            transient += step
            if abs(transient) == n:
                energy, transient = energy + n, 0
            held += abs(transient)
        total += energy + c * T / K * held + abs(transient)
    return total / 2**K


@pytest.mark.parametrize("c", [0.0, 0.01, 0.1])
def test_optimum_is_that_of_all_walks(c):
    K, T = 9, 50
    energies = [literal_energy(n, K, T, c) for n in range(1, 12)]
    found = from_zero.optimum(K, T, c)
    assert found.energy == pytest.approx(min(energies))
    assert literal_energy(found.steps, K, T, c) == pytest.approx(found.energy)


def test_it_is_the_steady_one_where_there_is_time_for_that():
    assert from_zero.optimum(2000, 30_000, 0.001).steps == 14
    assert lattice.optimal_steps(2000, 30_000, 0.001, integer=True) == 14


def test_it_is_higher_where_maintenance_is_cheap():
    steady = lattice.optimal_steps(500, 30_000, 1 / 30_000)
    assert from_zero.optimum(500, 30_000, 1 / 30_000).steps > 1.4 * steady


@pytest.mark.parametrize("K", [0, 1.5, 20_000])
def test_updates_are_a_whole_number(K):
    with pytest.raises(ValueError, match="K must be an integer >= 1 and <= 10000"):
        from_zero.optimum(K, 100, 0.1)
