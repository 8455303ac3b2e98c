"""Learning with decaying transient weights: the plain loop, blocks, ties, limits."""

import math
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.perceptron import decaying, epoch_costs, learn, random_patterns
from montecarlo.perceptron.decaying import BLOCK
from tests.montecarlo.perceptron.problems import (
    COUNTS,
    ENERGIES,
    REPRODUCIBLE,
    TRIGGERS,
    assert_same,
    few_epochs,
    learning_rates,
    levels,
    opposed,
    problems,
    triggers,
)
from tests.montecarlo.perceptron.reference import learn_by_loop

taus = st.sampled_from([1.5, 2.0, 7.3, 50.0, 1000.0])
blocks = st.sampled_from([1, 3, BLOCK])


def rng(seed):
    return np.random.default_rng(seed)


# --- the plain loop ------------------------------------------------------------------------------


@given(problems(("real",)), levels, triggers, learning_rates, taus, few_epochs, blocks)
@REPRODUCIBLE
def test_real_patterns_equal_the_plain_loop(
    problem, level, trigger, learning_rate, tau, max_epochs, block
):
    options = {
        "threshold": level * learning_rate,
        "trigger": trigger,
        "learning_rate": learning_rate,
        "tau": tau,
        "max_epochs": max_epochs,
    }
    with patch.object(decaying, "BLOCK", block):
        run = learn(*problem, **options)
    assert_same(run, learn_by_loop(*problem, **options), 1e-10)


@given(problems(("signs", "integers")), levels, triggers, few_epochs, blocks)
@REPRODUCIBLE
def test_integer_patterns_equal_the_plain_loop(problem, threshold, trigger, max_epochs, block):
    """With tau = 2 decay does not round, so ties of margins and of thresholds stay ties.

    With other decay times a field can be zero while its rounded parts do not cancel. Such a tie,
    as good as absent from patterns of realistic size, is decided by rounding, in the loop as well.
    """
    options = {"threshold": threshold, "trigger": trigger, "tau": 2.0, "max_epochs": max_epochs}
    with patch.object(decaying, "BLOCK", block):
        run = learn(*problem, **options)
    assert_same(run, learn_by_loop(*problem, **options), 1e-10)


@pytest.mark.parametrize("P", [1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 5])
@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("tau", [7.3, 1000.0])
def test_whole_and_partial_blocks_equal_the_plain_loop(P, trigger, tau):
    problem = random_patterns(P, 40, rng(P))
    for threshold in (0.9, 4.0, 60.0, math.inf):
        options = {"threshold": threshold, "trigger": trigger, "tau": tau, "max_epochs": 6}
        assert_same(learn(*problem, **options), learn_by_loop(*problem, **options), 1e-10)


@pytest.mark.parametrize("N", [100, 101])
@pytest.mark.parametrize("tau", [200.0, 3000.0])
def test_converging_runs_equal_the_plain_loop(N, tau):
    problem = random_patterns(90, N, rng(1))
    expected = learn_by_loop(*problem, threshold=3, tau=tau, max_epochs=100)
    assert expected["converged"]
    assert expected["epochs"] > 2
    assert_same(learn(*problem, threshold=3, tau=tau, max_epochs=100), expected, 1e-10)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_long_runs_do_not_drift(trigger):
    """Twenty thousand presentations, most of them wrong."""
    problem = opposed(100, 11)
    options = {"threshold": 6, "trigger": trigger, "tau": 150.0, "max_epochs": 200}
    assert_same(learn(*problem, **options), learn_by_loop(*problem, **options), 1e-10)


def test_results_do_not_depend_on_where_memory_lies():
    """BLAS sums what is not aligned in another order, and memory lies elsewhere in every run."""
    space = np.empty(1000)
    sums = set()
    for start in range(16):
        weights = space[start : start + 301]
        weights[:] = rng(1).normal(size=301)
        sums.add(decaying.summed_sizes(weights))
    assert len(sums) == 1
    problem, places = random_patterns(60, 61, rng(1)), rng(2)
    found = set()
    for _ in range(12):
        scattered = [np.empty(size, dtype=np.uint8) for size in places.integers(1, 3000, 30)]
        run = learn(*problem, threshold=2.5, tau=70, max_epochs=30)
        found.add((run.consolidation_energy, run.transient_sum, len(scattered)))
    assert len(found) == 1


