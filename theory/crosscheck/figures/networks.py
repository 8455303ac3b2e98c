"""LvR's figures of networks: 5a, 5b and 5c."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from montecarlo.design import LVR
from montecarlo.runs import DataName, Task
from montecarlo.savers import Cache, Saver
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured
from theory.crosscheck.network_experiments import NetworkRun, trainings
from theory.crosscheck.simulation import Experiment

Runs = dict[Any, NetworkRun]
Value = Callable[[NetworkRun], float]

SOURCE = "Li & van Rossum (2020), Fig."
#: LvR's price of a transient weight, and its decay time (presentations).
PRICE, TAU = 0.001, 1000.0
#: At which energies are looked up.
ACCURACIES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95)
#: What caches, by the name it has in the figure.
CACHES: dict[str, tuple[Saver, ...]] = {
    "without caching": (),
    "cached, 0.005": (Cache(0.005, TAU),),
    "cached, 0.02": (Cache(0.02, TAU),),
    "by neuron, 0.04": (Cache(0.04, TAU, "neuron"),),
}
PLAIN = next(iter(CACHES))
ENERGY = Axis("energy", "log")


def learnt(
    label: str,
    records: Sequence[Runs],
    keys: Sequence[tuple[float, Hashable, float]],
    value: Value,
    reference: bool = False,
) -> Series:
    """A value at x of the runs of a key that reached a goal, for each (x, key, goal).

    Where fewer than two replicas did, or less than half, there is no point.
    """
    points = []
    for x, key, goal in keys:
        runs = [record[key].until(goal) for record in records]
        samples = [value(run) for run in runs if run.learnt]
        if len(samples) >= max(2, len(runs) / 2):
            points.append((x, samples))
    return measured(label, [x for x, _ in points], [samples for _, samples in points], reference)


def path(run: NetworkRun) -> float:
    """The energy M_1."""
    return run.path


def with_maintenance(run: NetworkRun) -> float:
    """The energy M_1, and that of maintaining transient weights."""
    return run.path + PRICE * run.held


def rates(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 5a: energy against accuracy for some learning rates."""
    series = (
        learnt(rf"$\eta$ = {rate:g}", records, [(a, rate, a) for a in ACCURACIES], path)
        for rate in records[0]
    )
    return (Panel("energy", ENERGY, tuple(series)),)


def caching(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 5b: energy against accuracy, with and without caching, and its minimum."""

    def series(label: str, key: str, value: Value) -> Series:
        return learnt(
            label, records, [(a, key, a) for a in ACCURACIES], value, key == label == PLAIN
        )

    energies = [series(name, name, with_maintenance) for name in records[0]]
    least = series("minimum", PLAIN, lambda run: run.direct)
    ratio = series(PLAIN, PLAIN, lambda run: run.inefficiency)
    return (
        Panel("energy", ENERGY, tuple(line for line in (*energies, least) if line.x)),
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
        for goal in (0.85, 0.93)
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
        (n, name): Task(n, CACHES[name], LVR, 0.93, most)
        for name in (PLAIN, "cached, 0.005")
        for n in hidden
    }
    return trainings(f"of Fig. 5c, {tuple(hidden)}, {most}", tasks, replicas, data)


_MISSING = "points that at least half of the runs reach"
_CACHING = rf"$\tau$ = {TAU:g}, c = {PRICE:g}, thresholds as named"
_ACCURACY = Axis("accuracy")

FIGURES = (
    Figure(
        id="LvR.5a",
        title="Energy of networks against accuracy",
        source=f"{SOURCE} 5a",
        full=Setting(
            of_rates((0.03, 0.1, 0.3, 1.0, 3.0), 0.95, 60_000, 4, "mnist"),
            f"MNIST, 100 hidden units; {_MISSING}",
        ),
        quick=Setting(
            of_rates((0.1, 0.3, 1.0, 3.0), 0.95, 30_000, 3, "digits"),
            f"8 x 8 digits, 100 hidden units; {_MISSING}",
        ),
        x=_ACCURACY,
        panels=rates,
        ordered=True,
    ),
    Figure(
        id="LvR.5b",
        title="Synaptic caching in networks",
        source=f"{SOURCE} 5b",
        full=Setting(
            of_caches(0.95, 60_000, 4, "mnist"), f"MNIST, 100 hidden units; {_CACHING}; {_MISSING}"
        ),
        quick=Setting(
            of_caches(0.95, 30_000, 2, "digits"),
            f"8 x 8 digits, 100 hidden units; {_CACHING}; {_MISSING}",
        ),
        x=_ACCURACY,
        panels=caching,
    ),
    Figure(
        id="LvR.5c",
        title="Energy against the number of hidden units",
        source=f"{SOURCE} 5c",
        full=Setting(
            of_sizes((10, 16, 25, 50, 100), 60_000, 4, "mnist"),
            f"MNIST; {_CACHING}; {_MISSING}",
        ),
        quick=Setting(
            of_sizes((7, 10, 20, 50, 155), 40_000, 2, "digits"),
            f"8 x 8 digits; {_CACHING}; {_MISSING}",
        ),
        x=Axis("hidden units", "log"),
        panels=sizes,
    ),
)
