"""Runs: how far a training has come, and what it found.

A task and a seed determine a run, whoever runs it and in however many pieces, as long as linear
algebra uses one thread.
"""

import platform
import time
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

import numpy as np

from montecarlo.datasets import DataName, Dataset
from montecarlo.network import Network, initial_network
from montecarlo.network.learning import kind
from montecarlo.tasks import Folder, Task, dataset
from montecarlo.training import Reading, Training, read_on

__all__ = [
    "DataName",
    "Run",
    "Task",
    "batches",
    "begin",
    "dataset",
    "go_on",
    "identity",
    "learn",
    "learn_all",
    "record",
]

#: What determines a run.
Start = tuple[Task, int]
#: Networks that learn together at most: more are hardly faster, and share no cache.
SIDE_BY_SIDE = 32


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
    def ended(self) -> bool:
        """Whether it has learnt, or has been given up."""
        task = self.task
        return bool(self.readings) and self.readings[-1].ends(task.goal, task.most_samples)

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
    >>> [(reading.presented, run.ended) for reading in go_on(run, data)]
    [(100, False), (200, True)]
    """
    while not run.ended:
        yield advance([run], data)[0]


def advance(runs: Sequence[Run], data: Dataset) -> list[Reading]:
    """Let runs learn side by side up to their next test.

    Parameters
    ----------
    runs : sequence of Run
        Changed in place. They are those of one of the `batches`, as far as each other.
    data : Dataset
        That of their tasks.

    Returns
    -------
    list of Reading
        What was found of each; energies in units of weight.

    Examples
    --------
    >>> task = Task(hidden=30, goal=0.9)
    >>> runs = [begin(task, dataset(task), seed) for seed in range(3)]
    >>> [reading.presented for reading in advance(runs, dataset(task))]
    [100, 100, 100]
    """
    started = time.perf_counter()
    task, presented = runs[0].task, runs[0].network.presented
    samples = min(task.interval, task.most_samples - presented)
    found = read_on([run.network for run in runs], data, [run.rng for run in runs], samples)
    for run, reading in zip(runs, found, strict=True):
        run.readings.append(reading)
        run.seconds += (time.perf_counter() - started) / len(runs)
    return found


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
    (run,) = learn_all([(task, seed)], folder)
    return run


def learn_all(starts: Iterable[Start], folder: Folder = None) -> list[Run]:
    """Runs from their beginnings to their ends, side by side where their networks are alike.

    Parameters
    ----------
    starts : iterable of (Task, int)
        Tasks and the seeds from which they are learnt.
    folder : path, optional
        As in `learn`.

    Returns
    -------
    list of Run
        In the order of ``starts``, and as `learn` gives them one by one.

    Examples
    --------
    >>> task = Task(hidden=30, goal=0.9)
    >>> [run.training.learnt for run in learn_all([(task, 1), (task, 2)])]
    [True, True]
    """
    starts = list(starts)
    runs: dict[int, Run] = {}
    for batch in batches(starts, folder):
        data = dataset(starts[batch[0]][0], folder)
        runs |= {place: begin(starts[place][0], data, starts[place][1]) for place in batch}
        learning = [runs[place] for place in batch]
        while learning:
            advance(learning, data)
            learning = [run for run in learning if not run.ended]
    return [runs[place] for place in range(len(starts))]


def batches(
    starts: Sequence[Start], folder: Folder = None, most: int = SIDE_BY_SIDE
) -> list[list[int]]:
    """Which runs learn side by side: of one kind, on the same data, tested at the same times.

    Parameters
    ----------
    starts : sequence of (Task, int)
        Tasks and the seeds from which they are learnt.
    folder : path, optional
        As in `learn`.
    most : int
        The largest batch.

    Returns
    -------
    list of list of int
        Their places in ``starts``.

    Raises
    ------
    ValueError
        If a saver does not fit its network.

    Examples
    --------
    >>> starts = [(Task(hidden=30), 1), (Task(hidden=50), 1), (Task(hidden=30), 2)]
    >>> batches(starts)
    [[0, 2], [1]]
    """
    alike: dict[Hashable, list[int]] = {}
    keys: dict[str, Hashable] = {}
    for place, (task, _) in enumerate(starts):
        if (name := repr(task)) not in keys:
            network = begin(task, dataset(task, folder), seed=0).network
            times = task.interval, task.most_samples
            keys[name] = task.data, task.images, times, kind(network)
        alike.setdefault(keys[name], []).append(place)
    return [
        places[start : start + most]
        for places in alike.values()
        for start in range(0, len(places), most)
    ]


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
