"""LvR's and CP's networks on digits, at some learning rates, of some sizes, with some caches."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from montecarlo.datasets import DataName
from montecarlo.network.design import CP, LVR, Design
from montecarlo.runs import learn_all
from montecarlo.savers import Cache, Saver, Subnet
from montecarlo.tasks import Task
from montecarlo.training import Training
from theory.crosscheck.experiment import experiment

Key = TypeVar("Key")
#: The generators of some replicas.
Rngs = Sequence[np.random.Generator]
#: Of one replica, by what tells its tasks apart.
Trainings = dict[Any, Training]

#: LvR's decay time of transient weights (presentations).
TAU = 1000.0
#: What caches in LvR's networks, by the name it has in figures.
LVR_CACHES: dict[str, tuple[Saver, ...]] = {
    "without caching": (),
    "cached, 0.005": (Cache(0.005, TAU),),
    "cached, 0.02": (Cache(0.02, TAU),),
    "by neuron, 0.04": (Cache(0.04, TAU, "any"),),
    "consolidated once": (Cache(math.inf),),
    "consolidated at once": (Cache(0.0, TAU),),
}
PLAIN = next(iter(LVR_CACHES))
#: CP's network as published, and what else the paper tried (Fig. 6).
CP_DESIGNS: dict[str, Design] = {
    "as published": CP,
    "raw inputs": replace(CP, zero_mean=False),
    "ReLU": replace(CP, hidden="ReLU"),
    "cross-entropy": replace(CP, output="softmax"),
}
AS_PUBLISHED = next(iter(CP_DESIGNS))


def trained(rngs: Rngs, data: DataName, tasks: Mapping[Key, Task]) -> list[dict[Key, Training]]:
    """Trainings on several tasks of some data, of each replica.

    All of a replica start from the same seed, so that tasks are compared on the same initial
    weights and samples where that is possible.
    """
    seeds = [int(rng.integers(2**63)) for rng in rngs]
    runs = learn_all((replace(task, data=data), seed) for seed in seeds for task in tasks.values())
    trainings = iter(run.training for run in runs)
    return [dict(zip(tasks, trainings, strict=False)) for _ in seeds]


@experiment(replicas=24, together=True)
def lvr_rates(
    rngs: Rngs, data: DataName, goals: Mapping[float, float], most: int = 600_000
) -> list[Trainings]:
    """LvR's network at some learning rates, to the goal of each."""
    tasks = {
        rate: Task(design=replace(LVR, learning_rate=rate), goal=goal, most_samples=most)
        for rate, goal in goals.items()
    }
    return trained(rngs, data, tasks)


@experiment(replicas=16, together=True)
def lvr_sizes(
    rngs: Rngs, data: DataName, rate: float, goal: float, limits: Mapping[int, int]
) -> list[Trainings]:
    """LvR's network with some numbers of hidden units, for so many presentations each at most."""
    design = replace(LVR, learning_rate=rate)
    tasks = {n: Task(n, (), design, goal, most) for n, most in limits.items()}
    return trained(rngs, data, tasks)


@experiment(replicas=8, together=True)
def lvr_caches(
    rngs: Rngs,
    data: DataName,
    sizes: Sequence[int],
    names: Sequence[str],
    goal: float,
    most: int,
    rate: float = LVR.learning_rate,
) -> list[Trainings]:
    """LvR's network with some numbers of hidden units, and with some caches."""
    design = replace(LVR, learning_rate=rate)
    tasks = {
        (n, name): Task(n, LVR_CACHES[name], design, goal, most) for name in names for n in sizes
    }
    return trained(rngs, data, tasks)


@experiment(replicas=24, together=True)
def cp_rates(
    rngs: Rngs, data: DataName, sizes: Sequence[int], rates: Sequence[float], goal: float, most: int
) -> list[Trainings]:
    """CP's network with some numbers of hidden units, at some learning rates."""
    tasks = {
        (n, rate): Task(n, (), replace(CP, learning_rate=rate), goal, most)
        for n in sizes
        for rate in rates
    }
    return trained(rngs, data, tasks)


@experiment(replicas=32, together=True)
def cp_sizes(rngs: Rngs, data: DataName, sizes: Sequence[int], goal: float) -> list[Trainings]:
    """CP's network with some numbers of hidden units."""
    return trained(rngs, data, {n: Task(n, goal=goal) for n in sizes})


@experiment(replicas=16, together=True)
def cp_variants(
    rngs: Rngs,
    data: DataName,
    names: Sequence[str],
    subnets: Sequence[int],
    n_h: int = 300,
    goal: float = 0.9,
) -> list[Trainings]:
    """Variants of CP's network, all plastic (key None) and with subnets of some sizes."""
    tasks = {
        (name, n): Task(n_h, () if n is None else (Subnet(n),), CP_DESIGNS[name], goal)
        for name in names
        for n in (None, *subnets)
    }
    return trained(rngs, data, tasks)


@experiment(replicas=16, together=True)
def first_samples(rngs: Rngs, data: DataName) -> list[Trainings]:
    """CP's network, with raw inputs and with units that may be silent, after a few samples."""
    tasks = {
        name: Task(design=CP_DESIGNS[name], goal=math.inf, most_samples=500)
        for name in (AS_PUBLISHED, "raw inputs", "ReLU")
    }
    return trained(rngs, data, tasks)
