"""CP's figures of masks and subnets: 2a, 2b and 2c."""

from collections.abc import Sequence

import numpy as np

from theory import masks
from theory.crosscheck.chapters.masks.experiments import Drawn, drawn
from theory.crosscheck.chapters.masks.trials import (
    ALL,
    NEURON_MASK,
    ON_DIGITS,
    ON_MNIST,
    OUTPUTS,
    SUBNET,
    SYNAPSE_MASK,
    RestrictedRuns,
    Variant,
    masked,
)
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

MEASURES = {"updates": Axis("updates $M_0$", "log"), "path": Axis("path length $M_1$", "log")}
EQ1 = "counting of paths (Eq. 1)"


def learnt(trials: Sequence[RestrictedRuns], saver: str) -> list[Variant]:
    """The variants of a saver with which all runs got to the goal."""
    return [
        variant
        for variant in trials[0].runs
        if variant.saver == saver and all(trial.runs[variant].learnt for trial in trials)
    ]


def values(trials: Sequence[RestrictedRuns], variant: Variant, measure: str) -> list[float]:
    """A measure of all runs of a variant."""
    return [getattr(trial.runs[variant], measure) for trial in trials]


def _best(trials: Sequence[RestrictedRuns], saver: str, measure: str) -> dict[int, Variant]:
    """For each number of hidden units, the variant of a saver that costs least on average."""
    best: dict[int, Variant] = {}
    for variant in learnt(trials, saver):
        known = best.setdefault(variant.n_h, variant)
        if np.mean(values(trials, variant, measure)) < np.mean(values(trials, known, measure)):
            best[variant.n_h] = variant
    return best


def by_size(
    trials: Sequence[RestrictedRuns], saver: str, measure: str, chosen_by: str | None = None
) -> Series:
    """A saver with its best parameter at each size."""
    best = _best(trials, saver, chosen_by or measure)
    samples = [values(trials, variant, measure) for variant in best.values()]
    return measured(saver, list(best), samples, reference=saver == ALL)


def sizes(trials: Sequence[RestrictedRuns]) -> tuple[Panel, ...]:
    """Fig. 2a: energies and learning time against the number of hidden units."""
    challenge = trials[0].challenge
    savers = (SYNAPSE_MASK, NEURON_MASK, SUBNET, ALL)
    largest = max(variant.n_h for variant in trials[0].runs)
    x = tuple(np.geomspace(challenge.required, largest, 100).tolist())
    panels = []
    for measure, axis in MEASURES.items():
        scale = np.mean(values(trials, Variant(ALL, challenge.required), measure))
        line = tuple(float(scale * challenge.mask_energy(n_h)) for n_h in x)
        points = (by_size(trials, saver, measure) for saver in savers)
        panels.append(Panel(measure, axis, (*points, Series(SYNAPSE_MASK, EQ1, x, line))))
    times = tuple(by_size(trials, saver, "samples", chosen_by="updates") for saver in savers)
    return (*panels, Panel("time", Axis("learning time\n(samples)", "log"), times))


def plastic_neurons(trials: Sequence[RestrictedRuns]) -> tuple[Panel, ...]:
    """Fig. 2c: the number of plastic neurons that costs least, by either measure."""
    variants = learnt(trials, NEURON_MASK)
    widths = sorted({variant.n_h for variant in variants})

    def best(trial: RestrictedRuns, n_h: int, measure: str) -> float:
        energies = {
            getattr(trial.runs[variant], measure): variant.parameter
            for variant in variants
            if variant.n_h == n_h
        }
        return energies[min(energies)]

    series = [
        measured(label, widths, ([best(trial, n_h, measure) for trial in trials] for n_h in widths))
        for measure, label in (("updates", "$M_0$"), ("path", "$M_1$"))
    ]
    return (Panel("neurons", Axis("best number of\nplastic neurons"), tuple(series)),)


def fractions(records: Sequence[Sequence[Drawn]]) -> tuple[Panel, ...]:
    """Fig. 2b: the optimal plastic fractions, and the paths that masks drawn with them have."""
    widths = [masks_.n_h for masks_ in records[0]]
    x = np.geomspace(min(widths), max(widths), 200)
    network = (x, ON_MNIST.inputs, OUTPUTS, ON_MNIST.required)
    curves = {
        "input synapses": ("inputs", masks.optimal_input_fraction(*network)),
        "output synapses": ("outputs", masks.optimal_output_fraction(*network)),
        "all pairs": ("mean_paths", np.full(len(x), float(ON_MNIST.required))),
        "poorest pair": ("fewest_paths", None),
    }
    series: dict[str, list[Series]] = {}
    for label, (name, line) in curves.items():
        samples = [[getattr(each[place], name) for each in records] for place in range(len(widths))]
        series[label] = [measured(label, widths, samples)]
        if line is not None:
            curve = Series(label, "theory", tuple(x.tolist()), tuple(line.tolist()))
            series[label].append(curve)
    inputs, outputs, everything, poorest = series.values()
    return (
        Panel("fractions", Axis("plastic fraction", "log"), (*inputs, *outputs)),
        Panel("paths", Axis("plastic paths of\nan input to an output"), (*everything, *poorest)),
    )


HIDDEN_NEURONS = Axis("hidden units $n_h$", "log")
_TO_GOAL = "{} to {:.0%}; {} hidden units required"
SIZES_FULL = Setting(
    masked(ON_MNIST, (50, 100, 200, 500, 1000), (50, 100)).replicated(4),
    _TO_GOAL.format("MNIST", ON_MNIST.goal, ON_MNIST.required)
    + "; the best of 50 and 100 neurons in neuron masks",
)
SIZES_QUICK = Setting(
    masked(ON_DIGITS, (10, 20, 40, 80), (10, 20)).replicated(8),
    _TO_GOAL.format("digits", ON_DIGITS.goal, ON_DIGITS.required)
    + "; the best of 10 and 20 neurons in neuron masks",
)
_MASKS_DRAWN = Setting(
    drawn((100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)).replicated(16),
    f"{ON_MNIST.inputs} inputs, {OUTPUTS} outputs, {ON_MNIST.required} hidden units required; "
    "masks drawn, nothing trained",
)

FIGURES = (
    Figure(
        id="CP.2a",
        title="Random masks and coordinated subnets",
        source="van Rossum (2023), Fig. 2a",
        full=SIZES_FULL,
        quick=SIZES_QUICK,
        x=HIDDEN_NEURONS,
        panels=sizes,
    ),
    Figure(
        id="CP.2b",
        title="Optimal random masks",
        source="van Rossum (2023), Fig. 2b",
        full=_MASKS_DRAWN,
        quick=_MASKS_DRAWN.fewer(8),
        x=HIDDEN_NEURONS,
        panels=fractions,
    ),
    Figure(
        id="CP.2c",
        title="Plastic neurons of the best neuron mask",
        source="van Rossum (2023), Fig. 2c",
        full=SIZES_FULL,
        quick=SIZES_QUICK,
        x=HIDDEN_NEURONS,
        panels=plastic_neurons,
    ),
)
