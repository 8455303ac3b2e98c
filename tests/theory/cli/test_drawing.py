"""The command figure: files, what is simulated again, and one-line errors."""

import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.theory.cli.commands import answer, interrupt, invoke, misuse
from theory import crosscheck
from theory.cli import drawing
from theory.cli.common import INTERRUPTED
from theory.crosscheck.chapters import FIGURES
from theory.crosscheck.chapters.decay.experiments import power
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.figures import records
from theory.crosscheck.figures.figure import Setting


@pytest.fixture
def tiny_figures(monkeypatch):
    """Replace the figures of the command by the one of Fig. 6, from small simulations."""
    small = power(40, 40, threshold=3.0, tau=30.0, epochs=5).replicated(4)
    setting = Setting(small, "tiny")
    figure = dataclasses.replace(FIGURES["LvR.6"], full=setting, quick=setting.fewer(2))
    others = {name: dataclasses.replace(figure, id=name) for name in FIGURES}
    monkeypatch.setattr(crosscheck, "BUILT_IN", SimpleNamespace(figures=others))
    return others


@pytest.mark.usefixtures("tiny_figures")
def test_figure_does_not_depend_on_the_number_of_processes(tmp_path):
    for jobs in ("1", "2"):
        (tmp_path / jobs).mkdir()
        answer("figure", "LvR.6", "--quick", "--jobs", jobs, "--out", str(tmp_path / jobs))
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
def test_a_number_stands_for_all_panels_a_glob_for_what_it_matches_and_all_for_all(tmp_path):
    assert drawing.named(["LvR.3*"], FIGURES) == ["LvR.3", "LvR.3S1"]
    answer("figure", "LvR.1", "CP.2", "CP.2a", "--out", str(tmp_path))
    panels = {"LvR.1C", "LvR.1D", "CP.2a", "CP.2b", "CP.2c"}
    assert {path.stem for path in tmp_path.glob("*.csv")} == panels
    assert set(drawing.named(["LvR.6", "all"], FIGURES)) == set(FIGURES)


def test_help_names_every_figure():
    printed = answer("figure", "--help")
    assert all(name in printed for name in FIGURES)
    assert all(figure.title.split()[0] in printed for figure in FIGURES.values())
    assert not set("$\\") & set(printed)


def test_figures_are_loaded_when_help_is_asked_for_and_not_before():
    program = (
        "import sys; from theory.cli import main; loaded = 'theory.crosscheck' in sys.modules; "
        "main(['figure', '--help'], standalone_mode=False); "
        "print(loaded, 'matplotlib.figure' in sys.modules)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert printed.stdout.splitlines()[-1] == "False False"


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

    monkeypatch.setattr(Experiment, "records", record)


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


@pytest.mark.usefixtures("tiny_figures")
def test_the_index_shows_what_the_folder_has(tmp_path):
    for name in ("LvR.6", "CP.5"):
        answer("figure", name, "--out", str(tmp_path))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'(?:src|href)="([^"]+)"', page))
    assert shown == {f"{n}.{s}" for n in ("LvR.6", "CP.5") for s in ("csv", "png", "svg")}


@pytest.mark.usefixtures("no_simulation")
def test_figure_answers_misuse_in_one_line(tmp_path, monkeypatch):
    for wrong, meant in {"LvR6": "LvR.6", "SE.laz": "SE.lazy", "LvR.6.": "LvR.6"}.items():
        line = misuse("figure", "LvR.6", wrong)
        assert line == f"no figure {wrong!r}; did you mean {meant!r}?"
    of_paper = ", ".join(name for name in FIGURES if name.startswith("LvR."))
    for unknown in ("LvR.99", "LvR."):
        assert misuse("figure", unknown) == f"no figure {unknown!r}; of LvR there are {of_paper}"
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
    assert line == f"records could not be kept in {tmp_path}: no space left on device"
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
