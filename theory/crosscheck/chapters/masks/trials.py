"""The Monte Carlo experiments for CP's figures of restricted plasticity."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from montecarlo.masks import plastic_paths, random_mask
from montecarlo.runs import Task
from montecarlo.savers import Largest, NeuronMask, Subnet, SynapseMask
from theory.crosscheck.chapters.masks.experiments import MNIST, OUTPUTS, Challenge
from theory.crosscheck.chapters.networks.experiments import NetworkRun, trainings
from theory.crosscheck.experiment import Experiment

ALL, SYNAPSE_MASK, NEURON_MASK, SUBNET = "all plastic", "synapse mask", "neuron mask", "subnet"
LAYER, NEURON, BOTH = "largest of the layer", "largest of each neuron", "largest of a subnet"

#: Presentations after which a rule is given up.
MOST = 100_000


@dataclass(frozen=True, order=True)
class Variant:
    """A rule on a network of n_h hidden units, with its parameter: a number or a fraction."""

    rule: str
    n_h: int
    parameter: float = 1.0


@dataclass(frozen=True)
class Trial:
    """One training of each variant."""

    challenge: Challenge
    runs: Mapping[Variant, NetworkRun]


def _trial(
    challenge: Challenge,
    train: Callable[[np.random.Generator], Mapping[Variant, NetworkRun]],
    rng: np.random.Generator,
) -> Trial:
    return Trial(challenge, train(rng))


def trial(
    name: str, challenge: Challenge, tasks: Mapping[Variant, Task], replicas: int
) -> Experiment:
    """All variants trained, from the same seed, until they have learnt or are given up."""
    limited = {
        variant: dataclasses.replace(task, most_samples=min(task.most_samples, MOST))
        for variant, task in tasks.items()
    }
    training = trainings(name, limited, replicas, challenge.data)
    return dataclasses.replace(training, run=partial(_trial, challenge, training.run))


def masked(
    challenge: Challenge, widths: Sequence[int], neurons: Sequence[int], replicas: int
) -> Experiment:
    """Masks of synapses and of neurons, of some numbers of them, and subnets (CP, Fig. 2)."""
    tasks = {Variant(ALL, n_h): challenge.task(n_h) for n_h in widths}
    for n_h in (width for width in widths if width > challenge.required):
        tasks[Variant(SYNAPSE_MASK, n_h)] = challenge.task(n_h, challenge.optimal_mask(n_h))
        tasks[Variant(SUBNET, n_h)] = challenge.task(n_h, Subnet(challenge.required))
        for k in neurons:
            tasks[Variant(NEURON_MASK, n_h, k)] = challenge.task(n_h, NeuronMask(k))
    return trial(f"masked {widths} {neurons}", challenge, tasks, replicas)


def competing(
    challenge: Challenge,
    widths: Sequence[int],
    layer: Sequence[float],
    neuron: Sequence[float],
    subnet: Sequence[float],
    replicas: int,
) -> Experiment:
    """Fractions of largest updates of the layer, of each neuron and of a subnet (CP, Fig. 3)."""
    tasks = {}
    for n_h in widths:
        tasks[Variant(ALL, n_h)] = challenge.task(n_h)
        for f in layer:
            tasks[Variant(LAYER, n_h, f)] = challenge.task(n_h, Largest(f))
        for f in neuron:
            tasks[Variant(NEURON, n_h, f)] = challenge.task(n_h, Largest(f, "neuron"))
        for f in subnet if n_h > challenge.required else ():
            tasks[Variant(BOTH, n_h, f)] = challenge.task(
                n_h, Subnet(challenge.required), Largest(f)
            )
    name = f"competing {widths} {layer} {neuron} {subnet}"
    return trial(name, challenge, tasks, replicas)


def saturated(
    challenge: Challenge,
    n_h: int,
    fractions: Sequence[float],
    samples: int,
    images: int | None,
    replicas: int,
) -> Experiment:
    """Training that goes on for so many samples (CP, Fig. 3d)."""
    variants = {Variant(ALL, n_h): ()} | {
        Variant(rule, n_h, f): (saver,)
        for f in fractions
        for rule, saver in (
            (SYNAPSE_MASK, SynapseMask(f)),
            (LAYER, Largest(f)),
            (NEURON, Largest(f, "neuron")),
        )
    }
    tasks = {
        variant: Task(n_h, savers, goal=math.inf, most_samples=samples, images=images)
        for variant, savers in variants.items()
    }
    name = f"saturated n_h={n_h} {fractions} {samples} of {images}"
    return trial(name, challenge, tasks, replicas)


@dataclass(frozen=True)
class Drawn:
    """Optimal random masks: the plastic fractions, and the plastic paths of inputs to outputs."""

    n_h: int
    inputs: float
    outputs: float
    mean_paths: float
    fewest_paths: float


def _drawn(widths: Sequence[int], rng: np.random.Generator) -> tuple[Drawn, ...]:
    found = []
    for n_h in widths:
        saver = MNIST.optimal_mask(n_h)
        inputs = random_mask(MNIST.inputs, n_h, saver.hidden, rng)
        outputs = random_mask(n_h, OUTPUTS, saver.output, rng)
        paths = plastic_paths(inputs, outputs)
        found.append(
            Drawn(n_h, inputs.mean(), outputs.mean(), float(paths.mean()), float(paths.min()))
        )
    return tuple(found)


def drawn(widths: Sequence[int], replicas: int) -> Experiment:
    """The masks of Fig. 2b, for MNIST; nothing is trained."""
    return Experiment(f"optimal masks {widths}", partial(_drawn, widths), replicas)
