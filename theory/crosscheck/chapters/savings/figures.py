"""What saves energy in networks: CP's Fig. 4, REV's Fig. 1 in numbers, and lazy learning."""

import math
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Any

import numpy as np

from theory.crosscheck.chapters.networks.experiments import Trainings
from theory.crosscheck.chapters.networks.figures import MISSING, learnt, means
from theory.crosscheck.chapters.savings.experiments import (
    alone_and_together,
    by_threshold,
    by_width,
    expected_lessons,
    lazy,
    lessons,
)
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

#: The energies of a run, with names and symbols.
MEASURED = (("updates", "M0", "$M_0$"), ("path", "M1", "$M_1$"))
FIRST_SHOWN = "wrong when first shown"


def thresholds(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """Fig. 4a: energies against the threshold, and how long learning takes."""
    tried = [key for key in records[0] if key is not None]
    goal = records[0][None].goal
    return tuple(
        Panel(
            name,
            Axis(symbol, "log"),
            (
                learnt(
                    "with caching", records, [(at, at, goal) for at in tried], attrgetter(quantity)
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
        for quantity, name, symbol in (*MEASURED, ("samples", "T", "$T$"))
    )


def widths(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """Fig. 4b: energies against the number of hidden units."""
    goal = records[0]["plain", min(n for _, n in records[0])].goal
    return tuple(
        Panel(
            panel,
            Axis(symbol, "log"),
            tuple(
                learnt(
                    name,
                    records,
                    [(key[1], key, goal) for key in records[0] if key[0] == name],
                    attrgetter(quantity),
                    reference=name == "plain",
                )
                for name in dict.fromkeys(name for name, _ in records[0])
            ),
        )
        for quantity, panel, symbol in MEASURED
    )


def _saved(without: Any, with_saver: Any, accuracy: float, energy: str, runs: Trainings) -> float:
    """Energy to an accuracy without a saver over that with it."""
    one, other = (runs[key].until(accuracy) for key in (without, with_saver))
    if not (one.learnt and other.learnt):
        return math.nan
    return float(getattr(one, energy) / getattr(other, energy))


def combinations(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """What the savers save, alone and together, against the accuracy."""
    savers = [name for name in records[0] if name != "plain"]
    goal = records[0]["plain"].goal
    accuracies = np.linspace(goal - 0.2, goal, 9).tolist()
    return tuple(
        Panel(
            panel,
            Axis(f"{symbol} saved (times)", "log"),
            tuple(
                means(
                    name,
                    records,
                    [(100 * at, partial(_saved, "plain", name, at, q)) for at in accuracies],
                    reference=name == "all",
                )
                for name in savers
            ),
        )
        for q, panel, symbol in MEASURED
    )


def images(records: Sequence[Trainings]) -> tuple[Panel, ...]:
    """What lazy learning saves, against the number of images to learn from."""
    networks = sorted(network for name, *network in records[0] if name == "plain")
    goal = records[0]["plain", *networks[0]].goal
    panels = [
        Panel(
            panel,
            Axis(f"{symbol} saved (times)"),
            tuple(
                means(
                    f"{at:.0%} accurate",
                    records,
                    [
                        (images, partial(_saved, ("plain", n, images), ("skip", n, images), at, q))
                        for n, images in networks
                    ],
                )
                for at in (goal - 0.1, goal - 0.05, goal - 0.02, goal)
            ),
        )
        for q, panel, symbol in MEASURED
    ]
    return (*panels, Panel("lessons", Axis("part of the\npresentations", "log"), _part(records)))


def _part(records: Sequence[Trainings]) -> tuple[Series, Series]:
    """The part of the presentations from which lazy networks learn, and that expected."""
    label = "learnt from, at the end"
    lazy_ones = sorted((key[2], key) for key in records[0] if key[0] == "skip")
    x = [images for images, _ in lazy_ones]
    runs = [[record[key] for record in records] for _, key in lazy_ones]
    part = [[lessons(run) / run.samples for run in row] for row in runs]
    law = [
        float(np.mean([expected_lessons(run, n) / run.samples for run in row]))
        for n, row in zip(x, runs, strict=True)
    ]
    return measured(label, x, part), Series(label, FIRST_SHOWN, tuple(map(float, x)), tuple(law))


def of_images(*numbers: int) -> tuple[tuple[int, int], ...]:
    """A hundred hidden units that learn from so many images each."""
    return tuple((100, number) for number in numbers)


FIGURES = (
    Figure(
        id="CP.4a",
        title="Synaptic caching in a network, by its threshold",
        source="van Rossum (2023), Fig. 4a",
        full=Setting(
            by_threshold(
                "mnist", 100, 0.95, (None, 0.0005, 0.001, 0.002, 0.003, 0.004), 100_000
            ).replicated(4),
            f"MNIST to 95%, 100 hidden units; decay time 1000; {MISSING}",
        ),
        quick=Setting(
            by_threshold("digits", 25, 0.7, (None, 0.005, 0.01, 0.02, 0.04), 4000).replicated(8),
            f"digits to 70%, 25 hidden units; decay time 1000; {MISSING}",
        ),
        x=Axis(r"threshold $\theta$", "log"),
        panels=thresholds,
    ),
    Figure(
        id="CP.4b",
        title="Synaptic caching in networks of many sizes",
        source="van Rossum (2023), Fig. 4b",
        full=Setting(
            by_width("mnist", (50, 100, 200, 500), 100, 0.003, 0.95, 100_000).replicated(4),
            "MNIST to 95%; threshold 0.003, decay time 1000, subnet of 100",
        ),
        quick=Setting(
            by_width("digits", (12, 25, 50), 25, 0.02, 0.6).replicated(8),
            "digits to 60%; threshold 0.02, decay time 1000, subnet of 25",
        ),
        x=Axis("hidden units", "log"),
        panels=widths,
    ),
    Figure(
        id="REV.1",
        title="Energy saved by each saver and by all together",
        source="Pache & van Rossum (2023), Fig. 1",
        full=Setting(
            alone_and_together("mnist", 0.9, 100_000).replicated(4),
            "MNIST, 120 hidden units; subnet of 30, largest 10%, threshold 0.005, decay time 1000",
        ),
        quick=Setting(
            alone_and_together("digits", 0.5, 100_000).replicated(8),
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
            lazy("mnist", of_images(1000, 4000, 15_000, 60_000), 0.93, 40_000).replicated(16),
            f"MNIST, 100 hidden units, at most 40,000 presentations; {MISSING}",
        ),
        quick=Setting(
            lazy("digits", of_images(200, 1437), 0.85, 3000).replicated(8),
            f"digits, 100 hidden units, at most 3000 presentations; {MISSING}",
        ),
        x=Axis("images", "log"),
        panels=images,
        ordered=True,
    ),
)
