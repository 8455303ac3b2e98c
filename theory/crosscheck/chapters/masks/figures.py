"""CP's figures of restricted plasticity: 2a, 2b, 2c, 3a, 3b, 3d and 5."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from theory import masks
from theory.crosscheck.chapters.masks.experiments import DIGITS, MNIST, OUTPUTS, V1
from theory.crosscheck.chapters.masks.trials import (
    ALL,
    BOTH,
    LAYER,
    NEURON,
    NEURON_MASK,
    SUBNET,
    SYNAPSE_MASK,
    Drawn,
    Trial,
    Variant,
    competing,
    drawn,
    masked,
    saturated,
)
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

MEASURES = {"updates": Axis("updates $M_0$", "log"), "path": Axis("path length $M_1$", "log")}
EQ1 = "counting of paths (Eq. 1)"


def _learnt(trials: Sequence[Trial], rule: str) -> list[Variant]:
    """The variants of a rule with which all runs got to the goal."""
    return [
        variant
        for variant in trials[0].runs
        if variant.rule == rule and all(trial.runs[variant].learnt for trial in trials)
    ]


def _values(trials: Sequence[Trial], variant: Variant, measure: str) -> list[float]:
    return [getattr(trial.runs[variant], measure) for trial in trials]


def _best(trials: Sequence[Trial], rule: str, measure: str) -> dict[int, Variant]:
    """For each number of hidden units, the variant of a rule that costs least on average."""
    best: dict[int, Variant] = {}
    for variant in _learnt(trials, rule):
        known = best.setdefault(variant.n_h, variant)
        if np.mean(_values(trials, variant, measure)) < np.mean(_values(trials, known, measure)):
            best[variant.n_h] = variant
    return best


def _by_size(
    trials: Sequence[Trial], rule: str, measure: str, chosen_by: str | None = None
) -> Series:
    """A rule with its best parameter at each size."""
    best = _best(trials, rule, chosen_by or measure)
    samples = [_values(trials, variant, measure) for variant in best.values()]
    return measured(rule, list(best), samples, reference=rule == ALL)


def sizes(trials: Sequence[Trial]) -> tuple[Panel, ...]:
    """Fig. 2a: energies and learning time against the number of hidden units."""
    challenge = trials[0].challenge
    rules = (SYNAPSE_MASK, NEURON_MASK, SUBNET, ALL)
    largest = max(variant.n_h for variant in trials[0].runs)
    x = tuple(np.geomspace(challenge.required, largest, 100).tolist())
    panels = []
    for measure, axis in MEASURES.items():
        scale = np.mean(_values(trials, Variant(ALL, challenge.required), measure))
        line = tuple(float(scale * challenge.mask_energy(n_h)) for n_h in x)
        points = (_by_size(trials, rule, measure) for rule in rules)
        panels.append(Panel(measure, axis, (*points, Series(SYNAPSE_MASK, EQ1, x, line))))
    times = tuple(_by_size(trials, rule, "samples", chosen_by="updates") for rule in rules)
    return (*panels, Panel("time", Axis("learning time\n(samples)", "log"), times))


def plastic_neurons(trials: Sequence[Trial]) -> tuple[Panel, ...]:
    """Fig. 2c: the number of plastic neurons that costs least, by either measure."""
    variants = _learnt(trials, NEURON_MASK)
    widths = sorted({variant.n_h for variant in variants})

    def best(trial: Trial, n_h: int, measure: str) -> float:
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
    network = (x, MNIST.inputs, OUTPUTS, MNIST.required)
    curves = {
        "input synapses": ("inputs", masks.optimal_input_fraction(*network)),
        "output synapses": ("outputs", masks.optimal_output_fraction(*network)),
        "all pairs": ("mean_paths", np.full(len(x), float(MNIST.required))),
        "poorest pair": ("fewest_paths", None),
    }
    series: dict[str, list[Series]] = {}
    for label, (name, line) in curves.items():
        values = [[getattr(each[place], name) for each in records] for place in range(len(widths))]
        series[label] = [measured(label, widths, values)]
        if line is not None:
            curve = Series(label, "theory", tuple(x.tolist()), tuple(line.tolist()))
            series[label].append(curve)
    inputs, outputs, everything, poorest = series.values()
    return (
        Panel("fractions", Axis("plastic fraction", "log"), (*inputs, *outputs)),
        Panel("paths", Axis("plastic paths of\nan input to an output"), (*everything, *poorest)),
    )


def by_fraction(trials: Sequence[Trial]) -> tuple[Panel, ...]:
    """Fig. 3a: energies against the fraction of updates that are made."""
    return tuple(
        Panel(
            measure,
            axis,
            tuple(
                measured(
                    rule,
                    [variant.parameter for variant in variants],
                    [_values(trials, variant, measure) for variant in variants],
                    reference=rule == ALL,
                )
                for rule in (LAYER, NEURON, ALL)
                if (variants := _learnt(trials, rule))
            ),
        )
        for measure, axis in MEASURES.items()
    )


def competition(trials: Sequence[Trial]) -> tuple[Panel, ...]:
    """Fig. 3b: energies against the number of hidden units, at the best fractions."""
    return tuple(
        Panel(
            measure,
            axis,
            tuple(_by_size(trials, rule, measure) for rule in (LAYER, NEURON, BOTH, ALL)),
        )
        for measure, axis in MEASURES.items()
    )


def capacity(trials: Sequence[Trial]) -> tuple[Panel, ...]:
    """Fig. 3d: the accuracy in the end, averaged over the last tenth of the tests."""
    series = []
    for rule in (SYNAPSE_MASK, LAYER, NEURON, ALL):
        variants = [variant for variant in trials[0].runs if variant.rule == rule]
        final = [
            [
                100 * float(np.mean(accuracy[-max(1, len(accuracy) // 10) :]))
                for accuracy in (trial.runs[variant].curve.accuracy for trial in trials)
            ]
            for variant in variants
        ]
        x = [variant.parameter for variant in variants]
        series.append(measured(rule, x, final, reference=rule == ALL))
    return (Panel("accuracy", Axis("final test\naccuracy (%)"), tuple(series)),)


def brain(trials: Sequence[Trial]) -> tuple[Panel, ...]:
    """Fig. 5: energy over that of the hidden units required, extrapolated to V1."""
    required = trials[0].challenge.required
    variants = [variant for variant in _learnt(trials, ALL) if variant.n_h >= required]
    x = [float(trials[0].runs[variant].synapses) for variant in variants]
    panels = []
    for measure, axis in MEASURES.items():
        ratios = np.array([_values(trials, variant, measure) for variant in variants])
        unit = ratios[variants.index(Variant(ALL, required))].mean()
        ratios /= unit
        (slope, _) = np.polyfit(np.log(x), np.log(ratios.mean(axis=1)), 1)
        size = np.geomspace(x[0], V1, 100)
        law = {"power law fitted": slope, "square root": 0.5}
        lines = [
            Series(
                ALL,
                kind,
                tuple(size.tolist()),
                tuple(float(masks.extrapolation(N, x[0], exponent)) for N in size),
                reference=True,
            )
            for kind, exponent in law.items()
        ]
        subnets = _learnt(trials, SUBNET)
        restricted = measured(
            SUBNET,
            [float(trials[0].runs[variant].synapses) for variant in subnets],
            [np.array(_values(trials, variant, measure)) / unit for variant in subnets],
        )
        everything = measured(ALL, x, ratios, reference=True)
        label = Axis(f"{axis.label} over that\nof {required} hidden units", "log")
        panels.append(Panel(measure, label, (restricted, everything, *lines)))
    return tuple(panels)


#: What is trained for full figures; to CP's 95% they would take an hour.
_TRAINED = dataclasses.replace(MNIST, goal=0.93, required=50)
_HIDDEN = Axis("hidden units $n_h$", "log")
_TO_GOAL = "{} to {:.0%}; {} hidden units required"
_SIZES_FULL = Setting(
    masked(_TRAINED, (25, 50, 100, 300), (30, 50, 100), replicas=3),
    _TO_GOAL.format("MNIST", _TRAINED.goal, _TRAINED.required)
    + "; the best of 30, 50, 100 neurons in neuron masks",
)
_SIZES_QUICK = Setting(
    masked(DIGITS, (10, 20, 50, 100, 200), (10, 20, 40), replicas=4),
    _TO_GOAL.format("digits", DIGITS.goal, DIGITS.required)
    + "; the best of 10, 20, 40 neurons in neuron masks",
)
_DRAWN = Setting(
    drawn((100, 200, 500, 1000, 2000, 5000, 10_000, 20_000), replicas=4),
    f"{MNIST.inputs} inputs, {OUTPUTS} outputs, {MNIST.required} hidden units required; "
    "masks drawn, nothing trained",
)

FIGURES = (
    Figure(
        id="CP.2a",
        title="Random masks and coordinated subnets",
        source="van Rossum (2023), Fig. 2a",
        full=_SIZES_FULL,
        quick=_SIZES_QUICK,
        x=_HIDDEN,
        panels=sizes,
    ),
    Figure(
        id="CP.2b",
        title="Optimal random masks",
        source="van Rossum (2023), Fig. 2b",
        full=_DRAWN,
        quick=_DRAWN.fewer(2),
        x=_HIDDEN,
        panels=fractions,
    ),
    Figure(
        id="CP.2c",
        title="Plastic neurons of the best neuron mask",
        source="van Rossum (2023), Fig. 2c",
        full=_SIZES_FULL,
        quick=_SIZES_QUICK,
        x=_HIDDEN,
        panels=plastic_neurons,
    ),
    Figure(
        id="CP.3a",
        title="Only the largest updates: energy by their fraction",
        source="van Rossum (2023), Fig. 3a",
        full=Setting(
            competing(_TRAINED, (200,), (0.01, 0.03, 0.1), (0.03, 0.1, 0.3), (), replicas=3),
            f"MNIST to {_TRAINED.goal:.0%}, 200 hidden units",
        ),
        quick=Setting(
            competing(DIGITS, (200,), (0.01, 0.03, 0.1, 0.3), (0.1, 0.2, 0.4), (), replicas=4),
            f"digits to {DIGITS.goal:.0%}, 200 hidden units",
        ),
        x=Axis("fraction of updates that are made", "log"),
        panels=by_fraction,
    ),
    Figure(
        id="CP.3b",
        title="Only the largest updates: energy by size",
        source="van Rossum (2023), Fig. 3b",
        full=Setting(
            competing(_TRAINED, (50, 100, 200), (0.03,), (0.1,), (0.03,), replicas=3),
            f"MNIST to {_TRAINED.goal:.0%}; 3% per layer and in subnets of {_TRAINED.required}, "
            "10% per neuron",
        ),
        quick=Setting(
            competing(DIGITS, (20, 50, 100, 200), (0.05, 0.1), (0.2, 0.3), (0.1,), replicas=4),
            f"digits to {DIGITS.goal:.0%}; the better of 5% and 10% per layer and of 20% and 30% "
            f"per neuron; 10% in subnets of {DIGITS.required}",
        ),
        x=_HIDDEN,
        panels=competition,
    ),
    Figure(
        id="CP.3d",
        title="Accuracy in the end",
        source="van Rossum (2023), Fig. 3d",
        full=Setting(
            saturated(MNIST, 50, (0.01, 0.03, 0.1), 20_000, 3000, replicas=4),
            "50 hidden units, 20,000 presentations of 3000 images of MNIST; last tenth of tests",
        ),
        quick=Setting(
            saturated(DIGITS, 100, (0.01, 0.03, 0.1, 0.3), 15_000, None, replicas=3),
            "100 hidden units, 15,000 presentations of the digits; last tenth of tests",
        ),
        x=Axis("plastic fraction of the input synapses", "log"),
        panels=capacity,
    ),
    Figure(
        id="CP.5",
        title="From networks to V1",
        source="van Rossum (2023), Fig. 5",
        full=_SIZES_FULL,
        quick=_SIZES_QUICK,
        x=Axis("synapses", "log"),
        panels=brain,
    ),
)
