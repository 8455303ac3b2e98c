"""Perceptrons near their capacity, some of which are given up."""

import numpy as np

from montecarlo.perceptron import Learning, learn, random_patterns
from theory.crosscheck.experiment import experiment


@experiment(replicas=24)
def near_capacity(rng: np.random.Generator, P: int, N: int, epochs: int) -> Learning:
    """Perceptron learning of P random patterns, for so many epochs at most."""
    return learn(*random_patterns(P, N, rng), max_epochs=epochs)
