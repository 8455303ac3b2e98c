"""The command line: values, evidence in all forms, exit statuses and one-line errors."""

import csv
import dataclasses
import io
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import mpmath
import pytest
import sympy
from click.testing import CliRunner

import montecarlo
import theory
from tests.theory.cli.commands import answer, installed, invoke, misuse
from theory import cli, crosscheck, perceptron
from theory.cli import drawing
from theory.cli.common import INTERRUPTED
from theory.crosscheck import CLAIMS, Claim, Kind, Verdict, chapters
from theory.crosscheck.chapters import FIGURES
from theory.crosscheck.chapters.decay.experiments import power
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.figures import records
from theory.crosscheck.figures.figure import Setting
from theory.crosscheck.legs.symbolic import Identity
from theory.crosscheck.references import REFERENCES, cited
from theory.formula import CALLS, FORMULAS

# Claims that are judged in milliseconds: proofs, digits, simulations and a misprint.
FAST = ("SE.773", "LvR.900", "LvR.b-term", "SE.b-term")
QUICK = ("--quick", "--seed", "3")
INEFFICIENCY = ("eval", "perceptron.inefficiency")


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    """The tests share the cores already, and what they replace is replaced in their process."""
    monkeypatch.setenv("SYNAPTIC_ENERGY_JOBS", "1")


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
        def select(patterns):
            return tuple(item for item in claims if not patterns or item.id in patterns)

        monkeypatch.setattr(crosscheck, "select", select)

    return replace


def claim(name, left, right=1, **details):
    """A claim that left() equals right, proved or refuted at once."""
    statement = Identity("left = right", lambda: sympy.sympify(left()), lambda: right)
    return Claim(name, "Left is right.", "Nowhere", Kind.IDENTITY, symbolic=(statement,), **details)


# --- eval -----------------------------------------------------------------------------------------


def test_eval_prints_the_double_that_the_formula_gives():
    assert answer(*INEFFICIENCY, "P=1900", "N=1000") == "772.5947218186652\n"
    assert answer(*INEFFICIENCY, "N=1e3", "P=1.9e3") == "772.5947218186652\n"
    printed = answer("eval", "caching.total_energy", "theta=6", "K=2000", "T=3e4", "N=9", "c=.001")
    assert float(printed) == FORMULAS["caching.total_energy"].function(6, 2000, 3e4, 9, 0.001)


def test_eval_options_and_truth_values():
    run = ("K=2000", "T=30000", "c=0.001")
    assert answer("eval", "lattice.optimal_steps", *run, "integer=True") == "14.0\n"
    assert float(answer("eval", "lattice.optimal_steps", *run, "integer=False")) < 14
    assert answer("eval", "lattice.caching_pays", "n=2", "b=0.6") == "True\n"
    assert answer("eval", "lattice.caching_pays", "n=2", "b=0.7", "--digits", "30") == "False\n"


@pytest.mark.parametrize("digits", [1, 2, 5, 15, 16, 50, 200, 2000])
@pytest.mark.parametrize(("P", "N"), [("1900", "1000"), ("1999", "1000"), ("0.1", "1e30")])
def test_eval_digits_are_all_right(digits, P, N):
    printed = answer(*INEFFICIENCY, f"P={P}", f"N={N}", "--digits", str(digits)).strip()
    with mpmath.workdps(digits + 30):
        exact = perceptron.inefficiency(mpmath.mpf(P), mpmath.mpf(N))
        assert printed == mpmath.nstr(exact, digits)


def test_eval_digits_reads_decimals_and_fractions_exactly():
    with mpmath.workdps(80):
        exact = mpmath.nstr(perceptron.updates(mpmath.mpf("0.1"), 1), 50)
        third = mpmath.nstr(perceptron.updates(mpmath.mpf(1) / 3, 1), 50)
    assert answer("eval", "perceptron.updates", "P=0.1", "N=1", "--digits", "50").strip() == exact
    assert answer("eval", "perceptron.updates", "P=1/3", "N=1", "--digits", "50").strip() == third


