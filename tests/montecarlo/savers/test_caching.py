"""Caches: their precision, their limits, and arguments outside their domains."""

import itertools
import math

import numpy as np
import pytest

from montecarlo.network import initial_network, present
from montecarlo.network.design import CP
from montecarlo.savers import Cache, Largest, Skip, SynapseMask
from tests.montecarlo.savers.problems import DESIGNS, problem

CACHE = Cache(0.03, 40)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("savers", [[Skip(True), CACHE], [SynapseMask(0.5), Largest(0.3), CACHE]])
def test_a_numpy_threshold_does_not_change_the_precision(savers, dtype):
    net, *samples = problem(DESIGNS["CP"], savers, dtype)
    numpy_cache = Cache(np.float64(CACHE.threshold), np.float64(CACHE.tau))
    other, *_ = problem(DESIGNS["CP"], [*savers[:-1], numpy_cache], dtype)
    present(net, *samples)
    present(other, *samples)
    assert other.hidden.fields(np.ones(7, dtype)).dtype == dtype
    assert np.array_equal(net.hidden.weights, other.hidden.weights)
    assert np.array_equal(net.output.energy, other.output.energy)


def test_a_threshold_of_zero_is_no_caching():
    for trigger, per in itertools.product(("local", "any", "total"), ("neuron", "layer")):
        plain, *samples = problem(DESIGNS["ReLU"], [])
        cached, *_ = problem(DESIGNS["ReLU"], [Cache(0, 5, trigger, per)])
        present(plain, *samples)
        present(cached, *samples)
        np.testing.assert_allclose(cached.hidden.weights, plain.hidden.weights, rtol=1e-12)
        np.testing.assert_allclose(cached.hidden.energy, plain.hidden.energy, rtol=1e-12)
        assert cached.hidden.transient_sum == cached.output.transient_sum == 0


def test_an_infinite_threshold_without_decay_costs_the_least():
    """One step for each synapse from the initial weights to the final ones."""
    net, *samples = problem(DESIGNS["CP"], [Cache(math.inf)])
    present(net, *samples)
    for layer in (net.hidden, net.output):
        assert np.array_equal(layer.weights, layer.initial)
        np.testing.assert_allclose(layer.energy, layer.direct_energy, rtol=1e-10)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Cache(-1), "threshold must be a number >= 0, got -1"),
        (lambda: Cache(math.nan), "threshold must be a number >= 0, got nan"),
        (lambda: Cache("0.1"), "threshold must be a number >= 0, got '0.1'"),
        (lambda: Cache(0.1, tau=0.5), r"tau must be a number of presentations > 1 .*, got 0\.5"),
        (lambda: Cache(0.1, tau=1), r"tau must be a number of presentations > 1 .*, got 1"),
        (lambda: Cache(0.1, trigger="all"), "trigger must be one of local, any, total, got 'all'"),
        (lambda: Cache(0.1, trigger="neuron"), "trigger must be one of local, any, total, got"),
        (lambda: Cache(0.1, per="synapse"), "per must be one of layer, neuron, got 'synapse'"),
    ],
)
def test_unsound_caches_are_refused(call, message):
    with pytest.raises(ValueError, match=rf"\A{message}"):
        call()


def test_a_second_cache_is_refused():
    message = r"\Asavers must be with one Cache at most, got \(Cache"
    with pytest.raises(ValueError, match=message):
        initial_network(
            CP, (784, 100, 10), np.random.default_rng(1), savers=[Cache(1), Skip(), Cache(2)]
        )
