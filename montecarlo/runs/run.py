"""Runs: how far a training has come."""

from dataclasses import dataclass, field

import numpy as np

from montecarlo.checks import as_count
from montecarlo.datasets import Dataset
from montecarlo.network import Network, initial_network
from montecarlo.tasks import Task, called
from montecarlo.training import Reading, Training


@dataclass
class Run:
    """A training, as far as it has come; pickled, it can go on elsewhere.

    Attributes
    ----------
    task : Task
    seed : int
    network : Network
    rng : numpy.random.Generator
    data : str
        What the data are called: with a digest of their content, if they are one's own.
    readings : list of Reading
        One for each test.
    seconds : float
        Time that it took.
    """

    task: Task
    seed: int
    network: Network
    rng: np.random.Generator
    data: str
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
        If a saver does not fit the network, or the seed is no integer >= 0.

    Examples
    --------
    >>> from montecarlo.runs import dataset, go_on, record
    >>> task = Task(hidden=30, goal=0.9)
    >>> data = dataset(task)
    >>> run = begin(task, data, seed=1)
    >>> for reading in go_on(run, data):
    ...     energy = reading.energy
    >>> record(run)["summary"]["learnt"]
    True
    """
    seed = as_count("seed", seed, least=0)
    rng = np.random.default_rng(seed)
    sizes = data.train_inputs.shape[1], task.hidden, data.classes
    network = initial_network(task.design, sizes, rng, savers=task.savers)
    return Run(task, seed, network, rng, called(task, data))
