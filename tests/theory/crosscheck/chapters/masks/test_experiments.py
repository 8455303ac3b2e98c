"""Savers of the experiments with restricted plasticity, and what they count."""

import numpy as np
import pytest

from montecarlo.network import initial_network, present
from montecarlo.network.design import CP
from montecarlo.savers import Largest
from montecarlo.tasks import Task, dataset
from theory import masks
from theory.crosscheck.chapters.masks.experiments import Tally, turns
from theory.crosscheck.chapters.masks.trials import ON_DIGITS, ON_MNIST, FreshMask


def trained(savers, samples):
    # In single precision some changes would be too small to be seen in the weights.
    network = initial_network(
        CP, (64, 30, 10), np.random.default_rng(1), savers=savers, dtype=np.float64
    )
    images = dataset(Task())
    present(network, images.train_inputs, images.train_labels, np.arange(samples))
    return network


def test_fresh_masks_are_another_half_at_each_presentation():
    changed = []
    network = trained((FreshMask(),), 0)
    images = dataset(Task())
    for sample in range(40):
        before = network.hidden.weights.copy(), network.output.weights.copy()
        present(network, images.train_inputs, images.train_labels, np.array([sample]))
        changed.append(
            np.concatenate(
                [
                    (layer.weights != old).ravel()
                    for layer, old in zip((network.hidden, network.output), before, strict=True)
                ]
            )
        )
    share = np.mean(changed, axis=0)
    # 2260 synapses: 0.0017 is one standard error of the mean share, 0.08 of that of a synapse.
    assert np.mean(share) == pytest.approx(0.5, abs=0.01)
    assert share.std() == pytest.approx(0.5 / np.sqrt(40), rel=0.1)
    assert network.hidden.energy[0] + network.output.energy[0] == np.sum(changed)


def test_fresh_masks_leave_the_samples_as_they_are():
    first, second = np.random.default_rng(3), np.random.default_rng(3)
    initial_network(CP, (64, 30, 10), first, savers=(FreshMask(),))
    initial_network(CP, (64, 30, 10), second)
    assert first.random() == second.random()


def test_a_tally_counts_what_is_left_to_be_updated():
    network = trained((Largest(0.1), Tally()), 50)
    counts = network.savers[-1].counts
    assert counts.shape == network.hidden.weights.shape
    assert counts.sum() == 50 * round(0.1 * counts.size) == network.hidden.energy[0]
    np.testing.assert_array_equal(counts > 0, network.hidden.weights != network.hidden.initial)


def test_turns_lie_between_a_fixed_mask_and_chance():
    found = turns("digits", 20, 0.1, 200, 300).run([np.random.default_rng(1)])[0]
    assert (found.synapses, found.plastic) == (20 * 65, 130)
    assert found.by_chance == pytest.approx(1 / (1 / 1300 + (1 / 130 - 1 / 1300) / 200))
    assert found.plastic < found.end < found.by_chance
    assert found.plastic < found.start < found.by_chance


@pytest.mark.parametrize("challenge", [ON_DIGITS, ON_MNIST])
def test_optimal_masks_and_their_energy(challenge):
    mask = challenge.optimal_mask(10 * challenge.required)
    size = (10 * challenge.required, challenge.inputs, 10)
    plastic = masks.plastic_synapses(*size, mask.hidden, mask.output)
    required = (challenge.inputs + 10) * challenge.required
    assert challenge.mask_energy(size[0]) == pytest.approx(plastic / required)
    paths = masks.plastic_paths(*size, mask.hidden, mask.output)
    assert paths == pytest.approx(challenge.inputs * challenge.required * 10)
