"""The commands check and show: verdicts, files, exit statuses and one-line errors."""

import dataclasses
import json
import os
import re
from importlib.metadata import version
from pathlib import Path

import pytest
import sympy
from click.testing import CliRunner
from rich.console import Console

from montecarlo.datasets import FOLDER_VARIABLE
from tests.theory.cli.commands import answer, interrupt, invoke, misuse, run_installed
from theory import cli, crosscheck
from theory.cli import checking
from theory.cli.common import INTERRUPTED
from theory.crosscheck import Claim, Kind, Verdict
from theory.crosscheck.legs.symbolic import Identity
from theory.formula import FORMULAS

# Claims that are judged in milliseconds: proofs, digits, simulations and a misprint.
FAST = ("SE.773", "LvR.r-limit", "LvR.b-term", "SE.b-term")
QUICK = ("--quick", "--seed", "3")


@pytest.fixture
def no_work(monkeypatch):
    """Fail if claims are judged."""

    def check(*_):
        raise AssertionError("the work was started")

    monkeypatch.setattr(crosscheck, "check", check)


@pytest.fixture
def fast_claims(monkeypatch):
    """Replace the claims of the command by chosen ones."""

    def replace(*claims):
        def select(patterns, _):
            return tuple(item for item in claims if not patterns or item.id in patterns)

        monkeypatch.setattr(crosscheck, "select", select)

    return replace


def claim(name, left, right=1, **details):
    """A claim that left() equals right, proved or refuted at once."""
    statement = Identity("left = right", lambda: sympy.sympify(left()), lambda: right)
    return Claim(name, "Left is right.", "Nowhere", Kind.IDENTITY, symbolic=(statement,), **details)


def test_without_its_folder_mnist_is_read_in_the_ledger(monkeypatch, tmp_path):
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert "1 statement read in the ledger" in answer("check", "CP.1e8")
    refused = invoke("check", "LvR.eq1", "--mnist", str(tmp_path / "nothing"))
    assert refused.exit_code == 2
    assert "does not exist" in refused.stderr
    answer("check", "LvR.eq1", "--quick", "--mnist", str(tmp_path))
    assert os.environ[FOLDER_VARIABLE] == str(tmp_path)


def test_show_of_an_algorithm(fast_claims):
    fast_claims(claim("x.first", lambda: 1, formulas=("triggers.optimum",)))
    printed = answer("show", "x.first")
    assert "triggers.optimum(K, T, N, c, eta=1, trigger=local)\n    computed by an alg" in printed


def test_show_gives_statement_formula_source_and_evidence():
    printed = answer("show", "SE.b-term", *QUICK)
    (shown,) = crosscheck.select(["SE.b-term"])
    assert printed.startswith("SE.b-term  HOLDS\n")
    for text in (shown.statement, shown.source, shown.kind, *shown.formulas, shown.remark):
        assert text in printed
    for name in shown.formulas:
        assert FORMULAS[name].source in printed
    assert "\n    K⋅N⋅b⋅η⋅⎝n  - 1⎠\n    ────────────────\n" in printed
    for leg in ("symbolic", "simulation"):
        for statement in getattr(shown, leg):
            assert statement.what in printed
    assert "seed: 3" in printed


def test_a_statement_that_was_proved_is_mathematics(fast_claims):
    x = sympy.Symbol("x", positive=True)
    statements = [
        Identity("once", lambda: (1 + x) / 2, lambda: (1 + x) * x / (2 * x) / 1),
        Identity("differently", lambda: (x + 1) * x / 2, lambda: (x**2 + x) / 2),
        Identity("at length", lambda: (1 + x) ** 60, lambda: sympy.expand((1 + x) ** 60)),
    ]
    fast_claims(dataclasses.replace(claim("x", lambda: 1), symbolic=tuple(statements)))
    printed = answer("show", "x")
    once, differently, at_length = re.split("  HOLDS     ", printed)[1:]
    assert "statement" not in printed
    assert "=" not in once
    assert re.search(r"x⋅\(x \+ 1\) +x +x *\n +─+ = ─+ \+ ─\n", differently)
    assert "=" not in at_length


