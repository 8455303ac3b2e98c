"""Online learning against its definitions: gradients, weights, energies, synapse by synapse."""

import copy
import dataclasses
import math
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.network import accuracy, blocks, initial_network, present, present_together
from montecarlo.network.design import CP, LVR
from montecarlo.savers import Cache, Largest, NeuronMask, Skip, Subnet, SynapseMask
from tests.montecarlo.network import reference
from tests.montecarlo.network.problems import DESIGNS, EXPONENTS, SIZES, name, problem, weights


@pytest.mark.parametrize("design", DESIGNS, ids=name)
def test_a_sample_moves_the_weights_down_the_gradient_of_the_loss(design):
    """By central differences, whose error is about 1e-10 here; gradients are about 0.1."""
    net, inputs, labels = problem(design)
    before = copy.deepcopy(weights(net))
    present(net, inputs, labels, np.array([3]))
    for layer, (old, new) in enumerate(zip(before, weights(net), strict=True)):
        gradient = np.empty_like(old)
        for synapse in np.ndindex(*old.shape):
            values = []
            for shift in (1e-5, -1e-5):
                moved = copy.deepcopy(before)
                moved[layer][synapse] += shift
                values.append(reference.loss(design, moved, inputs[3], labels[3]))
            gradient[synapse] = (values[0] - values[1]) / 2e-5
        assert np.abs(gradient).max() > 1e-3
        assert np.abs(new - old + design.learning_rate * gradient).max() < 1e-9


@pytest.mark.parametrize("design", DESIGNS, ids=name)
def test_weights_and_energies_are_those_of_the_definitions(design):
    net, inputs, labels = problem(design)
    order = np.random.default_rng(1).permutation(len(inputs))
    layers, energy = reference.learn(design, weights(net), inputs[order], labels[order], EXPONENTS)
    present(net, inputs, labels, order)
    assert net.presented == len(order)
    for layer, expected, spent in zip((net.hidden, net.output), layers, energy, strict=True):
        np.testing.assert_allclose(layer.weights, expected, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(layer.energy, spent, rtol=1e-11)
        assert layer.energy[0] == spent[0]  # a count
        change = np.abs(expected - layer.initial)
        direct = [np.count_nonzero(layer.weights != layer.initial),
                  np.sqrt(change).sum(), change.sum(), (change**2).sum()]  # fmt: skip
        np.testing.assert_allclose(layer.direct_energy, direct, rtol=1e-10)


@pytest.mark.parametrize("design", DESIGNS, ids=name)
def test_single_precision_computes_the_same_to_its_rounding(design):
    net, inputs, labels = problem(design, np.float32)
    layers, energy = reference.learn(design, weights(net), inputs, labels, EXPONENTS)
    present(net, inputs, labels, np.arange(len(inputs)))
    for layer, expected, spent in zip((net.hidden, net.output), layers, energy, strict=True):
        assert layer.weights.dtype == np.float32
        np.testing.assert_allclose(layer.weights, expected, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(layer.energy, spent, rtol=1e-4)


def test_a_silent_network_of_relus_changes_only_the_output_biases():
    """Dead hidden units: no error passes through them, and their zeros change no synapse."""
    net, inputs, labels = problem(dataclasses.replace(CP, hidden="ReLU"))
    net.hidden.weights[:] = 0
    net.hidden.weights[:, -1] = -1
    before = copy.deepcopy(net)
    present(net, inputs, labels, np.arange(4))
    assert np.array_equal(net.hidden.weights, before.hidden.weights)
    assert np.array_equal(net.output.weights[:, :-1], before.output.weights[:, :-1])
    assert net.hidden.energy.tolist() == [0, 0, 0, 0]
    assert net.output.energy[0] == 4 * SIZES[2]


@pytest.mark.parametrize(("design", "biases"), [(LVR, 0), (CP, 1)])
def test_initial_weights(design, biases):
    net = initial_network(design, (784, 100, 10), np.random.default_rng(1))
    assert net.hidden.weights.shape == (100, 784 + biases)
    assert net.output.weights.shape == (10, 100 + biases)
    assert net.hidden.weights.dtype == np.float32
    for layer in (net.hidden, net.output):
        n = layer.weights.size  # five standard errors of mean and standard deviation
        assert abs(layer.weights.mean()) < 5 * 0.01 / np.sqrt(n)
        assert abs(layer.weights.std() - 0.01) < 5 * 0.01 / np.sqrt(2 * n)
        assert layer.direct_energy.tolist() == layer.energy.tolist() == [0, 0]
    again = initial_network(design, (784, 100, 10), np.random.default_rng(1))
    assert np.array_equal(net.hidden.weights, again.hidden.weights)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sizes": (7, 5)}, "sizes must be the numbers of input, hidden and output units"),
        ({"sizes": (7, 0, 5)}, "the number of hidden units must be a positive integer, got 0"),
        ({"rng": 1}, "rng must be a numpy.random.Generator, got 1"),
        ({"dtype": int}, "dtype must be float32 or float64, got <class 'int'>"),
        ({"exponents": (0, -1)}, r"exponents must be finite numbers >= 0, got \(0, -1\)"),
        ({"design": dataclasses.replace(CP, output="softmax", targets=(0.1, 1.0))},
         r"targets must be probabilities of the outputs of a softmax, got \(0.1, 1.0\)"),
    ],
)  # fmt: skip
def test_unsound_networks_are_refused(change, message):
    arguments = {"design": CP, "sizes": SIZES, "rng": np.random.default_rng(1)} | change
    with pytest.raises(ValueError, match=message):
        initial_network(**arguments)


