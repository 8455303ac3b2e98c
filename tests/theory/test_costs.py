"""Cost models: the object that prices, and what caching costs under it."""

import dataclasses
import math
import re
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import Labelled, approx, reproducible
from theory import caching, lattice, perceptron
from theory.costs import (
    Cost,
    break_even,
    consolidation_energy,
    optimal_threshold,
    persistent_sum,
    total_energy,
)

PRICES = st.floats(0, 5)
COSTS = st.builds(
    Cost,
    alpha=st.floats(0, 2),
    potentiation=PRICES,
    depression=PRICES,
    b=PRICES,
    c=PRICES,
    d=PRICES,
)
STEPS = st.integers(1, 60)
UPDATES = st.floats(100, 1e5)


@dataclass
class Entries:
    """A ledger by hand."""

    amounts: np.ndarray
    counts: np.ndarray
    changed: float = 0.0
    transient_sum: float = 0.0
    persistent_sum: float = 0.0


def expected(n, K, T, N, eta):
    """The mean ledger of N walks in their steady state, as counting has it."""
    steps = np.arange(1 - n, n)
    left = N * (n - np.abs(steps)) / n**2
    events = N * K / n**2
    return Entries(
        amounts=eta * np.array([-n, *steps, n], dtype=float),
        counts=np.array([events / 2, *left, events / 2]),
        changed=eta * (N * K - events),
        transient_sum=eta * T * float(left @ np.abs(steps)),
        persistent_sum=float(persistent_sum(n, K, T, N, eta)),
    )


# --- the object -----------------------------------------------------------------------------------


def test_the_exponents_count_measure_and_square():
    changes = [-3.0, -0.5, 0.0, 2.0]
    assert Cost(alpha=0).write(changes).tolist() == [1, 1, 0, 1]
    assert Cost().write(changes).tolist() == [3, 0.5, 0, 2]
    assert Cost(alpha=2).write(changes).tolist() == [9, 0.25, 0, 4]


def test_the_signs_have_prices_of_their_own():
    assert Cost(potentiation=2, depression=0.5).write([-4.0, 4.0]).tolist() == [2, 8]
    assert Cost(depression=0).write([[-4.0], [4.0]]).tolist() == [[0], [4]]


@pytest.mark.parametrize("bad", [Labelled([1.0]), np.ma.masked_array([1.0], mask=[1]), "1", None])
def test_changes_are_plain_numbers(bad):
    with pytest.raises(ValueError, match=r"\Achange must be real numbers, got (?s:.+)"):
        Cost().write(bad)


def test_every_entry_has_its_price():
    entries = Entries(np.array([-2.0, 3.0]), np.array([10, 1]), 7.0, 11.0, 13.0)
    for field, value in {"b": 7.0, "c": 11.0, "d": 13.0}.items():
        price = Cost(potentiation=0, depression=0, **{field: 2.0})
        assert price.energy(entries) == 2 * value
    assert Cost().energy(entries) == 23
    assert Cost(alpha=0).energy(entries) == 11


@given(cost=COSTS, factor=st.floats(0.1, 10), step=st.floats(0.1, 10))
@reproducible(100)
def test_the_unit_of_weight_is_a_matter_of_prices(cost, factor, step):
    """Weights in other units are priced the same if the prices are in those units too."""
    entries = Entries(np.array([-2 * step, step]), np.array([3, 4]), 5.0, 6.0, 7.0)
    amounts = {
        field.name: factor * getattr(entries, field.name)
        for field in dataclasses.fields(entries)
        if field.name != "counts"
    }
    other = dataclasses.replace(
        cost,
        potentiation=cost.potentiation / factor**cost.alpha,
        depression=cost.depression / factor**cost.alpha,
        b=cost.b / factor,
        c=cost.c / factor,
        d=cost.d / factor,
    )
    scaled = Entries(counts=entries.counts, **amounts)
    assert other.energy(scaled) == approx(cost.energy(entries), rel=1e-12)


