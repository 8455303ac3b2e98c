"""A layer of cached synapses: decay, threshold, triggers, maintenance, what is left in the end."""

import math

import numpy as np
import pytest

from montecarlo.network.cached import CachedLayer
from montecarlo.network.synapses import Change, Layer

EXPONENTS = (0, 0.5, 1, 2)


def cached(shape, threshold=math.inf, tau=math.inf, trigger="local", per="neuron", dtype=float):
    plain = Layer.untrained(np.zeros(shape, dtype), EXPONENTS)
    return CachedLayer.of(plain, threshold, tau, trigger, per)


def change(errors, activities, dtype=float):
    return Change(np.array(errors, dtype), np.array(activities, dtype))


def transient(layer):
    return layer.strengths - layer.weights


def test_decay_comes_before_the_output_and_maintenance_at_the_end():
    """A change of 8 that loses half each time is held as 8, 4, 2, in idle presentations too."""
    layer = cached((1, 1), tau=2)
    fields, sent, held = [], [], []
    for error in (8.0, 0.0, 0.0):
        layer.begin()
        fields.append(layer.fields(np.ones(1))[0])
        sent.append(layer.propagate(np.ones(1))[0])
        layer.learn(1.0, change([error], [1]))
        held.append(float(layer.transient_sum))
    assert fields == sent == [0, 4, 2]
    assert held == [8, 12, 14]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_synapse_consolidates_if_it_exceeds_the_threshold_and_not_if_it_equals_it(dtype):
    layer = cached((1, 3), threshold=0.5, dtype=dtype)
    above = np.nextafter(dtype(0.5), dtype(1))
    layer.begin()
    layer.learn(1.0, change([1], [0.5, above, -above], dtype))
    assert layer.weights.tolist() == [[0, above, -above]]
    assert transient(layer).tolist() == [[0.5, 0, 0]]
    assert layer.transient_sum == 0.5
    assert layer.spent[0] == 2


def test_a_weight_decays_before_it_is_compared_with_the_threshold():
    layer = cached((1, 1), threshold=0.75, tau=2)
    for expected in (0.5, 0.75, 0.0):  # 0.5; half of it and 0.5; half of that and 0.5: 0.875
        layer.begin()
        layer.learn(1.0, change([0.5], [1]))
        assert transient(layer).tolist() == [[expected]]
    assert layer.weights.tolist() == [[0.875]]


@pytest.mark.parametrize(
    ("threshold", "trigger", "per", "consolidated"),
    [
        (1.5, "local", "neuron", [[0, 0, 2], [0, 0, 0]]),
        (1.5, "local", "layer", [[0, 0, 2], [0, 0, 0]]),
        (1.5, "any", "neuron", [[1, 0, 2], [0, 0, 0]]),
        (1.5, "any", "layer", [[1, 0, 2], [0.5, 0, 1]]),
        (2.5, "total", "neuron", [[1, 0, 2], [0, 0, 0]]),
        (4.25, "total", "layer", [[1, 0, 2], [0.5, 0, 1]]),
    ],
)
def test_what_consolidates_together(threshold, trigger, per, consolidated):
    layer = cached((2, 3), threshold, trigger=trigger, per=per)
    layer.begin()
    layer.learn(1.0, change([1, 0.5], [1, 0, 2]))
    assert layer.weights.tolist() == consolidated
    amounts = np.array(consolidated)[np.nonzero(consolidated)]
    sums = [len(amounts), np.sqrt(amounts).sum(), amounts.sum(), (amounts**2).sum()]
    np.testing.assert_allclose(layer.spent, sums, rtol=1e-14)
    assert layer.strengths.tolist() == [[1, 0, 2], [0.5, 0, 1]]


@pytest.mark.parametrize(("per", "most"), [("neuron", 3), ("layer", 4.5)])
def test_a_sum_consolidates_if_it_exceeds_the_threshold_and_not_if_it_equals_it(per, most):
    layer = cached((2, 3), threshold=most, trigger="total", per=per)
    layer.begin()
    layer.learn(1.0, change([1, -0.5], [1, 0, -2]))
    assert not layer.weights.any()
    layer.learn(2.0**-20, change([1, 0], [0, 1, 0]))
    assert layer.weights.any(axis=1).tolist() == [True, per == "layer"]


