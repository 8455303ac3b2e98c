"""Skipping: which samples are learnt from."""

import numpy as np
import pytest

from montecarlo.savers import Skip
from tests.montecarlo.savers.problems import DESIGNS, problem


def test_samples_that_were_wrong_are_those_of_one_network():
    skip = Skip(ever_wrong=True)
    answers = [
        skip.learns(sample, correct) for sample, correct in ((7, False), (7, True), (8, True))
    ]
    assert answers == [True, True, False]
    net, *_ = problem(DESIGNS["CP"], [])
    skip.prepare(net, np.random.default_rng(1))
    assert not skip.learns(7, True)


def test_an_unsound_choice_is_refused():
    with pytest.raises(ValueError, match=r"\Aever_wrong must be True or False, got 'always'"):
        Skip("always")
