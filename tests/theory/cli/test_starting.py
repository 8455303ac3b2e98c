"""The command new, and all commands with a chapter of one's own: --claims."""

import html
import json
import os
import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from montecarlo.perceptron import learn_ledger
from montecarlo.runs import Task, learn
from tests.theory.cli.commands import answer, invoke, misuse
from tests.theory.crosscheck.authors import CHAPTER, forget, forgotten, written
from theory.cli import exploring, starting
from theory.cli.explorer import page
from theory.crosscheck import QUICK, check, load, select
from theory.crosscheck.report.failure import failure

ROOT = Path(__file__).parents[3]

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
        assert f"next: cd {shlex.quote(str(folder))}, then" in answer("new", str(folder))
        package = folder.name.lower().replace(" ", "_")
        assert {path.name for path in folder.iterdir()} == {
            *("README.md", ".gitignore", "pyproject.toml", package, f"{package}.ipynb")
        }
    assert 'name = "a-model"\n' in (tmp_path / "A model" / "pyproject.toml").read_text()
    assert "from a_model import claims" in (tmp_path / "A model/a_model/chapter.py").read_text()


@pytest.mark.parametrize("folder", ["theory", "2 models", "Lambda", "random"])
def test_new_makes_no_package_that_could_not_be_imported(tmp_path, folder):
    assert "no package of your own can be called" in misuse("new", str(tmp_path / folder))
    assert not list(tmp_path.iterdir())


def test_new_touches_nothing_that_is_there(tmp_path):
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path, tmp_path / "file"):
        assert misuse("new", str(folder)) == f"{folder} is there and not an empty folder"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


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
    shown = answer("show", "MINE.energy", "--quick", *MINE)
    assert "controls rejected" in shown
    assert f"synaptic-energy figure MINE.1 --claims {CHAPTER}\n" in shown
    assert answer("cite", "MINE.energy", *MINE).startswith("@misc{me2026three,")
    assert misuse("check", "LvR.eq3", *MINE).startswith("no claim matches 'LvR.eq3'")
    assert misuse("list", "--claims", "nowhere").startswith("no chapter 'nowhere'")


def test_what_an_author_writes_is_no_markup(mine):
    hostile = "[red]A[/red] <b>synapse</b> [/]"
    written(mine, claims={"A synapse with three": f"{hostile} with three", "r² + r f": "&amp; r"})
    assert "[red]A[/red]" in answer("list", "MINE.energy", *MINE)
    assert hostile in answer("show", "MINE.energy", "--quick", *MINE)
    answer("check", "MINE.energy", "--quick", "--html", "page.html", *MINE)
    page = (mine / "page.html").read_text()
    assert html.escape(hostile) in page
    assert "<b>synapse" not in page
    assert "&amp;amp; r" in page