# --- epoch by epoch ------------------------------------------------------------------------------


@given(problems(), levels, triggers, learning_rates, few_epochs)
@REPRODUCIBLE
@pytest.mark.parametrize("tau", [7.3, 50.0, math.inf])
def test_costs_of_each_epoch_equal_the_plain_loop(
    tau, problem, level, trigger, learning_rate, max_epochs
):
    options = {
        "threshold": level * learning_rate,
        "trigger": trigger,
        "learning_rate": learning_rate,
        "tau": tau,
        "max_epochs": max_epochs,
    }
    costs = epoch_costs(*problem, **options)
    expected = learn_by_loop(*problem, **options)
    updates, consolidation, transient = expected["by_epoch"].T
    np.testing.assert_array_equal(costs.updates, updates)
    scale = expected["plain_energy"]
    np.testing.assert_allclose(costs.consolidation_energy, consolidation, atol=1e-10 * scale)
    np.testing.assert_allclose(
        costs.transient_sum, transient, atol=1e-10 * expected["transient_sum"]
    )


@pytest.mark.parametrize("tau", [500.0, math.inf])
def test_costs_of_all_epochs_are_what_learning_costs(tau):
    problem = random_patterns(200, 200, rng(3))
    options = {"threshold": 3, "tau": tau, "max_epochs": 60}
    costs, run = epoch_costs(*problem, **options), learn(*problem, **options)
    assert run.converged
    assert len(costs.updates) == run.epochs
    assert costs.updates[-1] == 0
    assert costs.updates.sum() == run.updates
    assert costs.consolidation_energy.sum() + run.final_consolidation == pytest.approx(
        run.consolidation_energy, rel=1e-12
    )
    assert costs.transient_sum.sum() == pytest.approx(run.transient_sum, rel=1e-12)


def test_costs_of_epochs_check_their_arguments():
    with pytest.raises(ValueError, match="tau must be a number of presentations > 1"):
        epoch_costs([[1]], [1], tau=0.5)


# --- by hand -------------------------------------------------------------------------------------


def test_decay_comes_before_the_output_and_before_the_update():
    """One synapse, tau = 2. Its two patterns oppose each other, and each update undoes the other.

    s = 1; decays to 1/2 before the second pattern, whose output is wrong: s = -1/2; decays to
    -1/4 before the first pattern: s = 3/4; decays to 3/8: s = -5/8. Were the update to decay as
    well, or the output to be computed first, the sums would be different.
    """
    run = learn([[1], [1]], [1, -1], threshold=5, tau=2, max_epochs=2)
    assert run.updates == 4
    np.testing.assert_array_equal(run.weights, [-5 / 8])
    assert run.transient_sum == 1 + 1 / 2 + 3 / 4 + 5 / 8
    assert run.consolidation_energy == run.final_consolidation == run.minimal_energy == 5 / 8
    assert run.plain_energy == 4


def test_what_has_decayed_can_no_longer_consolidate():
    """s = 1, then 1/2 + 1 = 3/2, which exceeds 1; without decay it would have been 2."""
    run = learn([[1.0, 0.0], [1.0, 8.0]], [1, 1], threshold=1, tau=2, max_epochs=1)
    # the second pattern is right at once: its field is 1/2
    assert run.updates == 1
    run = learn([[1.0, 1.0], [1.0, -2.0]], [1, 1], threshold=1, tau=2, max_epochs=1)
    # field 1/2 - 1: wrong; s = (3/2, -3/2), both consolidate
    assert run.updates == 2
    np.testing.assert_array_equal(run.weights, [1.5, -1.5])
    assert run.consolidation_energy == 3
    assert run.final_consolidation == 0
    assert run.transient_sum == 2


