"""The figures, published ones drawn anew: theory and simulation on one axis.

To add one, write the function that makes its panels from the records of an experiment, and enter it
in `FIGURES`.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from theory.crosscheck.correlated_experiments import correlated_loads
from theory.crosscheck.decaying_experiments import power, scan
from theory.crosscheck.experiments import loads
from theory.crosscheck.figures import (
    decaying,
    drawing,
    exponents,
    learning,
    spiking,
    triggers,
    walk,
)
from theory.crosscheck.figures.figure import Axis, Figure, Panel
from theory.crosscheck.priced_experiments import learnt
from theory.crosscheck.report import write
from theory.crosscheck.spiking_experiments import spiking_loads
from theory.crosscheck.trigger_experiments import TRIGGERS

__all__ = ["FIGURES", "Figure", "save", "table"]

_SCAN = scan(1000, decaying.grid(), replicas=8, max_epochs=400)
_LOADS = loads(10, 20, 50, *range(100, 1700, 150), 1700, 1800, 1900, replicas=18)
_COST = Axis("maintenance cost $c$", 1e-5)
_CONDITIONS = (
    "P = N = 1000; any synapse makes all consolidate; "
    "thresholds at which 3/4 of the runs learn within 400 epochs"
)

FIGURES: dict[str, Figure] = {
    figure.id: figure
    for figure in (
        Figure(
            id="LvR.1C",
            title="Energy of learning and its minimum",
            source="Li & van Rossum (2020), Fig. 1C",
            conditions="N = 1000; no caching",
            experiment=_LOADS,
            quick=3,
            x=Axis("patterns $P$"),
            panels=learning.energies,
            ordered=False,
        ),
        Figure(
            id="LvR.1D",
            title="Inefficiency of the perceptron rule",
            source="Li & van Rossum (2020), Fig. 1D",
            conditions="N = 1000; no caching",
            experiment=_LOADS,
            quick=3,
            x=Axis("patterns $P$"),
            panels=learning.inefficiency,
            ordered=False,
        ),
        Figure(
            id="LvR.1S1",
            title="Inefficiency at other exponents of the cost",
            source="Li & van Rossum (2020), Fig. 1, supplement 1",
            conditions="P = N = 1000; no caching; weights that end at zero cost nothing",
            experiment=learnt(0.0, math.inf, replicas=32),
            quick=6,
            x=Axis(r"cost exponent $\alpha$"),
            panels=exponents.inefficiencies,
            ordered=True,
        ),
        Figure(
            id="LvR.2B",
            title=rf"Energy against the consolidation threshold: $c$ = {triggers.COST:g}, no decay",
            source="Li & van Rossum (2020), Fig. 2B",
            conditions="P = N = 1000; any synapse makes all consolidate",
            experiment=TRIGGERS,
            quick=4,
            x=Axis(r"threshold $\theta$ ($\eta$)"),
            panels=triggers.thresholds,
            ordered=False,
        ),
        Figure(
            id="LvR.2C",
            title="Least energy and best threshold, no decay",
            source="Li & van Rossum (2020), Fig. 2C",
            conditions="P = N = 1000; any synapse makes all consolidate; no best threshold "
            "where it is after learning",
            experiment=TRIGGERS,
            quick=4,
            x=_COST,
            panels=triggers.costs,
            ordered=False,
        ),
        Figure(
            id="LvR.2S1",
            title="Caching in a spiking neuron that learns associations",
            source="Li & van Rossum (2020), Fig. 2, supplement 1",
            conditions="transient weights neither decay nor cost anything; 4 neurons a replica",
            experiment=spiking_loads(spiking.LOADS, neurons=4, replicas=6),
            quick=2,
            x=Axis("associations"),
            panels=spiking.energies,
            ordered=False,
        ),
        Figure(
            id="LvR.3",
            title="Caching with decaying transient weights",
            source="Li & van Rossum (2020), Fig. 3",
            conditions=_CONDITIONS,
            experiment=_SCAN,
            quick=3,
            x=Axis(r"decay rate $1/\tau$ (per presentation)", 1e-5),
            panels=decaying.optima,
            ordered=True,
        ),
        Figure(
            id="LvR.3S1",
            title="Thresholds from 0 (right) upwards: learning time against energy",
            source="Li & van Rossum (2020), Fig. 3, supplement 1A",
            conditions=_CONDITIONS,
            experiment=_SCAN,
            quick=3,
            x=Axis(r"energy per synapse at $c$ = 0 ($\eta$)", "log"),
            panels=decaying.tradeoff,
            ordered=True,
        ),
        Figure(
            id="LvR.4B",
            title="Least energy by what sets consolidation off, no decay",
            source="Li & van Rossum (2020), Fig. 4B",
            conditions="P = N = 1000",
            experiment=TRIGGERS,
            quick=4,
            x=_COST,
            panels=triggers.variants,
            ordered=False,
        ),
        Figure(
            id="LvR.6",
            title=r"Power while learning: $\theta$ = 5, $\tau$ = 500, $c$ = 0.01",
            source="Li & van Rossum (2020), Fig. 6",
            conditions="P = N = 1000; local consolidation; mean over the runs still learning",
            experiment=power(),
            quick=4,
            x=Axis("epoch"),
            panels=decaying.powers,
            ordered=False,
        ),
        Figure(
            id="SE.walk",
            title="Caching of weights that pull back",
            source="notes of this package",
            conditions="N = 1000; local consolidation without decay",
            experiment=correlated_loads(
                250,
                1000,
                1500,
                1750,
                thresholds=(1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0),
                replicas=6,
            ),
            quick=2,
            x=Axis(r"threshold $\theta$ ($\eta$)", "log"),
            panels=walk.ratios,
            ordered=True,
        ),
    )
}


def save(figure: Figure, records: Sequence[Any], folder: Path, seed: int) -> list[Path]:
    """Write the figure as PNG and SVG, and its data as CSV beside them."""
    panels = figure.panels(records)
    note = (
        f"{figure.conditions}\n"
        f"after {figure.source}; {len(records)} replicas, seed {seed}; synaptic-energy"
    )
    files: dict[str, bytes | str] = {**drawing.render(figure, panels, note), "csv": table(panels)}
    paths = []
    for suffix, content in files.items():
        paths.append(folder / f"{figure.id}.{suffix}")
        write(paths[-1], content)
    return paths


def table(panels: Sequence[Panel]) -> str:
    """All points of all panels as comma-separated values, one point a row."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["panel", "series", "kind", "x", "y", "standard_error"])
    for panel in panels:
        for series in panel.series:
            errors = series.error or ("",) * len(series.x)
            for point in zip(series.x, series.y, errors, strict=True):
                rows.writerow([panel.name, series.label, series.kind, *point])
    return text.getvalue()
