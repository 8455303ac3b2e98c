"""The Monte Carlo experiments with rules that save energy, alone and together."""

from __future__ import annotations

import dataclasses
import math
import time
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from montecarlo.network import initial_network, outputs, present
from montecarlo.network.design import CP
from montecarlo.runs import DataName, Task, dataset
from montecarlo.savers import Cache, Largest, Saver, Skip, Subnet
from theory.crosscheck.chapters.networks.experiments import DATA, NetworkRun, trained, trainings
from theory.crosscheck.experiment import Experiment
from theory.lazy import unseen_presentations

#: LvR's decay time of transient weights (presentations) and the price of maintaining them.
TAU, COST = 1000.0, 1e-3
LAZY = Skip(ever_wrong=True)


@dataclass(frozen=True)
class Setup:
    """How the rules are tried on some data.

    Attributes
    ----------
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
    """

    low: float
    goal: float
    fine: float
    small: int
    large: int
    images: int
    few: int
    threshold: float
    samples: int

    @property
    def rules(self) -> dict[str, tuple[Saver, ...]]:
        """The rules alone, and together."""
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

    def tasks(self, place: str, task: Task, *names: str) -> dict[str, Task]:
        """A task by some rules."""
        return {
            f"{name} {place}": dataclasses.replace(task, savers=self.rules[name]) for name in names
        }


SETUPS: dict[DataName, Setup] = {
    "digits": Setup(
        0.6, 0.83, 0.85, small=25, large=100, images=1437, few=200, threshold=0.02, samples=6000
    ),
    "mnist": Setup(
        0.8,
        0.9,
        0.92,
        small=30,
        large=120,
        images=60_000,
        few=3000,
        threshold=0.005,
        samples=10_000,
    ),
}
SETUP = SETUPS[DATA]
#: Accuracies at which energies are compared.
GOALS = np.arange(SETUP.low, SETUP.goal + 1e-9, 0.01)
_SMALL = Task(hidden=SETUP.small, goal=SETUP.goal)
_LARGE = dataclasses.replace(_SMALL, hidden=SETUP.large)
#: Lazy learning in both networks, and from few images.
LAZINESS = trainings(
    "that are lazy",
    {
        **SETUP.tasks("large", _LARGE, "plain", "skip"),
        **SETUP.tasks("small", _SMALL, "plain", "skip"),
        **SETUP.tasks("few", dataclasses.replace(_SMALL, images=SETUP.few), "plain", "skip"),
    },
    replicas=41,
)
#: To higher accuracy.
FINE = trainings(
    "that are lazy for long",
    SETUP.tasks("small", dataclasses.replace(_SMALL, goal=SETUP.fine), "plain", "skip"),
    replicas=18,
)
#: All rules in the large network.
SAVINGS = trainings("that save energy", SETUP.tasks("large", _LARGE, *SETUP.rules), replicas=18)
#: The same number of presentations in both networks. It has less noise than the same accuracy,
#: which the large network reaches a little sooner.
SIZES = trainings(
    "of two sizes",
    {
        key: dataclasses.replace(task, goal=math.inf, most_samples=SETUP.samples)
        for place, size in (("small", _SMALL), ("large", _LARGE))
        for key, task in SETUP.tasks(place, size, "plain", "cache", "cached subnet").items()
    },
    replicas=12,
)
#: The small network with the cache's threshold, a higher one, and one too high.
THRESHOLDS = trainings(
    "with thresholds",
    {
        factor: dataclasses.replace(
            _SMALL, savers=(Cache(factor * SETUP.threshold, TAU),), most_samples=8 * int(TAU)
        )
        for factor in (0.5, 1.0, 20.0)
    },
    replicas=18,
)


def energy_ratio(one: NetworkRun, other: NetworkRun, energy: str) -> float:
    """Energy of a training over that of another, geometric mean over accuracies.

    That has less noise than the ratio at any of them.
    """
    ratios = [getattr(one.until(at), energy) / getattr(other.until(at), energy) for at in GOALS]
    return float(np.exp(np.mean(np.log(ratios))))


def lessons(run: NetworkRun) -> float:
    """Presentations from which a network learnt that changes all synapses when it learns."""
    return run.updates / run.synapses


def expected_lessons(run: NetworkRun, images: int) -> float:
    """Presentations of images that were wrong when they were first shown.

    One that is shown first when s others have been is wrong as often as an image of the test set.

    Parameters
    ----------
    run : NetworkRun
        With its errors at the tests; samples are drawn at random.
    images : int
        The number N of those to learn from.
    """
    shown = np.arange(run.samples + 1)
    unseen = unseen_presentations(shown, run.samples, images)
    tested = np.concatenate(([0], run.curve.presented))
    errors = np.interp(shown[:-1], tested, np.concatenate(([0.9], 1 - run.curve.accuracy)))
    return float(np.sum(errors * -np.diff(unseen)))


@dataclass(frozen=True)
class Outcome:
    """What a network makes of the images after so many presentations.

    Attributes
    ----------
    training_accuracy : float
    test_error : float
        Mean over the tests in the last third of the training.
    margin : float
        Median over training images of the output of their digit less the largest of the others.
    """

    training_accuracy: float
    test_error: float
    margin: float


def _outcomes(task: Task, rng: np.random.Generator) -> dict[str, Outcome]:
    rules: dict[str, tuple[Saver, ...]] = {"plain": (), "skip": (Skip(),), "ever wrong": (LAZY,)}
    seed = int(rng.integers(2**63))
    return {
        name: _outcome(dataclasses.replace(task, savers=savers), seed)
        for name, savers in rules.items()
    }


def _outcome(task: Task, seed: int) -> Outcome:
    network, curve = trained(task, seed)
    images = dataset(task)
    labels = images.train_labels
    responses = outputs(network, images.train_inputs)
    own = responses[np.arange(len(labels)), labels]
    responses[np.arange(len(labels)), labels] = -np.inf
    margins = own - responses.max(axis=1)
    last = curve.accuracy[-(len(curve.accuracy) // 3) :]
    return Outcome(float(np.mean(margins > 0)), float(1 - last.mean()), float(np.median(margins)))


#: Training for so many presentations, from few images.
SCHOOLING = {
    "digits": Task(SETUP.small, images=200, goal=math.inf, most_samples=6000),
    "mnist": Task(SETUP.small, images=1000, goal=math.inf, most_samples=20_000, data="mnist"),
}[DATA]
OUTCOMES = Experiment(f"outcomes of laziness on {DATA}", partial(_outcomes, SCHOOLING), 27)


@lru_cache
def forward_share() -> float:
    """The time of a sample from which nothing is learnt, over that of one that is learnt from.

    Measured once, in the large network; the least of several attempts.
    """
    images = dataset(Task(data=DATA))
    inputs, samples = images.train_inputs[:400], np.arange(400)
    sizes = inputs.shape[1], SETUP.large, 10
    seconds = []
    rules: tuple[tuple[Saver, ...], ...] = ((Skip(),), ())
    for savers in rules:
        network = initial_network(CP, sizes, np.random.default_rng(0), savers=savers)
        # Whoever skips is told that all answers are right.
        labels = outputs(network, inputs).argmax(axis=1)
        attempts = []
        for _ in range(15):
            start = time.process_time()
            present(network, inputs, labels, samples)
            attempts.append(time.process_time() - start)
        seconds.append(min(attempts))
    return seconds[0] / seconds[1]
