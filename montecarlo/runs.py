"""Trainings as data: what is to be learnt, how far a run has come, and what it found.

A task and a seed determine a run, whoever runs it and in however many pieces, as long as linear
algebra uses one thread.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

import numpy as np

from montecarlo.checks import require, require_choice, require_count
from montecarlo.datasets import DataName, Dataset, digits, mnist, mnist_from_openml
from montecarlo.network import Network, initial_network
from montecarlo.network.design import CP, Design
from montecarlo.savers import Saver
from montecarlo.training import Reading, readings, require_training

__all__ = ["DataName", "Run", "Task", "begin", "dataset", "go_on", "identity", "record"]

Folder = str | Path | None

#: Samples between tests, if a task does not say it.
TEST_EVERY = {"digits": 100, "mnist": 1000, "openml": 1000}


@dataclass(frozen=True)
class Task:
    """What a network is and what it has to learn.

    Attributes
    ----------
    hidden : int
        Hidden units.
    savers : tuple of Saver
        Their ``repr`` must say what they are, as that of a dataclass does.
    design : Design
        Inputs are zero-meaned, as in CP, if it has biases.
    goal : float
        Accuracy on the test set at which learning ends.
    most_samples : int
        Presentations after which it ends anyway.
    images : int, optional
        How many of the training images there are to learn from, the first ones; without it, all.
    raw : bool
        Whether inputs are left as they are, from 0 to 1, even if the design has biases.
    data : {"digits", "mnist", "openml"}
        As in `montecarlo.datasets`; "openml" is MNIST, downloaded if need be.
    test_every : int, optional
        Presentations between tests; without it, 100 on the digits and 1000 on MNIST.

    Raises
    ------
    ValueError
        If one of them is outside its domain.
    """

    hidden: int = 100
    savers: tuple[Saver, ...] = ()
    design: Design = CP
    goal: float = 0.95
    most_samples: int = 600_000
    images: int | None = None
    raw: bool = False
    data: DataName = "digits"
    test_every: int | None = None

    def __post_init__(self) -> None:
        """Check all values."""
        require_choice("data", self.data, get_args(DataName))
        if self.images is not None:
            require_count("images", self.images)
        require_count("hidden", self.hidden)
        require_training(self.goal, self.most_samples, self.interval)

    @property
    def interval(self) -> int:
        """Presentations between tests."""
        return TEST_EVERY[self.data] if self.test_every is None else self.test_every


@dataclass
class Run:
    """A training, as far as it has come; pickled, it can go on elsewhere.

    Attributes
    ----------
    task : Task
    seed : int
    network : Network
    rng : numpy.random.Generator
    readings : list of Reading
        One for each test.
    seconds : float
        Time that it took.
    """

    task: Task
    seed: int
    network: Network
    rng: np.random.Generator
    readings: list[Reading] = field(default_factory=list)
    seconds: float = 0.0


def dataset(task: Task, folder: Folder = None) -> Dataset:
    """What a task has to learn; files are read once.

    Parameters
    ----------
    task : Task
        Says which data, and how many of the images.
    folder : path, optional
        Where the files of MNIST lie, as for `montecarlo.datasets.mnist`.

    Returns
    -------
    Dataset
        Zero-meaned if the task says so.

    Raises
    ------
    FileNotFoundError
        If MNIST is not there.
    ValueError
        If there are not so many images.

    Examples
    --------
    >>> len(dataset(Task(images=500)).train_inputs)
    500
    """
    data = _loaded(task.data, task.design.bias and not task.raw, folder)
    if task.images is None:
        return data
    most = len(data.train_labels)
    require("images", task.images, task.images <= most, f"at most {most}, those of {task.data}")
    return replace(
        data,
        train_inputs=data.train_inputs[: task.images],
        train_labels=data.train_labels[: task.images],
    )


@lru_cache(maxsize=4)
def _loaded(name: DataName, zero_mean: bool, folder: Folder) -> Dataset:
    if name == "mnist":
        return mnist(folder, zero_mean=zero_mean)
    return {"digits": digits, "openml": mnist_from_openml}[name](zero_mean=zero_mean)


def begin(task: Task, data: Dataset, seed: int) -> Run:
    """A run that has learnt nothing yet.

    Tasks with the same seed start from the same weights and see the same samples where that is
    possible, so that they can be compared one by one.

    Parameters
    ----------
    task : Task
        What is to be learnt, and by what network.
    data : Dataset
        That of the task.
    seed : int
        At least 0, for ``numpy.random.default_rng``.

    Returns
    -------
    Run
        To be continued by `go_on`.

    Raises
    ------
    ValueError
        If a saver does not fit the network.

    Examples
    --------
    >>> task = Task(hidden=30, goal=0.9)
    >>> data = dataset(task)
    >>> run = begin(task, data, seed=1)
    >>> for reading in go_on(run, data):
    ...     energy = reading.energy
    >>> record(run)["summary"]["learnt"]
    True
    """
    rng = np.random.default_rng(seed)
    sizes = data.train_inputs.shape[1], task.hidden, 10
    return Run(task, seed, initial_network(task.design, sizes, rng, savers=task.savers), rng)


def go_on(run: Run, data: Dataset) -> Iterator[Reading]:
    """Let a run that has not ended learn, test by test.

    Parameters
    ----------
    run : Run
        Changed in place.
    data : Dataset
        That of its task.

    Yields
    ------
    Reading
        One for each test, energies in units of weight.

    Examples
    --------
    >>> task = Task(hidden=30, most_samples=200)
    >>> data = dataset(task)
    >>> run = begin(task, data, seed=1)
    >>> [(reading.presented, reading.final) for reading in go_on(run, data)]
    [(100, False), (200, True)]
    """
    task = run.task
    started = time.perf_counter() - run.seconds
    for reading in readings(
        run.network,
        data,
        run.rng,
        goal=task.goal,
        most_samples=task.most_samples - run.network.presented,
        test_every=task.interval,
    ):
        run.readings.append(reading)
        run.seconds = time.perf_counter() - started
        yield reading


def identity(task: Task, seed: int) -> dict[str, Any]:
    """What determines a run, for JSON.

    Parameters
    ----------
    task : Task
        What is learnt, and by what network.
    seed : int
        From which it starts.

    Returns
    -------
    dict
        Task and seed; what has no type of JSON's is there by its ``repr``.

    Examples
    --------
    >>> from montecarlo.savers import Cache
    >>> identity(Task(savers=(Cache(0.02),)), seed=1)["task"]["savers"]
    "Cache(threshold=0.02, tau=inf, trigger='local', per='neuron')"
    """
    return {
        "task": {
            "data": task.data,
            "images": task.images,
            "raw": task.raw,
            "design": asdict(task.design),
            "hidden": task.hidden,
            "savers": ", ".join(map(repr, task.savers)),
            "goal": task.goal,
            "most_samples": task.most_samples,
            "test_every": task.interval,
        },
        "seed": seed,
    }


def versions() -> dict[str, str]:
    """What the figures of a run may depend on in their last digits."""
    packages = ("synaptic-energy", "numpy", "scipy")
    return {"python": platform.python_version()} | {name: version(name) for name in packages}


def record(run: Run) -> dict[str, Any]:
    """What a run found, for JSON; numbers that have overflowed are None.

    Parameters
    ----------
    run : Run
        Tested at least once.

    Returns
    -------
    dict
        What determines it (`identity`), the versions of the software and a summary: whether the
        goal was reached, samples, accuracy, and in units of the weights the energies M_0 and M_1,
        the M_1 of going straight to the final weights, and the sum of the sizes of transient
        weights over presentations; in all and by layer.

    Examples
    --------
    >>> task = Task(hidden=30, most_samples=200)
    >>> data = dataset(task)
    >>> run = begin(task, data, seed=1)
    >>> for _ in go_on(run, data):
    ...     pass
    >>> found = record(run)["summary"]
    >>> found["learnt"], found["samples"]
    (False, 200)
    """
    last = run.readings[-1]
    columns = {
        "M_0": last.energy[:, 0],
        "M_1": last.energy[:, 1],
        "direct_M_1": last.direct_energy[:, 1],
        "transient_sum": last.transient_sum,
    }
    layers = {
        name: {column: _finite(values[i]) for column, values in columns.items()}
        for i, name in enumerate(("hidden", "output"))
    }
    return identity(run.task, run.seed) | {
        "versions": versions(),
        "summary": {
            "learnt": last.accuracy >= run.task.goal,
            "samples": last.presented,
            "accuracy": last.accuracy,
            **{column: _finite(values.sum()) for column, values in columns.items()},
            **layers,
            "seconds": run.seconds,
        },
    }


def _finite(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None