def test_show_of_a_formula_begins_with_it_its_verdicts_and_the_claim_that_states_it(monkeypatch):
    about = {"formulas": ("perceptron.inefficiency", "perceptron.energy")}
    claims = (
        claim("arithmetic.x", lambda: 1, **about),
        claim("x.side", lambda: 1, **about),
        dataclasses.replace(claim("x.states", lambda: 1, **about), source="LvR, Eq. 3"),
    )
    monkeypatch.setattr(crosscheck, "select", lambda *_: claims)
    printed = answer("show", "perceptron.inefficiency")
    assert printed.startswith("perceptron.inefficiency(P, N)\n    √π⋅√P\n")
    table, *shown = re.split(r"^(?=\S+  HOLDS$)", printed, flags=re.MULTILINE)
    assert re.findall(r"^ ?(\S+) +HOLDS ", table, re.MULTILINE) == [it.split()[0] for it in shown]
    assert [it.split()[0] for it in shown] == ["x.states", "x.side", "arithmetic.x"]
    assert printed.count("√π⋅√P") == printed.count("2⋅N⋅P⋅η") == 1
    assert "perceptron.energy(P, N, eta=1), see above\n" in shown[1]


def test_show_ends_with_the_notebooks(fast_claims):
    """On a formula alone, or on a claim and all of its formulas, each once."""
    rate, power = "decay.consolidation_rate", "decay.consolidation_power"
    fast_claims(claim("LvR.r", lambda: 1, formulas=(rate, power, rate)), claim("x", lambda: 1))
    at = "Worked out in notebooks/04_steady_state.ipynb, "
    lines = [
        "Worked out in notebooks/09_errata.ipynb, “A rate without a time”: LvR.r",
        f"{at}“Normalisation gives the rate”: {rate}",
        f"{at}“The powers”: {power}",
    ]
    assert answer("show", "LvR.r").splitlines()[-4:] == ["", *lines]
    assert answer("show", rate).splitlines()[-2:] == ["", lines[1]]
    assert "Worked out" not in answer("show", "x")


def test_show_of_an_unknown_claim():
    assert misuse("show", "SE.nothing").startswith("no claim matches 'SE.nothing'")


def test_show_of_an_interrupted_claim(fast_claims):
    def interrupt():
        raise KeyboardInterrupt

    fast_claims(claim("x.stop", interrupt))
    result = invoke("show", "x.stop")
    assert result.exit_code == INTERRUPTED
    assert "0 of 1 claims" in result.stderr


def test_check_of_ids():
    printed = answer("check", *FAST, *QUICK)
    for name in FAST:
        assert name in printed
    summary = printed.splitlines()[-1]
    assert "4 claims judged: 2 HOLDS, 2 FAILS; all as expected (quick effort, seed 3" in summary
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


def no_constants(name):
    raise AssertionError(f"{name} is no JSON")


def report(path):
    return json.loads(path.read_text(encoding="utf-8"), parse_constant=no_constants)


def without_seconds(value):
    if isinstance(value, dict):
        return {key: without_seconds(item) for key, item in value.items() if key != "seconds"}
    if isinstance(value, list):
        return [without_seconds(item) for item in value]
    return value


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


def test_the_same_seed_gives_the_same_figures(tmp_path):
    first, again, other, alone = (tmp_path / name for name in ("first", "again", "other", "alone"))
    answer("check", *FAST, *QUICK, "--json", str(first))
    answer("check", *FAST, *QUICK, "--json", str(again))
    assert without_seconds(report(first)) == without_seconds(report(again))
    # Other claims in the same check make no difference.
    answer("check", "SE.b-term", *QUICK, "--json", str(alone))
    (single,) = without_seconds(report(alone))["results"]
    assert single in without_seconds(report(first))["results"]
    # Another seed makes one to simulations only.
    answer("check", *FAST, "--quick", "--seed", "4", "--json", str(other))
    changed = [
        a["id"]
        for a, b in zip(report(first)["results"], report(other)["results"], strict=True)
        if without_seconds(a) != without_seconds(b)
    ]
    assert set(changed) == {"LvR.b-term", "SE.b-term"}


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


def test_jobs_do_not_change_the_figures(tmp_path):
    files = [tmp_path / jobs for jobs in ("1", "2")]
    for file in files:
        answer("check", *FAST, *QUICK, "--jobs", file.name, "--json", str(file))
    assert without_seconds(report(files[0])) == without_seconds(report(files[1]))


def test_other_processes_give_the_same_figures(tmp_path):
    files = [tmp_path / name for name in ("first", "again")]
    assert run_installed("check", *FAST, *QUICK, "--json", str(files[0])).returncode == 0
    answer("check", *FAST, *QUICK, "--json", str(files[1]))
    assert without_seconds(report(files[0])) == without_seconds(report(files[1]))


def test_sensitivity_lists_how_wrong_a_law_could_be():
    printed = answer("check", "LvR.fig5a", "SE.mean", "--quick", "--sensitivity")
    assert "Would hold" in printed
    assert "the law × " in printed
