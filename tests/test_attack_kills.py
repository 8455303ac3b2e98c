"""Kills at random moments and at writes: then the same bits, no lost record, no litter."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
import pytest

from montecarlo.sweep import read
from tests.theory.crosscheck.authors import CHAPTER, written
from theory.cli import main

pytestmark = [
    pytest.mark.attack,
    pytest.mark.usefixtures("here"),
    pytest.mark.skipif(sys.platform != "linux", reason="looks for what is left as on Linux"),
]

KILLS = int(os.environ.get("KILLS", "50"))
SWEEP = ["sweep", "hidden=5:14:10", "--goal", "2", "--most-samples", "2000"]
#: The last argument of each is what it writes to, in a folder that has nothing else.
COMMANDS = {
    "train": [
        "train", "--hidden", "40", "--goal", "2", "--most-samples", "10000",
        "--save", "skip:true,mask:0.5,cache:0.01:tau=1000", "--out", "there/x",
    ],
    "sweep": [*SWEEP, "--out", "there/x.jsonl"],
    "sweep on Dask": [*SWEEP, "--out", "there/x.jsonl"],
    # Of a chapter that is simulated in a second.
    "figure": ["figure", "MINE.1", "--claims", CHAPTER, "--out", "there"],
    "check": ["check", "--quick", "--claims", CHAPTER, "--json", "there/x.json"],
}  # fmt: skip
CLUSTER = """
from dask.distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        input()
"""


def begun(command, fatal=0):
    """The id of a process, first of its group, that runs a command; a write can be fatal to it.

    All has been imported here before, so that it is soon at work.
    """
    errors = os.open("errors", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    process = os.fork()
    os.setpgid(process, process)
    if not process:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(errors, 2)
        # What captures the output of tests stays with them.
        sys.stdout, sys.stderr = (os.fdopen(it, "w", closefd=False) for it in (1, 2))
        # Of other processes no write is known.
        os.environ["SYNAPTIC_ENERGY_JOBS"] = "1" if fatal else "2"
        end_at(fatal)
        status = 1
        try:
            main(command)
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        finally:
            sys.stderr.flush()
            os._exit(status)
    os.close(errors)
    return process


def end_at(fatal):
    """Have the ``fatal``-th step of writing kill this process, and its group, in the middle."""
    left = fatal

    def killing(act, begin=None):
        def step(*arguments, **options):
            nonlocal left
            if begin is None or stat.S_ISREG(os.fstat(arguments[0]).st_mode):
                left -= 1
                if left == 0:
                    if begin:
                        begin(*arguments)
                    os.killpg(0, signal.SIGKILL)
            return act(*arguments, **options)

        return step

    write = os.write
    os.write = killing(write, lambda handle, data: write(handle, data[: len(data) // 2]))
    os.link, os.replace = killing(os.link), killing(os.replace)


def ended(process):
    """How a process ended, which must leave none that works for it, and what it told."""
    until = time.monotonic() + 60
    while not (done := os.waitpid(process, os.WNOHANG))[0]:
        assert time.monotonic() < until, "it never ends"
        time.sleep(0.01)
    until = time.monotonic() + 5
    while (left := [*group(process), *shared(process)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left
    errors = Path("errors").read_text(encoding="utf-8")
    assert "Traceback" not in errors, errors
    return os.waitstatus_to_exitcode(done[1]), errors


def group(process):
    """Processes of the group that a process has begun and that have not ended."""
    listed = subprocess.run(["ps", "-eo", "pgid,stat"], check=True, capture_output=True, text=True)
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [state for pgid, state in rows if pgid == str(process) and state[0] != "Z"]


def shared(process):
    """Semaphores, and folders of arrays, that a process has made in the memory of all."""
    return list(Path("/dev/shm").glob(f"*[-_]{process}[-_]*"))


def killed(command, rng, took):
    """Kill a command: at a write, alone, or with all that works for it; whether it was running."""
    way = rng.choice(["write", "write", "alone", "all"])
    process = begun(command, fatal=int(rng.geometric(0.3)) if way == "write" else 0)
    if way != "write":
        time.sleep(rng.uniform(0, took))
        (os.kill if way == "alone" else os.killpg)(process, signal.SIGKILL)
    if way != "alone":  # then nobody is left who could remove them
        os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
        for left in shared(process):
            left.rmdir() if left.is_dir() else left.unlink()
    status, errors = ended(process)
    assert status in {0, -signal.SIGKILL}, errors
    return status != 0


def completed(command):
    """The seconds that a command takes, which must succeed."""
    started = time.monotonic()
    status, errors = ended(begun(command))
    assert status == 0, errors
    return time.monotonic() - started


def outcome():
    """All that is there by name, whatever the order of records, and without what time it took."""
    found = {}
    for file in Path("there").rglob("*"):
        if file.is_file():
            content = re.sub(rb'"seconds": [^,}]+', b"", file.read_bytes())
            lines = content.splitlines()
            found[str(file)] = sorted(lines) if file.suffix == ".jsonl" else lines
    return found


def finished():
    """Work that is done and must never be lost."""
    found = set(Path("there").glob(".records/[!.]*"))
    for file in Path("there").glob("*.json*"):
        if file.suffix == ".jsonl":
            found |= set(map(str, read(file)))
        else:  # a whole report or none
            json.loads(file.read_bytes())
    return found


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a chapter, in which commands run."""
    monkeypatch.chdir(written(tmp_path))
    Path("there").mkdir()


@contextmanager
def cluster():
    """The options for a Dask cluster of two processes."""
    command = [sys.executable, "-c", CLUSTER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as process:
        yield ["--backend", f"dask:{process.stdout.readline().strip()}"]
        process.communicate("\n")


def emptied():
    shutil.rmtree("there", ignore_errors=True)
    Path("there").mkdir()


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_commands_go_on_to_the_same_bits(name, capsys):
    rng = np.random.default_rng(1)
    with cluster() if "Dask" in name else nullcontext([]) as options:
        command = [*COMMANDS[name], *options]
        took = completed(command)
        expected, kept, kills, kept_work = outcome(), set(), 0, 0
        emptied()
        while kills < KILLS:
            was = killed(command, rng, took)
            kills += was
            assert finished() >= kept
            kept = finished()
            kept_work += bool(outcome())
            if was and kills % 5 == 0:
                completed(command)
            if not was or kills % 5 == 0:
                assert outcome() == expected  # and no unfinished file
                emptied()
                kept = set()
    with capsys.disabled():
        print(f"{kills} kills of {name}, {kept_work} of which left files to go on from")


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("name", ["train", "sweep", "figure", "check"])
def test_interruptions_are_a_sentence_and_leave_no_process(name, times):
    """Ctrl-C is ignored where the tests run in the background; both are dealt with alike."""
    took = completed(COMMANDS[name])
    for part in (0.1, 0.3, 0.5, 0.7):
        emptied()
        process = begun(COMMANDS[name])
        time.sleep(part * took)
        for _ in range(times):
            os.kill(process, signal.SIGTERM)
            time.sleep(0.05)
        status, errors = ended(process)
        assert status == 130
        assert errors.startswith("interrupted") or times > 2
        for report in Path("there").glob("x.json"):
            assert name != "check" or not json.loads(report.read_bytes())["complete"]
