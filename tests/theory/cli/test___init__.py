"""Faults of the system are sentences with a status of their own, and finished work is kept."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from tests.theory.cli.commands import invoke, misuse
from theory.cli import evaluation
from theory.cli.common import INTERRUPTED, LOST

FULL = Path("/dev/full")
RUN = [sys.executable, "-c", "from theory.cli import main; main()"]


def run(*arguments, **options):
    options = {"stdout": subprocess.PIPE, "timeout": 120} | options
    return subprocess.run(
        [*RUN, *arguments], stderr=subprocess.PIPE, text=True, check=False, **options
    )


@pytest.mark.skipif(not FULL.exists(), reason="no such device")
@pytest.mark.parametrize(
    "command", [["eval", "perceptron.inefficiency", "P=10", "N=10"], ["--help"]]
)
def test_a_full_standard_output_is_a_sentence(command):
    with FULL.open("w") as full:
        done = run(*command, stdout=full)
    assert (done.returncode, done.stderr) == (2, "Error: No space left on device\n")


def test_signs_that_cannot_be_printed_are_replaced(tmp_path):
    file = tmp_path / "x.json"
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = run("check", "SE.clamp", "--quick", "--jobs", "1", "--json", str(file), env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 HOLDS" in done.stdout
    assert json.loads(file.read_text(encoding="utf-8"))["complete"]


def test_files_are_written_before_what_may_not_be_read(tmp_path):
    file = tmp_path / "x.json"
    command = [*RUN, "check", "SE.clamp", "--quick", "--jobs", "1", "--json", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
    assert json.loads(file.read_text(encoding="utf-8"))["complete"]


def test_two_reports_do_not_overwrite_each_other(tmp_path):
    file = tmp_path / "x"
    line = misuse("check", "SE.clamp", "--json", str(file), "--html", str(tmp_path / "." / "x"))
    assert line == f"--json and --html name one file, {file}"
    assert not list(tmp_path.iterdir())


def test_a_size_that_no_memory_holds_is_a_sentence(tmp_path):
    done = run("train", "--hidden", "1000000000000", "--out", str(tmp_path / "x"))
    assert (done.returncode, done.stderr) == (2, "Error: there is not enough memory for this\n")


@pytest.mark.parametrize(
    ("event", "status", "said"),
    [
        (KeyboardInterrupt, INTERRUPTED, "interrupted\n"),
        (BrokenExecutor, LOST, "Error: a process was killed, perhaps for want of memory\n"),
        (FileNotFoundError(2, "No such file", "x/y"), 2, "Error: x/y: No such file\n"),
        (OSError(36, "Too long", "x" * 9999), 2, f"Error: {'x' * 150} ... {'x' * 140}: Too long\n"),
    ],
)
def test_what_stops_a_command_is_a_sentence_with_a_status(event, status, said, monkeypatch):
    def stop(*_):
        raise event

    monkeypatch.setattr(evaluation, "_results", stop)
    result = invoke("eval", "perceptron.energy", "P=1", "N=1")
    assert (result.exit_code, result.stderr) == (status, said)


def workers_of(process):
    """The processes that a process has work for it."""
    for children in Path(f"/proc/{process.pid}/task").glob("*/children"):
        for child in children.read_text().split():
            if "popen_loky_posix" in Path(f"/proc/{child}/cmdline").read_text():
                yield int(child)


@pytest.mark.attack
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_killed_worker_leaves_what_was_judged(tmp_path):
    file = tmp_path / "x.json"
    command = [*RUN, "check", "LvR.eq*", "--jobs", "2", "--json", str(file)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as process:
        workers, until = [], time.monotonic() + 60
        while not workers and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
            workers = list(workers_of(process))
        os.kill(workers[0], signal.SIGKILL)
        output, errors = process.communicate(timeout=100)
    assert process.returncode == LOST
    assert errors == (
        "a process was killed, perhaps for want of memory: try fewer --jobs; "
        "what was not judged is undecided\n"
    )
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["complete"]
    assert not report["as_expected"]
    assert "UNDECIDED" in output
