"""How all figures are drawn: theory as lines, simulation as points with error bars.

Points are joined by a thin line where there is no theory to be mistaken for it.
"""

import io
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import figure as mpl_figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, MaxNLocator, StrMethodFormatter

from theory.crosscheck.figures.figure import SIMULATION, Axis, Panel, Series

#: Okabe and Ito's colours, which the colour-blind can tell apart.
DISTINCT = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
#: One for each theory of a figure, the paper's own first.
LINES = ("--", "-", ":")
STYLE = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "lines.linewidth": 1.2,
    "savefig.dpi": 200,
    # Names within the file would be random otherwise.
    "svg.hashsalt": "synaptic-energy",
}


def render(
    title: str, x: Axis, panels: Sequence[Panel], note: str, *, ordered: bool = False
) -> dict[str, bytes]:
    """Panels that share ``x`` as PNG and as SVG, by suffix; the same every time."""
    files = {}
    settings: Any = {**mpl.rcParamsDefault, **STYLE, "backend": "agg"}
    with mpl.rc_context(settings):
        page = draw(title, x, panels, note, ordered)
        for suffix, metadata in (("png", {}), ("svg", {"Date": None})):
            buffer = io.BytesIO()
            page.savefig(buffer, format=suffix, metadata=metadata)
            files[suffix] = buffer.getvalue()
    return files


def draw(
    title: str, x: Axis, panels: Sequence[Panel], note: str, ordered: bool
) -> mpl_figure.Figure:
    """Panels above each other, one legend beside them, and the note in the corner."""
    page = mpl_figure.Figure(figsize=(6.8, 1.4 + 2.0 * len(panels)), layout="constrained")
    rows = page.subplots(len(panels), squeeze=False, sharex=True)[:, 0]
    # What has no points would be in the legend, and would spoil the layout.
    shown = [[series for series in panel.series if series.x] for panel in panels]
    everything = [series for drawn in shown for series in drawn]
    colours = _colours(everything, ordered)
    lines = _lines(everything)
    predicted = {series.label for series in everything if series.kind != SIMULATION}
    for axes, panel, drawn in zip(rows, panels, shown, strict=True):
        for series in drawn:
            colour = colours[series.label]
            if series.kind == SIMULATION:
                # Later points are smaller, so that those below them are seen as rings.
                later = list(colours).index(series.label) / len(colours) if ordered else 0.5
                axes.errorbar(
                    series.x, series.y, series.error or None, color=colour, marker="o",
                    linestyle="none" if series.label in predicted else "-", linewidth=0.8,
                    elinewidth=0.8, markersize=6 - 3 * later, capsize=2, clip_on=False, zorder=2,
                )  # fmt: skip
            else:
                axes.plot(series.x, series.y, lines[series.kind], color=colour, zorder=3)
        axes.set_ylabel(panel.y.label)
        _scale(axes, "y", panel.y)
    rows[-1].set_xlabel(x.label)
    _scale(rows[-1], "x", x)
    rows[0].set_title(title, loc="left")
    handles = [
        Line2D([], [], color=colour, linestyle=lines.get(label, "-"), label=label)
        for label, colour in colours.items()
    ]
    handles.append(
        Line2D([], [], color="0.4", marker="o", markersize=4, linestyle="none", label=SIMULATION)
    )
    handles += [
        Line2D([], [], color="0.4", linestyle=line, label=kind)
        for kind, line in lines.items()
        if kind not in colours
    ]
    page.legend(handles=handles, loc="outside right upper")
    page.supxlabel(note, x=0.995, horizontalalignment="right", fontsize=6, color="0.45")
    return page


def _scale(axes: Any, which: str, axis: Axis) -> None:
    ticks = getattr(axes, f"{which}axis")
    if axis.scale == "linear":
        low, high = getattr(axes, f"get_{which}lim")()
        whole = high - low > 5
        ticks.set_major_locator(MaxNLocator(integer=whole, steps=[1, 2, 5, 10]))
        ticks.set_major_formatter(StrMethodFormatter("{x:,.0f}" if whole else "{x:g}"))
    elif axis.scale == "log":
        axes.set(**{f"{which}scale": "log"})
        low, high = getattr(axes, f"get_{which}lim")()
        shown = range(1, 10) if high < 3 * low else (1, 2, 5) if high < 1e4 * low else (1,)
        ticks.set_major_locator(LogLocator(subs=shown))
        ticks.set_major_formatter(StrMethodFormatter("{x:g}"))
        ticks.set_minor_locator(LogLocator(subs=range(1, 10)))
        ticks.set_minor_formatter("")
    else:
        threshold = float(axis.scale)
        getattr(axes, f"set_{which}scale")("symlog", linthresh=threshold)
        getattr(axes, f"set_{which}lim")(-threshold / 5, None)
        if threshold >= 1:
            ticks.set_major_formatter(StrMethodFormatter("{x:g}"))


def _colours(everything: Sequence[Series], ordered: bool) -> dict[str, Any]:
    """A colour for each label, in the order in which they first appear."""
    labels = list(dict.fromkeys(item.label for item in everything if not item.reference))
    shades = (
        [tuple(shade) for shade in mpl.colormaps["viridis"](np.linspace(0, 0.88, len(labels)))]
        if ordered
        else DISTINCT[: len(labels)]
    )
    black = {item.label: "black" for item in everything if item.reference}
    return dict(zip(labels, shades, strict=True)) | black


def _lines(everything: Sequence[Series]) -> dict[str, Any]:
    """A line style for each theory, in the order in which they first appear."""
    kinds = dict.fromkeys(item.kind for item in everything if item.kind != SIMULATION)
    return dict(zip(kinds, LINES, strict=False))