def test_data_must_fit_the_network():
    net, inputs, labels = problem(CP)
    for wrong, message in (
        ((inputs[:, 1:], labels), r"inputs must be of shape \(P, 7\), got \(30, 6\)"),
        ((inputs[0], labels), r"inputs must be of shape \(P, 7\), got \(7,\)"),
        ((inputs, labels[1:]), r"labels must be of shape \(30,\), got \(29,\)"),
        ((inputs, labels + 1), r"labels must be in 0\.\.4, got 5"),
        ((inputs, labels - 1), r"labels must be in 0\.\.4, got -1"),
    ):
        with pytest.raises(ValueError, match=message):
            present(net, *wrong, np.arange(3))
        with pytest.raises(ValueError, match=message):
            accuracy(net, *wrong)
    assert net.presented == 0


#: Savers of networks that learn side by side, each with its own.
ALIKE = {
    "in blocks": [(), (Skip(),), (NeuronMask(2), Skip(ever_wrong=True)), (Subnet(3),)],
    "masks": [(SynapseMask(0.4),), (SynapseMask(0.2), Skip()), (SynapseMask(0.6), Subnet(3))],
    "competing": [(Largest(0.3),), (Skip(), Largest(0.5)), (Subnet(4), Largest(0.1))],
    "inputs": [(Largest(0.3, "neuron"),), (NeuronMask(4), Largest(0.1, "neuron"))],
    "caches": [(Cache(0.01),), (Cache(0.05, 20), Skip()), (Subnet(4), Cache(0, 5))],
    "groups": [(Cache(0.2, 9, "any"),), (Cache(0.1, 30, "any"), NeuronMask(3))],
    "sums": [
        (Largest(0.2), Cache(2, 9, "total", "layer")),
        (Largest(0.5), Cache(1, 9, "total", "layer")),
    ],
}


@settings(deadline=None, max_examples=100)
@given(
    savers=st.sampled_from(sorted(ALIKE)).flatmap(
        lambda kind: st.lists(st.sampled_from(ALIKE[kind]), min_size=1, max_size=6)
    ),
    design=st.sampled_from(DESIGNS),
    dtype=st.sampled_from([np.float32, np.float64]),
    sizes=st.tuples(st.integers(2, 90), st.integers(4, 110), st.integers(2, 12)),
    samples=st.integers(1, 40),
    block=st.integers(1, 40),
)
def test_a_network_learns_the_same_whichever_learn_beside_it(
    savers, design, dtype, sizes, samples, block
):
    """To the last bit, though not whatever the length of blocks."""
    design = dataclasses.replace(design, initial_std=0.1, targets=(0.0, 1.0))
    rng = np.random.default_rng(3)
    inputs = rng.normal(0, 0.3, (50, sizes[0])).astype(dtype)
    labels = rng.integers(0, sizes[2], 50)
    order = rng.integers(0, 50, (len(savers), samples))

    def fresh():
        return [
            initial_network(design, sizes, np.random.default_rng(i), savers=it, dtype=dtype)
            for i, it in enumerate(savers)
        ]

    together, alone = fresh(), fresh()
    with mock.patch.multiple(blocks, SAMPLES_IN_BLOCK=block, SAMPLES_IN_MASKED_BLOCK=block):
        present_together(together, inputs, labels, order)
        for network, shown in zip(alone, order, strict=True):
            present(network, inputs, labels, shown)
    for one, other in zip(together, alone, strict=True):
        for layer, same in ((one.hidden, other.hidden), (one.output, other.output)):
            assert np.array_equal(layer.strengths, same.strengths)
            assert np.array_equal(layer.weights, same.weights)
            assert layer.energy.tolist() == same.energy.tolist()
            assert layer.transient_sum == same.transient_sum


@given(st.sampled_from(DESIGNS), st.integers(1, 40), st.booleans(), st.integers(1, 40))
@settings(deadline=None, max_examples=60)
def test_blocks_of_any_length_are_the_literal_definition(design, block, nested, samples):
    net, inputs, labels = problem(design)
    order = np.random.default_rng(samples).integers(0, len(inputs), samples)
    layers, energy = reference.learn(design, weights(net), inputs[order], labels[order], EXPONENTS)
    many = 0 if nested else math.inf
    with mock.patch.multiple(blocks, SAMPLES_IN_BLOCK=block, MANY_SYNAPSES=many):
        present(net, inputs, labels, order)
    for layer, expected, spent in zip((net.hidden, net.output), layers, energy, strict=True):
        np.testing.assert_allclose(layer.weights, expected, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(layer.energy, spent, rtol=1e-10)


def test_networks_side_by_side_must_be_of_one_kind():
    net, inputs, labels = problem(CP)
    other, *_ = problem(LVR)
    order = np.zeros((2, 3), int)
    with pytest.raises(ValueError, match="networks must be of one kind"):
        present_together([net, other], inputs, labels, order)
    with pytest.raises(ValueError, match="have a row of samples each"):
        present_together([net], inputs, labels, order)
