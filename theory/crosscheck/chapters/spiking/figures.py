"""LvR's figure of the spiking neuron: 2S1."""

from collections.abc import Callable, Sequence

import numpy as np

from montecarlo.arrays import FloatArray
from theory.crosscheck.chapters.spiking.experiments import SpikingRun, spiking_loads
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

#: Numbers of associations, up to the paper's 25.
ASSOCIATIONS = (1, 2, 4, 6, 8, 12, 16, 25)
#: What the paper says is saved, in percent.
STATED = 80.0
#: The energies, and what each is called.
SPIKING_ENERGIES: dict[str, Callable[[SpikingRun], FloatArray]] = {
    "without caching": lambda run: run.plain,
    "consolidated after each trial": lambda run: run.by_trial,
    "consolidated at the end (minimal)": lambda run: run.at_end,
}


def energies(records: Sequence[dict[int, SpikingRun]]) -> tuple[Panel, ...]:
    """Fig. 2S1: energies of learning, and what caching saves; means over all neurons."""
    loads = tuple(records[0])
    uncached, *cached = SPIKING_ENERGIES

    def series(label: str, value: Callable[[SpikingRun], FloatArray]) -> Series:
        samples = (np.concatenate([value(record[load]) for record in records]) for load in loads)
        return measured(label, list(map(float, loads)), samples, reference=label == uncached)

    def saving(label: str) -> Callable[[SpikingRun], FloatArray]:
        return lambda run: 100 * (1 - SPIKING_ENERGIES[label](run) / run.plain)

    stated = Series(
        f"{STATED:g}%", "stated in the paper", (float(loads[0]), float(loads[-1])), (STATED, STATED)
    )
    return (
        Panel(
            "energy",
            Axis("energy (nS)", "log"),
            tuple(series(label, value) for label, value in SPIKING_ENERGIES.items()),
        ),
        Panel(
            "saving",
            Axis("saving (%)"),
            (*(series(label, saving(label)) for label in cached), stated),
        ),
    )


_UNPRICED = "transient weights neither decay nor cost anything"

FIGURES = (
    Figure(
        id="LvR.2S1",
        title="Caching in a spiking neuron that learns associations",
        source="Li & van Rossum (2020), Fig. 2, supplement 1",
        full=Setting(spiking_loads(ASSOCIATIONS, neurons=4), f"{_UNPRICED}; 4 neurons a replica"),
        quick=Setting(
            spiking_loads((1, 2, 4), neurons=1).replicated(8), f"{_UNPRICED}; 1 neuron a replica"
        ),
        x=Axis("associations"),
        panels=energies,
    ),
)
