"""CP's figure of the way from networks to V1: 5."""

from collections.abc import Sequence

import numpy as np

from theory import masks
from theory.crosscheck.chapters.masks.brain import V1
from theory.crosscheck.chapters.masks.figures import (
    MEASURES,
    SIZES_FULL,
    SIZES_QUICK,
    learnt,
    values,
)
from theory.crosscheck.chapters.masks.trials import ALL, SUBNET, RestrictedRuns, Variant
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, measured


def brain(trials: Sequence[RestrictedRuns]) -> tuple[Panel, ...]:
    """Fig. 5: energy over that of the hidden units required, extrapolated to V1."""
    required = trials[0].challenge.required
    variants = [variant for variant in learnt(trials, ALL) if variant.n_h >= required]
    x = [float(trials[0].runs[variant].synapses) for variant in variants]
    panels = []
    for measure, axis in MEASURES.items():
        ratios = np.array([values(trials, variant, measure) for variant in variants])
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
        subnets = learnt(trials, SUBNET)
        restricted = measured(
            SUBNET,
            [float(trials[0].runs[variant].synapses) for variant in subnets],
            [np.array(values(trials, variant, measure)) / unit for variant in subnets],
        )
        everything = measured(ALL, x, ratios, reference=True)
        label = Axis(f"{axis.label} over that\nof {required} hidden units", "log")
        panels.append(Panel(measure, label, (restricted, everything, *lines)))
    return tuple(panels)


FIGURES = (
    Figure(
        id="CP.5",
        title="From networks to V1",
        source="van Rossum (2023), Fig. 5",
        full=SIZES_FULL,
        quick=SIZES_QUICK,
        x=Axis("synapses", "log"),
        panels=brain,
    ),
)
