"""Time to learn from a sample of MNIST's size: at most 60 us with 100 hidden units, 650 with 1000.

With local caching at most 150 us with 100 hidden units. Beside it the definitions, with the changes
of all synapses made and added up as matrices, with caching and without.
"""

import copy
import os

import numpy as np
import pytest

from montecarlo.datasets import FOLDER_VARIABLE, mnist
from montecarlo.network import initial_network, present
from montecarlo.network.design import CP, LVR
from montecarlo.savers import Cache, Largest, NeuronMask, Skip, Subnet, SynapseMask
from montecarlo.training import train

DESIGNS = {"LvR": LVR, "CP": CP}
SAMPLES = 2000
SAVERS = {
    "skip": [Skip(ever_wrong=True)],
    "synapse mask": [SynapseMask(0.1)],
    "neuron mask": [NeuronMask(60)],
    "subnet": [Subnet(60)],
    "largest per layer": [Largest(0.01)],
    "largest per neuron": [Largest(0.01, "neuron")],
    "largest of mask": [SynapseMask(0.1), Largest(0.1)],
    "cache": [Cache(0.02, 1000)],
    "cache, any of neuron": [Cache(0.02, 1000, "any")],
    "cache, any of layer": [Cache(0.02, 1000, "any", "layer")],
    "all": [Skip(ever_wrong=True), Subnet(60), Largest(0.1), Cache(0.02, 1000)],
}


def problem(design, hidden, dtype, savers=()):
    """Inputs that are zero as often as MNIST's, unless their mean is subtracted."""
    rng = np.random.default_rng(1)
    inputs = rng.random((SAMPLES, 784)) * (rng.random((SAMPLES, 784)) < 0.19)
    if design is CP:
        inputs -= inputs.mean()
    net = initial_network(design, (784, hidden, 10), rng, savers=savers, dtype=dtype)
    return net, inputs.astype(np.float32), rng.integers(0, 10, SAMPLES)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("hidden", [100, 1000])
@pytest.mark.parametrize("design", DESIGNS)
def test_sample(benchmark, design, hidden, dtype):
    net, inputs, labels = problem(DESIGNS[design], hidden, dtype)
    order = np.arange(SAMPLES)
    benchmark.pedantic(
        lambda: present(copy.deepcopy(net), inputs, labels, order), rounds=7, warmup_rounds=1
    )
    benchmark.extra_info["us_per_sample"] = 1e6 * benchmark.stats.stats.min / SAMPLES


@pytest.mark.parametrize("hidden", [100, 1000])
@pytest.mark.parametrize("savers", SAVERS)
@pytest.mark.parametrize("design", DESIGNS)
def test_sample_with_savers(benchmark, design, savers, hidden):
    net, inputs, labels = problem(DESIGNS[design], hidden, np.float32, SAVERS[savers])
    samples = SAMPLES * 100 // hidden
    order = np.arange(samples)
    benchmark.pedantic(
        lambda: present(copy.deepcopy(net), inputs, labels, order), rounds=5, warmup_rounds=1
    )
    benchmark.extra_info["us_per_sample"] = 1e6 * benchmark.stats.stats.min / samples


def matrices(net, inputs, labels, cache=None):
    """Learn with leaky ReLUs and M0 and M1 the plain way; return the energy, by layer."""
    targets = np.eye(10, dtype=np.float32)
    weights = [net.hidden.weights.copy(), net.output.weights.copy()]
    transient = [np.zeros_like(layer) for layer in weights]
    energy, held = np.zeros((2, 2)), np.zeros(2)
    for sample, label in zip(inputs, labels, strict=True):
        total = weights
        if cache:
            for layer in (0, 1):
                transient[layer] *= np.float32(1 - 1 / cache.tau)
            total = [weights[0] + transient[0], weights[1] + transient[1]]
        x = np.append(sample, np.float32(1))
        fields = total[0] @ x
        h = np.append(np.maximum(fields, np.float32(0.1) * fields), np.float32(1))
        errors = targets[label] - total[1] @ h
        back = (errors @ total[1])[:-1] * np.where(fields > 0, np.float32(1), np.float32(0.1))
        changes = [np.float32(0.01) * np.outer(back, x), np.float32(0.01) * np.outer(errors, h)]
        for layer, change in enumerate(changes):
            written = change
            if cache:
                transient[layer] += change
                due = np.abs(transient[layer]) > cache.threshold
                written = np.where(due, transient[layer], np.float32(0))
                transient[layer][due] = 0
                held[layer] += np.abs(transient[layer]).sum()
            weights[layer] += written
            energy[layer] += np.count_nonzero(written), np.abs(written).sum()
    if cache:
        energy += [[np.count_nonzero(layer), np.abs(layer).sum()] for layer in transient]
    return energy, held


@pytest.mark.parametrize("hidden", [100, 1000])
@pytest.mark.parametrize("savers", [[], SAVERS["cache"]], ids=["plain", "cache"])
def test_sample_with_matrices(benchmark, savers, hidden):
    """784-100-10 or 784-1000-10 leaky ReLU in single precision: as a plain script has it."""
    net, inputs, labels = problem(CP, hidden, np.float32, savers)
    inputs, labels = inputs[:200], labels[:200]
    energy, held = benchmark.pedantic(
        lambda: matrices(net, inputs, labels, *savers), rounds=5, warmup_rounds=1
    )
    benchmark.extra_info["us_per_sample"] = 1e6 * benchmark.stats.stats.min / 200
    present(net, inputs, labels, np.arange(200))
    for layer, spent, maintenance in zip((net.hidden, net.output), energy, held, strict=True):
        np.testing.assert_allclose(layer.energy, spent, rtol=1e-3)
        np.testing.assert_allclose(layer.transient_sum, maintenance, rtol=1e-3)


@pytest.mark.skipif(FOLDER_VARIABLE not in os.environ, reason=f"{FOLDER_VARIABLE} is not set")
@pytest.mark.parametrize(("design", "hidden"), [("LvR", 100), ("CP", 100), ("CP", 1000)])
def test_mnist_to_95_percent(benchmark, design, hidden):
    """At most 5 s with 100 hidden units, the tests on 10,000 images every 1000 samples included."""
    data = mnist(zero_mean=DESIGNS[design] is CP)
    curves = []

    def learn():
        rng = np.random.default_rng(1)
        net = initial_network(DESIGNS[design], (784, hidden, 10), rng)
        curves.append(train(net, data, rng))

    benchmark.pedantic(learn, rounds=2)
    benchmark.extra_info |= {
        "samples": int(curves[-1].presented[-1]),
        "accuracy": float(curves[-1].accuracy[-1]),
        "M0, M1": curves[-1].energy[-1].sum(axis=0).tolist(),
    }
