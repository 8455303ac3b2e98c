"""The figures, published ones drawn anew: theory and simulation on one axis.

To add one, write the function that makes its panels from the records of an experiment, and enter it
in the ``FIGURES`` of its module.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from theory.crosscheck.figures import (
    decaying,
    drawing,
    exponents,
    learning,
    network_sizes,
    networks,
    restriction,
    saving,
    spiking,
    triggers,
    walk,
)
from theory.crosscheck.figures.figure import Figure, Panel, Setting
from theory.crosscheck.report import write

__all__ = ["FIGURES", "Figure", "Setting", "save", "table"]

_MODULES = (
    learning,
    exponents,
    triggers,
    spiking,
    decaying,
    networks,
    network_sizes,
    restriction,
    saving,
    walk,
)

FIGURES: dict[str, Figure] = {figure.id: figure for module in _MODULES for figure in module.FIGURES}


def save(
    figure: Figure, setting: Setting, records: Sequence[Any], folder: Path, seed: int
) -> list[Path]:
    """Write the figure as PNG and SVG, and its data as CSV beside them."""
    panels = figure.panels(records)
    note = (
        f"{setting.conditions}\n"
        f"after {figure.source}; {len(records)} replicas, seed {seed}; synaptic-energy"
    )
    pictures = drawing.render(figure.title, figure.x, panels, note, ordered=figure.ordered)
    files: dict[str, bytes | str] = {**pictures, "csv": table(panels)}
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
