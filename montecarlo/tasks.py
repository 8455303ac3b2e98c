"""Tasks: what a network is and what it is to learn, as data."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

from montecarlo.checks import as_count, require, require_choice, settle
from montecarlo.datasets import DataName, Dataset, digits, mnist, mnist_from_openml
from montecarlo.network.design import CP, Design
from montecarlo.savers import Saver
from montecarlo.training import checked_training

__all__ = ["Task", "dataset"]

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
        Says whether inputs have zero mean, too.
    goal : float
        Accuracy on the test set at which learning ends.
    most_samples : int
        Presentations after which it ends anyway.
    images : int, optional
        How many of the training images there are to learn from, the first ones; without it, all.
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
    data: DataName = "digits"
    test_every: int | None = None

    def __post_init__(self) -> None:
        """Check all values."""
        require_choice("data", self.data, get_args(DataName))
        if self.images is not None:
            settle(self, "images", as_count("images", self.images))
        settle(self, "hidden", as_count("hidden", self.hidden))
        goal, most, interval = checked_training(self.goal, self.most_samples, self.interval)
        settle(self, "goal", goal)
        settle(self, "most_samples", most)
        if self.test_every is not None:
            settle(self, "test_every", interval)

    @property
    def interval(self) -> int:
        """Presentations between tests."""
        return TEST_EVERY[self.data] if self.test_every is None else self.test_every


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
        Of zero mean if the design says so.

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
    data = _loaded(task.data, task.design.zero_mean, folder)
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
