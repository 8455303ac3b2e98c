"""Learning a sample of MNIST's size beside the definitions: matrices of all changes, added up."""

import copy
import time

import numpy as np
import pytest

from montecarlo.network import CP, initial_network, present
from montecarlo.savers import Cache

SAMPLES = 200


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
@pytest.mark.parametrize("savers", [[], [Cache(0.02, 1000)]], ids=["plain", "cache"])
def test_sample_with_matrices(benchmark, savers, hidden):
    """784-100-10 or 784-1000-10 leaky ReLU in single precision: as a plain script has it."""
    rng = np.random.default_rng(1)
    inputs = rng.random((SAMPLES, 784)) * (rng.random((SAMPLES, 784)) < 0.19)
    inputs = (inputs - inputs.mean()).astype(np.float32)
    labels = rng.integers(0, 10, SAMPLES)
    net = initial_network(CP, (784, hidden, 10), rng, savers=savers)
    energy, held = benchmark.pedantic(
        lambda: matrices(net, inputs, labels, *savers), rounds=5, warmup_rounds=1
    )
    times = []
    for _ in range(5):
        learnt = copy.deepcopy(net)
        start = time.perf_counter()
        present(learnt, inputs, labels, np.arange(SAMPLES))
        times.append(time.perf_counter() - start)
    benchmark.extra_info["matrices_over_this"] = benchmark.stats.stats.min / min(times)
    layers = (learnt.hidden, learnt.output)
    for layer, spent, maintenance in zip(layers, energy, held, strict=True):
        np.testing.assert_allclose(layer.energy, spent, rtol=1e-3)
        np.testing.assert_allclose(layer.transient_sum, maintenance, rtol=1e-3)
