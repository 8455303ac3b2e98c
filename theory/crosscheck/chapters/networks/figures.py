"""LvR's figures of networks: 5a, 5b and 5c."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import TypeVar

from montecarlo.network.design import LVR
from montecarlo.runs import DataName, Task
from montecarlo.savers import Cache, Saver
from theory.crosscheck.chapters.networks.experiments import NetworkRun, Runs, trainings
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

Of = TypeVar("Of")
Value = Callable[[Of], float]

#: LvR's price of a transient weight, and its decay time (presentations).
PRICE, TAU = 0.001, 1000.0
#: At which energies are looked up.
ACCURACIES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95)
#: What caches, by the name it has in the figure.
CACHES: dict[str, tuple[Saver, ...]] = {
    "without caching": (),
    "cached, 0.005": (Cache(0.005, TAU),),
    "cached, 0.02": (Cache(0.02, TAU),),
    "by neuron, 0.04": (Cache(0.04, TAU, "any"),),
}
PLAIN = next(iter(CACHES))
ENERGY = Axis("energy", "log")


def means(
    label: str,
    records: Sequence[Runs],
    points: Iterable[tuple[float, Value[Runs]]],
    reference: bool = False,
) -> Series:
    """Means at each x over the replicas that have a value there; that of others is NaN.

    Where fewer than two have, or less than half, there is no point.
    """
    shown = []
    for x, value in points:
        samples = [number for number in map(value, records) if not math.isnan(number)]
        if len(samples) >= max(2, len(records) / 2):
            shown.append((x, samples))
    return measured(label, [x for x, _ in shown], [samples for _, samples in shown], reference)


def learnt(
    label: str,
    records: Sequence[Runs],
    keys: Iterable[tuple[float, Hashable, float]],
    value: Value[NetworkRun],
    reference: bool = False,
) -> Series:
    """A value at x of the runs of a key that reached a goal, for each (x, key, goal)."""

    def reached(key: Hashable, goal: float, runs: Runs) -> float:
        run = runs[key].until(goal)
        return value(run) if run.learnt else math.nan

    return means(
        label, records, [(x, partial(reached, key, goal)) for x, key, goal in keys], reference
    )


def with_maintenance(run: NetworkRun) -> float:
    """The energy M_1, and that of maintaining transient weights."""
    return run.path + PRICE * run.held


def rates(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 5a: energy against accuracy for some learning rates."""
    series = (
        learnt(
            rf"$\eta$ = {rate:g}", records, [(a, rate, a) for a in ACCURACIES], attrgetter("path")
        )
        for rate in records[0]
    )
    return (Panel("energy", ENERGY, tuple(series)),)


def caching(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 5b: energy against accuracy, with and without caching, and its minimum."""

    def series(label: str, key: str, value: Value[NetworkRun]) -> Series:
        return learnt(
            label, records, [(a, key, a) for a in ACCURACIES], value, key == label == PLAIN
        )

    energies = [series(name, name, with_maintenance) for name in records[0]]
    least = series("minimum", PLAIN, attrgetter("direct"))
    ratio = series(PLAIN, PLAIN, attrgetter("inefficiency"))
    return (
        Panel("energy", ENERGY, (*energies, least)),
        Panel("inefficiency", Axis("energy over minimum"), (ratio,)),
    )


def sizes(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 5c: energy against the number of hidden units, for two accuracies."""
    series = (
        learnt(
            f"{goal:.0%}, {name}",
            records,
            [(n, (n, name), goal) for n, other in records[0] if other == name],
            with_maintenance,
        )
        for name in dict.fromkeys(name for _, name in records[0])
        for goal in (0.85, 0.92)
    )
    return (Panel("energy", ENERGY, tuple(series)),)


def of_rates(
    chosen: Sequence[float], goal: float, most: int, replicas: int, data: DataName
) -> Experiment:
    """Networks that learn at some rates."""
    tasks = {
        rate: Task(
            design=dataclasses.replace(LVR, learning_rate=rate), goal=goal, most_samples=most
        )
        for rate in chosen
    }
    return trainings(f"of Fig. 5a, {tuple(chosen)}, {most}", tasks, replicas, data)


def of_caches(goal: float, most: int, replicas: int, data: DataName) -> Experiment:
    """Networks that cache in some ways."""
    tasks = {name: Task(100, savers, LVR, goal, most) for name, savers in CACHES.items()}
    return trainings(f"of Fig. 5b, {goal:g}, {most}", tasks, replicas, data)


def of_sizes(hidden: Sequence[int], most: int, replicas: int, data: DataName) -> Experiment:
    """Networks of some sizes that cache or do not."""
    tasks = {
        (n, name): Task(n, CACHES[name], LVR, 0.92, most)
        for name in (PLAIN, "cached, 0.005")
        for n in hidden
    }
    return trainings(f"of Fig. 5c, {tuple(hidden)}, {most}", tasks, replicas, data)


#: Which points the functions above leave out.
MISSING = "points that at least half of the runs reach"
_CACHING = rf"$\tau$ = {TAU:g}, c = {PRICE:g}, thresholds as named"
_ACCURACY = Axis("accuracy")

FIGURES = (
    Figure(
        id="LvR.5a",
        title="Energy of networks against accuracy",
        source="Li & van Rossum (2020), Fig. 5a",
        full=Setting(
            of_rates((0.03, 0.1, 0.3, 1.0), 0.95, 50_000, 4, "mnist"),
            f"MNIST, 100 hidden units; {MISSING}",
        ),
        quick=Setting(
            of_rates((0.1, 0.3, 1.0, 3.0), 0.95, 30_000, 3, "digits"),
            f"8 x 8 digits, 100 hidden units; {MISSING}",
        ),
        x=_ACCURACY,
        panels=rates,
        ordered=True,
    ),
    Figure(
        id="LvR.5b",
        title="Synaptic caching in networks",
        source="Li & van Rossum (2020), Fig. 5b",
        full=Setting(
            of_caches(0.95, 60_000, 4, "mnist"), f"MNIST, 100 hidden units; {_CACHING}; {MISSING}"
        ),
        quick=Setting(
            of_caches(0.95, 30_000, 2, "digits"),
            f"8 x 8 digits, 100 hidden units; {_CACHING}; {MISSING}",
        ),
        x=_ACCURACY,
        panels=caching,
    ),
    Figure(
        id="LvR.5c",
        title="Energy against the number of hidden units",
        source="Li & van Rossum (2020), Fig. 5c",
        full=Setting(
            of_sizes((10, 16, 25, 50, 100), 50_000, 4, "mnist"),
            f"MNIST; {_CACHING}; {MISSING}",
        ),
        quick=Setting(
            of_sizes((7, 10, 20, 50, 155), 40_000, 2, "digits"),
            f"8 x 8 digits; {_CACHING}; {MISSING}",
        ),
        x=Axis("hidden units", "log"),
        panels=sizes,
    ),
)
