"""Checkpoints: what they keep, and what is not taken for one."""

import dataclasses
import json
import pickle
import re

import numpy as np
import pytest

from montecarlo import checkpoint
from montecarlo.runs import Task, begin, dataset, go_on
from montecarlo.savers import Cache, Largest, Skip, SynapseMask

#: All of its savers draw or remember something.
TASK = Task(
    hidden=12,
    savers=(Skip(ever_wrong=True), SynapseMask(0.5), Largest(0.2), Cache(0.01, tau=1000)),
    goal=2,
    most_samples=400,
)


@pytest.fixture
def kept(tmp_path):
    """A file with a run of `TASK` from seed 3 that has come half way."""
    run = begin(TASK, dataset(TASK), seed=3)
    readings = go_on(run, dataset(TASK))
    for _ in range(2):
        next(readings)
    path = tmp_path / "run.checkpoint"
    checkpoint.save(path, run)
    return path


def test_a_run_goes_on_as_if_it_had_not_been_kept(kept):
    run, whole = checkpoint.load(kept, TASK, 3), begin(TASK, dataset(TASK), 3)
    assert run.network.presented == 200
    for each in (run, whole):
        list(go_on(each, dataset(TASK)))
    assert np.array_equal(run.network.hidden.strengths, whole.network.hidden.strengths)
    assert [r.presented for r in run.readings] == [r.presented for r in whole.readings]
    assert np.array_equal(run.readings[-1].energy, whole.readings[-1].energy)


def test_a_file_that_is_not_there_keeps_nothing(tmp_path):
    assert checkpoint.load(tmp_path / "run.checkpoint", TASK, 3) is None


def test_a_run_replaces_what_was_kept_and_leaves_no_other_file(kept):
    checkpoint.save(kept, begin(TASK, dataset(TASK), seed=3))
    assert checkpoint.load(kept, TASK, 3).network.presented == 0
    assert list(kept.parent.iterdir()) == [kept]


def test_a_run_that_cannot_be_written_leaves_what_was_kept(kept, monkeypatch):
    before = kept.read_bytes()

    def fail(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="no space left"):
        checkpoint.save(kept, begin(TASK, dataset(TASK), seed=3))
    assert kept.read_bytes() == before
    assert list(kept.parent.iterdir()) == [kept]


def no_unpickling(*_):
    raise AssertionError("what is foreign was unpickled")


@pytest.mark.parametrize(
    ("changes", "seed", "differing"),
    [
        ({}, 4, "seed 3, not 4"),
        ({"hidden": 13}, 3, "hidden 12, not 13"),
        ({"savers": (), "goal": 0.5}, 3, "savers .*, not '', goal 2, not 0.5"),
        ({"design": dataclasses.replace(TASK.design, learning_rate=0.02)}, 3,
         "design.learning_rate 0.01, not 0.02"),
    ],
)  # fmt: skip
def test_the_run_of_another_training_is_refused(kept, monkeypatch, changes, seed, differing):
    monkeypatch.setattr(pickle, "loads", no_unpickling)
    message = rf"\A{re.escape(str(kept))} is of another training \({differing}\)\Z"
    with pytest.raises(ValueError, match=message):
        checkpoint.load(kept, dataclasses.replace(TASK, **changes), seed)


def test_other_versions_of_the_software_are_refused(kept, monkeypatch):
    monkeypatch.setattr(checkpoint, "versions", lambda: {"numpy": "1.0"})
    message = r"is of another training \(versions.numpy '.*', not '1\.0', versions\.python '"
    with pytest.raises(ValueError, match=message):
        checkpoint.load(kept, TASK, 3)


@pytest.mark.parametrize("there", [None, 1, 3])
def test_another_format_is_refused(kept, monkeypatch, there):
    """The first one, which did not say its number, and any that is to come."""
    head, _, pickled = kept.read_bytes().partition(b"\n")
    entries = json.loads(head)
    assert entries.pop("format") == checkpoint.FORMAT == 2
    if there is not None:
        entries = {"format": there} | entries
    kept.write_bytes(json.dumps(entries).encode() + b"\n" + pickled)
    monkeypatch.setattr(pickle, "loads", no_unpickling)
    message = rf"\A{re.escape(str(kept))} is a checkpoint in format {there or 1}, not 2\Z"
    with pytest.raises(ValueError, match=message):
        checkpoint.load(kept, TASK, 3)


@pytest.mark.parametrize("foreign", [b"", b"notes", b"notes\nmore", b"[1]\n", b'{"format": 2, "ta'])
def test_other_files_are_no_checkpoints(kept, foreign):
    kept.write_bytes(foreign)
    with pytest.raises(ValueError, match=rf"\A{re.escape(str(kept))} is no checkpoint\Z"):
        checkpoint.load(kept, TASK, 3)
    assert kept.read_bytes() == foreign
