"""How figures are drawn: their ticks, their legends, and what is left out."""

import dataclasses
import re

import pytest

from theory.crosscheck.figures import drawing
from theory.crosscheck.figures.figure import SIMULATION, Axis, Panel, Series


def test_series_without_points_are_not_drawn():
    line = Series("some", SIMULATION, (1.0, 2.0), (1.0, 2.0), (0.1, 0.1))
    empty = Series("none", SIMULATION, (), ())

    def drawn(*series):
        return drawing.render("", Axis("x"), (Panel("", Axis("y"), series),), "")

    assert drawn(line, empty) == drawn(line) != drawn(line, dataclasses.replace(line, label="none"))


def drawn(kind, x, y, scale="linear"):
    """The axes and the legend of a page with one series."""
    panel = Panel("", Axis("y", scale), (Series("some", kind, x, y),))
    page = drawing.draw("", Axis("x"), [panel], "", ordered=False)
    page.draw_without_rendering()
    return page.axes[0], [text.get_text() for text in page.legends[0].get_texts()]


@pytest.mark.parametrize(
    ("values", "scale", "labels"),
    [
        ((0.0, 2000.0), "linear", {"0", "500", "1000", "2000"}),
        ((0.0, 40000.0), "linear", {"0", r"$10^{4}$", r"$2 \times 10^{4}$"}),
        ((1.0, 1e5), "log", {"$10^{0}$", "$10^{5}$"}),
        ((1.0, 500.0), "log", {"1", "2", "5", "500"}),
        ((20.0, 90.0), "log", {"20", "30", "40", "60"}),
        ((1000.0, 2500.0), "log", {"1000", "1500", "2000", "2500"}),
        ((0.0, 1.0), 1e-4, {"0", "$10^{-4}$", "$10^{0}$"}),
    ],
)
def test_one_kind_of_tick_labels(values, scale, labels):
    axes, _ = drawn("theory", (0.0, 1.0), values, scale)
    shown = {label.get_text() for label in axes.get_yticklabels()}
    assert labels <= shown
    assert not any(re.search(r"\de|,", label) for label in shown)
    assert {label[:1] == "$" for label in shown - {"0"}} != {True, False}


def test_the_legend_has_simulations_where_there_are_some():
    assert SIMULATION in drawn(SIMULATION, (0.0, 1.0), (0.0, 1.0))[1]
    assert drawn("theory", (0.0, 1.0), (0.0, 1.0))[1] == ["some"]
