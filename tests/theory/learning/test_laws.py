"""The fits: to their tables, to simulations, and as fast as they should be."""

import timeit

import numpy as np
import pytest

from montecarlo.perceptron import random_patterns, trajectory
from theory import learning
from theory.learning import laws
from theory.learning.tables import EPOCHS

TABLE = np.genfromtxt(laws.__file__.replace("laws.py", "tables.csv"), delimiter=",", names=True)


def test_fits_keep_to_the_table():
    """Of infinitely many patterns."""
    load = TABLE["load"][1:-1]
    P = 1e12 * load
    assert learning.updates(P, 1e12) / P == pytest.approx(TABLE["updates"][1:-1], rel=0.012)
    norm = learning.weight_norm(P, 1e12) / 1e12
    assert norm == pytest.approx(TABLE["norm"][1:-1], rel=0.012)


def test_update_probability_is_that_of_the_table():
    for row in TABLE:
        known = [epoch for epoch in EPOCHS if row[f"p{epoch}"]]
        found = learning.update_probability(row["load"], known)
        assert found == pytest.approx([row[f"p{epoch}"] for epoch in known], rel=1e-6)


def test_update_probability_falls_from_a_half_to_nothing():
    found = learning.update_probability([[0.0], [0.5], [1.0], [1.75]], np.arange(1, 5000))
    assert found[:, 0] == pytest.approx(0.5)
    assert (np.diff(found, axis=1) < 0).all()
    assert (found[:, -1] < [1e-6, 1e-6, 1e-5, 0.01]).all()


@pytest.mark.parametrize("N", [250, 500])
def test_laws_are_those_of_perceptrons(N):
    runs = [
        trajectory(*random_patterns(N, N - 1, np.random.default_rng([N, run])))
        for run in range(100)
    ]
    updates = np.mean([len(run.updated) for run in runs])
    assert learning.updates(N, N) == pytest.approx(updates, rel=0.06)
    epochs = np.median([run.epochs for run in runs])
    assert learning.learning_time(N, N) == pytest.approx(N * epochs, rel=0.15)


def test_inefficiency_follows_from_updates_and_norm():
    P, N = np.array([200, 1000, 1500]), 1000
    minimal = np.sqrt(2 / np.pi * N) * learning.weight_norm(P, N)
    assert learning.inefficiency(P, N) == pytest.approx(N * learning.updates(P, N) / minimal)


@pytest.mark.parametrize(
    "function", [learning.updates, learning.learning_time, learning.inefficiency]
)
def test_loads_beyond_the_table_are_refused(function):
    with pytest.raises(ValueError, match=r"4\*P < 7\*N"):
        function(1950, 1000)


@pytest.mark.parametrize(
    ("load", "epoch", "message"),
    [
        (2.0, 1, "load must be a number >= 0 and <= 1.75"),
        (1.0, 0, "epoch must be a finite number >= 1"),
        ([1.0, np.nan], 1, "load must be"),
    ],
)
def test_bad_input_is_named(load, epoch, message):
    with pytest.raises(ValueError, match=message):
        learning.update_probability(load, epoch)


def test_a_value_takes_no_longer_than_microseconds():
    P = np.linspace(200, 1500, 100_000)
    for law in (learning.updates, learning.weight_norm, learning.learning_time):
        seconds = min(timeit.repeat(lambda law=law: law(P, 1000), number=1, repeat=3))
        assert seconds / len(P) < 2e-6
