"""Rules that save energy in networks: CP's Fig. 4, REV's Fig. 1 in numbers, and lazy learning."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Any

import numpy as np

from montecarlo.runs import DataName, Task
from montecarlo.savers import Cache, Subnet
from theory.crosscheck.chapters.networks.experiments import Runs, trainings
from theory.crosscheck.chapters.networks.figures import MISSING, learnt, means
from theory.crosscheck.chapters.savings.experiments import (
    LAZY,
    SETUPS,
    TAU,
    expected_lessons,
    lessons,
)
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

#: The energies of a run, with names and symbols.
ENERGIES = (("updates", "M0", "$M_0$"), ("path", "M1", "$M_1$"))
#: Networks of Fig. 4a, and with a cache in a subnet.
RULES = ("plain", "cached", "cached in subnet")
FIRST_SHOWN = "wrong when first shown"


def thresholds(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 4a: energies against the threshold, and how long learning takes."""
    tried = [key for key in records[0] if key is not None]
    goal = records[0][None].task.goal
    return tuple(
        Panel(
            name,
            Axis(symbol, "log"),
            (
                learnt(
                    "with caching",
                    records,
                    [(at, at, goal) for at in tried],
                    attrgetter(quantity),
                ),
                learnt(
                    "without",
                    records,
                    [(at, None, goal) for at in (tried[0], tried[-1])],
                    attrgetter(quantity),
                    reference=True,
                ),
            ),
        )
        for quantity, name, symbol in (*ENERGIES, ("samples", "T", "$T$"))
    )


