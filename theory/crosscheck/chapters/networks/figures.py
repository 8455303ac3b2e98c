"""LvR's figures of networks: 5a, 5b and 5c."""

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import TypeVar

from montecarlo.training import Training
from theory.crosscheck.chapters.networks.experiments import (
    LVR_CACHES,
    PLAIN,
    TAU,
    Trainings,
    lvr_caches,
    lvr_rates,
)
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

Of = TypeVar("Of")
ValueOf = Callable[[Of], float]

#: LvR's price of a transient weight.
TRANSIENT_PRICE = 0.001
#: At which energies are looked up.
ACCURACIES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95)
#: Networks of Fig. 5b, of which Fig. 5c has the first two.
CACHES_SHOWN = tuple(name for name in LVR_CACHES if not name.startswith("consolidated"))
ENERGY = Axis("energy", "log")


def means(
    label: str,
    records: Sequence[Trainings],
    points: Iterable[tuple[float, ValueOf[Trainings]]],
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
    records: Sequence[Trainings],
    keys: Iterable[tuple[float, Hashable, float]],
    value: ValueOf[Training],
    reference: bool = False,
) -> Series:
    """A value at x of the runs of a key that reached a goal, for each (x, key, goal)."""

    def reached(key: Hashable, goal: float, runs: Trainings) -> float:
        run = runs[key].until(goal)
        return value(run) if run.learnt else math.nan

    return means(
        label, records, [(x, partial(reached, key, goal)) for x, key, goal in keys], reference
    )


def with_maintenance(run: Training) -> float:
    """The energy M_1, and that of maintaining transient weights."""
    return run.path + TRANSIENT_PRICE * run.held


def rates(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """Fig. 5a: energy against accuracy for some learning rates."""
    series = (
        learnt(
            rf"$\eta$ = {rate:g}", records, [(a, rate, a) for a in ACCURACIES], attrgetter("path")
        )
        for rate in records[0]
    )
    return (Panel("energy", ENERGY, tuple(series)),)


def caching(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """Fig. 5b: energy against accuracy, with and without caching, and its minimum."""

    def series(label: str, name: str, value: ValueOf[Training]) -> Series:
        (key,) = (key for key in records[0] if key[1] == name)
        return learnt(
            label, records, [(a, key, a) for a in ACCURACIES], value, name == label == PLAIN
        )

    energies = [series(name, name, with_maintenance) for _, name in records[0]]
    least = series("minimum", PLAIN, attrgetter("direct"))
    ratio = series(PLAIN, PLAIN, attrgetter("inefficiency"))
    return (
        Panel("energy", ENERGY, (*energies, least)),
        Panel("inefficiency", Axis("energy over minimum"), (ratio,)),
    )


def sizes(records: Sequence[Trainings]) -> tuple[Panel, ...]:
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


#: Which points the functions above leave out.
MISSING = "points that at least half of the runs reach"
_CACHING = rf"$\tau$ = {TAU:g}, c = {TRANSIENT_PRICE:g}, thresholds as named"
_ACCURACY = Axis("accuracy")

FIGURES = (
    Figure(
        id="LvR.5a",
        title="Energy of networks against accuracy",
        source="Li & van Rossum (2020), Fig. 5a",
        full=Setting(
            lvr_rates("mnist", dict.fromkeys((0.03, 0.1, 0.3, 1.0), 0.95), 50_000).replicated(4),
            f"MNIST, 100 hidden units; {MISSING}",
        ),
        quick=Setting(
            lvr_rates("digits", dict.fromkeys((0.3, 1.0, 3.0), 0.93), 10_000).replicated(8),
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
            lvr_caches("mnist", (100,), CACHES_SHOWN, 0.95, 60_000).replicated(4),
            f"MNIST, 100 hidden units; {_CACHING}; {MISSING}",
        ),
        quick=Setting(
            lvr_caches("digits", (30,), CACHES_SHOWN, 0.92, 6000, 1.0).replicated(8),
            rf"8 x 8 digits, 30 hidden units; $\eta$ = 1, {_CACHING}; {MISSING}",
        ),
        x=_ACCURACY,
        panels=caching,
    ),
    Figure(
        id="LvR.5c",
        title="Energy against the number of hidden units",
        source="Li & van Rossum (2020), Fig. 5c",
        full=Setting(
            lvr_caches(
                "mnist", (8, 10, 16, 25, 50, 100), CACHES_SHOWN[:2], 0.92, 50_000
            ).replicated(4),
            f"MNIST; {_CACHING}; {MISSING}",
        ),
        quick=Setting(
            lvr_caches("digits", (6, 10, 40), (PLAIN, "cached, 0.02"), 0.9, 4000, 1.0).replicated(
                8
            ),
            rf"8 x 8 digits; $\eta$ = 1, {_CACHING}; {MISSING}",
        ),
        x=Axis("hidden units", "log"),
        panels=sizes,
    ),
)
