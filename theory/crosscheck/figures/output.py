"""Writing figures, which reproduce published ones: theory and simulation on one axis.

To add one, write the function that makes its panels from the records of an experiment, and enter it
in the ``FIGURES`` of its chapter.
"""

import csv
import html
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from montecarlo.files import write
from theory.crosscheck.figures import drawing
from theory.crosscheck.figures.figure import Figure, Panel, Setting

__all__ = ["save", "table", "write_index"]

#: The page of all figures. Pictures are on white, so the page is too.
INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Figures</title>
<style>
body {{ font: 15px/1.4 system-ui, sans-serif; margin: 1rem; color: #222; background: white; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); }}
figure {{ margin: 0 1rem 2rem 0; }}
img {{ width: 100%; }}
</style>
<h1>Figures</h1>
<p>Theory as lines, simulation as points with standard errors.</p>
<main>
{shown}
</main>
</html>
"""


def save(
    figure: Figure, setting: Setting, records: Sequence[Any], folder: Path, seed: int
) -> list[Path]:
    """Write the figure as PNG and SVG, and its data as CSV beside them."""
    panels = figure.panels(records)
    note = (
        f"{setting.conditions}\n"
        f"after {figure.source}; {len(records)} replicas, seed {seed}; synaptic-energy"
    )
    data = setting.experiment.data
    title = f"{figure.title} ({data.replace('mnist', 'MNIST')})" if data else figure.title
    pictures = drawing.render(title, figure.x, panels, note, ordered=figure.ordered)
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


def write_index(folder: Path, figures: Mapping[str, Figure]) -> Path:
    """Write a page that shows those of the figures that a folder has."""
    shown = "\n".join(
        _entry(figure, html.escape(name), quote(name, safe=""))
        for name, figure in figures.items()
        if (folder / f"{name}.svg").exists()
    )
    write(folder / "index.html", INDEX.format(shown=shown))
    return folder / "index.html"


def _entry(figure: Figure, name: str, stem: str) -> str:
    """A figure on the page; its name, and its files up to their endings, are escaped."""
    return f"""<figure id="{name}">
<a href="{stem}.svg"><img src="{stem}.svg" alt="{html.escape(figure.title)}" loading="lazy"></a>
<figcaption><b>{name}</b>, after {html.escape(figure.source)};
<a href="{stem}.png">PNG</a>, <a href="{stem}.csv">data</a></figcaption>
</figure>"""
