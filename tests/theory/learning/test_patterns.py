"""The sample of patterns: fields as they are made, and what follows from them."""

import numpy as np
import pytest

from theory.learning.patterns import Patterns, draw, look

SAMPLES = 40_000


def presented(responses, covariances, seed=0):
    """Patterns of one block after as many epochs as there are rows, and what was expected last."""
    rng = np.random.default_rng(seed)
    patterns = Patterns.unlearnt(1.0, 1, len(covariances), SAMPLES)
    for epoch, (response, covariance) in enumerate(zip(responses, covariances, strict=True)):
        outlook = look(patterns, 0, epoch, np.array(covariance), np.array(response))
        outlook = draw(patterns, 0, epoch, outlook, rng)
    return patterns, outlook


def test_half_of_the_first_presentations_are_wrong():
    _, outlook = presented([[]], [[0.0]])
    assert outlook.probability == 0.5
    assert (outlook.pull == 0).all()


def test_a_field_answers_by_its_density_at_zero():
    _, outlook = presented([[]], [[0.25]])
    assert outlook.probability == pytest.approx(0.5)
    assert outlook.pull == pytest.approx([-1 / np.sqrt(2 * np.pi * 0.25)], rel=1e-3)


def test_a_pattern_that_was_updated_is_pushed_up():
    _, free = presented([[], [0.0]], [[0.25], [0.2, 0.3]])
    _, pushed = presented([[], [0.5]], [[0.25], [0.2, 0.3]])
    assert free.probability == pytest.approx(0.5, abs=0.01)
    assert pushed.probability < free.probability - 0.1


def test_pulls_are_derivatives():
    """What a field decides that is higher by a little, in each of two epochs."""
    covariances = [[0.25], [0.2, 0.3]]
    patterns, outlook = presented([[], [0.5]], covariances)
    factor = patterns.factor[0]
    first = factor[0, 0] * patterns.noise[0, 0]
    second = outlook.field + outlook.spread * patterns.noise[0, 1]
    density = (np.abs(second) < 0.05).mean() / 0.1
    assert outlook.pull[1] == pytest.approx(-density, rel=0.05)
    near = np.abs(first) < 0.02
    pushed = (outlook.chance[near & (first > 0)]).mean()
    unpushed = (outlook.chance[near & (first <= 0)]).mean()
    density = near.mean() / 0.04
    # Of those at zero, the ones that are not updated any more lack the push.
    assert outlook.pull[0] == pytest.approx(density * (pushed - unpushed), rel=0.15)


def test_updates_that_repeat_leave_no_variance():
    """Fields do not change, and what was wrong is wrong again."""
    patterns, outlook = presented([[], [0.0]], [[0.25], [0.25, 0.25 + 1e-9]])
    assert (patterns.wrong[0, 0] == patterns.wrong[0, 1]).mean() > 0.99
    assert outlook.memory == pytest.approx([1], abs=0.02)
    assert outlook.variance < 0.01