def test_eval_leaves_the_precision_alone():
    before = mpmath.mp.prec
    answer(*INEFFICIENCY, "P=1", "N=1", "--digits", "50")
    misuse(*INEFFICIENCY, "P=3", "N=1", "--digits", "50")
    assert mpmath.mp.prec == before


def table(text):
    header, *rows = csv.reader(io.StringIO(text))
    return header, rows


def test_eval_sweep_as_csv():
    header, rows = table(answer(*INEFFICIENCY, "N=1000", "--sweep", "P=100:1900:19", "--csv"))
    assert header == ["P", "perceptron.inefficiency"]
    assert [float(P) for P, _ in rows] == [100.0 * i for i in range(1, 20)]
    for P, value in rows:
        assert float(value) == perceptron.inefficiency(float(P), 1000)


def test_eval_two_sweeps_make_a_grid():
    sweeps = ("--sweep", "N=1000:3000:3", "--sweep", "P=100:1900:2")
    header, rows = table(answer(*INEFFICIENCY, *sweeps, "--csv"))
    assert header == ["N", "P", "perceptron.inefficiency"]
    points = [(float(N), float(P)) for N, P, _ in rows]
    assert points == [(N, P) for N in (1000, 2000, 3000) for P in (100, 1900)]
    for (N, P), (*_, value) in zip(points, rows, strict=True):
        assert float(value) == perceptron.inefficiency(P, N)
    # The same numbers for people.
    printed = answer(*INEFFICIENCY, *sweeps)
    for row in rows:
        assert re.search(r"\b\D+".join(map(re.escape, row)), printed)


def test_eval_sweep_with_digits():
    sweep = ("--sweep", "P=0.1:0.3:3", "N=1", "--digits", "40", "--csv")
    _, rows = table(answer(*INEFFICIENCY, *sweep))
    assert [P for P, _ in rows] == ["0.1", "0.2", "0.3"]
    with mpmath.workdps(60):
        for P, value in rows:
            assert value == mpmath.nstr(perceptron.inefficiency(mpmath.mpf(P), 1), 40)


@pytest.mark.parametrize("digits", [(), ("--digits", "20")])
def test_eval_sweep_of_one_point_and_downwards(digits):
    _, rows = table(answer(*INEFFICIENCY, "N=9", "--sweep", "P=1:2:1", "--csv", *digits))
    assert [float(P) for P, _ in rows] == [1]
    _, rows = table(answer(*INEFFICIENCY, "N=9", "--sweep", "P=2:1:2", "--csv", *digits))
    assert [float(P) for P, _ in rows] == [2, 1]


def test_eval_csv_of_a_single_value():
    header, rows = table(answer(*INEFFICIENCY, "P=1900", "N=1000", "--csv"))
    assert header == ["perceptron.inefficiency"]
    assert rows == [["772.5947218186652"]]


@pytest.mark.parametrize("name", FORMULAS)
def test_eval_takes_every_formula(name):
    domains = FORMULAS[name].domain.items()
    point = {argument: 1 if domain.contains(1) else 2 for argument, domain in domains}
    given = [f"{argument}={value}" for argument, value in point.items()]
    expected = FORMULAS[name].function(**point)
    assert answer("eval", name, *given) == f"{expected!r}\n"


