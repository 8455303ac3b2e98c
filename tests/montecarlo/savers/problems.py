"""Networks with savers, samples for them, and what should become of both."""

import dataclasses

import numpy as np

from montecarlo.network import initial_network
from montecarlo.network.design import CP, LVR, Design
from tests.montecarlo.savers import reference

EXPONENTS = (0, 0.5, 1, 2)
SIZES = (6, 5, 4)
DESIGNS = {
    "LvR": dataclasses.replace(LVR, initial_std=0.7, learning_rate=0.3),
    "CP": dataclasses.replace(CP, initial_std=0.7, learning_rate=0.05),
    "ReLU": Design("ReLU", "softmax", True, (0.0, 1.0), 0.05, 0.7, "in turn"),
    "no bias": Design("leaky ReLU", "linear", False, (0.0, 1.0), 0.05, 0.7, "in turn"),
}


def problem(design, savers, dtype=np.float64, samples=30, seed=7):
    """A network, and samples of which many inputs are zero or equal, like pixels."""
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(20, SIZES[0])) * (rng.random((20, SIZES[0])) < 0.7)
    inputs[::2] = np.round(2 * inputs[::2]) / 2
    labels, order = rng.integers(0, SIZES[2], 20), rng.integers(0, 20, samples)
    net = initial_network(design, SIZES, rng, savers=savers, exponents=EXPONENTS, dtype=dtype)
    return net, inputs.astype(dtype), labels, order


def expected(net, inputs, labels, order):
    layers = [net.hidden.weights, net.output.weights]
    return reference.learn(net.design, layers, inputs, labels, order, net.savers, EXPONENTS)


def require_equal(net, outcome, rtol=1e-11, atol=1e-13):
    for i, layer in enumerate((net.hidden, net.output)):
        tolerance = {"rtol": rtol, "atol": atol}
        total = outcome.persistent[i] + outcome.transient[i]
        np.testing.assert_allclose(layer.weights, outcome.persistent[i], **tolerance)
        np.testing.assert_allclose(layer.strengths, total, **tolerance)
        np.testing.assert_allclose(layer.energy, outcome.energy[i], rtol=rtol)
        assert layer.energy[0] == outcome.energy[i][0]  # a count
        np.testing.assert_allclose(layer.transient_sum, outcome.transient_sum[i], rtol=rtol)


def label(savers):
    return " ".join(map(str, savers)) if isinstance(savers, tuple) else str(savers)
