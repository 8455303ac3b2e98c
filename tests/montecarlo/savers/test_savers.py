"""Rules that save energy against their definitions, synapse by synapse, alone and together."""

import copy
import dataclasses
import itertools
import math
import pickle

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.network import initial_network, present
from montecarlo.network.design import CP, LVR, Design
from montecarlo.network.synapses import Change
from montecarlo.savers import Cache, Largest, NeuronMask, Saver, Skip, Subnet, SynapseMask
from tests.montecarlo.savers import reference

EXPONENTS = (0, 0.5, 1, 2)
SIZES = (6, 5, 4)
DESIGNS = {
    "LvR": dataclasses.replace(LVR, initial_std=0.7, learning_rate=0.3),
    "CP": dataclasses.replace(CP, initial_std=0.7, learning_rate=0.05),
    "ReLU": Design("ReLU", "softmax", True, (0.0, 1.0), 0.05, 0.7, "in turn"),
    "no bias": Design("leaky ReLU", "linear", False, (0.0, 1.0), 0.05, 0.7, "in turn"),
}
CACHES = [
    Cache(threshold, tau, trigger)
    for threshold, tau, trigger in itertools.product(
        (0.0, 0.03, math.inf), (3.0, 40.0, math.inf), ("synapse", "neuron", "layer")
    )
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
     Largest(0.6, "neuron"), Cache(0.03, 10, "neuron")),
    (Cache(0.03, 10, "layer"), Largest(0.6, "neuron"), Largest(0.7), Subnet(4), NeuronMask(4),
     SynapseMask(0.6, 0.8), Skip()),
]  # fmt: skip


def problem(design, rules, dtype=np.float64, samples=30, seed=7):
    """A network, and samples of which many inputs are zero or equal, like pixels."""
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(20, SIZES[0])) * (rng.random((20, SIZES[0])) < 0.7)
    inputs[::2] = np.round(2 * inputs[::2]) / 2
    labels, order = rng.integers(0, SIZES[2], 20), rng.integers(0, 20, samples)
    net = initial_network(design, SIZES, rng, savers=rules, exponents=EXPONENTS, dtype=dtype)
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


def label(rules):
    return " ".join(map(str, rules)) if isinstance(rules, tuple) else str(rules)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("rule", ALONE, ids=label)
def test_each_rule_does_what_its_definition_says(design, rule):
    net, *samples = problem(DESIGNS[design], [rule])
    outcome = expected(net, *samples)
    present(net, *samples)
    require_equal(net, outcome)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("rules", TOGETHER, ids=label)
def test_rules_work_together_in_any_order(design, rules):
    net, *samples = problem(DESIGNS[design], rules)
    outcome = expected(net, *samples)
    present(net, *samples)
    require_equal(net, outcome)


fractions = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.8, 1.0])
lists_of_rules = st.lists(
    st.one_of(
        st.builds(Skip, st.booleans()),
        st.builds(SynapseMask, fractions, fractions),
        st.builds(NeuronMask, st.integers(0, SIZES[1])),
        st.builds(Subnet, st.integers(0, SIZES[1])),
        st.builds(Largest, fractions, st.sampled_from(["layer", "neuron"])),
        st.sampled_from(CACHES),
    ),
    max_size=6,
).filter(lambda rules: sum(isinstance(rule, Cache) for rule in rules) <= 1)


@given(st.sampled_from(sorted(DESIGNS)), lists_of_rules, st.integers(0, 100))
@settings(deadline=None, max_examples=100)
def test_any_list_of_rules_does_what_its_definitions_say(design, rules, seed):
    net, *samples = problem(DESIGNS[design], rules, samples=12, seed=seed)
    outcome = expected(net, *samples)
    present(net, *samples)
    require_equal(net, outcome)


