"""The command check: verdicts, files, exit statuses and one-line errors."""

import dataclasses
import json
import os
import re
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from montecarlo.datasets import FOLDER_VARIABLE
from tests.theory.cli.commands import (
    FAST,
    QUICK,
    answer,
    claim,
    interrupt,
    invoke,
    misuse,
    report,
    run_installed,
)
from theory import cli, crosscheck
from theory.cli import checking
from theory.crosscheck import Verdict


def test_without_its_folder_mnist_is_read_in_the_ledger(monkeypatch, tmp_path):
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert "1 statement read in the ledger" in answer("check", "CP.1e8")
    refused = invoke("check", "LvR.eq1", "--mnist", str(tmp_path / "nothing"))
    assert refused.exit_code == 2
    assert "does not exist" in refused.stderr
    answer("check", "LvR.eq1", "--quick", "--mnist", str(tmp_path))
    assert os.environ[FOLDER_VARIABLE] == str(tmp_path)


def test_check_of_ids():
    start = time.perf_counter()
    printed = answer("check", *FAST, *QUICK)
    waited = time.perf_counter() - start
    for name in FAST:
        assert name in printed
    summary = printed.splitlines()[-1]
    assert "4 claims judged: 2 HOLDS, 2 FAILS; all as expected (quick effort, seed 3, " in summary
    assert 0 < float(re.search(r"([\d.]+) s\)", summary)[1]) < waited + 0.1
    assert "LvR.eq3" not in printed


@pytest.mark.parametrize("width", [70, 120])
def test_what_fails_comes_last_and_why(width, monkeypatch):
    """No number is cut, and where legs have no columns of their own their evidence is kept."""
    monkeypatch.setattr(checking, "standard_output", lambda **_: Console(width=width))
    printed = answer("check", *FAST, *QUICK)
    table, _, failed = printed.partition("What FAILS")
    assert ("simulation" in table) == (width == 120)
    assert re.search(r"LvR\.b-term +FAILS .*\b49\.36\d\(\d\)% low", table)
    assert re.search(r"SE\.b-term +HOLDS .*\b3 proved", table)
    assert "…" not in printed
    why = " ".join(failed.split())
    assert re.search(r"LvR\.r-limit sigma.* counterexample: .* → LvR\.mcons-limit", why)
    assert re.search(r"49\.36\d\(\d\)% low → SE\.b-term", why)
    assert "\nSE." not in failed


def test_where_nothing_fails_nothing_is_said_of_it():
    assert "What FAILS" not in answer("check", "SE.773", *QUICK)


def test_what_is_not_as_expected_says_why(fast_claims):
    fast_claims(
        claim("x.wrong", lambda: 2),
        claim("x.right", lambda: 1, expected=Verdict.FAILS),
        claim("x.fine", lambda: 1),
        claim("x.broken", lambda: 1 / 0),
    )
    failed = invoke("check").stdout.partition("What FAILS")[2]
    assert re.search(r"x\.broken +left = right: ZeroDivisionError: division by zero", failed)
    assert re.search(r"x\.right +left = right: proof: ", failed)
    assert re.search(r"x\.wrong +left = right: counterexample: ", failed)
    assert "x.fine" not in failed


def test_check_of_globs():
    printed = answer("check", "*.b-term", "SE.77?", *QUICK)
    assert "3 claims judged" in printed
    for name in ("LvR.b-term", "SE.b-term", "SE.773"):
        assert name in printed


def test_check_judges_a_claim_once_however_often_it_is_named():
    assert "1 claim judged" in answer("check", "SE.773", "SE.77*", "SE.773", *QUICK)


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("se.773", "did you mean SE.773"),
        ("lvr", "did you mean 'LvR.*'?"),
        ("lvr.*", "did you mean 'LvR.*'?"),
        ("SE", "did you mean 'SE.*'?"),
        ("LvR.eq33", "did you mean LvR.eq3 or "),
        ("perceptron.inefficency", "did you mean perceptron.inefficiency or "),
        ("x*", "'synaptic-energy list' shows all"),
        ("", "'synaptic-energy list' shows all"),
    ],
)
def test_check_of_unknown_claims(pattern, hint):
    line = misuse("check", "SE.773", pattern)
    assert line.startswith(f"no claim matches {pattern!r}; {hint}")


