"""Masks: what they leave plastic, how they are drawn, and arguments outside their domains."""

import copy
import pickle

import numpy as np
import pytest
import scipy.stats

from montecarlo.network import initial_network, present
from montecarlo.network.design import CP
from montecarlo.savers import NeuronMask, Subnet, SynapseMask
from tests.montecarlo.savers.problems import DESIGNS, EXPONENTS, label, problem


@pytest.mark.parametrize("saver", [SynapseMask(0.4, 0.6), NeuronMask(3), Subnet(3)], ids=label)
def test_masks_stay_as_they_are(saver):
    """All that a mask leaves plastic changes in the end, and nothing else."""
    net, inputs, labels, order = problem(DESIGNS["CP"], [saver])
    before = copy.deepcopy(net)
    present(net, inputs + 0.1, labels, order)
    changed = [
        layer.weights != old.weights
        for layer, old in ((net.hidden, before.hidden), (net.output, before.output))
    ]
    (mask,) = net.savers
    for layer, plastic in zip(changed, mask.plastic, strict=True):
        assert np.array_equal(layer, np.broadcast_to(plastic, layer.shape))
    if isinstance(saver, Subnet):
        assert np.array_equal(mask.plastic[1][0], np.append(mask.plastic[0], True))
    assert pickle.dumps(before.savers) == pickle.dumps(net.savers)


@pytest.mark.statistical
def test_masks_are_drawn_as_densely_as_they_should_be():
    """False alarms: 1e-6 each."""
    savers = [SynapseMask(0.1, 0.7), NeuronMask(30), Subnet(60)]
    rng = np.random.default_rng(3)
    net = initial_network(CP, (784, 100, 10), rng, savers=savers)
    synapses, neurons, subnet = net.savers
    for mask, p in zip(synapses.plastic, (0.1, 0.7), strict=True):
        assert scipy.stats.binomtest(int(mask.sum()), mask.size, p).pvalue > 1e-6
    assert [int(each.plastic[0].sum()) for each in (neurons, subnet)] == [30, 60]
    chosen = sum(
        initial_network(CP, (1, 5, 1), rng, savers=[NeuronMask(2)]).savers[0].plastic[0].ravel()
        for _ in range(2000)
    )  # 2000 draws without replacement: variance 2000 0.4 0.6, correlated by -1/4
    spread = ((chosen - 800) ** 2).sum() / (2000 * 0.4 * 0.6 * 5 / 4)
    assert scipy.stats.chi2.sf(spread, 4) > 1e-6


def test_the_same_generator_draws_the_same_masks():
    savers = [SynapseMask(0.5, 0.5), NeuronMask(3), Subnet(2)]
    first, again, other = (problem(CP, savers, seed=seed)[0].savers for seed in (1, 1, 2))
    assert pickle.dumps(first) == pickle.dumps(again)
    assert pickle.dumps(first) != pickle.dumps(other)
    plain, *_ = problem(CP, [], seed=1)
    masked, *_ = problem(CP, savers, seed=1)
    assert np.array_equal(plain.hidden.weights, masked.hidden.weights)


def test_a_subnet_learns_as_a_network_of_its_size():
    """What is fixed adds nothing here, as its synapses onto the outputs are zero."""
    net, *samples = problem(DESIGNS["CP"], [Subnet(3)])
    plastic = np.flatnonzero(net.savers[0].plastic[0])
    net.output.weights[:, np.setdiff1d(np.arange(5), plastic)] = 0
    small = initial_network(
        DESIGNS["CP"], (6, 3, 4), np.random.default_rng(), exponents=EXPONENTS, dtype=float
    )
    small.hidden.weights[:] = net.hidden.weights[plastic]
    small.output.weights[:] = net.output.weights[:, [*plastic, 5]]
    present(net, *samples)
    present(small, *samples)
    np.testing.assert_allclose(net.hidden.weights[plastic], small.hidden.weights, rtol=1e-11)
    np.testing.assert_allclose(net.hidden.energy, small.hidden.energy, rtol=1e-11)
    np.testing.assert_allclose(net.output.energy, small.output.energy, rtol=1e-11)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: SynapseMask(1.1), r"hidden must be a number from 0 to 1, got 1\.1"),
        (lambda: SynapseMask(0.5, -0.1), r"output must be a number from 0 to 1, got -0\.1"),
        (lambda: SynapseMask("all"), "hidden must be a number from 0 to 1, got 'all'"),
        (lambda: NeuronMask(2.0), r"neurons must be an integer >= 0, got 2\.0"),
        (lambda: NeuronMask(False), "neurons must be an integer >= 0, got False"),
        (lambda: Subnet(-1), "neurons must be an integer >= 0, got -1"),
    ],
)
def test_unsound_masks_are_refused(call, message):
    with pytest.raises(ValueError, match=rf"\A{message}"):
        call()


@pytest.mark.parametrize("saver", [NeuronMask(101), Subnet(101)], ids=label)
def test_more_neurons_than_there_are_hidden_ones_are_refused(saver):
    message = r"\Aneurons must be at most 100, the hidden units, got 101"
    with pytest.raises(ValueError, match=message):
        initial_network(CP, (784, 100, 10), np.random.default_rng(1), savers=[saver])