def widths(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 4b: energies against the number of hidden units."""
    return tuple(
        Panel(
            name,
            Axis(symbol, "log"),
            tuple(
                learnt(
                    rule,
                    records,
                    [
                        (key[1], key, run.task.goal)
                        for key, run in records[0].items()
                        if key[0] == rule
                    ],
                    attrgetter(quantity),
                    reference=rule == "plain",
                )
                for rule in RULES
            ),
        )
        for quantity, name, symbol in ENERGIES
    )


def _saved(without: Any, with_rule: Any, accuracy: float, energy: str, runs: Runs) -> float:
    """Energy to an accuracy without a rule over that with it."""
    one, other = (runs[key].until(accuracy) for key in (without, with_rule))
    if not (one.learnt and other.learnt):
        return math.nan
    return float(getattr(one, energy) / getattr(other, energy))


def combinations(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """What the rules save, alone and together, against the accuracy."""
    rules = [rule for rule in records[0] if rule != "plain large"]
    goal = records[0][rules[0]].task.goal
    accuracies = np.linspace(goal - 0.2, goal, 9).tolist()
    return tuple(
        Panel(
            name,
            Axis(f"{symbol} saved (times)", "log"),
            tuple(
                means(
                    rule.removesuffix(" large"),
                    records,
                    [(100 * at, partial(_saved, "plain large", rule, at, q)) for at in accuracies],
                    reference=rule == "all large",
                )
                for rule in rules
            ),
        )
        for q, name, symbol in ENERGIES
    )


def images(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """What lazy learning saves, against the number of images to learn from."""
    sizes = sorted({size for _, size in records[0]})
    goal = records[0]["plain", sizes[-1]].task.goal
    accuracies = [goal - 0.1, goal - 0.05, goal - 0.02, goal]
    panels = [
        Panel(
            name,
            Axis(f"{symbol} saved (times)"),
            tuple(
                means(
                    f"{at:.0%} accurate",
                    records,
                    [(n, partial(_saved, ("plain", n), ("skip", n), at, q)) for n in sizes],
                )
                for at in accuracies
            ),
        )
        for q, name, symbol in ENERGIES
    ]
    label = "learnt from, at the end"
    part = [[lessons(runs["skip", n]) / runs["skip", n].samples for runs in records] for n in sizes]
    law = [
        np.mean(
            [expected_lessons(runs["skip", n], n) / runs["skip", n].samples for runs in records]
        )
        for n in sizes
    ]
    return (
        *panels,
        Panel(
            "lessons",
            Axis("part of the\npresentations", "log"),
            (
                measured(label, sizes, part),
                Series(label, FIRST_SHOWN, tuple(map(float, sizes)), tuple(map(float, law))),
            ),
        ),
    )


def by_threshold(
    data: DataName, hidden: int, goal: float, tried: Sequence[float], most: int, replicas: int
) -> Experiment:
    """Networks with caches of several thresholds, and without."""
    plain = Task(hidden, goal=goal, most_samples=most)
    tasks = {at: dataclasses.replace(plain, savers=(Cache(at, TAU),)) for at in tried}
    return trainings("by threshold", {None: plain, **tasks}, replicas, data)


def by_width(
    data: DataName, sizes: Sequence[int], subnet: int, goal: float, threshold: float, replicas: int
) -> Experiment:
    """Networks of several sizes, with a cache, with one in a subnet, and without."""
    cache = Cache(threshold, TAU)
    savers = {"plain": (), "cached": (cache,), "cached in subnet": (Subnet(subnet), cache)}
    tasks = {
        (rule, n): Task(n, rules, goal=goal)
        for rule, rules in savers.items()
        for n in sizes
        if rule != "cached in subnet" or n >= subnet
    }
    return trainings("cached, by width", tasks, replicas, data)


def with_all_rules(data: DataName, goal: float, replicas: int) -> Experiment:
    """A large network by each rule and by all."""
    setup = SETUPS[data]
    return trainings(
        "with all rules",
        setup.tasks("large", Task(setup.large, goal=goal, most_samples=100_000), *setup.rules),
        replicas,
        data,
    )


def by_images(
    data: DataName, sizes: Sequence[int], goal: float, most: int, replicas: int
) -> Experiment:
    """Lazy learning and learning from all samples, from so many images each."""
    tasks = {
        (rule, n): Task(100, savers, goal=goal, most_samples=most, images=n)
        for rule, savers in (("plain", ()), ("skip", (LAZY,)))
        for n in sizes
    }
    return trainings("that are lazy, by images", tasks, replicas, data)


FIGURES = (
    Figure(
        id="CP.4a",
        title="Synaptic caching in a network, by its threshold",
        source="van Rossum (2023), Fig. 4a",
        full=Setting(
            by_threshold("mnist", 100, 0.93, (0.0005, 0.001, 0.002, 0.003, 0.004), 50_000, 4),
            f"MNIST to 93%, 100 hidden units; decay time 1000; {MISSING}",
        ),
        quick=Setting(
            by_threshold("digits", 25, 0.85, (0.002, 0.005, 0.01, 0.02, 0.04, 0.08), 8000, 4),
            f"digits to 85%, 25 hidden units; decay time 1000; {MISSING}",
        ),
        x=Axis(r"threshold $\theta$", "log"),
        panels=thresholds,
    ),
    Figure(
        id="CP.4b",
        title="Synaptic caching in networks of many sizes",
        source="van Rossum (2023), Fig. 4b",
        full=Setting(
            by_width("mnist", (30, 60, 120, 300, 600), 60, 0.9, 0.005, 4),
            "MNIST to 90%; threshold 0.005, decay time 1000, subnet of 60",
        ),
        quick=Setting(
            by_width("digits", (12, 25, 50, 100), 25, 0.83, 0.02, 4),
            "digits to 83%; threshold 0.02, decay time 1000, subnet of 25",
        ),
        x=Axis("hidden units", "log"),
        panels=widths,
    ),
    Figure(
        id="REV.1",
        title="Energy saved by each rule and by all together",
        source="Pache & van Rossum (2023), Fig. 1",
        full=Setting(
            with_all_rules("mnist", 0.9, 4),
            "MNIST, 120 hidden units; subnet of 30, largest 10%, threshold 0.005, decay time 1000",
        ),
        quick=Setting(
            with_all_rules("digits", 0.85, 4),
            "digits, 100 hidden units; subnet of 25, largest 10%, threshold 0.02, decay time 1000",
        ),
        x=Axis("accuracy (%)"),
        panels=combinations,
    ),
    Figure(
        id="SE.lazy",
        title="Lazy learning, by the number of images",
        source="notes of this package",
        full=Setting(
            by_images("mnist", (1000, 4000, 15_000, 60_000), 0.93, 40_000, 4),
            f"MNIST, 100 hidden units, at most 40,000 presentations; {MISSING}",
        ),
        quick=Setting(
            by_images("digits", (100, 200, 400, 800, 1437), 0.92, 8000, 4),
            f"digits, 100 hidden units, at most 8000 presentations; {MISSING}",
        ),
        x=Axis("images", "log"),
        panels=images,
        ordered=True,
    ),
)
