"""Runs: how far a training has come, and what it found.

A task and a seed determine a run, whoever runs it and in however many pieces, as long as linear
algebra uses one thread.
"""

import platform
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

import numpy as np

from montecarlo.datasets import DataName, Dataset
from montecarlo.network import Network, initial_network
from montecarlo.tasks import Folder, Task, dataset
from montecarlo.training import Reading, Training, readings

__all__ = ["DataName", "Run", "Task", "begin", "dataset", "go_on", "identity", "learn", "record"]


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

    @property
    def training(self) -> Training:
        """What it has cost and achieved so far."""
        return Training.of(self.network, self.task.goal, self.readings)


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


def learn(task: Task, seed: int, folder: Folder = None) -> Run:
    """A run from its beginning to its end.

    Parameters
    ----------
    task : Task
        What is to be learnt, and by what network.
    seed : int
        At least 0.
    folder : path, optional
        Where the files of MNIST lie, as for `montecarlo.datasets.mnist`.

    Returns
    -------
    Run
        It has learnt, or has been given up.

    Examples
    --------
    >>> training = learn(Task(hidden=30, goal=0.9), seed=1).training
    >>> training.learnt, training.path > training.direct
    (True, True)
    """
    data = dataset(task, folder)
    run = begin(task, data, seed)
    for _ in go_on(run, data):
        pass
    return run


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
    >>> found = record(learn(Task(hidden=30, most_samples=200), seed=1))["summary"]
    >>> found["learnt"], found["samples"]
    (False, 200)
    """
    training = run.training
    columns = {
        "M_0": training.energy[-1, :, 0],
        "M_1": training.energy[-1, :, 1],
        "direct_M_1": training.direct_energy[-1, :, 1],
        "transient_sum": training.transient_sum[-1],
    }
    layers = {
        name: {column: _finite(values[i]) for column, values in columns.items()}
        for i, name in enumerate(("hidden", "output"))
    }
    return identity(run.task, run.seed) | {
        "versions": versions(),
        "summary": {
            "learnt": training.learnt,
            "samples": training.samples,
            "accuracy": float(training.accuracy[-1]),
            **{column: _finite(values.sum()) for column, values in columns.items()},
            **layers,
            "seconds": run.seconds,
        },
    }


def _finite(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None
