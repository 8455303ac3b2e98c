"""Kills at random moments: the same bits after going on, no lost record, no litter."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from montecarlo.sweep import read

KILLS = int(os.environ.get("KILLS", "50"))
RUN = [sys.executable, "-c", "from theory.cli import main; main()"]
TRAIN = ["train", "--hidden", "40", "--goal", "2", "--most-samples", "40000"]
TRAIN += ["--save", "skip:true,mask:0.5,cache:0.01:tau=1000"]
SWEEP = ["sweep", "hidden=5:14:10", "--goal", "2", "--most-samples", "2000", "--jobs", "2"]


def outcome(file):
    """What was found, without the time that it took."""
    found = [json.loads(line) for line in file.read_bytes().splitlines()]
    for each in found:
        del each["summary"]["seconds"]
    return sorted(map(str, found))


def killed(command, seconds):
    """Kill a command, with all its processes, after some seconds; whether it was still running."""
    process = subprocess.Popen(
        [*RUN, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    errors = process.communicate()[1]
    assert b"Traceback" not in errors, errors
    return process.returncode == -signal.SIGKILL


def completed(command):
    started = time.monotonic()
    subprocess.run([*RUN, *command], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


@pytest.mark.attack
def test_killed_trainings_go_on_to_the_same_bits(tmp_path, capsys):
    whole, cut, rng = tmp_path / "whole", tmp_path / "cut", np.random.default_rng(1)
    for folder in (whole, cut):
        folder.mkdir()
    took = completed([*TRAIN, "--out", str(whole / "x")])
    kills = going_on = 0
    while kills < KILLS:
        if not killed([*TRAIN, "--out", str(cut / "x")], rng.uniform(0, took)):
            continue
        kills += 1
        left = {file.name for file in cut.iterdir()}
        going_on += "x.checkpoint" in left
        assert left <= {"x.checkpoint", "x.json", "x.csv", "x.png", "x.svg"}
        if kills % 5 == 0:
            completed([*TRAIN, "--out", str(cut / "x")])
            assert (cut / "x.csv").read_bytes() == (whole / "x.csv").read_bytes()
            assert {file.name for file in cut.iterdir()} == {file.name for file in whole.iterdir()}
            for file in cut.iterdir():
                file.unlink()
    with capsys.disabled():
        print(f"{kills} kills of train, {going_on} of which left a checkpoint")


@pytest.mark.attack
def test_killed_sweeps_lose_no_record(tmp_path, capsys):
    file, rng = tmp_path / "runs.jsonl", np.random.default_rng(2)
    took = completed([*SWEEP, "--out", str(tmp_path / "whole.jsonl")])
    expected = outcome(tmp_path / "whole.jsonl")
    kept: list = []
    kills, sizes = 0, []
    for round_ in itertools.count():
        if kills >= KILLS:
            break
        running = killed([*SWEEP, "--out", str(file)], rng.uniform(0, took))
        kills += running
        there = read(file)
        assert there[: len(kept)] == kept, round_
        kept = there
        sizes.append(len(there))
        assert {it.name for it in tmp_path.iterdir()} <= {"runs.jsonl", "whole.jsonl"}
        if not running or len(there) == len(expected):
            completed([*SWEEP, "--out", str(file)])
            assert outcome(file) == expected
            file.unlink()
            kept = []
    with capsys.disabled():
        print(f"{kills} kills of sweep; records in the file afterwards: {sizes}")
