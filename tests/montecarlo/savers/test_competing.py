"""The largest changes against a full ranking, with equal and zero changes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from montecarlo.network.synapses import Change
from montecarlo.savers import Largest
from montecarlo.savers.competing import largest_of_layer, largest_of_neurons

# Small numbers make equal products, in one row and across rows, and zeros.
factors = st.lists(st.sampled_from([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0]), min_size=1, max_size=7)
fractions = st.one_of(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]), st.floats(0, 1))


@st.composite
def changes(draw):
    """Changes of all synapses, or of some."""
    change = Change(np.array(draw(factors)), np.array(draw(factors)))
    shape = len(change.errors), len(change.activities)
    if draw(st.booleans()):
        change = change.only(draw(arrays(bool, shape)))
    return change


def proposed(change):
    """The changes that are not zero, by row and column."""
    values = {synapse: change.values[synapse] for synapse in np.ndindex(change.values.shape)}
    return {synapse: value for synapse, value in values.items() if value}


def first_of_largest(values, fraction):
    ranked = sorted(values, key=lambda synapse: (-abs(values[synapse]), synapse))
    return {synapse: values[synapse] for synapse in ranked[: round(fraction * len(ranked))]}


@given(changes(), fractions)
def test_the_largest_of_a_layer(change, fraction):
    assert proposed(largest_of_layer(change, fraction)) == first_of_largest(
        proposed(change), fraction
    )


@given(changes(), fractions)
def test_the_largest_of_each_neuron(change, fraction):
    values, expected = proposed(change), {}
    for neuron in range(len(change.errors)):
        onto = {synapse: value for synapse, value in values.items() if synapse[0] == neuron}
        expected |= first_of_largest(onto, fraction)
    assert proposed(largest_of_neurons(change, fraction)) == expected


def test_a_fraction_of_many_random_changes():
    """As in CP: of 785 inputs to 100 neurons, 1%."""
    rng = np.random.default_rng(2)
    change = Change(rng.normal(size=100).astype("f4"), rng.normal(size=785).astype("f4"))
    values = np.abs(np.outer(change.errors, change.activities))
    chosen = largest_of_layer(change, 0.01).values != 0
    assert chosen.sum() == 785
    assert values[chosen].min() > values[~chosen].max()
    kept = np.outer(change.errors, largest_of_neurons(change, 0.01).activities) != 0
    assert (kept.sum(axis=1) == 8).all()
    assert (
        np.where(kept, values, np.inf).min(axis=1) > np.where(kept, 0, values).max(axis=1)
    ).all()


@pytest.mark.parametrize("fraction", [0.001, 0.03, 0.4, 1.0])
@pytest.mark.parametrize("levels", [5, 10**9])
def test_the_largest_of_very_many_with_and_without_equals(levels, fraction):
    """Of so many that a sample is asked first; a third of the units and inputs are silent."""
    rng = np.random.default_rng(levels)
    factors = (rng.integers(-1, 2, n) * rng.integers(1, levels + 1, n) for n in (150, 400))
    change = Change(*(it.astype("f4") for it in factors))
    sizes = np.abs(change.values).ravel()
    ranked = np.lexsort((np.arange(len(sizes)), -sizes))[: round(fraction * (sizes > 0).sum())]
    best = largest_of_layer(change, fraction)
    np.testing.assert_array_equal(best.chosen, np.sort(ranked))
    np.testing.assert_array_equal(best.amounts, change.values.ravel()[best.chosen])


def test_dead_units_and_silent_inputs_do_not_compete():
    """A quarter of the 2 x 4 changes that are not zero, though there are 4 x 8 synapses."""
    errors = np.array([0.0, 3.0, 0.0, -1.0])
    activities = np.array([1.0, 0.0, 0.0, -4.0, 0.0, 2.0, 3.0, 0.0])
    assert proposed(largest_of_layer(Change(errors, activities), 0.25)) == {
        (1, 3): -12.0,
        (1, 6): 9.0,
    }


def test_of_equal_changes_the_first_are_taken():
    """As if saturated pixels, all alike, compete: row by row of the weights."""
    change = Change(np.array([1.0, -1.0, 2.0]), np.ones(4))
    assert sorted(proposed(largest_of_layer(change, 0.5))) == [
        (0, 0), (0, 1), (2, 0), (2, 1), (2, 2), (2, 3)
    ]  # fmt: skip
    assert sorted(proposed(largest_of_neurons(change, 0.25))) == [(0, 0), (1, 0), (2, 0)]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Largest(1.5), r"fraction must be a number from 0 to 1, got 1\.5"),
        (lambda: Largest(math.nan), "fraction must be a number from 0 to 1, got nan"),
        (lambda: Largest(0.1, "input"), "per must be one of layer, neuron, got 'input'"),
    ],
)
def test_unsound_competitions_are_refused(call, message):
    with pytest.raises(ValueError, match=rf"\A{message}"):
        call()