@pytest.mark.parametrize("digits", [(), ("--digits", "30")])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["P=1900"], r"perceptron\.inefficiency also needs N"),
        ([], r"perceptron\.inefficiency also needs P, N"),
        (["P=1", "N=1", "Q=2"], r"perceptron\.inefficiency takes P, N as NAME=VALUE, got 'Q=2'"),
        (["P=1", "N=1", "=2"], r"perceptron\.inefficiency takes P, N as NAME=VALUE, got '=2'"),
        (["P", "N=1"], r"perceptron\.inefficiency takes P, N as NAME=VALUE, got 'P'"),
        (["P=many", "N=1"], r"P must be a number, got 'many'"),
        (["P=", "N=1"], r"P must be a number, got ''"),
        (["P=1e", "N=1"], r"P must be a number, got '1e'"),
        (["P=1/0", "N=1"], r"P must be a number, got '1/0'"),
        (["P=1+1j", "N=1"], r"P must be a number, got '1\+1j'"),
        (["P=1", "P=2", "N=9"], r"P is given twice"),
        (["P=nan", "N=1"], r"perceptron\.inefficiency: P must be a finite number > 0, got nan"),
        (["P=1", "N=inf"], r"perceptron\.inefficiency: N must be a finite number > 0, got \+?inf"),
        (["P=-1", "N=1"], r"perceptron\.inefficiency: P must be a finite number > 0, got -1\.0"),
        (["P=5", "N=1"], r"perceptron\.inefficiency: P < 2\*N must hold, got P = 5\.0, N = 1\.0"),
        (["N=1", "--sweep", "P=1:3:3"], r".*: P < 2\*N must hold, got P = 2\.0, N = 1\.0"),
        (["N=1", "--sweep", "P=1:2"], r"a sweep is NAME=START:STOP:COUNT with .*, got 'P=1:2'"),
        (["N=1", "--sweep", "P=1:2:3:4"], r"a sweep is .*, got 'P=1:2:3:4'"),
        (["N=1", "--sweep", "P=1:2:0"], r"a sweep is .* of at least 1, got 'P=1:2:0'"),
        (["N=1", "--sweep", "P=1:2:-3"], r"a sweep is .*, got 'P=1:2:-3'"),
        (["N=1", "--sweep", "P=1:2:2.5"], r"a sweep is .*, got 'P=1:2:2\.5'"),
        (["N=1", "--sweep", "P=a:2:3"], r"P must be a number, got 'a'"),
        (["N=1", "--sweep", "Q=1:2:3"], r".* takes P, N as NAME=VALUE, got 'Q=1:2:3'"),
        (["N=1", "P=1", "--sweep", "P=1:2:3"], r"P is both given and swept"),
        (["N=9", "--sweep", "P=1:2:3", "--sweep", "P=1:2:3"], r"P is given twice"),
    ],
)
def test_eval_answers_misuse_in_one_line(arguments, message, digits):
    assert re.fullmatch(message, misuse(*INEFFICIENCY, *arguments, *digits))


def test_eval_misuse_of_options():
    run = ("eval", "lattice.optimal_steps", "K=1", "T=1", "c=1")
    assert misuse(*run, "integer=yes") == "integer must be True or False, got 'yes'"
    assert "integer" in misuse(*run, "--sweep", "integer=0:1:2")


def test_eval_suggests_the_formula_that_was_meant():
    line = misuse("eval", "perceptron.ineficiency", "P=1")
    assert line == ("no formula 'perceptron.ineficiency'; did you mean 'perceptron.inefficiency'?")
    line = misuse("eval", "zzzz")
    for name in FORMULAS:
        assert name in line


@pytest.mark.parametrize(
    "arguments",
    [
        ["eval"],
        [*INEFFICIENCY, "--digits", "0"],
        [*INEFFICIENCY, "--digits", "ten"],
        [*INEFFICIENCY, "--digits", "10001"],
        ["check", "--seed", "-1"],
        ["check", "--seed", "x"],
        ["check", "--unknown"],
        ["show"],
        ["figure"],
        ["figure", "LvR.6", "--seed", "-1"],
        ["nonsense"],
    ],
)
def test_click_answers_misuse_with_usage(arguments):
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    usage, *_, error = result.stderr.splitlines()
    assert usage.startswith("Usage: ")
    assert error.startswith("Error: ")


# --- list and show --------------------------------------------------------------------------------


def test_list_names_every_claim_and_says_what_it_is():
    printed = answer("list")
    for item in CLAIMS:
        row = re.search(rf"{re.escape(item.id)}\s.*", printed)
        assert row, item.id
        assert item.kind in row[0]
        assert item.expected in row[0]
        assert item.statement.split()[0] in row[0]


def test_list_of_chosen_claims():
    printed = answer("list", "LvR.eq*", "SE.773")
    assert (
        printed.splitlines()[0].strip() == f"{len(crosscheck.select(['LvR.eq*', 'SE.773']))} claims"
    )
    assert "LvR.eq3" in printed
    assert "LvR.opper" not in printed
    assert misuse("list", "nothing.*").startswith("no claim matches 'nothing.*'")