@pytest.mark.parametrize(
    ("expected", "changed"),
    [("SE.773", Verdict.FAILS), ("LvR.r-limit", Verdict.HOLDS), ("SE.773", Verdict.UNDECIDED)],
)
def test_check_of_an_unexpected_verdict(expected, changed, fast_claims, tmp_path):
    file = tmp_path / "found.json"
    fast_claims(
        *(
            dataclasses.replace(item, expected=changed) if item.id == expected else item
            for item in crosscheck.select(["SE.773", "LvR.r-limit"])
        )
    )
    result = invoke("check", *QUICK, "--json", str(file))
    assert result.exit_code == 1
    assert f"not as expected: {expected} " in result.stdout.splitlines()[-1]
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["complete"] is True
    assert found["as_expected"] is False
    assert {r["id"]: r["as_expected"] for r in found["results"]} == {
        name: name != expected for name in ("SE.773", "LvR.r-limit")
    }


def test_check_of_a_claim_that_cannot_be_evaluated(fast_claims):
    def fail():
        raise ZeroDivisionError("on purpose")

    fast_claims(claim("x.broken", fail), claim("x.fine", lambda: 1))
    result = invoke("check")
    assert result.exit_code == 1
    assert "1 HOLDS, 1 UNDECIDED; not as expected: x.broken" in result.stdout
    assert "ZeroDivisionError: on purpose" in invoke("show", "x.broken").stdout


def test_check_that_is_interrupted(fast_claims, tmp_path):
    """Ctrl-C in the third claim: what the first two gave is kept."""

    fast_claims(
        claim("x.first", lambda: 1),
        claim("x.second", lambda: 2, expected=Verdict.FAILS),
        claim("x.third", interrupt),
        claim("x.fourth", lambda: 1),
    )
    files = {name: tmp_path / f"found.{name}" for name in ("json", "html")}
    result = invoke("check", "--json", str(files["json"]), "--html", str(files["html"]))
    assert result.exit_code == 130
    assert result.stderr == "interrupted: 2 of 4 claims finished\n"
    assert "x.first" in result.stdout
    assert "x.second" in result.stdout
    assert "x.third" not in result.stdout
    assert "2 of 4 claims judged: 1 HOLDS, 1 FAILS" in result.stdout.splitlines()[-1]
    found = json.loads(files["json"].read_text(encoding="utf-8"))
    assert found["complete"] is False
    assert found["as_expected"] is False
    assert [r["id"] for r in found["results"]] == ["x.first", "x.second"]
    assert "2 of 4 claims judged" in files["html"].read_text(encoding="utf-8")


def test_sensitivity_lists_how_wrong_a_law_could_be():
    printed = answer("check", "LvR.fig5a", "SE.mean", "--quick", "--sensitivity")
    assert "Would hold" in printed
    assert "the law × " in printed


# --- files ----------------------------------------------------------------------------------------


def test_json_has_all_evidence(tmp_path):
    file = tmp_path / "found.json"
    answer("check", *FAST, *QUICK, "--json", str(file))
    found = report(file)
    assert found["version"] == version("synaptic-energy")
    assert (found["seed"], found["effort"]["name"]) == (3, "quick")
    assert (found["complete"], found["as_expected"]) == (True, True)
    assert {r["id"]: r["verdict"] for r in found["results"]} == {
        "SE.773": "HOLDS", "LvR.r-limit": "FAILS", "LvR.b-term": "FAILS", "SE.b-term": "HOLDS",
    }  # fmt: skip
    for result in found["results"]:
        (item,) = crosscheck.select([result["id"]])
        assert result["statement"] == item.statement
        assert result["source"] == item.source
        assert result["kind"] == item.kind
        assert result["formulas"] == list(item.formulas)
        assert result["figures"] == list(item.figures)
        assert result["expected"] == item.expected == result["verdict"]
        assert result["seconds"] == pytest.approx(sum(leg["seconds"] for leg in result["legs"]))
        for leg in result["legs"]:
            assert [f["what"] for f in leg["findings"]] == [
                statement.what for statement in getattr(item, leg["leg"])
            ]
            assert all(f["figures"] for f in leg["findings"])
    assert list(tmp_path.iterdir()) == [file]


