"""Networks that save energy: by lazy learning, caching, subnets and competition, and together."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import Array
from montecarlo.datasets import DataName
from montecarlo.network import Change, Network, initial_network, outputs
from montecarlo.network.design import CP
from montecarlo.network.units import HIDDEN
from montecarlo.runs import Run, learn_all
from montecarlo.savers import Cache, Largest, Saver, Skip, Subnet
from montecarlo.tasks import Task, dataset
from montecarlo.training import Training
from theory.crosscheck.chapters.networks.experiments import TAU, Rngs, Trainings, trained
from theory.crosscheck.experiment import experiment
from theory.lazy import unseen_presentations

LAZY = Skip(ever_wrong=True)


@dataclass(frozen=True)
class Setup:
    """How savers are tried on some data.

    Attributes
    ----------
    data : {"digits", "mnist"}
    low, goal : float
        Accuracies from which and to which savings are looked at.
    fine : float
        Accuracy at which the time of lazy learning is.
    small, large : int
        Hidden units. The small network is as large as the subnet in the large one.
    images, few : int
        Training images, all of them and where they are few.
    threshold : float
        That of the cache.
    samples : int
        Presentations where sizes are compared.
    schooling : (int, int)
        Training images, and presentations after which we look what has become of lazy learning.
    """

    data: DataName
    low: float
    goal: float
    fine: float
    small: int
    large: int
    images: int
    few: int
    threshold: float
    samples: int
    schooling: tuple[int, int]

    @property
    def with_all(self) -> tuple[int, int]:
        """The small network with all images, in `lazy`."""
        return self.small, self.images

    @property
    def with_few(self) -> tuple[int, int]:
        """The same with few."""
        return self.small, self.few

    @property
    def goals(self) -> npt.NDArray[np.float64]:
        """Accuracies at which energies are compared."""
        return np.arange(self.low, self.goal + 1e-9, 0.01)

    @property
    def savers(self) -> dict[str, tuple[Saver, ...]]:
        """The savers alone, and together."""
        alone: dict[str, Saver] = {
            "skip": LAZY,
            "subnet": Subnet(self.small),
            "largest": Largest(0.1),
            "cache": Cache(self.threshold, TAU),
        }
        return {
            "plain": (),
            **{name: (saver,) for name, saver in alone.items()},
            "cached subnet": (alone["subnet"], alone["cache"]),
            "all": tuple(alone.values()),
        }


SETUPS: Mapping[DataName, Setup] = {
    "digits": Setup(
        "digits",
        low=0.6,
        goal=0.83,
        fine=0.85,
        small=25,
        large=100,
        images=1437,
        few=200,
        threshold=0.02,
        samples=6000,
        schooling=(200, 6000),
    ),
    "mnist": Setup(
        "mnist",
        low=0.8,
        goal=0.9,
        fine=0.92,
        small=30,
        large=120,
        images=60_000,
        few=3000,
        threshold=0.005,
        samples=10_000,
        schooling=(1000, 20_000),
    ),
}


@experiment(replicas=41, together=True)
def lazy(
    rngs: Rngs,
    data: DataName,
    networks: Sequence[tuple[int, int]],
    goal: float,
    most: int = 600_000,
) -> list[Trainings]:
    """Lazy learning and learning from all samples, by (hidden units, images to learn from)."""
    tasks = {
        (name, n, images): Task(n, savers, goal=goal, most_samples=most, images=images)
        for name, savers in (("plain", ()), ("skip", (LAZY,)))
        for n, images in networks
    }
    return trained(rngs, data, tasks)


@experiment(replicas=18, together=True)
def alone_and_together(
    rngs: Rngs, data: DataName, goal: float, most: int = 600_000
) -> list[Trainings]:
    """A large network with no saver, with each and with all."""
    setup = SETUPS[data]
    tasks = {name: Task(setup.large, it, CP, goal, most) for name, it in setup.savers.items()}
    return trained(rngs, data, tasks)


@experiment(replicas=12, together=True)
def by_width(
    rngs: Rngs,
    data: DataName,
    sizes: Sequence[int],
    subnet: int,
    threshold: float,
    goal: float,
    most: int = 600_000,
) -> list[Trainings]:
    """Networks of some sizes: plain, with a cache, and with one in a subnet if they have it."""
    cache = Cache(threshold, TAU)
    savers = {"plain": (), "cached": (cache,), "cached in subnet": (Subnet(subnet), cache)}
    tasks = {
        (name, n): Task(n, chosen, CP, goal, most)
        for name, chosen in savers.items()
        for n in sizes
        if name != "cached in subnet" or n >= subnet
    }
    return trained(rngs, data, tasks)


@experiment(replicas=18, together=True)
def by_threshold(
    rngs: Rngs,
    data: DataName,
    hidden: int,
    goal: float,
    thresholds: Sequence[float | None],
    most: int,
) -> list[Trainings]:
    """Networks with caches of several thresholds; None is no cache."""
    tasks = {
        threshold: Task(
            hidden, () if threshold is None else (Cache(threshold, TAU),), CP, goal, most
        )
        for threshold in thresholds
    }
    return trained(rngs, data, tasks)


def energy_ratio(
    one: Training, other: Training, energy: str, goals: npt.NDArray[np.float64]
) -> float:
    """Energy of a training over that of another, geometric mean over accuracies.

    That has less noise than the ratio at any of them.
    """
    ratios = [getattr(one.until(at), energy) / getattr(other.until(at), energy) for at in goals]
    return float(np.exp(np.mean(np.log(ratios))))


def lessons(run: Training) -> float:
    """Presentations from which a network learnt that changes all synapses when it learns."""
    return run.updates / run.synapses


def expected_lessons(run: Training, images: int) -> float:
    """Presentations of images that were wrong when they were first shown.

    One that is shown first when s others have been is wrong as often as one of the test set.
    Samples are drawn at random from so many images.
    """
    shown = np.arange(run.samples + 1)
    unseen = unseen_presentations(shown, run.samples, images)
    tested = np.concatenate(([0], run.presented))
    errors = np.interp(shown[:-1], tested, np.concatenate(([0.9], 1 - run.accuracy)))
    return float(np.sum(errors * -np.diff(unseen)))


@dataclass(frozen=True)
class Performance:
    """What a network makes of the images after so many presentations.

    Attributes
    ----------
    training_accuracy : float
    test_error : float
        Mean over the tests in the last third of the training.
    margin : float
        Median over training images of the output of their digit less the largest of the others.
    path : float
        M_1 of learning so far.
    """

    training_accuracy: float
    test_error: float
    margin: float
    path: float


@experiment(replicas=27, together=True)
def performances(rngs: Rngs, data: DataName) -> list[dict[str, Performance]]:
    """What comes of lazy learning from few images, and of learning from all samples."""
    setup = SETUPS[data]
    images, samples = setup.schooling
    task = Task(setup.small, goal=math.inf, most_samples=samples, images=images, data=data)
    savers = {"plain": (), "skip": (Skip(),), "ever wrong": (LAZY,)}
    tasks = [replace(task, savers=it) for it in savers.values()]
    seeds = [int(rng.integers(2**63)) for rng in rngs]
    found = map(_performance, learn_all((task, seed) for seed in seeds for task in tasks))
    return [dict(zip(savers, found, strict=False)) for _ in seeds]


def _performance(run: Run) -> Performance:
    images = dataset(run.task)
    labels = images.train_labels
    responses = outputs(run.network, images.train_inputs)
    own = responses[np.arange(len(labels)), labels]
    responses[np.arange(len(labels)), labels] = -np.inf
    margins = own - responses.max(axis=1)
    accuracy = run.training.accuracy
    last = accuracy[-(len(accuracy) // 3) :]
    return Performance(
        float(np.mean(margins > 0)),
        float(1 - last.mean()),
        float(np.median(margins)),
        run.training.path,
    )


@lru_cache
def forward_share(data: DataName) -> float:
    """The time of a sample from which nothing is learnt, over that of one that is learnt from.

    Measured once, in the large network, one sample after another; the least of several attempts.
    """
    inputs = dataset(Task(data=data)).train_inputs[:400]
    sizes = inputs.shape[1], SETUPS[data].large, 10
    net = initial_network(CP, sizes, np.random.default_rng(0))
    skipped, learnt = (min(_seconds(net, inputs, it) for _ in range(15)) for it in (False, True))
    return skipped / learnt


def _seconds(network: Network, inputs: Array, learns: bool) -> float:
    """What a network takes for some samples, the targets of which are zero."""
    activate, through = HIDDEN[CP.hidden]
    hidden, output = network.hidden, network.output
    bias = np.ones(1, inputs.dtype)
    start = time.process_time()
    for sample in inputs:
        x = np.concatenate([sample, bias])
        h = np.concatenate([activate(hidden.fields(x)), bias])
        errors = -output.fields(h)
        if learns:
            deltas = through(output.propagate(errors)[:-1], h[:-1])
            hidden.learn(CP.learning_rate, Change(deltas, x))
            output.learn(CP.learning_rate, Change(errors, h))
    return time.process_time() - start
