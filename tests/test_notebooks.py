"""What notebooks work out: every formula once, in a section that speaks of it.

That they run is tested by nbmake.
"""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from docs.generate import derived_in
from theory.catalogue import CALLS
from theory.crosscheck import CLAIMS
from theory.crosscheck.derivations import DERIVATIONS

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
BEFORE_HEADING = re.compile(r"^(?=#{1,3} )", re.MULTILINE)


def cells(notebook):
    return json.loads(notebook.read_text(encoding="utf-8"))["cells"]


def sections(notebook):
    """The headings of a notebook in order, each with all Markdown and code up to the next."""
    found = []
    for cell in cells(notebook):
        source, prose = "".join(cell["source"]), cell["cell_type"] == "markdown"
        for part in filter(None, BEFORE_HEADING.split(source) if prose else [source]):
            if prose and part.startswith("#"):
                heading, _, text = part.partition("\n")
                found.append([heading.lstrip("# "), text])
            elif found:
                found[-1][1] += f"\n{part}"
    return found


SECTIONS = {notebook.stem: sections(notebook) for notebook in NOTEBOOKS}


def test_every_formula_is_derived():
    assert set(CALLS) <= set(DERIVATIONS) <= {*CALLS, *(claim.id for claim in CLAIMS)}


def test_nothing_is_derived_twice():
    file = Path(__file__).parent.parent / "theory" / "crosscheck" / "derivations.csv"
    names = re.findall(r"[\w-]+\.[\w.-]+", file.read_text(encoding="utf-8"))
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize(("name", "section"), DERIVATIONS.items(), ids=str)
def test_a_section_speaks_of_what_it_derives(name, section):
    """Its heading makes the anchor of plain words that links have; it is in the notebook once."""
    assert re.fullmatch(r"[\w ,:?-]+", section.heading)
    (text,) = (text for heading, text in SECTIONS[section.notebook] if heading == section.heading)
    assert re.search(rf"\b{re.escape(name)}\b", text)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_executed(notebook):
    """From its first cell to its last, so that its pages show what it says."""
    counts = [cell["execution_count"] for cell in cells(notebook) if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_a_section_ends_at_the_next_heading(tmp_path):
    """Also at one within a cell."""
    made = [
        {"cell_type": "markdown", "source": ["# One\n", "a.b"]},
        {"cell_type": "code", "source": ["# no heading\n", "x = 1"]},
        {"cell_type": "markdown", "source": ["more\n", "\n", "## Two, then\n"]},
    ]
    path = tmp_path / "01_made.ipynb"
    path.write_text(json.dumps({"cells": made}), encoding="utf-8")
    (one, text), two = sections(path)
    assert (one, two) == ("One", ["Two, then", ""])
    assert "x = 1" in text
    assert "more" in text


def test_the_link_of_a_formula():
    link = "[12, Starting at zero](12_walk_and_diffusion.ipynb#starting-at-zero)"
    assert derived_in("lattice.onset") == link
