"""Tables of computed and expected: they show both, and are not made if the two differ."""

import math

import pytest
import sympy as sp

from theory.crosscheck.comparison import compare

x = sp.Symbol("x", positive=True)


@pytest.mark.parametrize(
    ("pairs", "within"),
    [
        ({"planted factor": (sp.sqrt(x) * sp.Rational(21, 20), sp.sqrt(x))}, 0.1),
        ({"sign": (-x, x)}, 0.0),
        ({"fine": (1.0, 1.0), "off": (1.02, 1.0)}, 0.01),
        ({"nan": (math.nan, 1.0)}, 10.0),
        ({"zero": (1e-9, 0.0)}, 0.5),
    ],
)
def test_what_differs_is_refused(pairs, within):
    with pytest.raises(AssertionError, match=f"{list(pairs)[-1]}: computed"):
        compare(pairs, within)


def test_the_table_shows_both_and_their_difference():
    table = compare({"a": (1.01, 1.0), "b": ((x + 1) ** 2, x**2 + 2 * x + 1)}, within=0.02)
    _, _, first, second = table._repr_markdown_().splitlines()
    assert first == "| a | 1.01 | 1 | +1.0% |"
    assert second.endswith("| $x^{2} + 2 x + 1$ | 0, proved |")


def test_absolute_values_do_not_end_a_cell():
    y = sp.Symbol("y", real=True)
    *_, row = compare({"$|y|$": (sp.Abs(y), sp.sqrt(y**2))})._repr_markdown_().splitlines()
    shown = r"$\left\vert {y}\right\vert $"
    assert row == rf"| $\vert y\vert $ | {shown} | {shown} | 0, proved |"
