"""Training to a goal: when it is tested, when it ends, and that it can be interrupted."""

import dataclasses
import os
import pickle

import numpy as np
import pytest

from montecarlo.datasets import FOLDER_VARIABLE, digits, mnist
from montecarlo.network import accuracy, initial_network, present
from montecarlo.network.design import CP, LVR
from montecarlo.savers import Cache, Largest, NeuronMask, Skip, Subnet, SynapseMask
from montecarlo.training import train


def made(design, hidden=10, seed=1):
    rng = np.random.default_rng(seed)
    return initial_network(design, (64, hidden, 10), rng), rng


@pytest.fixture(scope="module")
def data():
    return digits(zero_mean=True)


def same(first, second):
    fields = zip(dataclasses.astuple(first), dataclasses.astuple(second), strict=True)
    return all(np.array_equal(one, other) for one, other in fields)


def test_training_ends_at_the_first_test_that_reaches_the_goal(data):
    net, rng = made(CP)
    curve = train(net, data, rng, goal=0.8, test_every=500)
    assert curve.presented.tolist() == list(range(500, net.presented + 1, 500))
    assert curve.accuracy[-1] >= 0.8 > curve.accuracy[:-1].max()
    assert curve.accuracy[-1] == accuracy(net, data.test_inputs, data.test_labels)
    for i, layer in enumerate((net.hidden, net.output)):
        assert curve.energy[-1, i].tolist() == layer.energy.tolist()
        assert curve.direct_energy[-1, i].tolist() == layer.direct_energy.tolist()
        change = np.subtract(layer.strengths, layer.initial, dtype=float).sum()
        assert curve.net_change[-1, i] == pytest.approx(change, rel=1e-5)
    assert curve.synapses == net.hidden.weights.size + net.output.weights.size
    assert curve.energy[0, 0, 0] == 500 * net.hidden.weights.size


def test_energies_on_the_way_are_kept(data):
    """Rows of the curve are not views of what goes on changing."""
    net, rng = made(CP)
    curve = train(net, data, rng, goal=2, most_samples=1000, test_every=500)
    again, rng = made(CP)
    first = train(again, data, rng, goal=2, most_samples=500, test_every=500)
    assert np.array_equal(curve.energy[0], first.energy[0])
    assert np.all(curve.energy[1] > curve.energy[0])


@pytest.mark.parametrize("design", [LVR, CP])
def test_a_run_is_determined_by_its_generator(data, design):
    options = {"goal": 2, "most_samples": 3000, "test_every": 1000}
    net, rng = made(design)
    curve = train(net, data, rng, **options)
    other, rng = made(design)
    assert same(curve, train(other, data, rng, **options))
    different, rng = made(design, seed=2)
    assert not same(curve, train(different, data, rng, **options))


ALL_MASKS = [SynapseMask(0.7, 0.8), NeuronMask(8), Subnet(7)]


@pytest.mark.parametrize("design", [LVR, CP])
@pytest.mark.parametrize(
    "savers",
    [
        [],
        [Skip()],
        [Skip(ever_wrong=True), *ALL_MASKS, Largest(0.3), Largest(0.5, "neuron"), Cache(0.01, 60)],
        [Skip(ever_wrong=True), Cache(0.01, 1000, "any")],
        [*ALL_MASKS, Cache(0.02, trigger="any", per="layer")],
    ],
    ids=str,
)
def test_neither_tests_nor_interruptions_change_what_is_learnt(data, design, savers):
    """With samples remembered, masks drawn, caches full and decay half way.

    An interruption does not change a bit. Tests end a block, which changes what is rounded.
    """
    rng = np.random.default_rng(1)
    net = initial_network(design, (64, 10, 10), rng, savers=savers)
    start = pickle.dumps((net, rng))
    train(net, data, rng, goal=2, most_samples=801, test_every=240)
    other, rng = pickle.loads(start)
    train(other, data, rng, goal=2, most_samples=240, test_every=240)
    other, rng = pickle.loads(pickle.dumps((other, rng)))
    curve = train(other, data, rng, goal=2, most_samples=561, test_every=240)
    assert curve.presented.tolist() == [480, 720, 801]
    tested, rng = pickle.loads(start)
    train(tested, data, rng, goal=2, most_samples=801, test_every=77)
    for name in ("hidden", "output"):
        layer, same, near = (getattr(each, name) for each in (net, other, tested))
        assert np.array_equal(layer.weights, same.weights)
        assert np.array_equal(layer.strengths, same.strengths)
        assert layer.energy.tolist() == same.energy.tolist()
        assert layer.transient_sum == same.transient_sum
        np.testing.assert_allclose(near.strengths, layer.strengths, atol=1e-5)
        np.testing.assert_allclose(near.energy, layer.energy, rtol=1e-4)
    assert net.savers == other.savers


def test_samples_in_turn(data):
    net, rng = made(LVR)
    train(net, data, rng, goal=2, most_samples=2000, test_every=900)
    expected, _ = made(LVR)
    order = np.concatenate([np.arange(1437), np.arange(2000 - 1437)])
    present(expected, data.train_inputs, data.train_labels, order)
    np.testing.assert_allclose(net.hidden.weights, expected.hidden.weights, atol=1e-6)


def test_samples_at_random_are_drawn_with_replacement(data):
    """Of 1437 draws from 1437 samples about 1 - 1/e are different: 908, standard deviation 18."""
    net, rng = made(CP)
    state = rng.bit_generator.state
    train(net, data, rng, goal=2, most_samples=1437, test_every=1437)
    expected, _ = made(CP)
    twin = np.random.default_rng()
    twin.bit_generator.state = state
    order = twin.integers(len(data.train_inputs), size=1437)
    assert 800 < len(np.unique(order)) < 1010
    present(expected, data.train_inputs, data.train_labels, order)
    assert np.array_equal(net.hidden.weights, expected.hidden.weights)


def test_a_diverging_training_ends(data):
    net, rng = made(dataclasses.replace(CP, learning_rate=50.0))
    curve = train(net, data, rng, most_samples=50_000, test_every=100)
    assert net.presented < 5000
    assert not np.isfinite(curve.energy[-1]).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"goal": np.nan}, "goal must be a number, got nan"),
        ({"most_samples": 0}, "most_samples must be a positive integer, got 0"),
        ({"test_every": 1.5}, r"test_every must be a positive integer, got 1\.5"),
        ({"rng": None}, r"rng must be a numpy\.random\.Generator, got None"),
    ],
)
def test_unsound_arguments_are_refused(data, options, message):
    net, rng = made(CP)
    with pytest.raises(ValueError, match=message):
        train(net, data, **({"rng": rng} | options))


@pytest.mark.skipif(FOLDER_VARIABLE not in os.environ, reason=f"{FOLDER_VARIABLE} is not set")
def test_a_hundred_hidden_units_learn_mnist():
    """To 95%, in less than one pass; every sample changes all synapses, as in CP."""
    rng = np.random.default_rng(1)
    net = initial_network(CP, (784, 100, 10), rng)
    curve = train(net, mnist(zero_mean=True), rng, most_samples=60_000)
    assert curve.accuracy[-1] >= 0.95
    assert curve.energy[-1, 0, 0] == pytest.approx(net.presented * 100 * 785, rel=1e-3)