def test_list_of_the_claims_about_a_formula():
    printed = answer("list", "perceptron.inefficiency")
    assert "LvR.eq3" in printed
    assert "arithmetic.perceptron.inefficiency" in printed
    assert "LvR.K " not in printed


@pytest.mark.parametrize(
    ("words", "found"),
    [("sqrt(pi P)/(2-P/N)", "LvR.eq3"), ("2f2 RATE", "SE.r"), ("900 minimal", "LvR.900")],
)
def test_list_of_claims_with_words(words, found):
    printed = answer("list", "--about", words)
    assert f" {found} " in printed
    assert "LvR.eq1 " not in printed
    assert misuse("list", "--about", "zzzz") == "no claim has all the words 'zzzz'"


def test_eval_help_has_all_calls():
    printed = " ".join(answer("eval", "--help").split())
    for name, known in CALLS.items():
        assert f" {known.call.removeprefix(name.partition('.')[0] + '.')}" in printed


def test_show_of_an_algorithm():
    printed = answer("show", "SE.trigger-ratios", *QUICK)
    assert "triggers.optimum(K, T, N, c, eta=1, trigger=local)\n    computed by an alg" in printed


def test_show_gives_statement_formula_source_and_evidence():
    printed = answer("show", "SE.b-term", *QUICK)
    (shown,) = crosscheck.select(["SE.b-term"])
    assert printed.startswith("SE.b-term  HOLDS\n")
    for text in (shown.statement, shown.source, shown.kind, *shown.formulas, shown.remark):
        assert text in printed
    for name in shown.formulas:
        assert FORMULAS[name].latex in printed
        assert FORMULAS[name].source in printed
    for leg in ("symbolic", "simulation"):
        for statement in getattr(shown, leg):
            assert statement.what in printed
    assert "seed: 3" in printed


def test_show_of_an_unknown_claim():
    assert misuse("show", "SE.nothing").startswith("no claim matches 'SE.nothing'")


def test_show_of_an_interrupted_claim(fast_claims):
    def interrupt():
        raise KeyboardInterrupt

    fast_claims(claim("x.stop", interrupt))
    result = invoke("show", "x.stop")
    assert result.exit_code == INTERRUPTED
    assert "0 of 1 claims" in result.stderr


# --- check ----------------------------------------------------------------------------------------


def test_check_of_ids():
    printed = answer("check", *FAST, *QUICK)
    for name in FAST:
        assert name in printed
    summary = printed.splitlines()[-1]
    assert "4 claims judged: 2 HOLDS, 2 FAILS; all as expected (quick effort, seed 3" in summary
    assert "LvR.eq3" not in printed


def test_check_of_globs():
    printed = answer("check", "*.b-term", "SE.77?", *QUICK)
    assert "3 claims judged" in printed
    for name in ("LvR.b-term", "SE.b-term", "SE.773"):
        assert name in printed


def test_check_judges_a_claim_once_however_often_it_is_named():
    assert "1 claims judged" in answer("check", "SE.773", "SE.77*", "SE.773", *QUICK)


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("pattern", ["SE.nothing", "x*", "se.773", ""])
def test_check_of_unknown_claims(pattern):
    line = misuse("check", "SE.773", pattern)
    assert line == f"no claim matches {pattern!r}; 'synaptic-energy list' shows all"


@pytest.mark.parametrize(
    ("expected", "changed"),
    [("SE.773", Verdict.FAILS), ("LvR.900", Verdict.HOLDS), ("SE.773", Verdict.UNDECIDED)],
)
def test_check_of_an_unexpected_verdict(expected, changed, fast_claims, tmp_path):
    file = tmp_path / "found.json"
    fast_claims(
        *(
            dataclasses.replace(item, expected=changed) if item.id == expected else item
            for item in crosscheck.select(["SE.773", "LvR.900"])
        )
    )
    result = invoke("check", *QUICK, "--json", str(file))
    assert result.exit_code == 1
    assert f"not as expected: {expected} " in result.stdout.splitlines()[-1]
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["complete"] is True
    assert found["as_expected"] is False
    assert {r["id"]: r["as_expected"] for r in found["results"]} == {
        name: name != expected for name in ("SE.773", "LvR.900")
    }


