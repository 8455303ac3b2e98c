"""Time to learn from a sample of MNIST's size: at most 60 us with 100 hidden units, 650 with 1000.

Beside it the definitions, with the changes of all synapses made and added up as matrices.
"""

import copy
import os

import numpy as np
import pytest

from montecarlo.datasets import FOLDER_VARIABLE, mnist
from montecarlo.design import CP, LVR
from montecarlo.network import initial_network, present
from montecarlo.training import train

DESIGNS = {"LvR": LVR, "CP": CP}
SAMPLES = 2000


def problem(design, hidden, dtype):
    """Inputs that are zero as often as MNIST's, unless their mean is subtracted."""
    rng = np.random.default_rng(1)
    inputs = rng.random((SAMPLES, 784)) * (rng.random((SAMPLES, 784)) < 0.19)
    if design is CP:
        inputs -= inputs.mean()
    net = initial_network(design, (784, hidden, 10), rng, dtype=dtype)
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


def test_sample_with_matrices(benchmark):
    """784-100-10 leaky ReLU in single precision, M0 and M1: the plain way."""
    net, inputs, labels = problem(CP, 100, np.float32)
    targets = np.eye(10, dtype=np.float32)

    def learn():
        hidden, output = net.hidden.weights.copy(), net.output.weights.copy()
        energy = np.zeros((2, 2))
        for sample, label in zip(inputs[:200], labels[:200], strict=True):
            x = np.append(sample, np.float32(1))
            fields = hidden @ x
            h = np.append(np.maximum(fields, np.float32(0.1) * fields), np.float32(1))
            errors = targets[label] - output @ h
            back = (errors @ output)[:-1] * np.where(fields > 0, 1, 0.1)
            changes = 0.01 * np.outer(back, x), 0.01 * np.outer(errors, h)
            hidden += changes[0]
            output += changes[1]
            for layer, change in enumerate(changes):
                energy[layer] += np.count_nonzero(change), np.abs(change).sum()

    benchmark.pedantic(learn, rounds=5, warmup_rounds=1)
    benchmark.extra_info["us_per_sample"] = 1e6 * benchmark.stats.stats.min / 200


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
