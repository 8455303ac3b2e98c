"""CP's figures of competition: 3a, 3b and 3d."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from montecarlo.network.design import CP
from theory.crosscheck.chapters.masks.figures import (
    HIDDEN_NEURONS,
    MEASURES,
    by_size,
    learnt,
    values,
)
from theory.crosscheck.chapters.masks.trials import (
    ALL,
    BOTH,
    LAYER,
    NEURON,
    ON_DIGITS,
    ON_MNIST,
    SYNAPSE_MASK,
    RestrictedRuns,
    competing,
    saturated,
)
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Setting, measured


def by_fraction(trials: Sequence[RestrictedRuns]) -> tuple[Panel, ...]:
    """Fig. 3a: energies against the fraction of updates that are made."""
    return tuple(
        Panel(
            measure,
            axis,
            tuple(
                measured(
                    saver,
                    [variant.parameter for variant in variants],
                    [values(trials, variant, measure) for variant in variants],
                    reference=saver == ALL,
                )
                for saver in (LAYER, NEURON, ALL)
                if (variants := learnt(trials, saver))
            ),
        )
        for measure, axis in MEASURES.items()
    )


def competition(trials: Sequence[RestrictedRuns]) -> tuple[Panel, ...]:
    """Fig. 3b: energies against the number of hidden units, at the best fractions."""
    return tuple(
        Panel(
            measure,
            axis,
            tuple(by_size(trials, saver, measure) for saver in (LAYER, NEURON, BOTH, ALL)),
        )
        for measure, axis in MEASURES.items()
    )


def capacity(trials: Sequence[RestrictedRuns]) -> tuple[Panel, ...]:
    """Fig. 3d: the accuracy in the end, averaged over the last tenth of the tests."""
    series = []
    for saver in (SYNAPSE_MASK, LAYER, NEURON, ALL):
        variants = [variant for variant in trials[0].runs if variant.saver == saver]
        final = [
            [
                100 * float(np.mean(accuracy[-max(1, len(accuracy) // 10) :]))
                for accuracy in (trial.runs[variant].accuracy for trial in trials)
            ]
            for variant in variants
        ]
        x = [variant.parameter for variant in variants]
        series.append(measured(saver, x, final, reference=saver == ALL))
    return (Panel("accuracy", Axis("final test\naccuracy (%)"), tuple(series)),)


#: For quick figures, which are to be drawn in seconds.
_SOON = replace(ON_DIGITS, goal=0.75, design=replace(CP, learning_rate=0.06))
_SOON_LEARNT = rf"digits to {_SOON.goal:.0%}, $\eta$ = {_SOON.design.learning_rate:g}"

FIGURES = (
    Figure(
        id="CP.3a",
        title="Only the largest updates: energy by their fraction",
        source="van Rossum (2023), Fig. 3a",
        full=Setting(
            competing(ON_MNIST, (1000,), (0.01, 0.03, 0.1), (0.03, 0.1, 0.3), ()).replicated(4),
            f"MNIST to {ON_MNIST.goal:.0%}, 1000 hidden units",
        ),
        quick=Setting(
            competing(_SOON, (50,), (0.03, 0.1, 0.3), (0.1, 0.3), ()).replicated(8),
            f"{_SOON_LEARNT}, 50 hidden units",
        ),
        x=Axis("fraction of updates that are made", "log"),
        panels=by_fraction,
    ),
    Figure(
        id="CP.3b",
        title="Only the largest updates: energy by size",
        source="van Rossum (2023), Fig. 3b",
        full=Setting(
            competing(ON_MNIST, (100, 200, 500), (0.03,), (0.1,), (0.03,)).replicated(4),
            f"MNIST to {ON_MNIST.goal:.0%}; 3% per layer and in subnets of {ON_MNIST.required}, "
            "10% per neuron",
        ),
        quick=Setting(
            competing(_SOON, (20, 60), (0.1,), (0.3,), (0.1,)).replicated(8),
            f"{_SOON_LEARNT}; 10% per layer and in subnets of {_SOON.required}, 30% per neuron",
        ),
        x=HIDDEN_NEURONS,
        panels=competition,
    ),
    Figure(
        id="CP.3d",
        title="Accuracy in the end",
        source="van Rossum (2023), Fig. 3d",
        full=Setting(
            saturated(
                replace(ON_MNIST, images=2000), 100, (0.01, 0.03, 0.1, 0.3), 60_000
            ).replicated(4),
            "100 hidden units, 30 epochs of 2000 images of MNIST; last tenth of tests",
        ),
        quick=Setting(
            saturated(
                replace(ON_DIGITS, design=replace(CP, learning_rate=0.1)), 50, (0.05, 0.1, 0.3), 800
            ).replicated(8),
            r"50 hidden units, 800 presentations of the digits, $\eta$ = 0.1; last tenth of tests",
        ),
        x=Axis("plastic fraction of the input synapses", "log"),
        panels=capacity,
    ),
)
