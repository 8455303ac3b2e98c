"""Pictures of formulas over what is swept."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from tests.theory.cli.commands import INEFFICIENCY, invoke, misuse

THRESHOLD = ("eval", "decay.optimal_threshold", "p=0.1", "c=0.01")


def points(file, *arguments):
    """The points of the curve that is drawn, in pixels."""
    result = invoke(*arguments, "--plot", str(file))
    assert (result.exit_code, result.stderr) == (0, f"written: {file}\n")
    paths = ET.parse(file).getroot().iter("{http://www.w3.org/2000/svg}path")
    (curve,) = (it.get("d") for it in paths if "stroke-width: 1.8" in it.get("style", ""))
    return [tuple(map(float, pair.split())) for pair in curve.lstrip("M").split("L")]


def test_plot_draws_one_sweep_or_two(tmp_path):
    sweeps = ("--sweep", "P=100:900:5", "--sweep", "N=1000:2000:2")
    for chosen in (("N=1000", *sweeps[:2]), sweeps):
        invoke(*INEFFICIENCY, *chosen, "--plot", str(tmp_path / f"{len(chosen)}.svg"))
    one, two = (ET.parse(tmp_path / name).getroot() for name in ("3.svg", "4.svg"))
    lines = [len(list(image.iter("{http://www.w3.org/2000/svg}path"))) for image in (one, two)]
    assert lines[0] < lines[1]
    invoke(*INEFFICIENCY, *sweeps, "--plot", str(tmp_path / "curve.png"))
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("values", ["1:10000:5:log", "1:401:5", "401,1,201,301,101"])
def test_the_scale_is_that_of_the_sweep(tmp_path, values):
    sweep = ("N=1e5", "--sweep", f"P={values}")
    drawn = [x for x, _ in points(tmp_path / "e.svg", *INEFFICIENCY, *sweep)]
    steps = [right - left for left, right in pairwise(drawn)]
    assert steps == pytest.approx([sum(steps) / 4] * 4)


def test_what_is_not_finite_is_left_out(tmp_path):
    assert len(points(tmp_path / "e.svg", *THRESHOLD, "--sweep", "tau=50:350:7")) == 5


@pytest.mark.parametrize(
    ("values", "has"),
    [("10:100:5", "no finite value"), ("50,100,200", "no two neighbouring finite values")],
)
def test_nothing_is_drawn_without_finite_values(tmp_path, values, has):
    line = misuse(*THRESHOLD, "--sweep", f"tau={values}", "--plot", str(tmp_path / "e.svg"))
    assert line == f"nothing to draw: decay.optimal_threshold has {has} there"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["decay.steady_state", "--sweep", "tau=100:1000:4", "--plot", "e.png"],
            "decay.steady_state has several results; --plot draws formulas, which have one",
        ),
        (
            ["perceptron.updates", "--plot", "e.png"],
            "--plot draws a formula over one --sweep or two, got 0",
        ),
        (["perceptron.updates", "--plot", "e.pdf"], "a plot is a .png or .svg file, got 'e.pdf'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, said):
    assert misuse("eval", *arguments) == said
