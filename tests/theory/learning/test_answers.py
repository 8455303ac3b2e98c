"""How weights answer kicks where all consolidate together: by hand."""

import numpy as np
import pytest

from theory.learning.answers import Answers


def begun(kicks=1.0):
    """Three blocks of one epoch, the first half of the first of which has kicked."""
    answers = Answers.none(3, 1, groups=2)
    answers.expect(0, np.zeros((2, 3)))
    answers.kick(kicks)
    return answers


def test_what_fades_before_it_consolidates_is_lost():
    answers = begun()
    answers.fade(0.5)
    answers.consolidate(np.array([True, False]))
    answers.fade(0.5)
    # Of half a kick, half is kept by one group and a quarter by the other.
    assert answers.now[0] == pytest.approx(0.5 * (0.5 + 0.25) / 2)


def test_a_kick_is_spread_over_both_halves_of_its_block():
    answers = begun(0.25)
    answers.kick(0.75)
    assert answers.now == pytest.approx([0.5, 0, 0])
    answers.over += 1
    answers.kick(1.0)
    assert answers.now == pytest.approx([1, 0, 0])


def test_later_kicks_answer_earlier_ones():
    """A block that is pulled by -0.3 of what the one before has kicked."""
    answers = begun()
    answers.over += 1
    answers.kick(1.0)
    answers.over += 1
    pulled = -0.15 * np.array([answers.now, answers.now])
    answers.expect(1, pulled)
    for _ in range(2):
        answers.kick(1.0)
        answers.over += 1
    assert answers.now == pytest.approx([0.7, 1, 0])


def test_what_the_first_half_has_done_stays_when_the_second_is_foretold_better():
    answers = begun()
    answers.over += 2
    answers.kept[1, 1] = 1
    answers.expect(1, np.array([[0.1, 0, 0], [0.2, 0, 0]]))
    answers.kick(1.0)
    answers.over += 1
    answers.expect(1, np.array([[0.4, 0, 0], [0.4, 0, 0]]))
    answers.kick(1.0)
    assert answers.kicks[2:4, 0] == pytest.approx([0.1, 0.7])
    assert answers.now[0] == pytest.approx(1 + 0.8)
