"""Online learning against its definitions: gradients, weights, energies, synapse by synapse."""

import copy
import dataclasses

import numpy as np
import pytest

from montecarlo.network import accuracy, initial_network, present
from montecarlo.network.design import CP, LVR
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
