"""CP's figures of plain networks: 1a, 1b, 1c and 6."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from montecarlo.network.design import CP
from montecarlo.runs import DataName, Task
from montecarlo.savers import Subnet
from theory.crosscheck.chapters.networks.experiments import VARIANTS, Runs, trainings
from theory.crosscheck.chapters.networks.figures import learnt
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting

FITTED = "power law, fitted"
#: From how many hidden units on power laws are fitted.
LARGE = 100
PUBLISHED = next(iter(VARIANTS))


def rates(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 1a: learning time and energies against the learning rate, for some sizes."""

    def series(quantity: str) -> tuple[Series, ...]:
        return tuple(
            learnt(
                f"{n} hidden units",
                records,
                [(rate, (n, rate), task_goal(records)) for m, rate in records[0] if m == n],
                attrgetter(quantity),
            )
            for n in dict.fromkeys(n for n, _ in records[0])
        )

    return (
        Panel("time", Axis("presentations", "log"), series("samples")),
        Panel("M0", Axis("$M_0$", "log"), series("updates")),
        Panel("M1", Axis("$M_1$", "log"), series("path")),
    )


def task_goal(records: Sequence[Runs]) -> float:
    """The goal that all tasks share."""
    return next(iter(records[0].values())).task.goal


def energies(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 1b: both energies against size, over the least of each."""
    series = [
        line
        for name, quantity in (("M_0", "updates"), ("M_1", "path"))
        for line in _scaled(records, name, quantity)
    ]
    return (Panel("energy", Axis("energy over the least", "log"), tuple(series)),)


def times(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 1c: learning time and mean update against size."""
    return (
        Panel(
            "time",
            Axis("presentations", "log"),
            _fitted(_of_sizes(records, "samples"), "T"),
        ),
        Panel(
            "step",
            Axis(r"mean $|\Delta w|$", "log"),
            _fitted(_of_sizes(records, "mean_update"), r"\langle|\Delta w|\rangle"),
        ),
    )


def savings(records: Sequence[Runs]) -> tuple[Panel, ...]:
    """Fig. 6: what subnets save, in variants of the network."""

    def series(label: str, name: str, quantity: str) -> Series:
        value = attrgetter(quantity)
        plain = np.mean([value(record[name, None]) for record in records])
        return learnt(
            label,
            records,
            [
                (n, (name, n), task_goal(records))
                for other, n in records[0]
                if other == name and n is not None
            ],
            lambda run: float(plain / value(run)),
            reference=name == label == PUBLISHED,
        )

    return (
        Panel(
            "M0",
            Axis("saving of $M_0$", "log"),
            tuple(series(name, name, "updates") for name in VARIANTS),
        ),
        Panel(
            "M1",
            Axis("saving of $M_1$", "log"),
            (
                *(series(name, name, "path") for name in VARIANTS),
                series("one-sided cost", PUBLISHED, "upward"),
            ),
        ),
    )


def _of_sizes(records: Sequence[Runs], quantity: str) -> Series:
    keys = [(n, n, task_goal(records)) for n in records[0]]
    return learnt("", records, keys, attrgetter(quantity))


def _scaled(records: Sequence[Runs], name: str, quantity: str) -> tuple[Series, ...]:
    """Over the least of all sizes."""
    series = _of_sizes(records, quantity)
    least = min(series.y)
    scaled = dataclasses.replace(
        series,
        y=tuple(y / least for y in series.y),
        error=tuple(error / least for error in series.error),
    )
    return _fitted(scaled, name)


def _fitted(series: Series, name: str) -> tuple[Series, Series]:
    """The same with the power law that its larger sizes follow, whose exponent is in the label."""
    x, y = (
        np.log([v for n, v in zip(series.x, c, strict=True) if n >= LARGE])
        for c in (series.x, series.y)
    )
    exponent, offset = np.polyfit(x, y, 1)
    label = rf"${name} \sim n^{{{exponent:.2f}}}$"
    line = np.exp(offset + exponent * x)
    return (
        dataclasses.replace(series, label=label),
        Series(label, FITTED, tuple(map(float, np.exp(x))), tuple(map(float, line))),
    )


def of_rates(
    sizes: Sequence[int], chosen: Sequence[float], goal: float, replicas: int, data: DataName
) -> Experiment:
    """Networks of some sizes that learn at some rates."""
    tasks = {
        (n, rate): Task(
            n, (), dataclasses.replace(CP, learning_rate=rate), goal, most_samples=40_000
        )
        for n in sizes
        for rate in chosen
    }
    return trainings(f"of Fig. 1a, {tuple(sizes)}, {tuple(chosen)}", tasks, replicas, data)


def of_sizes(sizes: Sequence[int], goal: float, replicas: int, data: DataName) -> Experiment:
    """Networks of some sizes."""
    tasks = {n: Task(n, goal=goal) for n in sizes}
    return trainings(f"of Fig. 1b, {tuple(sizes)}, {goal:g}", tasks, replicas, data)


def of_variants(plastic: Sequence[int], replicas: int, data: DataName) -> Experiment:
    """Variants of a network, plain and with subnets of some sizes."""
    tasks = {
        (name, n): dataclasses.replace(task, savers=() if n is None else (Subnet(n),))
        for name, task in VARIANTS.items()
        for n in (None, *plastic)
    }
    return trainings(f"of Fig. 6, {tuple(plastic)}", tasks, replicas, data)


_ON_MNIST = Setting(
    of_sizes((30, 50, 100, 300, 1000, 3000), 0.93, 4, "mnist"),
    f"MNIST, to 93%; power laws fitted from {LARGE} hidden units on",
)
_ON_DIGITS = Setting(
    of_sizes((10, 20, 50, 100, 300, 1000, 3000), 0.95, 4, "digits"),
    f"8 x 8 digits, to 95%; power laws fitted from {LARGE} hidden units on",
)
_HIDDEN_UNITS = Axis("hidden units $n$", "log")
_REACHED = "where at least half of the runs learn in 40,000 presentations"

FIGURES = (
    Figure(
        id="CP.1a",
        title="Energy against learning rate",
        source="van Rossum (2023), Fig. 1a",
        full=Setting(
            of_rates((50, 150, 500), (0.003, 0.005, 0.01, 0.02, 0.04), 0.92, 4, "mnist"),
            f"MNIST, to 92%; {_REACHED}",
        ),
        quick=Setting(
            of_rates((30, 100, 400), (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3), 0.9, 4, "digits"),
            f"8 x 8 digits, to 90%; {_REACHED}",
        ),
        x=Axis(r"learning rate $\eta$", "log"),
        panels=rates,
        ordered=True,
    ),
    Figure(
        id="CP.1b",
        title="Energy against network size",
        source="van Rossum (2023), Fig. 1b",
        full=_ON_MNIST,
        quick=_ON_DIGITS,
        x=_HIDDEN_UNITS,
        panels=energies,
    ),
    Figure(
        id="CP.1c",
        title="Learning time and size of updates",
        source="van Rossum (2023), Fig. 1c",
        full=_ON_MNIST,
        quick=_ON_DIGITS,
        x=_HIDDEN_UNITS,
        panels=times,
    ),
    Figure(
        id="CP.6",
        title="What subnets save in variants of the network",
        source="van Rossum (2023), Fig. 6",
        full=Setting(
            of_variants((30, 60, 100, 200), 4, "mnist"), "MNIST, 300 hidden units, to 90%"
        ),
        quick=Setting(
            of_variants((15, 30, 60, 150), 4, "digits"), "8 x 8 digits, 300 hidden units, to 90%"
        ),
        x=Axis("plastic hidden units", "log"),
        panels=savings,
    ),
)
