"""Tasks: what a network is and what it is to learn, as data."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

from montecarlo.checks import as_count, require, settle
from montecarlo.datasets import DataName, Dataset, digits, mnist, mnist_from_openml
from montecarlo.network.design import CP, Design
from montecarlo.owndata import own_data, own_files
from montecarlo.savers import Saver
from montecarlo.training import checked_training

__all__ = ["Task", "dataset"]

Folder = str | Path | None

#: What there is to learn without data of one's own.
DATA_NAMES = get_args(DataName)
#: Samples between tests if a task does not say it: of few data, and of as many as MNIST has.
TEST_EVERY, TEST_EVERY_OF_MANY = 100, 1000


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
    data : {"digits", "mnist", "openml"} or path
        As in `montecarlo.datasets`; "openml" is MNIST, downloaded if need be. Or a folder or an
        ``.npz`` with data of one's own, as for `montecarlo.owndata.own_data`.
    test_every : int, optional
        Presentations between tests; without it, 100 on the digits and an ``.npz``, and 1000 on
        MNIST and other folders.

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
    data: str | Path = "digits"
    test_every: int | None = None

    def __post_init__(self) -> None:
        """Check all values."""
        known = self.data in DATA_NAMES or _exists(self.data)
        require("data", self.data, known, f"one of {', '.join(DATA_NAMES)}, or a folder or file")
        settle(self, "data", str(self.data))
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
        if self.test_every is not None:
            return self.test_every
        few = self.data == "digits" or str(self.data).endswith(".npz")
        return TEST_EVERY if few else TEST_EVERY_OF_MANY


def dataset(task: Task, folder: Folder = None) -> Dataset:
    """What a task has to learn; files are read once, and again if they have changed.

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
        If MNIST or a file of one's own is not there.
    ValueError
        If there are not so many images, or they cannot be used.

    Examples
    --------
    >>> len(dataset(Task(images=500)).train_inputs)
    500
    """
    name = str(task.data)
    files = () if name in DATA_NAMES else [(str(it), it.stat()) for it in own_files(name)]
    written = tuple((file, status.st_mtime_ns, status.st_size) for file, status in files)
    data = _loaded(name, task.design.zero_mean, folder, written)
    if task.images is None:
        return data
    most = len(data.train_labels)
    require("images", task.images, task.images <= most, f"at most {most}, those of {task.data}")
    return replace(
        data,
        train_inputs=data.train_inputs[: task.images],
        train_labels=data.train_labels[: task.images],
    )


def _exists(path: object) -> bool:
    try:
        return isinstance(path, str | Path) and Path(path).expanduser().exists()
    except (OSError, RuntimeError):  # a name that is too long, or of no user
        return False


def called(task: Task, data: Dataset | None = None) -> str:
    """What a record calls the data of a task: those of one's own differ if their content does."""
    if task.data in DATA_NAMES:
        return str(task.data)
    return (dataset(task) if data is None else data).name


@lru_cache(maxsize=4)
def _loaded(
    name: str, zero_mean: bool, folder: Folder, written: tuple[tuple[str, int, int], ...]
) -> Dataset:
    """The data of a name; of one's own, of files that were written then."""
    if written:
        return own_data(name, zero_mean=zero_mean)
    if name == "mnist":
        return mnist(folder, zero_mean=zero_mean)
    return {"digits": digits, "openml": mnist_from_openml}[name](zero_mean=zero_mean)