@pytest.mark.parametrize(
    ("name", "value", "domain"),
    [
        ("alpha", -0.1, "a number from 0 to 2"),
        ("alpha", 2.1, "a number from 0 to 2"),
        ("potentiation", -1.0, "a finite number >= 0"),
        ("depression", math.inf, "a finite number >= 0"),
        ("b", math.nan, "a finite number >= 0"),
        ("c", -1e-9, "a finite number >= 0"),
        ("d", -1.0, "a finite number >= 0"),
        ("alpha", "x", "a number from 0 to 2"),
        ("depression", None, "a finite number >= 0"),
        ("c", [1.0, 2.0], "a finite number >= 0"),
    ],
)
def test_prices_in_their_domains(name, value, domain):
    got = f"{name} must be {domain}, got {value!r}"
    if isinstance(value, list):
        got = f"{name} must be a single number, got an array of shape ({len(value)},)"
    with pytest.raises(ValueError, match=re.escape(got)):
        Cost(**{name: value})


# --- caching --------------------------------------------------------------------------------------


@given(cost=COSTS, n=STEPS, K=UPDATES, T=UPDATES, eta=st.floats(0.1, 10))
@reproducible(150)
def test_the_formula_prices_the_mean_ledger(cost, n, K, T, eta):
    by_entry = cost.energy(expected(n, K, T, 7, eta))
    assert total_energy(n, K, T, 7, **vars(cost), eta=eta) == approx(by_entry, rel=1e-12)


@given(n=STEPS, K=UPDATES, T=UPDATES, b=PRICES, c=PRICES)
@reproducible(100)
def test_without_options_it_is_the_lattice(n, K, T, b, c):
    value = total_energy(n, K, T, 1000, **vars(Cost(b=b, c=c)))
    assert value == approx(lattice.total_energy(n, K, T, 1000, c, b))


@given(cost=COSTS, K=UPDATES)
@reproducible(100)
def test_one_step_is_no_caching(cost, K):
    price = (cost.potentiation + cost.depression) / 2
    prices = (cost.alpha, cost.potentiation, cost.depression)
    assert consolidation_energy(1, K, 10, *prices) == approx(10 * price * K)
    free = dataclasses.replace(cost, d=0)
    assert total_energy(1, K, 1e4, 10, **vars(free)) == approx(10 * price * K)


def test_smaller_exponents_save_more():
    alphas = np.linspace(0, 2, 21)
    saving = 2000 / consolidation_energy(6, 2000, 1, alphas, 1, 1)
    assert np.all(np.diff(saving) < 0)
    assert 0.99 < saving[-1] < 1


# --- persistent weights ---------------------------------------------------------------------------


def test_persistent_weights_are_those_of_a_walk_without_caching():
    """The mean of sqrt(2 k/pi) over a run."""
    expected = 2 / 3 * math.sqrt(2 * 5000 / math.pi) * 3e4 * 10
    assert persistent_sum(1, 5000, 3e4, 10) == approx(expected)


@given(K=UPDATES)
@reproducible(50)
def test_higher_thresholds_hold_less(K):
    held = persistent_sum(np.arange(1, 60), K, 1000, 1)
    assert np.all(np.diff(held) < 0)
    walk = perceptron.inefficiency_from_updates(K)  # K over the mean abs(w) at the end
    assert held[0] < 1000 * K / walk


# --- optima ---------------------------------------------------------------------------------------


@given(K=UPDATES, T=UPDATES, c=st.floats(1e-3, 1), alpha=st.floats(0, 1.9))
@reproducible(100)
def test_no_other_threshold_costs_less(K, T, c, alpha):
    best = optimal_threshold(K, T, c, alpha)

    def energy(theta):
        return K * theta ** (alpha - 2) + c * T * theta / 3

    for factor in (0.5, 0.9, 1.1, 2):
        assert energy(factor * best) > energy(best)


def test_a_quadratic_cost_is_not_to_be_cached():
    assert optimal_threshold(2000, 3e4, 1e-3, 2) == 0
    assert break_even(5, 2) == 0


def test_at_alpha_1_the_final_consolidation_is_one_more_presentation():
    with_it = caching.optimal_threshold(2000, 1e9, 1e-3)
    assert optimal_threshold(2000, 1e9, 1e-3) == approx(with_it, rel=1e-6)


@given(n=st.integers(2, 60), alpha=st.floats(0, 2))
@reproducible(100)
def test_changes_dearer_than_the_break_even_undo_what_caching_saves(n, alpha):
    most = break_even(n, alpha)
    for factor, pays in ((0.99, True), (1.01, False)):
        cost = Cost(alpha, b=factor * most + (not pays) * 1e-6)
        cheaper = total_energy(n, 1e12, 1, 1, **vars(cost)) < total_energy(
            1, 1e12, 1, 1, **vars(cost)
        )
        assert cheaper == (pays and most > 1e-9)
