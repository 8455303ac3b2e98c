"""Rules of one's own: the triggers that there are written as such, and one that there is not."""

import dataclasses
import math

import numpy as np
import pytest

from montecarlo.network import present, present_together
from montecarlo.network.learning import kind
from montecarlo.perceptron import (
    epoch_costs,
    learn,
    learn_ledger,
    random_patterns,
    replay,
    replay_ledger,
    trajectory,
)
from montecarlo.savers import Cache
from montecarlo.triggers import Rule
from tests.montecarlo.savers.problems import DESIGNS, problem


class Local(Rule):
    def due(self, sizes, threshold):
        return sizes > threshold


class Any(Rule):
    def due(self, sizes, threshold):
        return sizes.max(axis=-1, keepdims=True) > threshold


class Total(Rule):
    def due(self, sizes, threshold):
        return sizes.sum(axis=-1, keepdims=True) > threshold


class Largest(Rule):
    """Of a group in which one exceeds the threshold, the largest part consolidates."""

    def __init__(self, part=0.25):
        self.part = part

    def due(self, sizes, threshold):
        least = np.quantile(sizes, 1 - self.part, axis=-1, keepdims=True)
        return (sizes.max(axis=-1, keepdims=True) > threshold) & (sizes >= least)


WRITTEN = {"local": Local(), "any": Any(), "total": Total()}
PATTERNS = random_patterns(30, 41, np.random.default_rng(2))
REAL = np.random.default_rng(3).normal(size=(30, 42)), PATTERNS[1]


def same(found, expected, rtol):
    for field in dataclasses.fields(expected):
        if field.name != "trigger":
            one, other = (getattr(it, field.name) for it in (found, expected))
            np.testing.assert_allclose(one, other, rtol=rtol, atol=rtol, err_msg=field.name)


@pytest.mark.parametrize("trigger", WRITTEN)
@pytest.mark.parametrize(
    ("problem", "tau", "rtol"),
    [(PATTERNS, math.inf, 0), (PATTERNS, 50, 1e-12), (REAL, 50, 1e-12)],
    ids=["signs", "signs, decay", "real, decay"],
)
def test_perceptrons_learn_by_a_trigger_as_by_the_rule_that_says_the_same(
    trigger, problem, tau, rtol
):
    options = {"threshold": 20.0 if trigger == "total" else 2.0, "tau": tau}
    for simulate in (learn, epoch_costs, learn_ledger):
        found, expected = (
            simulate(*problem, trigger=it, **options) for it in (WRITTEN[trigger], trigger)
        )
        same(found, expected, rtol)


@pytest.mark.parametrize("trigger", WRITTEN)
@pytest.mark.parametrize("problem", [PATTERNS, REAL], ids=["signs", "real"])
def test_replays_by_a_trigger_are_those_by_the_rule_that_says_the_same(trigger, problem):
    run = trajectory(*problem)
    levels = [0, 1, 2.5, 30, math.inf]
    rtol = 0 if problem is PATTERNS else 1e-12
    same(replay(run, levels, WRITTEN[trigger]), replay(run, levels, trigger), rtol)
    same(replay_ledger(run, 2.5, WRITTEN[trigger]), replay_ledger(run, 2.5, trigger), rtol)


@pytest.mark.parametrize("trigger", WRITTEN)
@pytest.mark.parametrize("per", ["neuron", "layer"])
def test_networks_learn_by_a_trigger_as_by_the_rule_that_says_the_same(trigger, per):
    nets = []
    for each in (WRITTEN[trigger], trigger):
        net, *samples = problem(DESIGNS["CP"], [Cache(0.05, 40, each, per)])
        present(net, *samples)
        nets.append(net)
    for layer in ("hidden", "output"):
        one, other = (getattr(net, layer) for net in nets)
        assert one.spent[0] > 0
        for part in other.STATE:
            assert np.array_equal(getattr(one, part), getattr(other, part)), part


def consolidated(patterns, labels, threshold, tau, rule):
    """Consolidation energy and transient sum by the definition, presentation by presentation."""
    persistent, transient = np.zeros((2, patterns.shape[1]))
    energy = held = 0.0
    wrong = True
    while wrong:
        wrong = False
        for example in patterns * labels[:, None]:
            transient *= 1 - 1 / tau
            if (persistent + transient) @ example <= 0:
                wrong = True
                transient += example
                chosen = rule.due(np.abs(transient), threshold) & (transient != 0)
                energy += np.abs(transient[chosen]).sum()
                persistent[chosen] += transient[chosen]
                transient[chosen] = 0
            held += np.abs(transient).sum()
    return energy + np.abs(transient).sum(), held


@pytest.mark.parametrize("tau", [math.inf, 50])
@pytest.mark.parametrize("threshold", [0, 2, 4])
def test_a_rule_that_is_new_in_a_perceptron(tau, threshold):
    expected = consolidated(*REAL, threshold, tau, Largest())
    run = learn(*REAL, threshold=threshold, tau=tau, trigger=Largest())
    found = run.consolidation_energy, run.transient_sum
    assert found == pytest.approx(expected, rel=1e-12)
    if threshold:
        others = [
            learn(*REAL, threshold=threshold, tau=tau, trigger=it).consolidation_energy
            for it in ("local", "any")
        ]
        assert found[0] not in others


def test_networks_with_equal_rules_learn_side_by_side_as_alone():
    thresholds = 0.05, 0.1
    alone = [problem(DESIGNS["CP"], [Cache(it, 40, Largest(0.3))])[0] for it in thresholds]
    together = [problem(DESIGNS["CP"], [Cache(it, 40, Largest(0.3))])[0] for it in thresholds]
    _, inputs, labels, order = problem(DESIGNS["CP"], [])
    for net in alone:
        present(net, inputs, labels, order)
    present_together(together, inputs, labels, np.array([order, order]))
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one.hidden.weights, other.hidden.weights)
        assert np.array_equal(one.hidden.spent, other.hidden.spent)
    other = problem(DESIGNS["CP"], [Cache(0.1, 40, Largest(0.5))])[0]
    assert kind(together[0]) == kind(together[1]) != kind(other)


def test_a_rule_is_told_from_others_by_what_it_was_called_with():
    assert repr(Largest(0.3)) == "Largest(part=0.3)"
    assert repr(Cache(1, trigger=Local())).endswith("trigger=Local(), per='neuron')")


def test_a_rule_that_gives_no_mask_of_the_synapses_is_refused():
    class Indices(Rule):
        def due(self, sizes, threshold):
            return np.flatnonzero(sizes > threshold)

    class OneTooMany(Rule):
        def due(self, sizes, _):
            return np.ones(sizes.shape[-1] + 1, dtype=bool)

    class Spoiling(Rule):
        def due(self, sizes, _):
            sizes[:] = 0

    with pytest.raises(ValueError, match=r"Indices\(\) must give booleans .*\(42,\).*got int64"):
        learn(*PATTERNS, threshold=1, tau=50, trigger=Indices())
    net, *samples = problem(DESIGNS["CP"], [Cache(1, trigger=OneTooMany())])
    with pytest.raises(ValueError, match=r"\(1, 5, 7\) of the sizes, got bool of shape \(8,\)"):
        present(net, *samples)
    with pytest.raises(ValueError, match="read-only"):
        learn(*PATTERNS, threshold=1, trigger=Spoiling())
    with pytest.raises(ValueError, match="one of local, any, total, got <class"):
        Cache(1, trigger=Local)
