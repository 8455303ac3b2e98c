"""Learning of the spiking neuron against plain loops, and identities of its energy."""

import math

import numpy as np
import pytest

from montecarlo.spiking import (
    Associations,
    Parameters,
    consolidation_energy,
    learn,
    random_associations,
)
from tests.montecarlo.spiking.reference import consolidation_by_loop, learn_by_loop


def rng(seed=1):
    return np.random.default_rng(seed)


def test_learning_is_that_of_the_plain_loop():
    """Also where patterns share inputs, so that their order matters."""
    model = Parameters(time_step=1.0)
    patterns = np.array(
        [[[0, 1], [9, 1], [9, 0]], [[5, 6], [7, 8], [8, 99]], [[3, 4], [13, 14], [14, 13]]]
    )
    strengths = np.array([[1.0, 0.5, 1.0], [0.5, 0.5, 0.5], [1.0, 0.5, 0.5]])
    associations = Associations(patterns, strengths)
    run = learn(associations, rng(4), model, max_runs=42)
    expected = learn_by_loop(associations, rng(4), model, max_runs=42)
    assert 0 < run.converged.sum() < 3
    assert run.runs.min() < run.runs.max()
    np.testing.assert_array_equal(run.runs, expected.runs)
    np.testing.assert_array_equal(run.converged, expected.converged)
    for name in ("weights", "plain_energy", "changes"):
        actual, target = getattr(run, name), getattr(expected, name)
        np.testing.assert_allclose(actual, target, rtol=1e-9, atol=1e-12, err_msg=name)
    for neuron in range(3):
        for threshold in (0.0, 0.05, 0.3, math.inf):
            assert consolidation_energy(run, [threshold])[0, neuron] == pytest.approx(
                consolidation_by_loop(expected, threshold, neuron), rel=1e-9
            )


def test_giving_up_is_a_result():
    associations = random_associations(4, 3, rng())
    run = learn(associations, rng(), max_runs=12)
    assert not run.converged.any()
    assert run.runs.tolist() == [12] * 4
    assert len(run.changes) == 12
    np.testing.assert_allclose(run.changes.sum(axis=(0, 1, 3)), run.weights.sum(axis=1))


@pytest.fixture(scope="module")
def learnt():
    generator = rng(5)
    return learn(random_associations(12, 4, generator), generator)


def test_weights_are_the_sum_of_their_changes(learnt):
    weights = np.zeros_like(learnt.weights)
    patterns = learnt.associations.patterns
    for run in learnt.changes:
        for p in range(4):
            for neuron in range(12):
                weights[neuron, patterns[neuron, p]] += run[p, neuron]
    np.testing.assert_allclose(weights, learnt.weights, atol=1e-12)
    ends = [np.flatnonzero(np.abs(learnt.changes[:, :, n]).sum(axis=(1, 2)))[-1] for n in range(12)]
    np.testing.assert_array_equal(np.array(ends) + 1, learnt.runs)
    assert len(learnt.changes) == learnt.runs.max()


def test_energies_are_in_their_order(learnt):
    """Minimal <= cached, less so the higher the threshold is, <= plain."""
    energy = consolidation_energy(learnt, [0.0, 0.03, 0.1, 0.3, 1.0, math.inf])
    assert (energy[0] < learnt.plain_energy).all()
    assert (np.diff(energy.mean(axis=1)) < 0).all()
    assert (energy >= learnt.minimal_energy * (1 - 1e-12)).all()
    np.testing.assert_allclose(energy[-1], learnt.minimal_energy, rtol=1e-12)
    np.testing.assert_allclose(energy[0], np.abs(learnt.changes).sum(axis=(0, 1, 3)), rtol=1e-12)
    np.testing.assert_array_equal(learnt.minimal_energy, np.abs(learnt.weights).sum(axis=1))


def test_weights_are_at_rest_and_the_strong_teacher_has_the_strong_input(learnt):
    assert learnt.converged.all()
    drive = (
        np.take_along_axis(learnt.weights, learnt.associations.patterns.reshape(12, 8), axis=1)
        .reshape(12, 4, 2)
        .sum(axis=2)
    )
    strong = learnt.associations.strengths == 1
    assert drive[strong].mean() > 1.3 * drive[~strong].mean()


def test_the_same_seed_gives_the_same_bits_and_another_does_not():
    first, again, other = (
        learn(random_associations(3, 2, generator), generator, max_runs=15)
        for generator in (rng(7), rng(7), rng(8))
    )
    for name in ("weights", "plain_energy", "changes"):
        assert getattr(first, name).tobytes() == getattr(again, name).tobytes()
        assert getattr(first, name).tobytes() != getattr(other, name).tobytes()


def test_patterns_are_pairs_of_different_inputs_and_teachers_are_fair():
    made = random_associations(300, 10, rng())
    assert (made.patterns[..., 0] != made.patterns[..., 1]).all()
    counts = np.bincount(made.patterns.ravel(), minlength=100)
    assert len(counts) == 100
    assert np.abs(counts - 60).max() < 5 * math.sqrt(60)
    assert set(np.unique(made.strengths)) == {0.5, 1.0}
    assert abs((made.strengths == 1).mean() - 0.5) < 5 * 0.5 / math.sqrt(3000)


def test_learning_outside_its_domain():
    with pytest.raises(ValueError, match="P must be a positive integer, got 0"):
        random_associations(1, 0, rng())
    with pytest.raises(ValueError, match="neurons must be a positive integer, got True"):
        random_associations(True, 1, rng())
    associations = random_associations(1, 1, rng())
    with pytest.raises(ValueError, match=r"rng must be a numpy\.random\.Generator, got 1"):
        learn(associations, 1)
    with pytest.raises(ValueError, match="max_runs must be a positive integer, got 0"):
        learn(associations, rng(), max_runs=0)
    run = learn(associations, rng(), max_runs=1)
    for thresholds in ([-1.0], [math.nan], 1.0, ["low"]):
        with pytest.raises(ValueError, match="thresholds must be a list of numbers >= 0"):
            consolidation_energy(run, thresholds)


@pytest.mark.parametrize(
    ("patterns", "strengths", "message"),
    [
        (np.array([[[1, 2]]]), np.ones((2, 1)), r"strengths must be of shape \(1, 1\), got .*2, 1"),
        (np.array([[[1, 100]]]), np.ones((1, 1)), "patterns must be .* from 0 to 99, got 100"),
        (np.array([[[-1, 2]]]), np.ones((1, 1)), "patterns must be .* from 0 to 99, got -1"),
        (np.array([[[2, 2]]]), np.ones((1, 1)), "patterns must be of different inputs"),
        (np.array([[1, 2]]), np.ones((1, 1)), r"patterns must be .* got int64 of shape \(1, 2\)"),
        (np.array([[[1.0, 2.0]]]), np.ones((1, 1)), r"patterns must be .* got float64 of shape"),
        (np.array([[[1, 2]]]), np.array([[-1.0]]), "strengths must be .* finite numbers >= 0"),
    ],
)
def test_associations_outside_their_domain(patterns, strengths, message):
    with pytest.raises(ValueError, match=message):
        learn(Associations(patterns, strengths), rng())
