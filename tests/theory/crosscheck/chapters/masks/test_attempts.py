"""Savers that CP mention in a sentence, against what they are by definition."""

import numpy as np
import pytest

from montecarlo.network import CP, initial_network, present
from montecarlo.network.learning import present_together
from montecarlo.savers import Cache
from montecarlo.tasks import Task, dataset
from theory.crosscheck.chapters.masks.attempts import (
    Adam,
    ClassMask,
    ConsolidatedSubnet,
    FromFirst,
    OntoFirst,
)

DIGITS = dataset(Task(data="digits"))
SAMPLES = np.arange(40)


def taught(*savers, seed=3, samples=SAMPLES):
    """A network of 6 hidden units that has learnt from some samples."""
    sizes = DIGITS.train_inputs.shape[1], 6, 10
    rng = np.random.default_rng(seed)
    network = initial_network(CP, sizes, rng, savers=savers, dtype=np.float64)
    present(network, DIGITS.train_inputs, DIGITS.train_labels, samples)
    return network


def test_a_class_changes_what_is_in_its_mask_alone():
    digit = int(DIGITS.train_labels[0])
    network = taught(ClassMask(0.3, "digits"), samples=SAMPLES[:1])
    changed = network.hidden.weights != network.hidden.initial
    (saver,) = network.savers
    np.testing.assert_array_equal(changed, saver._masks[digit])
    assert 0 < changed.mean() < 0.5
    assert (network.output.weights != network.output.initial).all()


def test_adam_makes_the_steps_of_its_definition():
    network = taught(Adam())
    plain = taught(samples=SAMPLES[:0])
    weights = [plain.hidden.weights.copy(), plain.output.weights.copy()]
    moments = [[np.zeros_like(it), np.zeros_like(it)] for it in weights]
    for step, sample in enumerate(SAMPLES, start=1):
        gradients = gradient(*weights, DIGITS.train_inputs[sample], DIGITS.train_labels[sample])
        for layer, (m, v), g in zip((0, 1), moments, gradients, strict=True):
            m[:] = 0.9 * m + 0.1 * g
            v[:] = 0.999 * v + 0.001 * g**2
            mean, square = m / (1 - 0.9**step), v / (1 - 0.999**step)
            weights[layer] -= CP.learning_rate * mean / (np.sqrt(square) + 1e-8)
    np.testing.assert_allclose(network.hidden.weights, weights[0], atol=1e-7)
    np.testing.assert_allclose(network.output.weights, weights[1], atol=1e-7)


def gradient(into, out_of, image, label):
    """That of half the squared error, of CP's leaky units with a bias."""
    x = np.append(image, 1)
    fields = into @ x
    h = np.append(np.maximum(fields, 0.1 * fields), 1)
    error = out_of @ h - (np.arange(10) == label)
    delta = (error @ out_of)[:-1] * np.where(fields > 0, 1, 0.1)
    return np.outer(delta, x), np.outer(error, h)


def test_networks_side_by_side_have_moments_of_their_own():
    alone = [taught(Adam(), seed=seed) for seed in (1, 2)]
    together = [taught(Adam(), seed=seed, samples=SAMPLES[:0]) for seed in (1, 2)]
    samples = np.array([SAMPLES, SAMPLES])
    present_together(together, DIGITS.train_inputs, DIGITS.train_labels, samples)
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_allclose(one.hidden.weights, other.hidden.weights, rtol=1e-9)
        assert one.hidden.spent == pytest.approx(other.hidden.spent)


def test_only_the_subnet_consolidates_in_time():
    everywhere, inside = (
        taught(saver) for saver in (Cache(1e-6, 100), ConsolidatedSubnet(1e-6, 100, neurons=2))
    )
    moved = inside.hidden.weights != inside.hidden.initial
    assert moved[:2].any()
    assert not moved[2:].any()
    assert (everywhere.hidden.weights != everywhere.hidden.initial)[2:].any()
    outputs = inside.output.weights != inside.output.initial
    assert outputs[:, [0, 1, -1]].any()
    assert not outputs[:, 2:-1].any()


def test_rules_are_told_apart_by_their_neurons():
    assert repr(OntoFirst(2)) != repr(OntoFirst(3))
    assert repr(OntoFirst(2)) != repr(FromFirst(2))
