"""Learning with savers, by their definitions, one synapse after another.

Of the savers only the parameters and the random masks are read. A synapse is (layer, row, column).
"""

import math
from dataclasses import dataclass

import numpy as np

from montecarlo.savers import Cache, Largest, NeuronMask, Skip, Subnet, SynapseMask
from tests.montecarlo.network.reference import backward


@dataclass
class Outcome:
    """What a network has become, and what that has cost, by layer (and exponent)."""

    persistent: list
    transient: list
    energy: np.ndarray
    transient_sum: np.ndarray
    learnt: int
    consolidations: int


def first_of_largest(proposed, fraction):
    """The largest of some changes; of equal ones those that come first in the weights."""
    ranked = sorted(proposed, key=lambda synapse: (-abs(proposed[synapse]), synapse))
    return {synapse: proposed[synapse] for synapse in ranked[: round(fraction * len(ranked))]}


def allowed(saver, synapse, n_hidden):
    """Whether a mask, if the saver is one, leaves a synapse plastic."""
    layer, row, column = synapse
    hidden_unit = row if layer == 0 else column
    match saver:
        case SynapseMask():
            mask = saver.plastic[layer]  # a row, or a column, stands for all
            return mask[row % mask.shape[0], column % mask.shape[1]]
        case Subnet():
            return hidden_unit >= n_hidden or saver.plastic[0][hidden_unit, 0]
        case NeuronMask():
            return layer == 1 or saver.plastic[0][row, 0]
    return True


def restricted(saver, proposed, n_hidden):
    """The proposed changes, by synapse, that a saver leaves."""
    if not isinstance(saver, Largest):
        return {s: proposed[s] for s in proposed if allowed(saver, s, n_hidden)}
    hidden = {s: proposed[s] for s in proposed if s[0] == 0}
    left = {s: proposed[s] for s in proposed if s[0] == 1}
    if saver.per == "layer":
        return left | first_of_largest(hidden, saver.fraction)
    for unit in range(n_hidden):
        onto = {s: hidden[s] for s in hidden if s[1] == unit}
        left |= first_of_largest(onto, saver.fraction)
    return left


def consolidating(cache, transient):
    """The transient weights, by synapse, that consolidate."""
    weights = {
        (layer, row, column): transient[layer][row, column]
        for layer in range(2)
        for row, column in np.ndindex(*transient[layer].shape)
    }
    shared = 3 if cache.trigger == "local" else {"neuron": 2, "layer": 1}[cache.per]
    sizes = {}
    for synapse, weight in weights.items():
        sizes.setdefault(synapse[:shared], []).append(abs(weight))
    compared = math.fsum if cache.trigger == "total" else max
    return {
        synapse: weight
        for synapse, weight in weights.items()
        if weight != 0 and compared(sizes[synapse[:shared]]) > cache.threshold
    }


def proposals(design, factors):
    """The changes, by synapse, that backpropagation proposes, without those that are zero."""
    return {
        (layer, row, column): design.learning_rate * error * activity
        for layer, (errors, activities) in enumerate(factors)
        for row, error in enumerate(errors)
        for column, activity in enumerate(activities)
        if error * activity != 0
    }


def no_skipping(savers, was_wrong):
    """Whether a sample that is classified right is to be learnt from."""
    return all(was_wrong and saver.ever_wrong for saver in savers if isinstance(saver, Skip))


def write(persistent, spent, changes, exponents):
    """Change persistent weights, and count the energy."""
    for (layer, *place), change in changes.items():
        persistent[layer][*place] += change
        spent[layer] += [abs(change) ** exponent for exponent in exponents]


def final_energy(transient, exponents):
    """What it costs to consolidate all transient weights, by layer and exponent."""
    return [
        [sum(abs(w) ** exponent for w in weights.ravel() if w != 0) for exponent in exponents]
        for weights in transient
    ]


def learn(design, layers, inputs, labels, samples, savers, exponents):
    """What becomes of layers that are presented with samples under some savers."""
    persistent = [layer.astype(float) for layer in layers]
    transient = [np.zeros(layer.shape) for layer in layers]
    spent, held = np.zeros((2, len(exponents))), np.zeros(2)
    cache = next((saver for saver in savers if isinstance(saver, Cache)), None)
    ever_wrong = set()
    learnt = consolidations = 0

    for sample in samples:
        if cache:
            transient = [weights * (1 - 1 / cache.tau) for weights in transient]
        x, label = np.asarray(inputs[sample], float), labels[sample]
        strengths = [persistent[layer] + transient[layer] for layer in range(2)]
        outputs, factors = backward(design, strengths, x, label)
        wrong = list(outputs).index(max(outputs)) != label
        if wrong:
            ever_wrong.add(sample)
        if wrong or no_skipping(savers, sample in ever_wrong):
            learnt += 1
            changes = proposals(design, factors)
            for saver in savers:
                changes = restricted(saver, changes, len(layers[0]))
            if not cache:
                write(persistent, spent, changes, exponents)
                continue
            for (layer, *place), change in changes.items():
                transient[layer][*place] += change
        if cache:
            due = consolidating(cache, transient)
            write(persistent, spent, due, exponents)
            for layer, *place in due:
                transient[layer][*place] = 0
            consolidations += len(due)
            held += [math.fsum(abs(weights.ravel())) for weights in transient]
    total = spent + final_energy(transient, exponents)
    return Outcome(persistent, transient, total, held, learnt, consolidations)