def test_check_of_a_claim_that_cannot_be_evaluated(fast_claims):
    def fail():
        raise ZeroDivisionError("on purpose")

    fast_claims(claim("x.broken", fail), claim("x.fine", lambda: 1))
    result = invoke("check")
    assert result.exit_code == 1
    assert "1 HOLDS, 1 UNDECIDED; not as expected: x.broken" in result.stdout
    assert "ZeroDivisionError: on purpose" in invoke("show", "x.broken").stdout


def interrupt(*_):
    """Do what Ctrl-C does; the signal itself is ignored where the tests run in the background."""
    raise KeyboardInterrupt


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


# --- files ----------------------------------------------------------------------------------------


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
        "SE.773": "HOLDS", "LvR.900": "FAILS", "LvR.b-term": "FAILS", "SE.b-term": "HOLDS",
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
    assert "synaptic-energy figure LvR.6" in source


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
    # Permissions do not bind every user: let the system say no.
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
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


# --- figure ---------------------------------------------------------------------------------------


@pytest.fixture
def tiny_figures(monkeypatch):
    """Replace the figures of the command by the one of Fig. 6, from small simulations."""
    small = power(40, 40, threshold=3.0, tau=30.0, epochs=5, replicas=4)
    setting = Setting(small, "tiny")
    figure = dataclasses.replace(FIGURES["LvR.6"], full=setting, quick=setting.fewer(2))
    others = {name: dataclasses.replace(figure, id=name) for name in FIGURES}
    monkeypatch.setattr(chapters, "FIGURES", others)
    return others


@pytest.mark.usefixtures("tiny_figures")
def test_figure_does_not_depend_on_the_number_of_processes(tmp_path):
    for jobs in ("1", "2"):
        (tmp_path / jobs).mkdir()
        answer("figure", "LvR.6", "--jobs", jobs, "--out", str(tmp_path / jobs))
    assert drawn(tmp_path / "1") == drawn(tmp_path / "2")


def missing(_):
    raise FileNotFoundError("MNIST needs a folder")


def test_figure_without_its_data(tmp_path, monkeypatch, tiny_figures):
    setting = Setting(Experiment("none", missing, replicas=2), "")
    monkeypatch.setitem(
        tiny_figures, "LvR.6", dataclasses.replace(tiny_figures["LvR.6"], full=setting)
    )
    line = misuse("figure", "LvR.6", "--out", str(tmp_path))
    assert line == "MNIST needs a folder; or draw with --quick"