def test_a_page_with_figures(tmp_path, fast_claims):
    fast_claims(claim("x.first", lambda: 1, figures=("LvR.1D", "LvR.6")))
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'
    (tmp_path / "LvR.1D.svg").write_text(picture, encoding="utf-8")
    (tmp_path / "other.svg").write_text("no figure", encoding="utf-8")
    file = tmp_path / "found.html"
    answer("check", "--html", str(file), "--figures", str(tmp_path))
    source = file.read_text(encoding="utf-8")
    assert source.count('<use href="#figure-LvR.1D"/>') == 1
    assert source.count("<image") == 1
    assert "Figure LvR.6, which <code>synaptic-energy figure</code> draws" in source


@pytest.mark.usefixtures("no_work")
def test_figures_that_cannot_be_shown_are_refused_before_the_work(tmp_path):
    page = ("check", "SE.773", "--html", str(tmp_path / "found.html"), "--figures")
    assert misuse("check", "SE.773", "--figures", str(tmp_path)).startswith("--figures are for")
    assert misuse(*page, str(tmp_path)).startswith(f"no figure in {tmp_path}; 'synaptic-energy")
    file = tmp_path / "LvR.1D.svg"
    file.write_text("no picture", encoding="utf-8")
    assert misuse(*page, str(tmp_path)) == f"{file}: picture must be an SVG image with a viewBox"
    result = invoke(*page, str(tmp_path / "missing"))
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("option", ["--json", "--html"])
def test_files_that_cannot_be_written_are_refused_before_the_work(option, tmp_path, monkeypatch):
    missing = tmp_path / "missing" / "found"
    assert (
        misuse("check", "SE.773", option, str(missing)) == f"{missing}: no folder {missing.parent}"
    )
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "no folder" in misuse("check", "SE.773", option, str(tmp_path / "file" / "found"))
    result = invoke("check", "SE.773", option, str(tmp_path))
    assert result.exit_code == 2
    assert "is a directory" in result.stderr
    # Permissions do not bind every user: let the system say no, of this folder alone.
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, *mode: path != tmp_path and access(path, *mode))
    assert "not writable" in misuse("check", "SE.773", option, str(tmp_path / "found"))
    assert sorted(tmp_path.iterdir()) == [tmp_path / "file"]


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_failed_write_leaves_the_old_file(option, tmp_path, monkeypatch, fast_claims):
    fast_claims(claim("x.first", lambda: 1))
    file = tmp_path / "found"
    file.write_text("old", encoding="utf-8")

    def fail(*_):
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        result = CliRunner().invoke(cli.main, ["check", option, str(file)])
    assert result.exit_code not in {0, 130}
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]
    answer("check", option, str(file))
    assert "x.first" in file.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [file]


def test_files_in_the_present_folder(tmp_path, monkeypatch, fast_claims):
    fast_claims(claim("x.first", lambda: 1))
    monkeypatch.chdir(tmp_path)
    answer("check", "--json", "found.json")
    assert report(tmp_path / "found.json")["results"][0]["id"] == "x.first"


def test_installed_check_shows_no_progress_in_a_pipe(tmp_path):
    file = tmp_path / "found.json"
    done = run_installed("check", *FAST, *QUICK, "--json", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout
    assert "4 claims judged: 2 HOLDS, 2 FAILS; all as expected" in done.stdout
    assert report(file)["as_expected"] is True
