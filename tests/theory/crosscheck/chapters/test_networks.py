"""What networks learn is an argument: claims on digits and on MNIST stand side by side."""

import pickle

import pytest

from theory.crosscheck.chapters.masks import CHAPTER as MASKS
from theory.crosscheck.chapters.networks import CHAPTER as NETWORKS
from theory.crosscheck.chapters.savings import CHAPTER as SAVINGS

CHAPTERS = [NETWORKS, MASKS, SAVINGS]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_the_same_is_claimed_of_both_data_sets(chapter):
    pairs = list(zip(chapter.claims("digits"), chapter.claims("mnist"), strict=True))
    for digits, mnist in pairs:
        assert (digits.id, digits.statement) == (mnist.id, mnist.statement)
        for one, other in zip(digits.simulation, mnist.simulation, strict=True):
            names = one.experiment.name, other.experiment.name
            assert ("digits" in names[0]) == ("mnist" in names[1]) == (names[0] != names[1])
            assert ("digits" in one.what) == ("mnist" in other.what) == (one.what != other.what)
    assert any("digits" in each.experiment.name for claim, _ in pairs for each in claim.simulation)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_experiments_can_be_sent_to_other_processes(chapter):
    settings = (each for figure in chapter.figures for each in (figure.full, figure.quick))
    compared = (each for claim in chapter.claims("mnist") for each in claim.simulation)
    for each in (*settings, *compared):
        assert pickle.loads(pickle.dumps(each.experiment)).name == each.experiment.name