def drawn(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.usefixtures("tiny_figures")
def test_figure_writes_its_files_and_nothing_else(tmp_path, monkeypatch):
    answered = answer("figure", "LvR.6", "LvR.3", "LvR.6", "--out", str(tmp_path))
    assert answered == f"written: {tmp_path / 'index.html'}\n"
    names = {f"{name}.{suffix}" for name in ("LvR.3", "LvR.6") for suffix in ("csv", "png", "svg")}
    assert set(drawn(tmp_path)) == {*names, "index.html"}
    assert (tmp_path / drawing.RECORDS).is_dir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    answer("figure", "LvR.6")
    assert drawn(tmp_path / "here")["LvR.6.csv"] == (tmp_path / "LvR.6.csv").read_bytes()


@pytest.mark.usefixtures("tiny_figures")
def test_a_number_stands_for_all_panels_and_all_for_everything(tmp_path):
    answer("figure", "LvR.1", "CP.2", "CP.2a", "--out", str(tmp_path))
    panels = {"LvR.1C", "LvR.1D", "CP.2a", "CP.2b", "CP.2c"}
    assert {path.stem for path in tmp_path.glob("*.csv")} == panels
    assert set(drawing.named(["LvR.6", "all"], FIGURES)) == set(FIGURES)


def test_help_names_every_figure():
    printed = answer("figure", "--help")
    assert all(name in printed for name in FIGURES)


@pytest.mark.usefixtures("tiny_figures")
def test_figure_seed_and_quick(tmp_path):
    runs = {"plain": [], "quick": ["--quick"], "other": ["--seed", "1"]}
    for name, options in runs.items():
        (tmp_path / name).mkdir()
        answer("figure", "LvR.6", *options, "--out", str(tmp_path / name))
    assert len({drawn(tmp_path / name)["LvR.6.csv"] for name in runs}) == 3


@pytest.fixture
def no_simulation(monkeypatch):
    """Fail if anything is simulated in this process."""

    def record(*_):
        raise AssertionError("the work was started")

    monkeypatch.setattr(Experiment, "record", record)


@pytest.mark.usefixtures("tiny_figures")
def test_nothing_is_simulated_twice_unless_it_may_have_changed(tmp_path, monkeypatch, request):
    def draw(*options):
        answer("figure", "LvR.6", *options, "--out", str(tmp_path))
        return drawn(tmp_path)

    first = draw()
    request.getfixturevalue("no_simulation")
    assert draw() == first
    draw("--quick")
    for options in (["--seed", "1"], []):
        if not options:
            monkeypatch.setattr(records, "_surroundings", lambda: "another source")
        with pytest.raises(AssertionError, match="the work was started"):
            draw(*options)


def test_every_source_that_a_simulation_may_use_counts(tmp_path, monkeypatch):
    """A changed source changes the digest, and one that only presents does not."""
    for name, package in (("theory", theory), ("montecarlo", montecarlo)):
        shutil.copytree(package.__path__[0], tmp_path / name)
        monkeypatch.setattr(package, "__path__", [str(tmp_path / name)])
    digest = records._surroundings.__wrapped__
    before = digest()
    for name in ("theory/cli/drawing.py", "theory/crosscheck/figures/walk.py"):
        (tmp_path / name).write_text("changed", encoding="utf-8")
    assert digest() == before
    seen = {before}
    for name in ("theory/masks.py", "theory/crosscheck/experiments.py", "montecarlo/walk.py"):
        (tmp_path / name).write_text("changed", encoding="utf-8")
        seen.add(digest())
    assert len(seen) == 4


@pytest.mark.usefixtures("tiny_figures")
def test_the_index_shows_what_the_folder_has(tmp_path):
    for name in ("LvR.6", "CP.5"):
        answer("figure", name, "--out", str(tmp_path))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'(?:src|href)="([^"]+)"', page))
    assert shown == {f"{n}.{s}" for n in ("LvR.6", "CP.5") for s in ("csv", "png", "svg")}


@pytest.mark.usefixtures("no_simulation")
def test_figure_answers_misuse_in_one_line(tmp_path, monkeypatch):
    assert misuse("figure", "LvR.6", "LvR6") == "no figure 'LvR6'; did you mean 'LvR.6'?"
    line = misuse("figure", "zzz")
    assert all(name in line for name in FIGURES)
    missing = tmp_path / "missing"
    line = misuse("figure", "LvR.6", "--out", str(missing / "figures"))
    assert line == f"{missing / 'figures'}: no folder {missing}"
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "File exists" in misuse("figure", "LvR.6", "--out", str(tmp_path / "file"))
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    assert "not writable" in misuse("figure", "LvR.6", "--out", str(tmp_path))


@pytest.mark.usefixtures("tiny_figures")
def test_figure_that_cannot_be_written(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    line = misuse("figure", "LvR.6", "--out", str(tmp_path))
    assert line == "LvR.6 could not be written: no space left on device"
    assert not drawn(tmp_path)


def test_figure_that_is_interrupted(tmp_path, monkeypatch, tiny_figures):
    stop = Setting(Experiment("stop", interrupt, replicas=2), "")
    monkeypatch.setitem(
        tiny_figures, "LvR.3", dataclasses.replace(tiny_figures["LvR.3"], full=stop)
    )
    result = invoke("figure", "LvR.6", "LvR.3", "--out", str(tmp_path))
    assert result.exit_code == INTERRUPTED
    assert result.stderr == (
        "interrupted: 1 of 2 figures drawn; the same command goes on from there\n"
    )
    assert set(drawn(tmp_path)) == {"LvR.6.csv", "LvR.6.png", "LvR.6.svg"}


@pytest.mark.usefixtures("tiny_figures")
def test_figure_that_is_interrupted_while_it_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "replace", interrupt)
    result = invoke("figure", "LvR.6", "--out", str(tmp_path))
    assert result.exit_code == INTERRUPTED
    assert result.stderr.startswith("interrupted: 0 of 1 figures drawn")
    assert not drawn(tmp_path)


