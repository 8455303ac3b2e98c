"""Learning by epoch and by load: simulated, from the mean field, and LvR's fits."""

from collections.abc import Callable, Sequence

import numpy as np

from theory import learning, perceptron
from theory.crosscheck.chapters.learning.experiments import Epochs, by_load
from theory.crosscheck.figures.figure import (
    MEAN_FIELD,
    Axis,
    Figure,
    Panel,
    Series,
    Setting,
    measured,
)

LVR_FITS = "fits (LvR)"
#: Epochs drawn.
LAST_EPOCH = 60


def learning_curves(records: Sequence[tuple[Epochs, ...]]) -> tuple[Panel, ...]:
    """Updates per pattern, and the part of the presentations that cause one, by epoch."""
    at_each_load = list(zip(*records, strict=True))
    epochs = np.arange(1, LAST_EPOCH + 1)
    loads = [runs[0].P / runs[0].N for runs in at_each_load]
    curves = [learning.update_probability(load, epochs) for load in loads]

    def simulated(value: Callable[[Epochs, int], float]) -> tuple[Series, ...]:
        ends = [min(LAST_EPOCH, *(run.epochs for run in runs)) for runs in at_each_load]
        return tuple(
            measured(
                f"$P/N$ = {load:g}",
                tuple(map(float, range(1, end + 1))),
                ([value(run, epoch) for run in runs] for epoch in range(1, end + 1)),
            )
            for load, runs, end in zip(loads, at_each_load, ends, strict=True)
        )

    def expected(values: Callable[[np.ndarray], np.ndarray]) -> tuple[Series, ...]:
        return tuple(
            Series(f"$P/N$ = {load:g}", MEAN_FIELD, tuple(map(float, epochs)), tuple(values(curve)))
            for load, curve in zip(loads, curves, strict=True)
        )

    return (
        Panel(
            "updates",
            Axis("updates per pattern", "log"),
            (*simulated(lambda run, epoch: run.first(epoch)), *expected(np.cumsum)),
        ),
        Panel(
            "error rate",
            Axis("error rate", "log"),
            (
                *simulated(lambda run, epoch: run.first(epoch) - run.first(epoch - 1)),
                *expected(np.asarray),
            ),
        ),
    )


def by_loads(records: Sequence[tuple[Epochs, ...]]) -> tuple[Panel, ...]:
    """How much, for how long and with what weights patterns are learnt."""
    at_each_load = list(zip(*records, strict=True))
    N = records[0][0].N
    drawn = np.linspace(at_each_load[0][0].P, at_each_load[-1][0].P, 190)

    def panel(
        name: str,
        label: str,
        observed: Callable[[Epochs], float],
        mean_field: Callable[[np.ndarray], np.ndarray],
        fit: Callable[[np.ndarray], np.ndarray],
    ) -> Panel:
        loads = tuple(runs[0].P / N for runs in at_each_load)
        lines = tuple(
            Series(name, kind, tuple(drawn / N), tuple(np.asarray(law(drawn), float)))
            for kind, law in ((MEAN_FIELD, mean_field), (LVR_FITS, fit))
        )
        points = ([observed(run) for run in runs] for runs in at_each_load)
        return Panel(name, Axis(label, "log"), (measured(name, loads, points), *lines))

    return (
        panel(
            "updates",
            "updates per pattern",
            lambda run: run.updates,
            lambda P: learning.updates(P, N) / P,
            lambda P: perceptron.updates(P, N) / P,
        ),
        panel(
            "epochs",
            "epochs",
            lambda run: float(run.epochs),
            lambda P: learning.learning_time(P, N) / P,
            lambda P: perceptron.learning_time(P, N) / P,
        ),
        panel(
            "norm",
            r"$|w|/N$ ($\eta$)",
            lambda run: run.norm,
            lambda P: learning.weight_norm(P, N) / N,
            lambda P: np.sqrt(perceptron.updates(P, N) / N),
        ),
        panel(
            "inefficiency",
            "energy over minimum",
            lambda run: run.inefficiency,
            lambda P: learning.inefficiency(P, N),
            lambda P: perceptron.inefficiency(P, N),
        ),
    )


_BY_EPOCH = Setting(by_load(2000, 0.25, 0.5, 1.0, 1.5).replicated(16), "N = 2000; no caching")
_BY_LOAD = Setting(
    by_load(1000, 0.2, 0.35, 0.5, 0.75, 1.0, 1.25, 1.5, 1.7).replicated(16), "N = 1000; no caching"
)

FIGURES = (
    Figure(
        id="SE.learning",
        title="Learning, epoch by epoch",
        source="This package",
        full=_BY_EPOCH,
        quick=Setting(by_load(1000, 0.25, 0.5, 1.0, 1.5).replicated(8), "N = 1000; no caching"),
        x=Axis("epoch", "log"),
        panels=learning_curves,
        ordered=True,
    ),
    Figure(
        id="SE.load",
        title="Learning at different loads",
        source="This package",
        full=_BY_LOAD,
        quick=_BY_LOAD.fewer(8),
        x=Axis("load $P/N$"),
        panels=by_loads,
    ),
)
