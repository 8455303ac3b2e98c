"""The command new, and all commands with a chapter of one's own: --claims."""

import json
import os
import re

import pytest

from tests.theory.cli.commands import answer, invoke, misuse
from tests.theory.crosscheck.authors import CHAPTER, forget, forgotten, written
from theory.cli import starting

MINE = ("--claims", CHAPTER)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """The repository that ``new`` writes, as the current folder."""
    monkeypatch.chdir(tmp_path)
    with forgotten(tmp_path):
        yield written(tmp_path)


def test_new_writes_a_repository_into_a_new_or_empty_folder(tmp_path):
    for folder in (tmp_path / "A model", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        assert "next: cd" in answer("new", str(folder))
        assert {path.name for path in folder.iterdir()} == {
            *("README.md", ".gitignore", "pyproject.toml", "three_state", "three_state.ipynb")
        }
    assert 'name = "a-model"\n' in (tmp_path / "A model" / "pyproject.toml").read_text()


def test_new_touches_nothing_that_is_there(tmp_path):
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path, tmp_path / "file"):
        assert misuse("new", str(folder)) == f"{folder} is there and not an empty folder"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_formula_experiment_and_claim_take_fewer_than_25_lines(mine):
    """Statements, not what is imported or said."""
    text = "\n".join(
        (mine / "three_state" / f"{it}.py").read_text() for it in ("formulas", "experiments")
    )
    text = re.sub(r'""".*?"""|^(from|import) .*$', "", text, flags=re.DOTALL | re.MULTILINE)
    assert sum(bool(line.strip()) for line in text.splitlines()) < 30


def test_the_notebook_runs(mine, monkeypatch):
    monkeypatch.syspath_prepend(mine)
    scope = {}
    for cell in json.loads((mine / "three_state.ipynb").read_text())["cells"]:
        if cell["cell_type"] == "code":
            *lines, last = "".join(cell["source"]).splitlines()
            exec("\n".join(lines), scope)
            shown = eval(last, scope)
    assert shown == {
        "MINE.energy": "HOLDS",
        "MINE.two-states": "FAILS",
        "arithmetic.three_state.energy_rate": "HOLDS",
    }


@pytest.mark.usefixtures("mine")
def test_check_list_show_and_cite():
    assert "3 claims judged: 2 HOLDS, 1 FAILS; all as expected" in answer("check", "--quick", *MINE)
    assert answer("list", "MINE.*", *MINE).startswith("2 claims")
    assert "controls rejected" in answer("show", "MINE.energy", "--quick", *MINE)
    assert answer("cite", "MINE.energy", *MINE).startswith("@misc{me2026three,")
    assert misuse("check", "LvR.eq3", *MINE).startswith("no claim matches 'LvR.eq3'")
    assert misuse("list", "--claims", "nowhere").startswith("no chapter 'nowhere'")


def test_a_source_that_no_bibliography_has_is_named(mine):
    (mine / "three_state" / "references.bib").unlink()
    said = "MINE.energy: no references.bib has a name of its source, 'This paper, Eq. 1'"
    assert misuse("cite", "MINE.energy", *MINE) == said


@pytest.mark.usefixtures("mine")
def test_json_on_standard_output_is_nothing_else():
    result = invoke("check", "--quick", "--json", "-", "arithmetic.*", *MINE)
    assert [it["verdict"] for it in json.loads(result.stdout)["results"]] == ["HOLDS"]
    assert "1 claims judged" in result.stderr


def test_figures_are_drawn_and_put_into_the_page(mine):
    answer("figure", "all", "--quick", "--out", "figures", *MINE)
    assert (mine / "figures" / "MINE.1.csv").read_text().count("three states") == 28
    answer("check", "--quick", "--html", "page.html", "--figures", "figures", *MINE)
    page = (mine / "page.html").read_text()
    assert "A synapse with three states costs" in page
    assert 'id="figure-MINE.1"' not in page  # no claim names it yet


def test_what_was_drawn_is_simulated_again_if_its_code_has_changed(mine):
    answer("figure", "MINE.1", "--quick", "--out", "figures", *MINE)
    before = (mine / "figures" / "MINE.1.csv").read_text()
    forget(mine)
    written(mine, experiments={"return count": "return 2 * count"})
    answer("figure", "MINE.1", "--quick", "--out", "figures", *MINE)
    assert (mine / "figures" / "MINE.1.csv").read_text() != before


def test_record_writes_a_ledger_beside_the_chapter_and_checks_read_it(mine):
    file = mine / "three_state" / "ledger.csv"
    answer("record", "--quick", *MINE)
    assert file.read_text().count("MINE.") == 3
    assert answer("record", "--quick", "--missing", *MINE) == "nothing is missing\n"
    assert "ledger: " in answer("show", "MINE.energy", "--quick", *MINE)
    file.write_text(
        file.read_text() + file.read_text().splitlines()[1].replace("MINE", "OTHER") + "\n"
    )
    answer("record", "--quick", "MINE.energy", *MINE)
    assert "OTHER.energy" in file.read_text()  # of another chapter in this folder


@pytest.mark.usefixtures("mine")
def test_eval_knows_its_formulas():
    call = ("eval", "three_state.energy_rate", "rise=0.2")
    assert answer(*call, "fall=0.2", *MINE) == "0.26666666666666666\n"
    assert misuse(*call, "fall=0.9", *MINE).endswith(
        "(rise + fall) <= 1 must hold, got rise = 0.2, fall = 0.9"
    )


def test_only_template_files_are_written():
    found = [path for path in starting.TEMPLATE.rglob("*") if path.is_file()]
    assert all(path.suffix == starting.ENDING for path in found)
    assert len(starting.files("x")) == len(found)
    assert not any("PROJECT" in text or "VERSION" in text for text in starting.files("x").values())
    assert os.sep not in next(iter(starting.files("x")))
