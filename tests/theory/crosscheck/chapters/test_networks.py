"""Chapters whose networks learn, in several processes."""

import pickle

import pytest

from theory.crosscheck.chapters.masks import CHAPTER as MASKS
from theory.crosscheck.chapters.networks import CHAPTER as NETWORKS
from theory.crosscheck.chapters.savings import CHAPTER as SAVINGS

CHAPTERS = [NETWORKS, MASKS, SAVINGS]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_experiments_can_be_sent_to_other_processes(chapter):
    settings = (each for figure in chapter.figures for each in (figure.full, figure.quick))
    compared = (each for claim in chapter.claims for each in claim.simulation)
    for each in (*settings, *compared):
        assert pickle.loads(pickle.dumps(each.experiment)).name == each.experiment.name