@pytest.mark.parametrize("rules", [*([rule] for rule in ALONE), *TOGETHER], ids=label)
def test_single_precision_computes_the_same_to_its_rounding(rules):
    net, *samples = problem(DESIGNS["CP"], rules, np.float32)
    outcome = expected(net, *samples)
    present(net, *samples)
    assert net.hidden.strengths.dtype == net.output.strengths.dtype == np.float32
    require_equal(net, outcome, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_problem_puts_the_rules_to_the_test(design):
    """Samples are skipped, forgiven, consolidated and left, and changes are zero or equal."""
    outcomes = [
        expected(*problem(DESIGNS[design], rules))
        for rules in ([], [Skip(ever_wrong=True)], [Skip()], [CACHE], [Cache(math.inf)])
    ]
    every, forgiven, skipped, cached, never = outcomes
    assert every.learnt == 30 > forgiven.learnt > skipped.learnt > 5
    assert cached.consolidations > 10 > never.consolidations == 0
    assert all(weights.any() for weights in cached.transient)
    assert 0 < every.energy[0, 0] < 30 * every.persistent[0].size


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rules", [[Skip(True), CACHE], [SynapseMask(0.5), Largest(0.3), CACHE]])
def test_a_numpy_threshold_does_not_change_the_precision(rules, dtype):
    net, *samples = problem(DESIGNS["CP"], rules, dtype)
    numpy_cache = Cache(np.float64(CACHE.threshold), np.float64(CACHE.tau))
    other, *_ = problem(DESIGNS["CP"], [*rules[:-1], numpy_cache], dtype)
    present(net, *samples)
    present(other, *samples)
    assert other.hidden.fields(np.ones(7, dtype)).dtype == dtype
    assert np.array_equal(net.hidden.weights, other.hidden.weights)
    assert np.array_equal(net.output.energy, other.output.energy)


@pytest.mark.parametrize("rule", [SynapseMask(0.4, 0.6), NeuronMask(3), Subnet(3)], ids=label)
def test_masks_stay_as_they_are(rule):
    """All that a mask leaves plastic changes in the end, and nothing else."""
    net, inputs, labels, order = problem(DESIGNS["CP"], [rule])
    before = copy.deepcopy(net)
    present(net, inputs + 0.1, labels, order)
    changed = [
        layer.weights != old.weights
        for layer, old in ((net.hidden, before.hidden), (net.output, before.output))
    ]
    (mask,) = net.savers
    if isinstance(rule, SynapseMask):
        plastic = mask.plastic
    else:
        onto_outputs = mask.plastic if isinstance(rule, Subnet) else np.ones(5, bool)
        plastic = [
            np.repeat(mask.plastic[:, np.newaxis], 7, axis=1),
            np.repeat(np.append(onto_outputs, True)[np.newaxis], 4, axis=0),
        ]
    assert np.array_equal(changed[0], plastic[0])
    assert np.array_equal(changed[1], plastic[1])
    assert pickle.dumps(before.savers) == pickle.dumps(net.savers)


@pytest.mark.statistical
def test_masks_are_drawn_as_densely_as_they_should_be():
    """False alarms: 1e-6 each."""
    rules = [SynapseMask(0.1, 0.7), NeuronMask(30), Subnet(60)]
    rng = np.random.default_rng(3)
    net = initial_network(CP, (784, 100, 10), rng, savers=rules)
    synapses, neurons, subnet = net.savers
    for mask, p in zip(synapses.plastic, (0.1, 0.7), strict=True):
        assert scipy.stats.binomtest(int(mask.sum()), mask.size, p).pvalue > 1e-6
    assert [int(neurons.plastic.sum()), int(subnet.plastic.sum())] == [30, 60]
    chosen = sum(
        initial_network(CP, (1, 5, 1), rng, savers=[NeuronMask(2)]).savers[0].plastic.astype(int)
        for _ in range(2000)
    )  # 2000 draws without replacement: variance 2000 0.4 0.6, correlated by -1/4
    spread = ((chosen - 800) ** 2).sum() / (2000 * 0.4 * 0.6 * 5 / 4)
    assert scipy.stats.chi2.sf(spread, 4) > 1e-6


def test_the_same_generator_draws_the_same_masks():
    rules = [SynapseMask(0.5, 0.5), NeuronMask(3), Subnet(2)]
    first, again, other = (problem(CP, rules, seed=seed)[0].savers for seed in (1, 1, 2))
    assert pickle.dumps(first) == pickle.dumps(again)
    assert pickle.dumps(first) != pickle.dumps(other)
    plain, *_ = problem(CP, [], seed=1)
    masked, *_ = problem(CP, rules, seed=1)
    assert np.array_equal(plain.hidden.weights, masked.hidden.weights)


@pytest.mark.parametrize("rule", [r for r in ALONE if not isinstance(r, Cache)], ids=label)
def test_a_rule_can_be_used_again(rule):
    """A network makes a copy of it, and nothing is left over in one that another has used."""
    before = pickle.dumps(rule)
    net, *samples = problem(DESIGNS["CP"], [rule])
    present(net, *samples)
    assert pickle.dumps(rule) == before
    assert net.savers[0] is not rule
    assert net.savers[0] == rule
    fresh, *_ = problem(DESIGNS["CP"], [rule])
    used, *_ = problem(DESIGNS["CP"], net.savers)
    assert pickle.dumps(used) == pickle.dumps(fresh)


def test_a_subnet_learns_as_a_network_of_its_size():
    """What is fixed adds nothing here, as its synapses onto the outputs are zero."""
    net, *samples = problem(DESIGNS["CP"], [Subnet(3)])
    plastic = np.flatnonzero(net.savers[0].plastic)
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


def test_a_threshold_of_zero_is_no_caching():
    for trigger in ("synapse", "neuron", "layer"):
        plain, *samples = problem(DESIGNS["ReLU"], [])
        cached, *_ = problem(DESIGNS["ReLU"], [Cache(0, 5, trigger)])
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


def test_rules_are_asked_for_their_view_of_a_sample_until_one_refuses():
    asked = []

    @dataclasses.dataclass
    class Asking(Saver):
        name: str
        answer: bool

        def learns(self, sample, correct):
            asked.append((self.name, sample, correct))
            return self.answer

    rules = [Asking("first", True), Asking("second", False), Asking("third", True)]
    net, inputs, labels, _ = problem(DESIGNS["CP"], rules)
    before = net.hidden.weights.copy()
    present(net, inputs, labels, np.array([4]))
    assert [name for name, *_ in asked] == ["first", "second"]
    assert {sample for _, sample, _ in asked} == {4}
    assert np.array_equal(net.hidden.weights, before)


def test_a_rule_that_overrides_nothing_saves_nothing():
    plain, *samples = problem(DESIGNS["CP"], [])
    ruled, *_ = problem(DESIGNS["CP"], [Saver()])
    present(plain, *samples)
    present(ruled, *samples)
    assert np.array_equal(plain.hidden.weights, ruled.hidden.weights)
    assert np.array_equal(plain.output.energy, ruled.output.energy)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Skip("always"), "ever_wrong must be True or False, got 'always'"),
        (lambda: SynapseMask(1.1), r"hidden must be a number from 0 to 1, got 1\.1"),
        (lambda: SynapseMask(0.5, -0.1), r"output must be a number from 0 to 1, got -0\.1"),
        (lambda: SynapseMask("all"), "hidden must be a number from 0 to 1, got 'all'"),
        (lambda: NeuronMask(2.0), r"neurons must be an integer >= 0, got 2\.0"),
        (lambda: NeuronMask(False), "neurons must be an integer >= 0, got False"),
        (lambda: Subnet(-1), "neurons must be an integer >= 0, got -1"),
        (lambda: Largest(1.5), r"fraction must be a number from 0 to 1, got 1\.5"),
        (lambda: Largest(math.nan), "fraction must be a number from 0 to 1, got nan"),
        (lambda: Largest(0.1, "input"), "per must be one of layer, neuron, got 'input'"),
        (lambda: Cache(-1), "threshold must be a number >= 0, got -1"),
        (lambda: Cache(math.nan), "threshold must be a number >= 0, got nan"),
        (lambda: Cache("0.1"), "threshold must be a number >= 0, got '0.1'"),
        (lambda: Cache(0.1, tau=0.5), r"tau must be a number of presentations > 1 .*, got 0\.5"),
        (lambda: Cache(0.1, tau=1), r"tau must be a number of presentations > 1 .*, got 1"),
        (lambda: Cache(0.1, trigger="all"), "trigger must be one of synapse, neuron, layer, got"),
    ],
)
def test_unsound_rules_are_refused(call, message):
    with pytest.raises(ValueError, match=rf"\A{message}"):
        call()


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ([Subnet(101)], "neurons must be at most 100, the hidden units, got 101"),
        ([NeuronMask(101)], "neurons must be at most 100, the hidden units, got 101"),
        ([Cache(1), Skip(), Cache(2)], r"savers must be with one Cache at most, got \(Cache"),
    ],
)
def test_rules_that_do_not_fit_a_network_are_refused(rules, message):
    with pytest.raises(ValueError, match=rf"\A{message}"):
        initial_network(CP, (784, 100, 10), np.random.default_rng(1), savers=rules)


def test_masks_leave_the_proposed_changes_as_they_are():
    """A rule makes changes of its own, so that another may look at what was proposed."""
    net, *_ = problem(DESIGNS["CP"], [SynapseMask(0.4, 0.4), NeuronMask(2), Subnet(2)])
    hidden, output = Change(np.ones(5), np.ones(7)), Change(np.ones(4), np.ones(6))
    for rule in (*net.savers, Largest(0.1), Largest(0.1, "neuron")):
        rule.restrict(hidden, output)
        assert hidden.chosen is None is output.chosen
        assert hidden.power_sum(0) == 35
        assert output.power_sum(0) == 24
