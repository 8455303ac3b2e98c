"""The Monte Carlo experiments with networks on real digits, for claims and figures."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal

import numpy as np

from montecarlo.datasets import FOLDER_VARIABLE, Dataset, digits, mnist
from montecarlo.design import CP, Design
from montecarlo.network import initial_network
from montecarlo.savers import Saver
from montecarlo.training import Curve, train
from theory.crosscheck.simulation import Experiment

DataName = Literal["digits", "mnist"]

#: What claims are judged on: MNIST where its folder is named, and scikit-learn's digits otherwise.
DATA: DataName = "mnist" if os.environ.get(FOLDER_VARIABLE) else "digits"
#: Samples between tests.
TEST_EVERY = {"digits": 100, "mnist": 1000}


@dataclass(frozen=True)
class Task:
    """What a network is and what it has to learn.

    Attributes
    ----------
    hidden : int
        Hidden units.
    savers : tuple of Saver
    design : Design
        Inputs are zero-meaned, as in CP, if it has biases.
    goal : float
        Accuracy on the test set at which learning ends.
    most_samples : int
        Presentations after which it ends anyway.
    images : int, optional
        How many of the training images there are to learn from, the first ones; without it, all.
    """

    hidden: int = 100
    savers: tuple[Saver, ...] = ()
    design: Design = CP
    goal: float = 0.95
    most_samples: int = 200_000
    images: int | None = None


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
    """

    task: Task
    curve: Curve
    synapses: int

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
    def direct(self) -> float:
        """The minimal M_1, of going straight to the final weights."""
        return float(self.curve.direct_energy[-1, :, 1].sum())

    @property
    def held(self) -> float:
        """Sum over presentations and synapses of abs(transient weight)."""
        return float(self.curve.transient_sum[-1].sum())


@lru_cache
def dataset(name: DataName, zero_mean: bool) -> Dataset:
    """Digits to learn, loaded once."""
    return {"digits": digits, "mnist": mnist}[name](zero_mean=zero_mean)


def learn(task: Task, data: DataName, rng: np.random.Generator) -> NetworkRun:
    """Train one network."""
    images = dataset(data, task.design.bias)
    if task.images is not None:
        images = dataclasses.replace(
            images,
            train_inputs=images.train_inputs[: task.images],
            train_labels=images.train_labels[: task.images],
        )
    sizes = images.train_inputs.shape[1], task.hidden, 10
    network = initial_network(task.design, sizes, rng, savers=task.savers)
    curve = train(
        network,
        images,
        rng,
        goal=task.goal,
        most_samples=task.most_samples,
        test_every=TEST_EVERY[data],
    )
    synapses = network.hidden.initial.size + network.output.initial.size
    return NetworkRun(task, curve, synapses)


def _trainings(
    tasks: Mapping[Any, Task], data: DataName, rng: np.random.Generator
) -> dict[Any, NetworkRun]:
    # All start from the same seed, so that tasks are compared on the same initial weights and
    # samples where that is possible.
    seed = int(rng.integers(2**63))
    return {key: learn(task, data, np.random.default_rng(seed)) for key, task in tasks.items()}


def trainings(
    name: str, tasks: Mapping[Any, Task], replicas: int, data: DataName = DATA
) -> Experiment:
    """Networks trained on several tasks; a record has a `NetworkRun` for each key of ``tasks``."""
    return Experiment(f"networks {name} on {data}", partial(_trainings, tasks, data), replicas)
