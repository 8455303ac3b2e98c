"""Learning with rules that save energy, by their definitions, one synapse after another.

Of the rules only the parameters and the random masks are read. A synapse is (layer, row, column).
"""

import math
from dataclasses import dataclass

import numpy as np
from network_reference import backward

from montecarlo.savers import Cache, Largest, NeuronMask, Skip, Subnet, SynapseMask


@dataclass
class Outcome:
    """What a network has become, and what that has cost, by layer (and exponent)."""

    persistent: list
    transient: list
    energy: np.ndarray
    transient_sum: list
    learnt: int
    consolidations: int


def first_of_largest(proposed, fraction):
    """The largest of some changes; of equal ones those that come first in the weights."""
    ranked = sorted(proposed, key=lambda synapse: (-abs(proposed[synapse]), synapse))
    return {synapse: proposed[synapse] for synapse in ranked[: round(fraction * len(ranked))]}


def restricted(rule, proposed, n_hidden):
    """The proposed changes, by synapse, that a rule allows."""
    match rule:
        case Subnet():
            def plastic(layer, row, column):
                unit = row if layer == 0 else column
                return unit >= n_hidden or rule.plastic[unit]
        case NeuronMask():
            def plastic(layer, row, column):
                return layer == 1 or rule.plastic[row]
        case SynapseMask():
            def plastic(layer, row, column):
                return rule.plastic[layer][row, column]
        case Largest(fraction=fraction, per="layer"):
            hidden = {synapse: proposed[synapse] for synapse in proposed if synapse[0] == 0}
            best = first_of_largest(hidden, fraction)
            def plastic(*synapse):
                return synapse[0] == 1 or synapse in best
        case Largest(fraction=fraction, per="neuron"):
            best = {}
            for unit in range(n_hidden):
                onto = {s: proposed[s] for s in proposed if s[:2] == (0, unit)}
                best |= first_of_largest(onto, fraction)
            def plastic(*synapse):
                return synapse[0] == 1 or synapse in best
        case _:
            return proposed
    return {synapse: change for synapse, change in proposed.items() if plastic(*synapse)}


def consolidating(cache, transient):
    """The synapses that exceed the threshold, and those that consolidate with them."""
    def exceeds(synapse):
        return abs(transient[synapse[0]][synapse[1:]]) > cache.threshold

    def together(one, other):
        shared = {"synapse": 3, "neuron": 2, "layer": 1}[cache.trigger]
        return one[:shared] == other[:shared]

    synapses = [
        (layer, row, column)
        for layer in range(2) for row, column in np.ndindex(*transient[layer].shape)
    ]  # fmt: skip
    over = [synapse for synapse in synapses if exceeds(synapse)]
    return [
        synapse for synapse in synapses
        if transient[synapse[0]][synapse[1:]] != 0 and any(together(synapse, o) for o in over)
    ]  # fmt: skip


def learn(design, layers, inputs, labels, samples, rules, exponents):
    """What becomes of layers that are presented with samples under some rules."""
    persistent = [layer.astype(float) for layer in layers]
    transient = [np.zeros(layer.shape) for layer in layers]
    spent, held = np.zeros((2, len(exponents))), [0.0, 0.0]
    cache = next((rule for rule in rules if isinstance(rule, Cache)), None)
    skips = [rule for rule in rules if isinstance(rule, Skip)]
    ever_wrong = set()
    learnt = consolidations = 0

    def write(synapse, amount):
        persistent[synapse[0]][synapse[1:]] += amount
        for j, exponent in enumerate(exponents):
            spent[synapse[0], j] += abs(amount) ** exponent

    for sample in samples:
        x, label = np.asarray(inputs[sample], float), labels[sample]
        for weights in transient:
            weights *= 1 - 1 / cache.tau if cache else 0
        strengths = [persistent[layer] + transient[layer] for layer in range(2)]
        outputs, factors = backward(design, strengths, x, label)
        wrong = list(outputs).index(max(outputs)) != label
        if wrong:
            ever_wrong.add(sample)
        if all(wrong or (skip.ever_wrong and sample in ever_wrong) for skip in skips):
            learnt += 1
            proposed = {
                (layer, row, column): design.learning_rate * error * activity
                for layer, (errors, activities) in enumerate(factors)
                for row, error in enumerate(errors)
                for column, activity in enumerate(activities)
                if error * activity != 0
            }
            for rule in rules:
                proposed = restricted(rule, proposed, len(layers[0]))
            for synapse, change in proposed.items():
                if cache:
                    transient[synapse[0]][synapse[1:]] += change
                else:
                    write(synapse, change)
        for synapse in consolidating(cache, transient) if cache else []:
            write(synapse, transient[synapse[0]][synapse[1:]])
            transient[synapse[0]][synapse[1:]] = 0
            consolidations += 1
        for layer in range(2):
            held[layer] += math.fsum(abs(transient[layer].ravel()))
    final = np.array(
        [
            [sum(abs(w) ** exponent for w in weights.ravel() if w != 0) for exponent in exponents]
            for weights in transient
        ]
    )
    return Outcome(persistent, transient, spent + final, held, learnt, consolidations)