@pytest.mark.parametrize(
    ("module", "spoilt", "said"),
    [
        ("figures", {'title="What': 'title="$x_$ $y$ What'}, "MINE.1 cannot be drawn: ValueError:"),
        (
            "figures",
            {"RISES, rates)": "RISES, rates[1:])"},
            "ValueError: 'three states' has 14 x, but 13 y, at three_state/figures.py:",
        ),
        (
            "experiments",
            {"    return [rate(": "    1 / 0\n    return [rate("},
            "raises ZeroDivisionError: division by zero, at three_state/experiments.py:",
        ),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_a_sentence(mine, module, spoilt, said):
    written(mine, **{module: spoilt})
    assert said in misuse("figure", "MINE.1", "--quick", "--jobs", "1", *MINE)


def test_sentences_beside_the_chapter_are_listed(mine):
    file = mine / "three_state" / "sentences.csv"
    (example,) = fenced("none")
    header, judged, unjudged = example.splitlines()
    file.write_text(example, encoding="utf-8")
    printed = answer("list", *MINE)
    assert "1 sentence without a claim" in printed
    assert "no number follows" in printed
    assert "MINE.plausible" in answer("list", "--about", "less plausible", *MINE)
    for row in (unjudged.rpartition(",")[0] + ",", f"{judged}no reason"):
        file.write_text(f"{header}\n{row}\n", encoding="utf-8")
        said = f"three_state/sentences.csv must say of {row.partition(',')[0]!r} why it is unjudged"
        assert misuse("list", *MINE).startswith(said)
    for text in (f"{header}\nMINE.energy,it costs\n", "id,quotation\nMINE.energy,it costs\n"):
        file.write_text(text, encoding="utf-8")
        said = "a row must have id, quotation, place and unjudged, at three_state/sentences.csv:2"
        assert misuse("list", *MINE) == said


def test_an_experiment_takes_data_of_ones_own(mine):
    """The module of the page on data, as it stands there."""
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    ((file, text),) = re.findall(r"```python\n# (three_state/\w+\.py)\n(.*?)```", page, re.DOTALL)
    (mine / file).write_text(text, encoding="utf-8")
    labels = np.arange(100) % 3
    np.savez(mine / "three_state" / "mine.npz", inputs=np.eye(5)[labels], labels=labels)
    printed = answer("check", "MINE.cache", "--quick", "--claims", file)
    assert "1 claim judged: 1 HOLDS" in printed


@pytest.mark.usefixtures("mine")
def test_the_page_with_sliders_has_the_formulas_of_a_chapter(monkeypatch):
    """As the server would send it, without a browser."""
    served = []

    def serve(port, points, chapters):
        known = page.content(alone=False, options=" --claims mine")
        served.append((page.whole(known), port, points, chapters))
        raise OSError(0, "served")

    monkeypatch.setattr(exploring, "serve", serve)
    said = misuse("explore", "three_state.energy_rate", "--no-browser", "--port", "5", *MINE)
    assert said == "port 5: served"
    ((sent, port, points, chapters),) = served
    assert (port, chapters) == (5, ("three_state.chapter",))
    assert "three_state.energy_rate" in sent
    assert "Probability that a synapse moves up." in sent
    assert sent.count('"options": " --claims mine"') == 1
    question = {"formula": "three_state.energy_rate", "points": [[0.2, 0.3], [0.4, 0.1]]}
    assert exploring.values(question) == pytest.approx([6 / 19, 4 / 21])
    question = {"formula": "three_state.energy_rate", "point": [0.2, 0.3]}
    mean, error = exploring.simulated(points, question)
    assert abs(mean - 6 / 19) < 6 * error < 0.01
    assert "no formula" in misuse("explore", "three_state.rate", "--no-browser", *MINE)


def test_a_source_that_no_bibliography_has_is_named(mine):
    (mine / "three_state" / "references.bib").unlink()
    said = "MINE.energy: no references.bib has a name of its source, 'This paper, Eq. 1'"
    assert misuse("cite", "MINE.energy", *MINE) == said


@pytest.mark.usefixtures("mine")
def test_json_on_standard_output_is_nothing_else():
    result = invoke("check", "--quick", "--json", "-", "arithmetic.*", *MINE)
    assert [it["verdict"] for it in json.loads(result.stdout)["results"]] == ["HOLDS"]
    assert "1 claim judged" in result.stderr


def test_figures_are_drawn_and_put_into_the_page(mine):
    assert "MINE.1  What a synapse" in answer("figure", "--help", *MINE)
    answer("figure", "all", "--quick", "--out", "figures", *MINE)
    assert (mine / "figures" / "MINE.1.csv").read_text().count("three states") == 28
    answer("check", "--quick", "--html", "page.html", "--figures", "figures", *MINE)
    page = (mine / "page.html").read_text()
    assert "A synapse with three states costs" in page
    assert page.count('<image id="figure-MINE.1"') == 1


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


def test_record_says_what_is_not_as_expected(mine):
    written(mine, formulas={"return 2 *": "return 2.1 *"})
    result = invoke("record", "MINE.energy", "--quick", *MINE)
    assert result.stderr == "MINE.energy FAILS, not HOLDS\n"
    assert result.exit_code == 0


@pytest.mark.usefixtures("mine")
def test_eval_knows_its_formulas():
    call = ("eval", "three_state.energy_rate", "rise=0.2")
    assert answer(*call, "fall=0.2", *MINE) == "0.26666666666666666\n"
    assert misuse(*call, "fall=0.9", *MINE).endswith(
        "(rise + fall) <= 1 must hold, got rise = 0.2, fall = 0.9"
    )
    for chapter in (CHAPTER, "three_state/formulas.py"):
        said = answer(*call[:2], "--help", "--claims", chapter)
        assert "Probability that it moves down" in said


def test_only_template_files_are_written():
    found = [path for path in starting.TEMPLATE.rglob("*") if path.is_file()]
    assert all(path.suffix == starting.ENDING for path in found)
    assert len(starting.files("x")) == len(found)
    assert not any("three_state" in name + text for name, text in starting.files("x").items())
    assert not any("PROJECT" in text or "VERSION" in text for text in starting.files("x").values())
    assert os.sep not in next(iter(starting.files("x")))


# --- the tutorial, which builds the same repository -----------------------------------------------

MINE_FILES = starting.files("three-state")
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


def fenced(language):
    return re.findall(rf"```{language}\n(.*?)```", TUTORIAL, re.DOTALL)


def test_the_tutorial_writes_the_same_files_line_by_line():
    built = {}
    for block in fenced("python"):
        name, _, text = block.removeprefix("# ").partition("\n")
        built[name] = built.get(name, "") + text
    assert len(built) == 5
    for name, text in built.items():
        lines, said = (filter(None, it.split("\n")) for it in (MINE_FILES[name], text))
        assert list(said) == list(lines), name
    for language, name in (("toml", "pyproject.toml"), ("bibtex", "three_state/references.bib")):
        assert fenced(language)[0] in MINE_FILES[name]


def test_the_tutorial_has_the_report_on_the_planted_error(mine):
    written(mine, formulas={"return 2 *": "return 2.1 *"})
    index = load(CHAPTER)
    (result,) = check(select(["MINE.energy"], index), QUICK, index=index)
    for block in fenced("text"):
        assert block.strip() in failure(result)
    assert len(fenced("text")) == 2


@pytest.mark.usefixtures("mine")
def test_the_commands_of_the_tutorial_run():
    commands = [line for block in fenced("sh") for line in block.splitlines()]
    chosen = [shlex.split(line)[1:] for line in commands if line.startswith("synaptic-energy ")]
    assert len(chosen) == 8
    for arguments in chosen[1:]:
        assert answer(*arguments)


@pytest.mark.usefixtures("mine")
def test_tables_are_one_call_away_from_data_frames():
    """The calls of the tutorial's table, as they stand there."""
    pd = pytest.importorskip("pandas")
    answer("check", "--quick", "--json", "found.json", *MINE)
    answer("record", "--quick", *MINE)
    answer("figure", "all", "--quick", "--out", "figures", *MINE)
    answer("train", "--hidden", "5", "--most-samples", "200")
    answer("sweep", "hidden=4,5", "--most-samples", "100")
    from three_state.formulas import energy_rate

    scope = {
        "pd": pd,
        "Path": Path,
        "json": json,
        "energy_rate": energy_rate,
        "fall": np.linspace(0.1, 0.8, 8),
        "ledger": learn_ledger([[1, 1], [-1, 1]], [1, -1]),
        "curve": learn(Task(hidden=5, most_samples=200), 1).training,
    }
    calls = re.findall(r"`(pd\..*?\))`[,|; ]", TUTORIAL.partition("## Elsewhere")[2])
    frames = [eval(call, scope) for call in calls]
    assert [len(frame) for frame in frames] == [8, 5, 3, 28, 2, 2, 2, 2]
    assert {"claim id", "verdict", "what"} <= set(frames[1])
    assert frames[5]["task.hidden"].tolist() == [4, 5]
    assert frames[6]["count"].tolist() == [1, 3]
