"""A chapter of your own: the four steps of docs/architecture.md, as they are written there."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BLOCKS = re.findall(
    r"```python\n# (mine/\w+\.py)\n(.*?)```",
    (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"),
    re.DOTALL,
)
JUDGE = """
from pathlib import Path
from mine import claims, figures
from theory.crosscheck import QUICK, check
from theory.crosscheck.chapter import Chapter
from theory.crosscheck.figures.output import save

chapter = Chapter("mine", "Waiting", "This package", (claims,), figures=figures.FIGURES)
for result in check(chapter.claims, QUICK):
    print(result.claim.id, result.verdict)
"""
DRAW = """
for figure in chapter.figures:
    experiment = figure.quick.experiment
    records = experiment.records(0, range(experiment.replicas))
    print(*(path.name for path in save(figure, figure.quick, records, Path(), 0)))
"""


def told(folder, program, spoil=lambda text: text):
    """What a program tells of the chapter."""
    (folder / "mine").mkdir()
    for name, text in BLOCKS:
        (folder / name).write_text(spoil(text), encoding="utf-8")
    command = [sys.executable, "-c", f"import sys; sys.path[:0] = ['.', {str(ROOT)!r}]\n{program}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_four_steps_are_judged_and_drawn(tmp_path):
    assert len(BLOCKS) == 4
    assert told(tmp_path, JUDGE + DRAW) == ["SE.wait HOLDS", "SE.wait.png SE.wait.svg SE.wait.csv"]


@pytest.mark.parametrize("wrong", ["1.05 / p", "-1 / p", "1 / p**2"])
def test_an_error_planted_in_the_four_steps_is_noticed(wrong, tmp_path):
    verdicts = told(tmp_path, JUDGE, lambda text: text.replace("1 / p\n", f"{wrong}\n"))
    assert verdicts == ["SE.wait FAILS"]


def test_the_four_steps_are_short():
    """Statements, not what is imported or said."""
    bodies = [ast.parse(text).body for _, text in BLOCKS]
    lines = sum(
        node.end_lineno - node.lineno + 1
        for body in bodies
        for node in body
        if not isinstance(node, ast.Import | ast.ImportFrom)
    )
    assert lines < 25