# --- cite -----------------------------------------------------------------------------------------


def test_cite_prints_each_source_once():
    printed = answer("cite", "LvR.eq3", "perceptron.updates", "LvR.eq4")
    assert [line for line in printed.splitlines() if line.startswith("@")] == [
        "@article{li2020energy,",
        "@article{opper1988learning,",
    ]


def test_everything_has_a_source_to_cite():
    sources = [claim.source for claim in CLAIMS]
    sources += [entry.source for entry in CALLS.values()]
    assert not [source for source in sources if not cited(source)]
    for work in REFERENCES:
        assert any(name in source for source in sources for name in work.names)
        assert work.bibtex.count("{") == work.bibtex.count("}")
    assert len({work.bibtex.partition(",")[0] for work in REFERENCES}) == len(REFERENCES)


def test_cite_answers_misuse_in_one_line():
    assert misuse("cite", "LvR.eq33").startswith("no claim or formula 'LvR.eq33'; did you mean")
    assert misuse("cite", "lvr.EQ3").endswith("did you mean 'LvR.eq3'?")
    assert len(misuse("cite", "%%%%")) < 150


# --- help, and the installed command --------------------------------------------------------------


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", [None, *cli.main.commands])
def test_help(command, flag):
    printed = answer(*([command] if command else []), flag)
    assert printed.startswith("Usage: ")
    chosen = cli.main.commands[command] if command else cli.main
    assert len(chosen.help) > 30
    examples = re.findall(r"^synaptic-energy .*$", chosen.help, re.MULTILINE)
    assert all(f"  {example}\n" in printed for example in examples)
    assert chosen.help.splitlines()[0] in " ".join(printed.split())
    for parameter in chosen.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in printed
            assert parameter.help


def test_every_command_is_there():
    assert set(cli.main.commands) == {
        "check", "list", "show", "eval", "figure", "cite", "train", "sweep",
    }  # fmt: skip
    assert answer("--version").strip() == f"synaptic-energy, version {version('synaptic-energy')}"


def test_help_says_what_the_exit_statuses_mean():
    printed = " ".join(answer("--help").split())
    for status in ("0 when", "1 when", "2 for", "130 when"):
        assert status in printed


def run_installed(*arguments):
    return subprocess.run(
        [installed(), *arguments], capture_output=True, text=True, timeout=120, check=False,
        encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def test_installed_command():
    done = run_installed(*INEFFICIENCY, "P=1900", "N=1000", "--digits", "20")
    assert (done.returncode, done.stdout, done.stderr) == (0, "772.5947218186652324\n", "")
    done = run_installed("eval", "perceptron.inefficiency", "P=3", "N=1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Error: perceptron.inefficiency: P < 2*N must hold, got P = 3.0, N = 1.0\n"
    )


def test_installed_check_shows_no_progress_in_a_pipe(tmp_path):
    file = tmp_path / "found.json"
    done = run_installed("check", *FAST, *QUICK, "--json", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout
    assert "4 claims judged: 2 HOLDS, 2 FAILS; all as expected" in done.stdout
    assert report(file)["as_expected"] is True


def test_jobs_do_not_change_the_figures(tmp_path):
    chosen = ("LvR.alpha", "SE.mean", "LvR.eq4")
    files = [tmp_path / jobs for jobs in ("1", "2")]
    for file in files:
        answer("check", *chosen, "--quick", "--jobs", file.name, "--json", str(file))
    assert without_seconds(report(files[0])) == without_seconds(report(files[1]))


def test_other_processes_give_the_same_figures(tmp_path):
    files = [tmp_path / name for name in ("first", "again")]
    assert run_installed("check", *FAST, *QUICK, "--json", str(files[0])).returncode == 0
    answer("check", *FAST, *QUICK, "--json", str(files[1]))
    assert without_seconds(report(files[0])) == without_seconds(report(files[1]))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
def test_a_closed_pipe_is_no_traceback():
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{installed()}' list | head -n 1"],
        capture_output=True, text=True, timeout=120, check=False, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in done.stderr
