"""LvR's figures of caching without decay: 2B, 2C and 4B."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theory import caching, triggers
from theory.crosscheck.chapters.triggers.experiments import TriggerRun, by_trigger
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

#: The maintenance cost of Fig. 2B, and those of Figs. 2C and 4B.
FIG2B_COST = 1e-3
FIG2C_COSTS = (0.0, *np.geomspace(1e-5, 0.2, 19).tolist())
#: In Figs. 2 LvR consolidate all synapses when any of them asks for it.
TRIGGER: triggers.Trigger = "any"
EXACT_WALKS = "independent walks, exact"
NAMES: dict[triggers.Trigger, str] = {
    "local": "each synapse for itself",
    "any": "all when any exceeds",
    "total": "all when the total exceeds",
}


def thresholds(runs: Sequence[TriggerRun]) -> tuple[Panel, ...]:
    """Fig. 2B: consolidation and maintenance against the threshold."""
    K, T, N = _size(runs)
    tried = runs[0].caching[TRIGGER].thresholds
    finite = np.flatnonzero(np.isfinite(tried))
    x = tried[finite].tolist()
    predicted = [triggers.energies(theta, K, T, N, FIG2B_COST, trigger=TRIGGER) for theta in x]
    energies: dict[str, Callable[[TriggerRun], Any]] = {
        "consolidation": lambda run: run.caching[TRIGGER].consolidation_energy,
        "maintenance": lambda run: FIG2B_COST * run.caching[TRIGGER].transient_sum,
        "total": lambda run: run.energies(TRIGGER, FIG2B_COST),
    }
    series = []
    for label, energy in energies.items():
        series.append(measured(label, x, np.transpose([energy(run)[finite] / N for run in runs])))
        line = tuple(getattr(point, label) / N for point in predicted)
        series.append(Series(label, EXACT_WALKS, tuple(x), line))
    return (Panel("energy", Axis("energy per synapse ($\\eta$)"), (*series, *_bounds(runs, x))),)


def costs(runs: Sequence[TriggerRun]) -> tuple[Panel, ...]:
    """Fig. 2C: the least energy and the best threshold against the maintenance cost."""
    K, T, N = _size(runs)
    best = [triggers.optimum(K, T, N, c, trigger=TRIGGER) for c in FIG2C_COSTS]
    least = [min(caching.optimal_energy(K, T, 1, c), K) for c in FIG2C_COSTS]
    diffusion = [caching.optimal_threshold(K, T, c) for c in FIG2C_COSTS]
    label, paper = "with caching", "LvR, Methods (local)"
    thresholds = {c: [_best(run, TRIGGER, c) for run in runs] for c in FIG2C_COSTS}
    finite = [c for c, levels in thresholds.items() if np.isfinite(levels).all()]
    return (
        Panel(
            "energy",
            Axis("energy per synapse ($\\eta$)", "log"),
            (
                measured(label, FIG2C_COSTS, np.transpose(_energies(runs, TRIGGER))),
                Series(label, paper, FIG2C_COSTS, tuple(map(float, least))),
                Series(label, EXACT_WALKS, FIG2C_COSTS, tuple(point.energy / N for point in best)),
                *_bounds(runs, FIG2C_COSTS),
            ),
        ),
        Panel(
            "threshold",
            Axis("best threshold ($\\eta$)", 1.0),
            (
                measured(label, finite, [thresholds[c] for c in finite]),
                Series(label, paper, FIG2C_COSTS, tuple(map(float, diffusion))),
                Series(label, EXACT_WALKS, FIG2C_COSTS, tuple(point.threshold for point in best)),
            ),
        ),
    )


def variants(runs: Sequence[TriggerRun]) -> tuple[Panel, ...]:
    """Fig. 4B: the least energy with each trigger, and over that of local consolidation."""
    K, T, N = _size(runs)
    simulated = {trigger: _energies(runs, trigger) for trigger in NAMES}
    predicted = {
        trigger: np.array(
            [triggers.optimum(K, T, N, c, trigger=trigger).energy for c in FIG2C_COSTS]
        )
        / N
        for trigger in NAMES
    }
    energies, excesses = [], []
    for trigger, label in NAMES.items():
        energies += [
            measured(label, FIG2C_COSTS, np.transpose(simulated[trigger])),
            Series(label, EXACT_WALKS, FIG2C_COSTS, tuple(predicted[trigger].tolist())),
        ]
        over = [
            100 * (one / other - 1)
            for one, other in zip(simulated[trigger], simulated["local"], strict=True)
        ]
        excess = 100 * (predicted[trigger] / predicted["local"] - 1)
        excesses += [
            measured(label, FIG2C_COSTS, np.transpose(over)),
            Series(label, EXACT_WALKS, FIG2C_COSTS, tuple(excess.tolist())),
        ]
    return (
        Panel(
            "energy",
            Axis("energy per synapse ($\\eta$)", "log"),
            (*energies, *_bounds(runs, FIG2C_COSTS)),
        ),
        Panel("excess", Axis("excess over each\nfor itself (%)"), tuple(excesses)),
    )


def _size(runs: Sequence[TriggerRun]) -> tuple[float, float, int]:
    """Mean updates and presentations, and the synapses."""
    K, T = np.mean([(run.K, run.T) for run in runs], axis=0).tolist()
    return K, T, runs[0].N


def _chosen(runs: Sequence[TriggerRun], trigger: triggers.Trigger, c: float) -> int:
    """The threshold, by its place, at which the runs cost least on average."""
    return int(np.mean([run.energies(trigger, c) for run in runs], axis=0).argmin())


def _best(run: TriggerRun, trigger: triggers.Trigger, c: float) -> float:
    """The threshold at which a run costs least."""
    return float(run.caching[trigger].thresholds[_chosen([run], trigger, c)])


def _energies(runs: Sequence[TriggerRun], trigger: triggers.Trigger) -> list[Any]:
    """Least energies per synapse at all costs, an array a run."""
    chosen = [_chosen(runs, trigger, c) for c in FIG2C_COSTS]
    return [
        np.array(
            [
                run.energies(trigger, c)[place] / run.N
                for c, place in zip(FIG2C_COSTS, chosen, strict=True)
            ]
        )
        for run in runs
    ]


def _bounds(runs: Sequence[TriggerRun], x: Sequence[float]) -> list[Series]:
    """Learning without caching, and going straight to the final weights."""
    ends = (min(x), max(x))
    plain = [run.K for run in runs]
    least = [run.minimal_energy / run.N for run in runs]
    return [
        measured("without caching", ends, (plain, plain), reference=True),
        measured("minimal energy", ends, (least, least)),
    ]


_MAINTENANCE = Axis("maintenance cost $c$", 1e-5)
_THRESHOLDS = Setting(by_trigger(), "P = N = 1000; any synapse makes all consolidate")
_OPTIMA = Setting(
    by_trigger(),
    "P = N = 1000; any synapse makes all consolidate; mean of the runs' best thresholds, "
    "where none is after learning",
)
_VARIANTS = Setting(by_trigger(), "P = N = 1000")

FIGURES = (
    Figure(
        id="LvR.2B",
        title=rf"Energy against the consolidation threshold: $c$ = {FIG2B_COST:g}, no decay",
        source="Li & van Rossum (2020), Fig. 2B",
        full=_THRESHOLDS,
        quick=_THRESHOLDS.fewer(8),
        x=Axis(r"threshold $\theta$ ($\eta$)"),
        panels=thresholds,
    ),
    Figure(
        id="LvR.2C",
        title="Least energy and best threshold, no decay",
        source="Li & van Rossum (2020), Fig. 2C",
        full=_OPTIMA,
        quick=_OPTIMA.fewer(8),
        x=_MAINTENANCE,
        panels=costs,
    ),
    Figure(
        id="LvR.4B",
        title="Least energy by what sets consolidation off, no decay",
        source="Li & van Rossum (2020), Fig. 4B",
        full=_VARIANTS,
        quick=_VARIANTS.fewer(8),
        x=_MAINTENANCE,
        panels=variants,
    ),
)
