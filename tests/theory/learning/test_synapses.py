"""The sample of synapses: each piece, against what must hold whatever is learnt."""

import numpy as np
import pytest

from theory.learning.synapses import Synapses

MEMBERS = 4000


def unlearnt(threshold=3.0, fading=1.0, trigger="local"):
    return Synapses.unlearnt((1000, threshold, fading, trigger), (1, 2, MEMBERS))


def kicked(synapses, probability=0.4, variance=0.4, expected=0.0, seed=0):
    rng = np.random.default_rng(seed)
    means = np.full(MEMBERS, expected)
    normal = rng.standard_normal(MEMBERS)
    return synapses.kick(probability, variance, means, 100.0, rng, normal)


@pytest.mark.parametrize("variance", [0.4, 0.2])
def test_kicks_have_the_mean_and_the_variance_that_were_foretold(variance):
    total = kicked(unlearnt(), variance=variance, expected=2.5)
    assert total.mean() == pytest.approx(2.5, abs=4 * np.sqrt(100 * variance / MEMBERS))
    # The mean comes in as many parts as kicks, whose number varies.
    spread = 100 * variance + 2.5**2 * 0.5 / 40
    assert total.var() == pytest.approx(spread, rel=4 * np.sqrt(2 / MEMBERS))


def test_rare_kicks_have_that_variance_too():
    total = kicked(unlearnt(), probability=0.004, variance=0.004)
    assert total.var() == pytest.approx(0.4, rel=0.1)


def test_without_decay_all_kicks_are_in_the_weights():
    synapses = unlearnt(threshold=5)
    total = kicked(synapses)
    assert (synapses.weights == total).all()


def test_beyond_the_threshold_nothing_stays_transient():
    synapses = unlearnt(threshold=3)
    kicked(synapses)
    assert np.abs(synapses.transient).max() <= 3
    assert (synapses.persistent % 4 == 0).all()
    assert synapses.consolidated >= np.abs(synapses.persistent).sum()


def test_transient_weights_fade_and_are_added_up():
    """Ten presentations leave 0.9^10, and hold 1 + 0.9 + ... + 0.9^9."""
    synapses = unlearnt(threshold=9, fading=0.9)
    synapses.transient[:] = 2.0
    synapses.kick(1e-9, 1e-9, np.zeros(MEMBERS), 10, np.random.default_rng(0), np.zeros(MEMBERS))
    assert synapses.transient == pytest.approx(np.full(MEMBERS, 2 * 0.9**10))
    assert synapses.held == pytest.approx(2 * MEMBERS * (1 - 0.9**10) / 0.1)


@pytest.mark.parametrize(("trigger", "threshold"), [("any", 6), ("total", 3000)])
def test_all_consolidate_together(trigger, threshold):
    synapses = unlearnt(threshold=threshold, trigger=trigger)
    total = kicked(synapses)
    assert (synapses.weights == total).all()
    assert synapses.consolidated > 0
    sizes = np.abs(synapses.transient).reshape(-1, 1000)  # groups that stand for all synapses
    left = sizes.max(axis=1) if trigger == "any" else sizes.sum(axis=1)
    assert left.max() <= threshold
    assert 0 < np.abs(synapses.persistent[synapses.persistent != 0]).min() < threshold


@pytest.mark.parametrize(("trigger", "tolerance"), [("local", 0.03), ("total", 0.01)])
def test_without_a_pull_a_kick_is_felt_as_it_has_faded(trigger, tolerance):
    """A threshold that is never reached: the response is the decay, exactly."""
    synapses = unlearnt(threshold=1e9, fading=0.99, trigger=trigger)
    rng = np.random.default_rng(3)
    synapses.mark(0, 0, 0)
    synapses.foretold(0, 0, 1.0, np.zeros(0), np.zeros(1))
    kicks = [
        synapses.kick(0.4, 0.4, np.zeros(MEMBERS), 1.0, rng, rng.standard_normal(MEMBERS))
        for _ in range(2)
    ]
    synapses.settle(0, 0, np.array(kicks), np.zeros(0))
    synapses.kick(1e-9, 1e-9, np.zeros(MEMBERS), 50, rng, np.zeros(MEMBERS))
    assert synapses.response(0, 1) == pytest.approx(0.99**51, rel=tolerance)


def test_what_has_come_back_in_an_epoch_is_not_felt_as_ones_own():
    synapses = unlearnt(threshold=1e9)
    rng = np.random.default_rng(4)
    kicks = [rng.standard_normal(MEMBERS) for _ in range(2)]
    for kick in kicks:
        synapses.transient += kick
    synapses.settle(0, 0, np.array(kicks), np.zeros(0))
    synapses.path[0, 0, 1] = synapses.weights
    surprise = rng.standard_normal(MEMBERS)
    memory = 0.3 * kicks[0]
    synapses.transient += surprise + memory
    assert synapses.response(0, 1)[0] > 1.1
    assert synapses.response(0, 1, (surprise, memory))[0] == pytest.approx(1, abs=0.02)
