"""Records are found again until something that determines them has changed."""

import ast
import shutil
from pathlib import Path

import pytest

import montecarlo
import theory
from theory.crosscheck.figures import records

CHAPTER = "theory/crosscheck/chapters/decay/"


@pytest.fixture
def digest(tmp_path, monkeypatch):
    """The digest of a copy of all sources, in which one of them may be changed."""
    for name, package in (("theory", theory), ("montecarlo", montecarlo)):
        unread = shutil.ignore_patterns("__pycache__")
        shutil.copytree(package.__path__[0], tmp_path / name, ignore=unread)
        monkeypatch.setattr(package, "__path__", [str(tmp_path / name)])

    def digested(name=None):
        if name:
            (tmp_path / name).write_text("changed", encoding="utf-8")
        return records._surroundings.__wrapped__()

    return digested


@pytest.mark.parametrize(
    "name",
    [
        "theory/cli/drawing.py",
        "theory/crosscheck/chapter.py",
        "theory/crosscheck/claim.py",
        "theory/crosscheck/run.py",
        "theory/crosscheck/chapters/symbols.py",
        "theory/crosscheck/figures/new.py",
        "theory/crosscheck/legs/simulation.py",
        "theory/crosscheck/report/page.py",
        CHAPTER + "__init__.py",
        CHAPTER + "exits.py",
        CHAPTER + "figures.py",
    ],
)
def test_what_only_looks_at_records_does_not_count(digest, name):
    before = digest()
    assert digest(name) == before


@pytest.mark.parametrize(
    "name",
    [
        "theory/masks.py",
        "theory/decay/exits.py",
        "theory/crosscheck/experiment.py",
        "theory/crosscheck/chapters/masks/trials.py",
        "montecarlo/walk/segment.py",
        CHAPTER + "experiments.py",
    ],
)
def test_every_source_that_a_simulation_may_use_counts(digest, name):
    before = digest()
    assert digest(name) != before


def test_what_an_experiment_imports_counts():
    root = Path(theory.__path__[0])
    modules = {
        path.relative_to(root.parent).with_suffix("").as_posix().replace("/", "."): path
        for path in root.rglob("*.py")
    }
    simulating = [path for path in modules.values() if path.stem in {"experiments", "trials"}]
    assert len(simulating) >= 9
    for path in simulating:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
                for name in names & set(modules):
                    relative = modules[name].relative_to(root).as_posix()
                    assert not records.PRESENTATION.match(relative), f"{path} imports {name}"
