"""Sweeps: the same records wherever they run, and files that survive being torn."""

import errno
import itertools
import json
import os
import re
from pathlib import Path

import joblib
import pytest
from dask.distributed import Client, LocalCluster

from montecarlo import sweep as module
from montecarlo.runs import learn, record
from montecarlo.savers import Cache, Skip, Subnet
from montecarlo.sweep import missing, read, sweep
from montecarlo.tasks import Task

TASKS = [
    Task(hidden=hidden, savers=savers, goal=2, most_samples=300)
    for hidden, savers in itertools.product((5, 10), [(), (Skip(), Cache(0.01))])
]
SEEDS = (0, 7)


def results(file):
    """The records by what determines them, without the time that they took."""
    found = {}
    for entry in read(file):
        del entry["summary"]["seconds"]
        key = json.dumps([entry["task"], entry["seed"]])
        assert key not in found
        found[key] = entry
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The file of a sweep in this process, and its results."""
    file = tmp_path_factory.mktemp("sweep") / "runs.jsonl"
    assert len(list(sweep(TASKS, SEEDS, file))) == 8
    return file, results(file)


def test_a_record_is_that_of_the_run_by_itself(expected):
    alone = json.loads(json.dumps(record(learn(TASKS[3], seed=7))))
    del alone["summary"]["seconds"]
    assert alone in expected[1].values()
    assert len(expected[1]) == 8


def test_records_do_not_depend_on_the_number_of_processes(expected, tmp_path):
    with joblib.parallel_config("loky", n_jobs=2):
        list(sweep(reversed(TASKS), SEEDS, tmp_path / "runs.jsonl"))
    assert results(tmp_path / "runs.jsonl") == expected[1]


def test_a_task_is_looked_at_once_for_all_seeds(monkeypatch):
    """With 100,000 of them a sweep took half a minute to start."""
    looked = []
    known = module.identity
    monkeypatch.setattr(module, "identity", lambda *run: looked.append(run) or known(*run))
    runs = missing(TASKS, range(1000), Path("no/such/file"))
    assert runs == list(itertools.product(TASKS, range(1000)))
    assert len(looked) == len(TASKS)


def test_there_are_no_more_workers_than_batches(tmp_path, monkeypatch):
    at_once = []

    class Watched(joblib.Parallel):
        def __call__(self, work):
            at_once.append(self.n_jobs)
            return super().__call__(work)

    monkeypatch.setattr(module, "Parallel", Watched)
    with joblib.parallel_config("threading", n_jobs=40):
        list(sweep(TASKS[:2], [0], tmp_path / "runs.jsonl"))
    assert at_once == [2]


def test_a_dask_cluster_makes_the_same_records(expected, tmp_path):
    cluster = LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None)
    with cluster, Client(cluster), joblib.parallel_config("dask"):
        list(sweep(TASKS, SEEDS, tmp_path / "runs.jsonl"))
    assert results(tmp_path / "runs.jsonl") == expected[1]


def test_a_record_is_in_the_file_before_it_is_given(tmp_path):
    file = tmp_path / "runs.jsonl"
    for number, found in enumerate(sweep(TASKS[:2], SEEDS, file), start=1):
        content = file.read_bytes()
        assert content.endswith(b"\n")
        assert json.dumps(found).encode() in content.splitlines()
        assert len(read(file)) >= number


def test_what_is_there_is_not_repeated(expected, tmp_path, monkeypatch):
    file = tmp_path / "runs.jsonl"
    file.write_bytes(expected[0].read_bytes())
    done = []
    monkeypatch.setattr(module, "_train", lambda *run: done.append(run) or {"task": {}, "seed": 0})
    assert list(sweep([*TASKS, *TASKS], [*SEEDS, *SEEDS], file)) == []
    assert file.read_bytes() == expected[0].read_bytes()
    assert not done
    another = Task(hidden=6)
    assert missing([TASKS[0], another], (0, 1), file) == [(TASKS[0], 1), (another, 0), (another, 1)]


@pytest.mark.parametrize("kept", [0, 1, 9, 10, 40, 300, -2])
def test_a_torn_line_is_done_again(expected, tmp_path, kept):
    file = tmp_path / "runs.jsonl"
    *lines, last = expected[0].read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines) + last[:kept])
    assert len(read(file)) == 7
    (found,) = sweep(TASKS, SEEDS, file)
    assert found["seed"] == json.loads(last)["seed"]
    assert results(file) == expected[1]


def test_a_whole_last_record_without_its_end_of_line_is_kept(expected, tmp_path):
    file = tmp_path / "runs.jsonl"
    file.write_bytes(expected[0].read_bytes()[:-1])
    assert len(read(file)) == 8
    another = Task(hidden=3, goal=2, most_samples=100)
    assert len(list(sweep([*TASKS, another], (0,), file))) == 1
    assert len(read(file)) == 9


def test_two_sweeps_do_not_write_to_one_file(tmp_path):
    file = tmp_path / "runs.jsonl"
    first = sweep(TASKS[:2], SEEDS, file)
    next(first)
    message = rf"\A{re.escape(str(file))}: another sweep is writing to it\Z"
    with pytest.raises(ValueError, match=message):
        next(sweep(TASKS, SEEDS, file))
    assert len(list(first)) == 3
    assert len(list(sweep(TASKS, SEEDS, file))) == 4
    assert len(results(file)) == 8


def test_a_disk_that_is_full_keeps_whole_records_only(tmp_path, monkeypatch):
    """It takes a part of a line first, and says so only when there is nothing left."""
    file, plain, room = tmp_path / "runs.jsonl", os.write, [2500]

    def filling(handle, data):
        taken = min(len(data), room[0])
        if not taken:
            raise OSError(errno.ENOSPC, "No space left on device")
        room[0] -= taken
        return plain(handle, data[:taken])

    found = []
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", filling)
        with pytest.raises(OSError, match=rf"No space left on device: '{re.escape(str(file))}'"):
            found.extend(sweep(TASKS, SEEDS, file))
    assert read(file) == json.loads(json.dumps(found))
    assert file.read_bytes() == b"" or file.read_bytes().endswith(b"\n")
    list(sweep(TASKS, SEEDS, file))
    assert len(results(file)) == 8


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_is_removed_meanwhile_is_missed(tmp_path, replaced):
    file = tmp_path / "runs.jsonl"
    started = sweep([TASKS[0], TASKS[2]], (0,), file)
    next(started)
    file.unlink()
    if replaced:
        file.write_bytes(b"")
    with pytest.raises(FileNotFoundError, match="was removed while trainings were written to it"):
        list(started)


def test_a_first_line_can_be_torn(expected, tmp_path):
    file = tmp_path / "runs.jsonl"
    file.write_bytes(expected[0].read_bytes()[:25])
    assert read(file) == []
    assert len(list(sweep(TASKS[:1], (0,), file))) == 1
    assert len(read(file)) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Notes\n", "line 1 is not the record of a run"),
        ("Notes", "its end is not the record of a run"),
        ("{}\n", "line 1 is not the record of a run"),
        ("[1]\n", "line 1 is not the record of a run"),
        ('{"task": {}, "seed": 0}\n\n', "line 2 is not the record of a run"),
        ('{"task": {}, "seed": 0}\n{"x"', "its end is not the record of a run"),
    ],
)
def test_foreign_files_are_left_alone(tmp_path, content, message):
    file = tmp_path / "notes"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        list(sweep(TASKS, SEEDS, file))
    assert file.read_text(encoding="utf-8") == content


def test_nothing_starts_if_a_saver_does_not_fit(tmp_path):
    file = tmp_path / "runs.jsonl"
    tasks = [Task(hidden=10, savers=(Subnet(8),)), Task(hidden=5, savers=(Subnet(8),))]
    with pytest.raises(ValueError, match="neurons must be at most 5, the hidden units, got 8"):
        list(sweep(tasks, SEEDS, file))
    assert not file.exists()
