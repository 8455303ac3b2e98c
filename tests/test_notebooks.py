"""The notebooks run, their assertions hold, and what they show is what the code gives now."""

import contextlib
import io
import json
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path, monkeypatch):
    mpl.use("agg")
    monkeypatch.setattr(plt, "show", plt.close)
    scope = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec("".join(cell["source"]), scope)
            stored = "".join(
                "".join(output["text"]) for output in cell["outputs"] if "text" in output
            )
            assert printed.getvalue() == stored
