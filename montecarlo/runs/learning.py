"""Runs learn, side by side where their networks are alike."""

import time
from collections.abc import Hashable, Iterable, Iterator, Sequence

from montecarlo.datasets import Dataset
from montecarlo.network.learning import kind
from montecarlo.runs.run import Run, begin
from montecarlo.tasks import Folder, Task, dataset
from montecarlo.training import Reading, read_on

#: What determines a run.
Start = tuple[Task, int]
#: Networks that learn together at most: more are hardly faster, and share no cache.
SIDE_BY_SIDE = 32


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
        for place in batch:
            task, seed = starts[place]
            runs[place] = begin(task, data, seed)
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
