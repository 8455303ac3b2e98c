"""The command sweep: combinations, interruptions of all kinds, and one-line errors."""

import json
import os
import re
import signal
import subprocess
import time

import pytest
from dask.distributed import LocalCluster

from montecarlo.runs import Task, record
from montecarlo.savers import Cache, Skip
from montecarlo.sweep import read
from tests.theory.cli.commands import answer, installed, invoke, misuse
from tests.theory.cli.trainings import as_json, by_itself
from theory.cli import sweeping
from theory.cli.common import INTERRUPTED


def test_sweep_makes_all_combinations(tmp_path):
    file = tmp_path / "runs.jsonl"
    command = (
        "sweep", "hidden=4:6:2", "save=none|skip,cache:0.02:tau=100", "goal=0.3,2",
        "--most-samples", "300", "--seeds", "2", "--seed", "3", "--jobs", "1", "--out", str(file),
    )  # fmt: skip
    assert answer(*command) == f"{file} has all 16 trainings, 16 of them new\n"
    expected = [
        as_json(record(by_itself(Task(hidden=h, savers=s, goal=g, most_samples=300), seed)))
        for h in (4, 6)
        for s in ((), (Skip(), Cache(0.02, tau=100.0)))
        for g in (0.3, 2.0)
        for seed in (3, 4)
    ]
    assert [as_json(entry) for entry in read(file)] == expected
    content = file.read_bytes()
    assert answer(*command) == f"{file} has all 16 trainings, 0 of them new\n"
    assert file.read_bytes() == content
    more = answer("sweep", "hidden=5,6,6", *command[2:])
    assert more == f"{file} has all 16 trainings, 8 of them new\n"
    assert file.read_bytes().startswith(content)


def test_sweep_takes_every_option_of_a_task(tmp_path):
    values = {
        "data": "digits", "images": "9", "design": "LvR", "hidden": "3", "save": "skip",
        "rate": "0.3", "std": "0.1", "goal": "2", "most-samples": "20", "test-every": "10",
    }  # fmt: skip
    file = tmp_path / "runs.jsonl"
    axes = [f"{name}={value}" for name, value in values.items()]
    answer("sweep", *axes, "--jobs", "1", "--out", str(file))
    options = [part for name, value in values.items() for part in (f"--{name}", value)]
    answer("train", *options, "--out", str(tmp_path / "x"))
    (entry,) = read(file)
    assert as_json(entry) == as_json(json.loads((tmp_path / "x.json").read_bytes()))
    assert entry["task"]["design"]["learning_rate"] == 0.3


def test_sweep_on_a_dask_cluster(tmp_path):
    """Of threads; one of processes is in the tests of the library."""
    sweep = ("sweep", "hidden=4,5,6", "--goal", "2", "--most-samples", "100")
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    answer(*sweep, "--jobs", "1", "--out", str(here))
    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, protocol="tcp", dashboard_address=None
    ) as cluster:
        backend = f"dask:{cluster.scheduler_address}"
        answer(*sweep, "--backend", backend, "--out", str(there))
    assert sorted(map(str, map(as_json, read(there)))) == sorted(map(str, map(as_json, read(here))))


def test_a_killed_sweep_goes_on(tmp_path):
    """With all its processes, while the file grows."""
    file, whole = tmp_path / "runs.jsonl", tmp_path / "whole.jsonl"
    sweep = ["sweep", "hidden=5:10:6", "--goal", "2", "--most-samples", "3000", "--jobs", "2"]
    command = [installed(), *sweep, "--out", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None and not (file.exists() and file.stat().st_size):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    there = read(file)
    assert 0 < len(there) < 6
    assert answer(*sweep[:-1], "1", "--out", str(file)) == (
        f"{file} has all 6 trainings, {6 - len(there)} of them new\n"
    )
    assert read(file)[: len(there)] == there
    answer(*sweep[:-1], "1", "--out", str(whole))
    assert sorted(map(str, map(as_json, read(file)))) == sorted(map(str, map(as_json, read(whole))))


def test_an_interrupted_sweep(tmp_path, monkeypatch):
    def one(*arguments, **options):
        yield next(sweep(*arguments, **options))
        raise KeyboardInterrupt

    sweep = sweeping.sweep
    monkeypatch.setattr(sweeping, "sweep", one)
    file = tmp_path / "runs.jsonl"
    command = ("sweep", "hidden=4,5,6", "--most-samples", "100", "--jobs", "1", "--out", str(file))
    for done in (1, 2, 3):
        result = invoke(*command)
        assert result.exit_code == INTERRUPTED
        assert result.stderr == f"interrupted: {file} has {done} of 3 trainings\n"
        assert len(read(file)) == done


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hidden"], "what is to be swept is NAME=VALUES, got 'hidden'"),
        (["hiden=3"], "no option 'hiden' to be swept; did you mean 'hidden'?"),
        (["seed=3"], "seed is not swept: --seeds says how many there are"),
        (["hidden=3", "--hidden", "4"], "hidden is both given and swept"),
        (["hidden=3", "hidden=4"], "hidden is given twice"),
        (["hidden="], "Invalid value for '--hidden': '' is not a valid integer range."),
        (["hidden=0"], "Invalid value for '--hidden': 0 is not in the range 1<=x<=1099511627776."),
        (["hidden=1:2:3"], "Invalid value for '--hidden': '1.5' is not a valid integer range."),
        (["hidden=1:2"], "a sweep is .* NAME=START:STOP:COUNT.*, got 'hidden=1:2'"),
        (["data=a:b:3"], "a sweep from START to STOP is one of numbers, got 'data=a:b:3'"),
        (["rate=0:1:5:log"], "the ends of a logarithmic sweep are > 0, got 'rate=0:1:5:log'"),
        (["hidden=1:1e40:100000"], "Invalid value for '--hidden': 1000.* is not in the range .*"),
        (["hidden=3", "--seeds", "1000000000"], "a sweep has at most 100000 trainings, got 1 .*"),
        (["hidden=1:9e4:90000", "rate=1,2"], "a sweep has at most 100000 trainings, got 180000 .*"),
        (["goal=0.9,nan"], "goal must be a number, got nan"),
        (["hidden=9,5", "--save", "subnet:6"], "neurons must be at most 5, .*, got 6"),
        (["hidden=3", "--backend", "slurm"], "backend must be loky or dask:ADDRESS, got 'slurm'"),
        (["hidden=3", "--backend", "dask:"], "backend must be loky or dask:ADDRESS, got 'dask:'"),
        (["hidden=3", "--backend", "dask:nowhere"], "no Dask scheduler at nowhere: .*"),
    ],
)  # fmt: skip
def test_sweep_answers_misuse_in_one_line(tmp_path, arguments, message):
    line = misuse("sweep", *arguments, "--out", str(tmp_path / "runs.jsonl"))
    assert line == message or re.fullmatch(message, line)
    assert not list(tmp_path.iterdir())


def test_sweep_leaves_other_files_alone(tmp_path):
    file = tmp_path / "notes"
    file.write_text("Notes", encoding="utf-8")
    line = misuse("sweep", "hidden=3", "--out", str(file))
    assert line == f"{file}: its end is not the record of a run"
    assert file.read_text(encoding="utf-8") == "Notes"
