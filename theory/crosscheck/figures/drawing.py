"""How all figures are drawn: theory as lines, simulation as points with error bars.

Points are joined by a thin line where there is no theory to be mistaken for it.
"""

import io
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import figure as mpl_figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, StrMethodFormatter

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
    "figure.dpi": 200,
    # Names within the file would be random otherwise.
    "svg.hashsalt": "synaptic-energy",
}


def render(
    title: str, x: Axis, panels: Sequence[Panel], note: str, *, ordered: bool = False
) -> dict[str, bytes]:
    """Panels that share ``x`` as PNG and as SVG, by suffix; the same every time."""
    settings: Any = {**mpl.rcParamsDefault, **STYLE, "backend": "agg"}
    png, svg = io.BytesIO(), io.BytesIO()
    with mpl.rc_context(settings):
        page = draw(title, x, panels, note, ordered)
        # Not by `savefig`, which draws twice.
        raster: Any = FigureCanvasAgg(page)
        raster.print_png(png)
        page.set_layout_engine("none")  # found once, it serves both
        vector: Any = FigureCanvasSVG(page)
        vector.print_svg(svg, metadata={"Date": None})
    return {"png": png.getvalue(), "svg": svg.getvalue()}


def draw(
    title: str, x: Axis, panels: Sequence[Panel], note: str, ordered: bool
) -> mpl_figure.Figure:
    """Panels above each other, the title and one legend over them, and the note in the corner."""
    page = mpl_figure.Figure(figsize=(6.0, 1.6 + 1.9 * len(panels)), layout="constrained")
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
            # What comes later is smaller, so that what is below it is seen beside it.
            later = list(colours).index(series.label) / len(colours) if ordered else 0.5
            if series.kind == SIMULATION:
                axes.errorbar(
                    series.x, series.y, series.error or None, color=colour, marker="o",
                    linestyle="none" if series.label in predicted else "-", linewidth=0.8,
                    elinewidth=0.8, markersize=6 - 3 * later, capsize=2, clip_on=False, zorder=2,
                )  # fmt: skip
            else:
                style = lines[series.kind]
                width = 1.8 - 1.2 * later + 0.8 * (style == LINES[2])
                axes.plot(series.x, series.y, style, color=colour, linewidth=width, zorder=3)
        axes.set_ylabel(panel.y.label)
        _scale(axes, "y", panel.y)
    rows[-1].set_xlabel(x.label)
    _scale(rows[-1], "x", x)
    handles = _handles(colours, lines, any(item.kind == SIMULATION for item in everything))
    longest = max(len(str(handle.get_label())) for handle in handles)
    page.legend(
        handles=handles, loc="outside upper left", ncols=max(1, min(4, 92 // (longest + 8))),
        title=title, title_fontsize=STYLE["axes.titlesize"], alignment="left",
    )  # fmt: skip
    page.supxlabel(note, x=0.995, horizontalalignment="right", fontsize=6, color="0.45")
    return page


def _handles(colours: dict[str, Any], lines: dict[str, Any], simulated: bool) -> list[Line2D]:
    """What is in the legend: labels by their colours, then points and lines by what they are."""
    named = [("-", colour, label) for label, colour in colours.items()]
    kinds = [(line, "0.4", kind) for kind, line in lines.items() if kind not in colours]
    kinds *= simulated or len(lines) > 1  # else there is nothing to tell a kind from
    handles = [
        Line2D([], [], color=colour, linestyle=lines.get(label, line), label=label)
        for line, colour, label in named + kinds
    ]
    points = Line2D(
        [], [], color="0.4", marker="o", markersize=4, linestyle="none", label=SIMULATION
    )
    return handles[: len(named)] + [points] * simulated + handles[len(named) :]


def _scale(axes: Any, which: str, axis: Axis) -> None:
    """Ticks and how they are labelled: by powers of ten, once there are long numbers."""
    ticks = getattr(axes, f"{which}axis")
    low, high = getattr(axes, f"get_{which}lim")()
    smallest = 1.0
    if axis.scale == "linear":
        ticks.set_major_locator(MaxNLocator(integer=high - low > 5, steps=[1, 2, 5, 10]))
    elif axis.scale == "log":
        axes.set(**{f"{which}scale": "log"})
        smallest, high = getattr(axes, f"get_{which}lim")()
        decades = np.log10(high / smallest)
        shown = (1, 2, 3, 4, 6, 8) if decades < 1 else (1, 2, 5) if decades < 3 else (1,)
        even = MaxNLocator(5, steps=[1, 2, 5, 10])
        ticks.set_major_locator(even if decades < 0.5 else LogLocator(subs=shown))
        ticks.set_minor_locator(LogLocator(subs=range(1, 10)))
        ticks.set_minor_formatter("")
    else:
        smallest = float(axis.scale)
        getattr(axes, f"set_{which}scale")("symlog", linthresh=smallest)
        getattr(axes, f"set_{which}lim")(-smallest / 5, None)
    long = high >= 1e4 or smallest < 1e-3
    ticks.set_major_formatter(FuncFormatter(_power) if long else StrMethodFormatter("{x:g}"))


def _power(value: float, _: int) -> str:
    """A number as a multiple of a power of ten, in mathtext."""
    if value == 0:
        return "0"
    digits, exponent = f"{value:.2e}".split("e")
    factor = f"{float(digits):g}"
    power = f"10^{{{int(exponent)}}}"
    return f"${power}$" if factor == "1" else rf"${factor} \times {power}$"


def _colours(everything: Sequence[Series], ordered: bool) -> dict[str, Any]:
    """A colour for each label, in the order in which they first appear."""
    labels = list(dict.fromkeys(item.label for item in everything if not item.reference))
    # Viridis ends in yellow, which is hardly seen on white, nor on black once it is inverted.
    shades = (
        [tuple(shade) for shade in mpl.colormaps["viridis"](np.linspace(0, 0.75, len(labels)))]
        if ordered
        else DISTINCT[: len(labels)]
    )
    black = {item.label: "black" for item in everything if item.reference}
    return dict(zip(labels, shades, strict=True)) | black


def _lines(everything: Sequence[Series]) -> dict[str, Any]:
    """A line style for each theory, in the order in which they first appear."""
    kinds = list(dict.fromkeys(item.kind for item in everything))
    alone = len(kinds) == 1
    theories = [kind for kind in kinds if kind != SIMULATION]
    return dict(zip(theories, "-" if alone else LINES, strict=False))
