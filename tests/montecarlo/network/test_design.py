"""Designs outside their domains."""

import dataclasses

import numpy as np
import pytest

from montecarlo.network.design import CP


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hidden": "tanh"}, "hidden must be one of logistic, leaky ReLU, ReLU, got 'tanh'"),
        ({"output": "ReLU"}, "output must be one of logistic, linear, softmax, got 'ReLU'"),
        ({"order": "sorted"}, "order must be one of in turn, at random, got 'sorted'"),
        ({"targets": (0.0, np.inf)}, r"targets must be two finite numbers, got \(0.0, inf\)"),
        ({"targets": (0.0,)}, r"targets must be two finite numbers, got \(0.0,\)"),
        ({"learning_rate": 0}, "learning_rate must be a finite number > 0, got 0"),
        ({"initial_std": -1}, "initial_std must be a finite number >= 0, got -1"),
        ({"initial_std": "wide"}, "initial_std must be a finite number >= 0, got 'wide'"),
    ],
)
def test_unsound_designs_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(CP, **change)
