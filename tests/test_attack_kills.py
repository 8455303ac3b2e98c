"""Kills at random moments: the same bits after going on, no lost record, no litter."""

import itertools
import json
import os
import shutil
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
FIGURE = ["figure", "CP.4a", "LvR.6", "--quick", "--jobs", "2"]
CHECK = ["check", "LvR.eq*", "--quick", "--jobs", "2"]
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


def group(process):
    """Processes of the group that a process has begun and that have not ended."""
    listed = subprocess.run(["ps", "-eo", "pgid,stat"], check=True, capture_output=True, text=True)
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [stat for pgid, stat in rows if pgid == str(process.pid) and stat[0] != "Z"]


def stopped(command, seconds, *signals):
    """Send signals to the master after some seconds; how it ended, and what it told.

    Nothing that worked for it may be left after a while.
    """
    with subprocess.Popen(
        [*RUN, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
        time.sleep(seconds)
        for number in signals:
            process.send_signal(number)
            time.sleep(0.1)
        errors = process.communicate(timeout=20)[1]
    until = time.monotonic() + 5
    while group(process) and time.monotonic() < until:
        time.sleep(0.1)
    assert not group(process), command
    assert "Traceback" not in errors, errors
    return process.returncode, errors


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


@pytest.mark.attack
@pytest.mark.skipif(sys.platform == "win32", reason="has other process groups")
def test_killed_figures_go_on_to_the_same_bits(tmp_path, capsys):
    whole, cut, rng = tmp_path / "whole", tmp_path / "cut", np.random.default_rng(3)
    took = completed([*FIGURE, "--out", str(whole)])
    expected = {file.name: file.read_bytes() for file in whole.iterdir() if file.is_file()}
    kills = 0
    while kills < KILLS:
        kills += stopped([*FIGURE, "--out", str(cut)], rng.uniform(0, took), signal.SIGKILL)[0] < 0
        if kills % 5 == 0 and cut.exists():
            assert not [file for file in cut.rglob("*") if "unfinished" in file.name]
            completed([*FIGURE, "--out", str(cut)])
            assert expected == {it.name: it.read_bytes() for it in cut.iterdir() if it.is_file()}
            shutil.rmtree(cut)
    with capsys.disabled():
        print(f"{kills} kills of figure")


@pytest.mark.attack
@pytest.mark.skipif(sys.platform == "win32", reason="has other process groups")
def test_killed_checks_leave_a_whole_report_or_none(tmp_path, capsys):
    report, rng = tmp_path / "x.json", np.random.default_rng(4)
    took = completed([*CHECK, "--json", str(report)])
    kills = 0
    while kills < KILLS:
        report.unlink(missing_ok=True)
        line = [*CHECK, "--json", str(report)]
        kills += stopped(line, rng.uniform(0, took), signal.SIGKILL)[0] < 0
        assert {file.name for file in tmp_path.iterdir()} <= {report.name}
        if report.exists():
            assert json.loads(report.read_bytes())["complete"]
    with capsys.disabled():
        print(f"{kills} kills of check")


@pytest.mark.attack
@pytest.mark.skipif(sys.platform == "win32", reason="has other process groups")
@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGTERM] * 2, [signal.SIGTERM] * 3])
@pytest.mark.parametrize("command", ["train", "sweep", "figure", "check"])
def test_interruptions_are_a_sentence_and_leave_no_process(command, signals, tmp_path):
    """SIGINT is ignored where the tests run in the background; both are dealt with alike."""
    line = {"train": TRAIN, "sweep": SWEEP, "figure": FIGURE, "check": CHECK}[command]
    option = "--json" if command == "check" else "--out"
    ended, errors = stopped([*line, option, str(tmp_path / "x")], 3, *signals)
    assert ended == 130
    assert errors.startswith("interrupted") or len(signals) > 2
    if command == "check" and (tmp_path / "x").exists():
        assert not json.loads((tmp_path / "x").read_bytes())["complete"]
