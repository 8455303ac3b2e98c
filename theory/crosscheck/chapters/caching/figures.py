"""SE.walk: how caching a perceptron's weights departs from caching independent walks."""

from collections.abc import Callable, Sequence

import numpy as np

from theory import lattice
from theory.crosscheck.chapters.caching.experiments import (
    CorrelatedRun,
    by_curve,
    by_updates,
    correlated_loads,
)
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

#: A quantity of a run at a threshold.
AtThreshold = Callable[[CorrelatedRun, float], float]
ROUTES = {"from the measured curve": by_curve, "from $P$, $N$ and $K$": by_updates}
BEFORE = "independent walk"


def walk_energy(run: CorrelatedRun, threshold: float) -> float:
    """Consolidation energy of a synapse if its weight were a random walk."""
    n = lattice.steps_to_threshold(threshold)
    return float(lattice.consolidation_energy(n, run.K, 1))


def walk_transient(_run: CorrelatedRun, threshold: float) -> float:
    """Mean size of the transient weight if it were one."""
    return float(lattice.mean_transient(lattice.steps_to_threshold(threshold)))


def ratios(records: Sequence[tuple[CorrelatedRun, ...]]) -> tuple[Panel, ...]:
    """Energy of consolidation and mean transient weight, over those of independent walks."""
    return (
        Panel(
            "energy",
            Axis("consolidation energy\nover the walk's", "log"),
            _over(
                records,
                walk_energy,
                lambda run, at: run.cost("consolidation_energy", at),
                "consolidation_energy",
            ),
        ),
        Panel(
            "transient",
            Axis("mean $|s|$\nover the walk's", "log"),
            _over(records, walk_transient, CorrelatedRun.mean_transient, "mean_transient"),
        ),
    )


def _over(
    records: Sequence[tuple[CorrelatedRun, ...]],
    walk: AtThreshold,
    observed: AtThreshold,
    name: str,
) -> tuple[Series, ...]:
    """Simulation and both routes, all over the same of the walk, for each load."""
    thresholds = tuple(records[0][0].caching.thresholds.tolist())
    series = []
    for runs in zip(*records, strict=True):
        label = f"$P/N$ = {runs[0].P / (runs[0].N - 1):g}"
        series.append(
            measured(
                label,
                thresholds,
                ([observed(run, at) / walk(run, at) for run in runs] for at in thresholds),
            )
        )
        for kind, route in ROUTES.items():
            means = (
                np.mean([getattr(route(run, at), name) / walk(run, at) for run in runs])
                for at in thresholds
            )
            series.append(Series(label, kind, thresholds, tuple(map(float, means))))
    ends = (thresholds[0], thresholds[-1])
    return (*series, Series(BEFORE, BEFORE, ends, (1.0, 1.0), reference=True))


_LOCAL = "local consolidation without decay"
_PERCEPTRONS = Setting(
    correlated_loads(
        250, 1000, 1500, 1750, thresholds=(1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0)
    ).replicated(6),
    f"N = 1000; {_LOCAL}",
)

FIGURES = (
    Figure(
        id="SE.walk",
        title="Caching of weights that pull back",
        source="notes of this package",
        full=_PERCEPTRONS,
        quick=Setting(
            correlated_loads(250, 1000, 1500, thresholds=(3.0, 7.0, 14.0, 28.0)),
            f"N = 1000; {_LOCAL}",
        ),
        x=Axis(r"threshold $\theta$ ($\eta$)", "log"),
        panels=ratios,
        ordered=True,
    ),
)
