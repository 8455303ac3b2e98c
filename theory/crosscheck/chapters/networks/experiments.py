"""The Monte Carlo experiments with networks on real digits, for claims and figures."""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from montecarlo.datasets import FOLDER_VARIABLE
from montecarlo.network import Network
from montecarlo.network.design import CP
from montecarlo.runs import DataName, Task, begin, dataset
from montecarlo.training import Curve, train
from theory.crosscheck.experiment import Experiment

#: What claims are judged on: MNIST where its folder is named, and scikit-learn's digits otherwise.
DATA: DataName = "mnist" if os.environ.get(FOLDER_VARIABLE) else "digits"


@dataclass(frozen=True)
class NetworkRun:
    """A training and its energies, both layers together; those of the end if not said otherwise.

    Attributes
    ----------
    task : Task
    curve : Curve
        With the energies M_0 and M_1.
    synapses : int
        In both layers, those from the bias units included.
    net : float
        Sum over synapses of final less initial strength.
    """

    task: Task
    curve: Curve
    synapses: int
    net: float

    @property
    def learnt(self) -> bool:
        """Whether the goal was reached."""
        return bool(self.curve.accuracy[-1] >= self.task.goal)

    @property
    def samples(self) -> int:
        """Presentations."""
        return int(self.curve.presented[-1])

    @property
    def updates(self) -> float:
        """The energy M_0: the number of updates."""
        return float(self.curve.energy[-1, :, 0].sum())

    @property
    def path(self) -> float:
        """The energy M_1: the length of the weights' path."""
        return float(self.curve.energy[-1, :, 1].sum())

    @property
    def mean_update(self) -> float:
        """The mean size of an update."""
        return self.path / self.updates

    @property
    def upward(self) -> float:
        """The part of M_1 that potentiates; it exceeds the rest by the net change."""
        return (self.path + self.net) / 2

    @property
    def direct(self) -> float:
        """The minimal M_1, of going straight to the final weights."""
        return float(self.curve.direct_energy[-1, :, 1].sum())

    @property
    def inefficiency(self) -> float:
        """M_1 over its minimum."""
        return self.path / self.direct

    @property
    def held(self) -> float:
        """Sum over presentations and synapses of abs(transient weight)."""
        return float(self.curve.transient_sum[-1].sum())

    def until(self, goal: float) -> NetworkRun:
        """The same if it had ended at a lower goal; its net change then is not known."""
        reached = self.curve.accuracy >= goal
        end = int(reached.argmax()) + 1 if reached.any() else len(reached)
        columns = (getattr(self.curve, column.name)[:end] for column in dataclasses.fields(Curve))
        return dataclasses.replace(
            self,
            task=dataclasses.replace(self.task, goal=goal),
            curve=Curve(*columns),
            net=self.net if end == len(reached) else math.nan,
        )


#: Of one replica, by the keys of its tasks.
Runs = dict[Any, NetworkRun]


def trained(task: Task, seed: int) -> tuple[Network, Curve]:
    """A network that has learnt, and how."""
    images = dataset(task)
    run = begin(task, images, seed)
    curve = train(
        run.network,
        images,
        run.rng,
        goal=task.goal,
        most_samples=task.most_samples,
        test_every=task.interval,
    )
    return run.network, curve


def learn(task: Task, seed: int) -> NetworkRun:
    """Train one network."""
    network, curve = trained(task, seed)
    layers = (network.hidden, network.output)
    synapses = sum(layer.initial.size for layer in layers)
    net = sum(float((layer.strengths - layer.initial).sum(dtype=float)) for layer in layers)
    return NetworkRun(task, curve, synapses, net)


def _trainings(tasks: Mapping[Any, Task], data: DataName, rng: np.random.Generator) -> Runs:
    # All start from the same seed, so that tasks are compared on the same initial weights and
    # samples where that is possible.
    seed = int(rng.integers(2**63))
    return {key: learn(dataclasses.replace(task, data=data), seed) for key, task in tasks.items()}


def trainings(
    name: str, tasks: Mapping[Any, Task], replicas: int, data: DataName = DATA
) -> Experiment:
    """Networks trained on several tasks; a record has a `NetworkRun` for each key of ``tasks``."""
    return Experiment(f"networks {name} on {data}", partial(_trainings, tasks, data), replicas)


#: A few samples with and without zero mean of the inputs, and with units that may be silent.
ZERO_MEANED = trainings(
    "with and without zero mean",
    {
        "zero mean": Task(goal=math.inf, most_samples=500),
        "raw inputs": Task(goal=math.inf, most_samples=500, raw=True),
        "ReLU": Task(
            goal=math.inf, most_samples=500, design=dataclasses.replace(CP, hidden="ReLU")
        ),
    },
    replicas=16,
)

#: CP's networks as published, and what else the paper tried (Fig. 6).
VARIANTS = {
    "as published": Task(300, goal=0.9),
    "raw inputs": Task(300, goal=0.9, raw=True),
    "ReLU": Task(300, goal=0.9, design=dataclasses.replace(CP, hidden="ReLU")),
    "cross-entropy": Task(300, goal=0.9, design=dataclasses.replace(CP, output="softmax")),
}
