"""Savers against their definitions, synapse by synapse, alone and together."""

import dataclasses
import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.network import present
from montecarlo.network.synapses import Change
from montecarlo.savers import Cache, Largest, NeuronMask, Saver, Skip, Subnet, SynapseMask
from tests.montecarlo.savers.problems import DESIGNS, SIZES, expected, label, problem, require_equal

CACHES = [
    Cache(threshold, tau, trigger, per)
    for (trigger, per, between), tau in itertools.product(
        [
            ("local", "neuron", 0.03),
            ("any", "neuron", 0.03),
            ("any", "layer", 0.03),
            ("total", "neuron", 0.1),
            ("total", "layer", 0.5),
        ],
        (3.0, 40.0, math.inf),
    )
    for threshold in (0.0, between, math.inf)
]
ALONE = [
    Skip(),
    Skip(ever_wrong=True),
    SynapseMask(0.4),
    SynapseMask(0.4, 0.6),
    SynapseMask(0.0, 0.0),
    NeuronMask(0),
    NeuronMask(3),
    Subnet(0),
    Subnet(2),
    Subnet(5),
    Largest(0.0),
    Largest(0.3),
    Largest(1.0),
    Largest(0.3, "neuron"),
    *CACHES,
]
CACHE = Cache(0.03, 40)
TOGETHER = [
    *itertools.permutations([SynapseMask(0.5, 0.7), Largest(0.4), NeuronMask(3)]),
    *itertools.permutations([SynapseMask(0.5), Largest(0.5, "neuron"), Subnet(3)]),
    *itertools.permutations([Largest(0.3), Largest(0.4, "neuron")]),
    *itertools.permutations([Skip(), CACHE]),
    (Skip(True), Subnet(3), Largest(0.4), CACHE),
    (CACHE, Largest(0.4), Subnet(3), Skip(True)),
    (Skip(True), SynapseMask(0.6, 0.8), NeuronMask(4), Subnet(4), Largest(0.7),
     Largest(0.6, "neuron"), Cache(0.03, 10, "any")),
    (Cache(0.03, 10, "any", "layer"), Largest(0.6, "neuron"), Largest(0.7), Subnet(4),
     NeuronMask(4), SynapseMask(0.6, 0.8), Skip()),
]  # fmt: skip


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("saver", ALONE, ids=label)
def test_each_saver_does_what_its_definition_says(design, saver):
    net, *samples = problem(DESIGNS[design], [saver])
    outcome = expected(net, *samples)
    present(net, *samples)
    require_equal(net, outcome)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("savers", TOGETHER, ids=label)
def test_savers_work_together_in_any_order(design, savers):
    net, *samples = problem(DESIGNS[design], savers)
    outcome = expected(net, *samples)
    present(net, *samples)
    require_equal(net, outcome)


fractions = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.8, 1.0])
lists_of_savers = st.lists(
    st.one_of(
        st.builds(Skip, st.booleans()),
        st.builds(SynapseMask, fractions, fractions),
        st.builds(NeuronMask, st.integers(0, SIZES[1])),
        st.builds(Subnet, st.integers(0, SIZES[1])),
        st.builds(Largest, fractions, st.sampled_from(["layer", "neuron"])),
        st.sampled_from(CACHES),
    ),
    max_size=6,
).filter(lambda savers: sum(isinstance(saver, Cache) for saver in savers) <= 1)


@given(st.sampled_from(sorted(DESIGNS)), lists_of_savers, st.integers(0, 100))
@settings(deadline=None, max_examples=100)
def test_any_list_of_savers_does_what_its_definitions_say(design, savers, seed):
    net, *samples = problem(DESIGNS[design], savers, samples=12, seed=seed)
    outcome = expected(net, *samples)
    present(net, *samples)
    require_equal(net, outcome)


