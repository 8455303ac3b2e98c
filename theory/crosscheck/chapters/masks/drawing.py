"""The Monte Carlo experiments with random masks that claims are held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from montecarlo.masks import fixed_mask, plastic_paths, random_mask, simpson_index
from theory.crosscheck.experiment import Experiment

#: Sizes and plastic fractions of the masks whose paths are counted.
SIZES = {"n_h": 1000, "n_i": 60, "n_o": 8}
FRACTIONS = {"p_i": 0.3, "p_o": 0.625}
#: Synapses, how many of them each presentation changes, and presentations.
CHOICE = {"N": 2000, "plastic": 100, "T": 40}
#: MNIST: the optimal mask for h_c = 100.
POOREST = {"n_h": 1000, "n_i": 784, "n_o": 10, "h_c": 100}


@dataclass(frozen=True)
class Masks:
    """Plastic synapses and paths of masks of one network, drawn in different ways."""

    synapses: int
    independent: float
    per_layer: float
    per_neuron: float
    coordinated: float


def _masks(rng: np.random.Generator) -> Masks:
    n_h, n_i, n_o = SIZES.values()
    p_i, p_o = FRACTIONS.values()
    inputs, outputs = random_mask(n_i, n_h, p_i, rng), random_mask(n_h, n_o, p_o, rng)
    layers = [
        fixed_mask(1, rows * columns, round(p * rows * columns), rng).reshape(rows, columns)
        for rows, columns, p in ((n_i, n_h, p_i), (n_h, n_o, p_o))
    ]
    neurons = [
        fixed_mask(n_i, n_h, round(p_i * n_h), rng),
        fixed_mask(n_h, n_o, round(p_o * n_o), rng),
    ]
    chosen = fixed_mask(1, n_h, round(p_i * n_h), rng)
    subnet = np.repeat(chosen, n_i, axis=0), np.repeat(chosen.T, n_o, axis=1)
    return Masks(
        synapses=int(inputs.sum() + outputs.sum()),
        independent=plastic_paths(inputs, outputs).sum(),
        per_layer=plastic_paths(*layers).sum(),
        per_neuron=plastic_paths(*neurons).sum(),
        coordinated=plastic_paths(*subnet).sum(),
    )


def _choices(rng: np.random.Generator) -> float:
    """Simpson index of synapses chosen at random at every presentation."""
    N, plastic, T = CHOICE.values()
    return simpson_index(fixed_mask(T, N, plastic, rng).sum(axis=0))


def _poorest(rng: np.random.Generator) -> float:
    """The fewest paths between an input and an output: all outputs are plastic."""
    n_h, n_i, _, h_c = POOREST.values()
    return float(random_mask(n_i, n_h, h_c / n_h, rng).sum(axis=1).min())


MASKS = Experiment("masks", _masks, 24)
CHOICES = Experiment("choices of synapses", _choices, 24)
POOREST_PAIR = Experiment("poorest pair of a mask", _poorest, 16)