def test_maintenance_of_correct_presentations_decays():
    """One update at the first presentation; three correct ones follow, one epoch of two more."""
    run = learn([[1.0], [1.0]], [1, 1], threshold=5, tau=2)
    assert (run.updates, run.presentations, run.converged) == (1, 4, True)
    assert run.transient_sum == 1 + 1 / 2 + 1 / 4 + 1 / 8
    assert run.consolidation_energy == run.final_consolidation == 1 / 8
    np.testing.assert_array_equal(run.weights, [1 / 8])


def test_consolidated_weights_do_not_decay():
    run = learn([[1.0], [1.0]], [1, 1], threshold=0.5, tau=2)
    np.testing.assert_array_equal(run.weights, [1])
    assert run.transient_sum == 0
    assert run.final_consolidation == 0
    assert run.consolidation_energy == 1


# --- ties ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tau", [2.0, 7.3, 1000.0])
@pytest.mark.parametrize("scale", [1.0, 1e-8, 1e8])
def test_ties_are_wrong_whatever_the_decay(tau, scale):
    """Half of the inputs of the second pattern cancel the other half, whatever has decayed."""
    patterns = scale * np.ones((2, 6))
    patterns[1, 3:] *= -1
    run = learn(patterns, [1, 1], threshold=math.inf, tau=tau, max_epochs=1)
    assert run.updates == 2


@pytest.mark.parametrize("tau", [2.0, 7.3, 300.0])
@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("seed", range(10))
def test_mirror_images_are_ties_whatever_has_decayed(tau, trigger, seed):
    """All weights come in equal pairs; the last pattern is (h, -h) and must be wrong."""
    half = rng(seed).standard_normal((9, 15))
    twins = np.hstack((half, half))
    problem = np.vstack((twins, np.hstack((half[:1], -half[:1]))))
    options = {"threshold": 2, "trigger": trigger, "tau": tau, "max_epochs": 1}
    without = learn(twins, np.ones(9), **options)
    assert learn(problem, np.ones(10), **options).updates == without.updates + 1


@given(st.integers(0, 2**32), levels, triggers)
@REPRODUCIBLE
def test_patterns_that_often_tie_equal_the_plain_loop(seed, threshold, trigger):
    """Every pattern comes with its mirror image, which the same weights leave undecided."""
    generator = rng(seed)
    half = generator.choice([-1.0, 1.0], (6, 5))
    patterns = np.vstack((np.hstack((half, half)), np.hstack((half, -half))))
    labels = np.concatenate((generator.choice([-1.0, 1.0], 6),) * 2)
    order = generator.permutation(12)
    problem = patterns[order], labels[order]
    options = {"threshold": threshold, "trigger": trigger, "tau": 2.0, "max_epochs": 5}
    assert_same(learn(*problem, **options), learn_by_loop(*problem, **options), 1e-10)


# --- limits --------------------------------------------------------------------------------------


@given(problems(), levels, triggers, few_epochs)
@REPRODUCIBLE
def test_slow_decay_approaches_none(problem, level, trigger, max_epochs):
    """Decay too slow for double precision is none."""
    options = {"threshold": level, "trigger": trigger, "max_epochs": max_epochs}
    slow, none = learn(*problem, tau=1e20, **options), learn(*problem, **options)
    expected = {name: getattr(none, name) for name in (*COUNTS, *ENERGIES, "weights")}
    assert_same(slow, expected, 1e-12)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_the_fastest_decay_forgets_at_once(trigger):
    """Next to nothing is left of an update at the next presentation, but its sign decides."""
    problem = random_patterns(70, 20, rng(2))
    tau = math.nextafter(1, 2)
    run = learn(*problem, threshold=math.inf, trigger=trigger, tau=tau, max_epochs=3)
    assert 0.3 < run.updates / run.presentations < 0.7
    assert run.transient_sum == pytest.approx(run.updates * 21, rel=1e-9)
    assert_same(
        run,
        learn_by_loop(*problem, threshold=math.inf, trigger=trigger, tau=tau, max_epochs=3),
        1e-10,
    )
