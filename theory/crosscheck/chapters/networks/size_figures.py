"""CP's figures of plain networks: 1a, 1b, 1c and 6."""

import dataclasses
from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from theory.crosscheck.chapters.networks.experiments import (
    AS_PUBLISHED,
    CP_DESIGNS,
    Trainings,
    cp_rates,
    cp_sizes,
    cp_variants,
)
from theory.crosscheck.chapters.networks.figures import learnt
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting

FITTED = "power law, fitted"
#: From how many hidden units on power laws are fitted.
LARGE = 100


def rates(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """Fig. 1a: learning time and energies against the learning rate, for some sizes."""

    def series(quantity: str) -> tuple[Series, ...]:
        return tuple(
            learnt(
                f"{n} hidden units",
                records,
                [(rate, (n, rate), _goal(records)) for m, rate in records[0] if m == n],
                attrgetter(quantity),
            )
            for n in dict.fromkeys(n for n, _ in records[0])
        )

    return (
        Panel("time", Axis("presentations", "log"), series("samples")),
        Panel("M0", Axis("$M_0$", "log"), series("updates")),
        Panel("M1", Axis("$M_1$", "log"), series("path")),
    )


def _goal(records: Sequence[Trainings]) -> float:
    """The goal that all trainings share."""
    return next(iter(records[0].values())).goal


def energies(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """Fig. 1b: both energies against size, over the least of each."""
    series = [
        line
        for name, quantity in (("M_0", "updates"), ("M_1", "path"))
        for line in _scaled(records, name, quantity)
    ]
    return (Panel("energy", Axis("energy over the least", "log"), tuple(series)),)


def times(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """Fig. 1c: learning time and mean update against size."""
    return (
        Panel("time", Axis("presentations", "log"), _fitted(_of_sizes(records, "samples"), "T")),
        Panel(
            "step",
            Axis(r"mean $|\Delta w|$", "log"),
            _fitted(_of_sizes(records, "mean_update"), r"\langle|\Delta w|\rangle"),
        ),
    )


def savings(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """Fig. 6: what subnets save, in variants of the network."""

    def series(label: str, name: str, quantity: str) -> Series:
        value = attrgetter(quantity)
        plain = np.mean([value(record[name, None]) for record in records])
        return learnt(
            label,
            records,
            [
                (n, (name, n), _goal(records))
                for other, n in records[0]
                if other == name and n is not None
            ],
            lambda run: float(plain / value(run)),
            reference=name == label == AS_PUBLISHED,
        )

    return (
        Panel(
            "M0",
            Axis("$M_0$ saved (times)", "log"),
            tuple(series(name, name, "updates") for name in CP_DESIGNS),
        ),
        Panel(
            "M1",
            Axis("$M_1$ saved (times)", "log"),
            (
                *(series(name, name, "path") for name in CP_DESIGNS),
                series("one-sided cost", AS_PUBLISHED, "upward"),
            ),
        ),
    )


def _of_sizes(records: Sequence[Trainings], quantity: str) -> Series:
    keys = [(n, n, _goal(records)) for n in records[0]]
    return learnt("", records, keys, attrgetter(quantity))


def _scaled(records: Sequence[Trainings], name: str, quantity: str) -> tuple[Series, ...]:
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


_BY_SIZE_FULL = Setting(
    cp_sizes("mnist", (50, 100, 300, 1000, 3000, 10_000), 0.95).replicated(4),
    f"MNIST, to 95%; power laws fitted from {LARGE} hidden units on",
)
_BY_SIZE_QUICK = Setting(
    cp_sizes("digits", (10, 30, 100, 200, 400), 0.85).replicated(8),
    f"8 x 8 digits, to 85%; power laws fitted from {LARGE} hidden units on",
)
_HIDDEN_UNITS = Axis("hidden units $n$", "log")
_REACHED = "where at least half of the runs learn in {} presentations"

FIGURES = (
    Figure(
        id="CP.1a",
        title="Energy against learning rate",
        source="van Rossum (2023), Fig. 1a",
        full=Setting(
            cp_rates(
                "mnist", (100, 1000), (0.003, 0.005, 0.01, 0.02, 0.04), 0.95, 100_000
            ).replicated(4),
            f"MNIST, to 95%; {_REACHED.format('100,000')}",
        ),
        quick=Setting(
            cp_rates("digits", (30, 100), (0.02, 0.05, 0.1, 0.2, 0.3), 0.9, 5000).replicated(8),
            f"8 x 8 digits, to 90%; {_REACHED.format('5000')}",
        ),
        x=Axis(r"learning rate $\eta$", "log"),
        panels=rates,
        ordered=True,
    ),
    Figure(
        id="CP.1b",
        title="Energy against network size",
        source="van Rossum (2023), Fig. 1b",
        full=_BY_SIZE_FULL,
        quick=_BY_SIZE_QUICK,
        x=_HIDDEN_UNITS,
        panels=energies,
    ),
    Figure(
        id="CP.1c",
        title="Learning time and size of updates",
        source="van Rossum (2023), Fig. 1c",
        full=_BY_SIZE_FULL,
        quick=_BY_SIZE_QUICK,
        x=_HIDDEN_UNITS,
        panels=times,
    ),
    Figure(
        id="CP.6",
        title="What subnets save in variants of the network",
        source="van Rossum (2023), Fig. 6",
        full=Setting(
            cp_variants("mnist", tuple(CP_DESIGNS), (60, 100, 200), goal=0.95).replicated(4),
            "MNIST, 300 hidden units, to 95%",
        ),
        quick=Setting(
            cp_variants("digits", tuple(CP_DESIGNS), (20, 50), 100, 0.7).replicated(8),
            "8 x 8 digits, 100 hidden units, to 70%",
        ),
        x=Axis("plastic hidden units", "log"),
        panels=savings,
    ),
)