@pytest.mark.parametrize("savers", [*([saver] for saver in ALONE), *TOGETHER], ids=label)
def test_single_precision_computes_the_same_to_its_rounding(savers):
    net, *samples = problem(DESIGNS["CP"], savers, np.float32)
    outcome = expected(net, *samples)
    present(net, *samples)
    assert net.hidden.strengths.dtype == net.output.strengths.dtype == np.float32
    require_equal(net, outcome, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_problem_puts_the_savers_to_the_test(design):
    """Samples are skipped, forgiven, consolidated and left, and changes are zero or equal."""
    outcomes = [
        expected(*problem(DESIGNS[design], savers))
        for savers in ([], [Skip(ever_wrong=True)], [Skip()], [CACHE], [Cache(math.inf)])
    ]
    every, forgiven, skipped, cached, never = outcomes
    assert every.learnt == 30 > forgiven.learnt > skipped.learnt > 5
    assert cached.consolidations > 10 > never.consolidations == 0
    assert all(weights.any() for weights in cached.transient)
    assert 0 < every.energy[0, 0] < 30 * every.persistent[0].size


@pytest.mark.parametrize("per", ["neuron", "layer"])
@pytest.mark.parametrize("design", DESIGNS)
def test_the_problem_puts_the_triggers_to_the_test(design, per):
    """Sums exceed their threshold now and then, with single sizes that do not, and others do."""
    (threshold,) = {
        cache.threshold
        for cache in CACHES
        if (cache.trigger, cache.per) == ("total", per) and 0 < cache.threshold < math.inf
    }
    total, single = (
        expected(*problem(DESIGNS[design], [Cache(threshold, 40, trigger, per)]))
        for trigger in ("total", "any")
    )
    assert total.consolidations > single.consolidations
    assert any(weights.any() for weights in total.transient)


@pytest.mark.parametrize("saver", [r for r in ALONE if not isinstance(r, Cache)], ids=label)
def test_a_saver_can_be_used_again(saver):
    """A network makes a copy of it, and nothing is left over in one that another has used."""
    before = pickle.dumps(saver)
    net, *samples = problem(DESIGNS["CP"], [saver])
    present(net, *samples)
    assert pickle.dumps(saver) == before
    assert net.savers[0] is not saver
    assert net.savers[0] == saver
    fresh, *_ = problem(DESIGNS["CP"], [saver])
    used, *_ = problem(DESIGNS["CP"], net.savers)
    assert pickle.dumps(used) == pickle.dumps(fresh)


def test_savers_are_asked_for_their_view_of_a_sample_until_one_refuses():
    asked = []

    @dataclasses.dataclass
    class Asking(Saver):
        name: str
        answer: bool

        def learns(self, sample, correct):
            asked.append((self.name, sample, correct))
            return self.answer

    savers = [Asking("first", True), Asking("second", False), Asking("third", True)]
    net, inputs, labels, _ = problem(DESIGNS["CP"], savers)
    before = net.hidden.weights.copy()
    present(net, inputs, labels, np.array([4]))
    assert [name for name, *_ in asked] == ["first", "second"]
    assert {sample for _, sample, _ in asked} == {4}
    assert np.array_equal(net.hidden.weights, before)


def test_a_saver_that_overrides_nothing_saves_nothing():
    plain, *samples = problem(DESIGNS["CP"], [])
    saved, *_ = problem(DESIGNS["CP"], [Saver()])
    present(plain, *samples)
    present(saved, *samples)
    assert np.array_equal(plain.hidden.weights, saved.hidden.weights)
    assert np.array_equal(plain.output.energy, saved.output.energy)


def test_masks_leave_the_proposed_changes_as_they_are():
    """A saver makes changes of its own, so that another may look at what was proposed."""
    net, *_ = problem(DESIGNS["CP"], [SynapseMask(0.4, 0.4), NeuronMask(2), Subnet(2)])
    hidden, output = Change(np.ones(5), np.ones(7)), Change(np.ones(4), np.ones(6))
    for saver in (*net.savers, Largest(0.1), Largest(0.1, "neuron")):
        saver.restrict(hidden, output)
        assert hidden.plastic is None is output.plastic
        assert hidden.power_sum(0) == 35
        assert output.power_sum(0) == 24