def test_the_energy_includes_the_final_consolidation_and_learning_may_go_on():
    layer = cached((1, 2))
    layer.begin()
    layer.learn(0.5, change([-2], [1, 4]))
    for _ in range(2):  # to ask costs nothing
        assert layer.energy.tolist() == [2, 3, 5, 17]
        assert layer.direct_energy.tolist() == [2, 3, 5, 17]
    assert layer.spent.tolist() == [0, 0, 0, 0]
    layer.begin()
    layer.learn(0.5, change([2], [0, 4]))
    assert layer.energy.tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 2e-5)])
@pytest.mark.parametrize("tau", [1 + 1e-9, 1.5, 3, 50, 2000])
def test_long_decay_is_that_of_the_definition(tau, dtype, rtol):
    """In 3000 presentations e^-3000/tau goes below all numbers, but the transient weights do not.

    Every fifth presentation is idle, so that there are some in which nothing is added.
    """
    rng = np.random.default_rng(5)
    layer = cached((3, 4), threshold=0.9, tau=tau, dtype=dtype)
    held, spent, weights, expected = 0.0, 0.0, np.zeros((3, 4)), np.zeros((3, 4))
    consolidations = 0
    for presentation in range(3000):
        errors, activities = rng.normal(0, 0.4, 3).astype(dtype), rng.normal(size=4).astype(dtype)
        errors *= presentation % 5 > 0
        layer.begin()
        layer.learn(0.5, Change(errors, activities))
        expected *= 1 - 1 / tau
        expected += 0.5 * np.outer(errors.astype(float), activities.astype(float))
        due = np.abs(expected) > 0.9
        consolidations += int(due.sum())
        spent += np.abs(expected[due]).sum()
        weights += np.where(due, expected, 0)
        expected[due] = 0
        held += np.abs(expected).sum()
    assert consolidations > 100
    assert layer.spent[0] == consolidations
    np.testing.assert_allclose(layer.spent[2], spent, rtol=rtol)
    np.testing.assert_allclose(layer.transient_sum, held, rtol=rtol)
    np.testing.assert_allclose(layer.weights, weights, rtol=rtol, atol=rtol)
    np.testing.assert_allclose(transient(layer), expected, rtol=rtol, atol=rtol)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("threshold", [1e30, 1e300, math.inf])
def test_thresholds_beyond_all_weights_are_never_exceeded(threshold, dtype):
    layer = cached((2, 2), threshold, tau=3, dtype=dtype)
    for _ in range(20):
        layer.begin()
        layer.learn(1.0, change([1, 1], [1, 1], dtype))
    assert layer.spent.tolist() == [0, 0, 0, 0]
    np.testing.assert_allclose(transient(layer), 3, rtol=1e-3)  # 1 + 2/3 + 4/9 + ...


def test_what_has_decayed_to_nothing_in_single_precision_is_nothing():
    """M_0 of the final consolidation counts what is left: after underflow no synapse."""
    layer = cached((1, 2), tau=1.5, dtype=np.float32)
    layer.begin()
    layer.learn(1.0, change([1], [1, 2], np.float32))
    for left in (2, 0):
        assert layer.energy[0] == left
        for _ in range(200):  # 3^-200 is about 1e-95
            layer.begin()
    assert layer.strengths.tolist() == [[0, 0]]


def test_the_layer_that_is_cached_is_taken_over():
    plain = Layer(np.ones((2, 2)), np.zeros((2, 2)), EXPONENTS, np.arange(4.0), np.zeros(()))
    layer = CachedLayer.of(plain, 1.0, 5.0, "local")
    assert layer.weights is plain.weights
    assert layer.initial is plain.initial
    assert layer.energy.tolist() == [0, 1, 2, 3]
    assert np.array_equal(layer.strengths, plain.weights)
