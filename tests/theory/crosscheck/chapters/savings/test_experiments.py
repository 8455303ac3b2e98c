"""What is computed from trainings with savers."""

import dataclasses

import numpy as np
import pytest

from montecarlo.training import Training
from theory.crosscheck.chapters.savings.experiments import expected_lessons, lessons

ROWS = 5


def run(accuracy, every=100):
    """A training with so many synapses changed at each presentation."""
    rows = len(accuracy)
    presented = every * np.arange(1, rows + 1)
    energy = np.stack([presented, 2 * presented], axis=1)[:, np.newaxis, :] * np.ones((1, 2, 1))
    return Training(
        goal=0.8,
        synapses=2,
        presented=presented,
        accuracy=np.array(accuracy),
        energy=energy,
        direct_energy=energy / 2,
        transient_sum=np.ones((rows, 2)),
        net_change=np.zeros((rows, 2)),
    )


def test_lessons_are_updates_of_all_synapses():
    assert lessons(run([0.5, 0.9])) == 200


def test_with_a_constant_error_it_is_that_part_of_all_presentations():
    assert expected_lessons(run([0.1] * ROWS), images=50) == pytest.approx(0.9 * 100 * ROWS)


@pytest.mark.parametrize("images", [40, 300])
def test_images_wrong_when_first_shown_are_counted_as_often_as_they_are_shown(images):
    training = run([0.5, 0.8, 0.9])
    errors = np.interp(np.arange(300), [0, 100, 200, 300], [0.9, 0.5, 0.2, 0.1])
    rng = np.random.default_rng(3)
    counts = []
    for _ in range(400):
        samples = rng.integers(images, size=300)
        _, first, shown = np.unique(samples, return_index=True, return_counts=True)
        counts.append(np.sum(errors[first] * shown))
    expected = expected_lessons(training, images)
    bar = np.std(counts) / 20
    assert abs(np.mean(counts) - expected) < 4 * bar
    longer = dataclasses.replace(training, accuracy=np.array([0.4, 0.8, 0.9]))
    wrong = expected_lessons(longer, images)
    assert abs(np.mean(counts) - wrong) > 4 * bar
