"""What the notebooks say that they derive: every formula once, in a section that speaks of it.

That they run is tested by nbmake.
"""

import json
import re
from collections import Counter

import pytest

from docs.derivations import NOTEBOOKS, derivations, sections
from theory.catalogue import CALLS

DERIVING = [section for notebook in NOTEBOOKS for section in sections(notebook) if section.derives]


def test_every_formula_is_derived_in_one_section():
    counts = Counter(name for section in DERIVING for name in section.derives)
    assert {name for name in CALLS if name not in counts} == set()
    assert {name for name in counts if name not in CALLS} == set()
    assert {name for name, count in counts.items() if count > 1} == set()


@pytest.mark.parametrize("section", DERIVING, ids=lambda it: f"{it.notebook[:2]}-{it.anchor}")
def test_a_section_speaks_of_what_it_derives(section):
    silent = {
        name for name in section.derives if not re.search(rf"\b{re.escape(name)}\b", section.text)
    }
    assert silent == set()


@pytest.mark.parametrize("section", DERIVING, ids=lambda it: f"{it.notebook[:2]}-{it.anchor}")
def test_headings_make_anchors_that_hold(section):
    """Of plain words, from which MyST makes an anchor as `Section.anchor` does; in a notebook once.

    MyST numbers the anchors of headings that are the same.
    """
    assert re.fullmatch(r"[\w ,:?-]+", section.heading)
    notebook = next(path for path in NOTEBOOKS if path.stem == section.notebook)
    assert [other.anchor for other in sections(notebook)].count(section.anchor) == 1


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_only_headings_say_what_is_derived(notebook):
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if "derives" in cell["metadata"]:
            assert cell["cell_type"] == "markdown"
            assert "".join(cell["source"]).startswith("#")


def test_a_section_ends_at_the_next_heading(tmp_path):
    """Also at one within a cell, of which the metadata of the cell do not speak."""
    cells = [
        {"cell_type": "markdown", "metadata": {"derives": ["a.b"]}, "source": ["# One\n", "a.b"]},
        {"cell_type": "code", "metadata": {}, "source": ["# no heading\n", "x = 1"]},
        {"cell_type": "markdown", "metadata": {}, "source": ["more\n", "\n", "## Two, then\n"]},
    ]
    path = tmp_path / "01_made.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    first, second = sections(path)
    assert (first.heading, first.derives) == ("One", ("a.b",))
    assert "x = 1" in first.text
    assert "more" in first.text
    assert (second.heading, second.derives, second.anchor) == ("Two, then", (), "two-then")
    assert first.link == "[01, One](01_made.ipynb#one)"


def test_the_link_of_a_formula():
    section = derivations()["lattice.onset"]
    assert (section.notebook, section.anchor) == ("12_walk_and_diffusion", "starting-at-zero")
