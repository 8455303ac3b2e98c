"""The picture of a formula over what is swept: ``eval --plot``."""

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from theory.cli.common import Misuse, require_writable
from theory.cli.spacing import LOG
from theory.formula import ALGORITHMS, Formula


def require_drawable(file: Path, formula: Formula, sweeps: Sequence[str]) -> None:
    """Refuse what cannot be drawn before it is computed."""
    if file.suffix not in {".png", ".svg"}:
        raise Misuse(f"a plot is a .png or .svg file, got {str(file)!r}")
    if formula.name in ALGORITHMS:
        raise Misuse(f"{formula.name} has several results; --plot draws formulas, which have one")
    if len(sweeps) not in {1, 2}:
        raise Misuse(f"--plot draws a formula over one --sweep or two, got {len(sweeps)}")
    require_writable(file)


def draw_curves(
    formula: Formula, sweeps: Sequence[str], rows: list[dict[str, Any]], file: Path
) -> None:
    """The formula over what was swept first; a line for each value of what was swept second."""
    from montecarlo.files import write
    from theory.crosscheck.figures import drawing
    from theory.crosscheck.figures.figure import Axis, Panel, Series

    first, *others = (text.partition("=")[0] for text in sweeps)
    lines: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        label = ", ".join(f"{name} = {float(row[name]):g}" for name in others) or formula.name
        lines.setdefault(label, []).append((float(row[first]), float(row[formula.name])))
    curves = {label: sorted(points) for label, points in lines.items()}
    # What is not finite is a gap.
    if not any(np.isfinite(ends).all() for it in curves.values() for ends in pairwise(it)):
        finite = any(math.isfinite(y) for points in curves.values() for _, y in points)
        raise Misuse(
            f"nothing to draw: {formula.name} has "
            f"{'no two neighbouring finite values' if finite else 'no finite value'} there"
        )
    series = [
        Series(label, "theory", tuple(x for x, _ in points), tuple(y for _, y in points))
        for label, points in curves.items()
    ]
    panel = Panel(formula.name, Axis(formula.name), tuple(series))
    x = Axis(first, "log" if sweeps[0].endswith(LOG) else "linear")
    pictures = drawing.render(formula.source, x, [panel], "synaptic-energy", ordered=True)
    write(file, pictures[file.suffix.removeprefix(".")])
