"""The command train: results, interruptions of all kinds, and one-line errors."""

import csv
import dataclasses
import json
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from montecarlo.network.design import CP, LVR
from montecarlo.runs import Task, go_on, record
from montecarlo.savers import Cache, Skip
from tests.theory.cli.commands import answer, invoke, misuse
from tests.theory.cli.trainings import as_json, by_itself, found
from theory.cli import training
from theory.cli.common import DIVERGED, INTERRUPTED

SUFFIXES = {"json", "csv", "png", "svg"}
#: A training that is over at once, and its task.
SHORT = ("--hidden", "8", "--goal", "2", "--most-samples", "500")
SHORT_TASK = Task(hidden=8, goal=2, most_samples=500)
#: One that takes seconds, with savers that draw and remember something.
LONG = (
    "train", "--hidden", "20", "--goal", "2", "--most-samples", "6000",
    "--save", "skip:ever_wrong,mask:0.8,cache:0.01:tau=1000",
)  # fmt: skip


@pytest.fixture
def undrawn(monkeypatch):
    """Write no picture, which takes longer than the training; others look at it."""
    drawn = "theory.crosscheck.figures.training.picture"
    monkeypatch.setattr(drawn, lambda _: {"png": b"", "svg": b"<svg/>"})


def test_train_writes_what_the_library_finds(tmp_path):
    options = ("--save", "skip,cache:0.02", "--seed", "5", "--out", str(tmp_path / "some"))
    printed = answer("train", *SHORT, *options)
    run = by_itself(dataclasses.replace(SHORT_TASK, savers=(Skip(), Cache(0.02))), seed=5)
    files = found(tmp_path / "some")
    assert set(files) == SUFFIXES
    assert files["json"] == as_json(record(run))
    rows = list(csv.DictReader(files["csv"].decode().splitlines()))
    assert [int(row["samples"]) for row in rows] == [100, 200, 300, 400, 500]
    for row, reading in zip(rows, run.readings, strict=True):
        assert float(row["accuracy"]) == reading.accuracy
        for i, layer in enumerate(("hidden", "output")):
            assert float(row[f"{layer}_M_0"]) == reading.energy[i, 0]
            assert float(row[f"{layer}_M_1"]) == reading.energy[i, 1]
            assert float(row[f"{layer}_direct_M_1"]) == reading.direct_energy[i, 1]
            assert float(row[f"{layer}_transient_sum"]) == reading.transient_sum[i] > 0
    assert files["png"].startswith(b"\x89PNG")
    assert ET.fromstring(files["svg"]).tag.endswith("svg")
    energy = sum(float(rows[-1][f"{layer}_M_1"]) for layer in ("hidden", "output"))
    assert f"gave up at {run.readings[-1].accuracy:.2%} after 500 samples" in printed
    assert f"M_1 = {energy:.4g}" in printed
    assert all(f"some.{suffix}" in printed for suffix in SUFFIXES)


@pytest.mark.usefixtures("undrawn")
def test_train_ends_at_the_goal(tmp_path):
    printed = answer("train", "--hidden", "20", "--goal", "0.8", "--out", str(tmp_path))
    summary = found(tmp_path / "training")["json"]["summary"]
    assert summary["learnt"] is True
    assert summary["accuracy"] >= 0.8
    assert printed.startswith(f"reached {summary['accuracy']:.2%} after {summary['samples']:,} ")


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("options", "changes"),
    [
        (["--design", "LvR"], {"design": LVR}),
        (["--rate", "0.02"], {"design": dataclasses.replace(CP, learning_rate=0.02)}),
        (["--std", "0"], {"design": dataclasses.replace(CP, initial_std=0.0)}),
        (["--images", "50"], {"images": 50}),
        (["--test-every", "250"], {"test_every": 250}),
    ],
)
def test_train_options_make_the_task(tmp_path, options, changes):
    answer("train", *SHORT, *options, "--out", str(tmp_path / "x"))
    expected = record(by_itself(dataclasses.replace(SHORT_TASK, **changes)))
    assert found(tmp_path / "x")["json"] == as_json(expected)


@pytest.mark.usefixtures("undrawn")
def test_train_takes_data_of_ones_own(tmp_path):
    labels = np.arange(60) % 3
    mine, out = tmp_path / "mine.npz", str(tmp_path / "out" / "x")
    np.savez(mine, inputs=np.eye(3)[labels], labels=labels)
    (tmp_path / "out").mkdir()
    answer("train", *SHORT, "--data", str(mine), "--out", out)
    expected = record(by_itself(dataclasses.replace(SHORT_TASK, data=mine)))
    assert found(tmp_path / "out" / "x")["json"] == as_json(expected)
    assert expected["task"]["data"].startswith("mine.npz, SHA-256 ")
    mine.write_bytes(b"?")
    line = misuse("train", "--data", str(mine), "--out", out)
    assert line == f"{mine} cannot be read: File is not a zip file"
    line = misuse("sweep", "hidden=3,4", "--data", str(mine), "--out", out)
    assert line == f"{mine} cannot be read: File is not a zip file"
    line = misuse("train", "--data", "nothing", "--out", out)
    assert line == "data must be one of digits, mnist, openml, or a folder or file, got 'nothing'"


def test_a_file_may_be_called_anything(tmp_path):
    """The picture names it, and takes nothing in it for markup or mathematics."""
    mine = tmp_path / '$x_$ <b>&"[red]{}%s\udc80.npz'
    np.savez(mine, inputs=np.eye(8), labels=np.arange(8) % 2)
    answer("train", *SHORT, "--data", str(mine), "--out", str(tmp_path / "x"))
    ET.parse(tmp_path / "x.svg")
    assert found(tmp_path / "x")["json"]["task"]["data"].startswith(mine.name)


def test_nothing_learnt(tmp_path):
    """Energies that are zero can be drawn, too."""
    answer("train", *SHORT, "--save", "mask:0:0", "--out", str(tmp_path / "x"))
    assert found(tmp_path / "x")["json"]["summary"]["M_1"] == 0


@pytest.fixture
def often(monkeypatch):
    """Keep what has been learnt after every test."""
    monkeypatch.setattr(training, "AT_RISK", 0.0)


def kept(checkpoint):
    with np.load(checkpoint) as arrays:
        return dict(arrays)


@pytest.fixture
def interrupted_after(monkeypatch):
    """Interrupt training after some tests."""

    def after(tests):
        def until(run, data):
            for number, reading in enumerate(go_on(run, data)):
                if number == tests:
                    raise KeyboardInterrupt
                yield reading

        monkeypatch.setattr(training, "go_on", until)

    return after


@pytest.mark.usefixtures("often", "undrawn")
def test_an_interrupted_training_goes_on(tmp_path, interrupted_after):
    command = ("train", *SHORT, "--save", "cache:0.01", "--out", str(tmp_path / "cut" / "x"))
    (tmp_path / "cut").mkdir()
    checkpoint = tmp_path / "cut" / "x.checkpoint"
    for total in (2, 4):
        interrupted_after(2)
        result = invoke(*command)
        assert (result.exit_code, result.stdout) == (INTERRUPTED, "")
        assert result.stderr == f"interrupted: the same command goes on from {checkpoint}\n"
        assert list((tmp_path / "cut").iterdir()) == [checkpoint]
        assert len(kept(checkpoint)["readings.presented"]) == total
    interrupted_after(None)
    answer(*command)
    (tmp_path / "whole").mkdir()
    answer(*command[:-1], str(tmp_path / "whole" / "x"))
    assert found(tmp_path / "cut" / "x") == found(tmp_path / "whole" / "x")


@pytest.mark.usefixtures("often", "undrawn")
def test_results_that_cannot_be_written_are_not_lost(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("no space left on device")

    command = ("train", *SHORT, "--out", str(tmp_path / "x"))
    with monkeypatch.context() as patch:
        patch.setattr(training, "_write", fail)
        line = misuse(*command)
    assert line == "the training could not be written: no space left on device"
    assert kept(tmp_path / "x.checkpoint")["presented"] == 400
    answer(*command)
    assert found(tmp_path / "x")["json"] == as_json(record(by_itself(SHORT_TASK)))


def test_a_training_that_is_interrupted_at_once(tmp_path, interrupted_after):
    interrupted_after(0)
    result = invoke("train", *SHORT, "--out", str(tmp_path / "x"))
    assert (result.exit_code, result.stderr) == (INTERRUPTED, "interrupted\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("often")
def test_a_checkpoint_of_another_training_is_refused(tmp_path, interrupted_after):
    interrupted_after(1)
    checkpoint = tmp_path / "x.checkpoint"
    out = ("--out", str(tmp_path / "x"))
    invoke("train", *SHORT, *out)
    kept = checkpoint.read_bytes()
    way_out = "remove it, or choose another --out"
    line = misuse("train", *SHORT, "--seed", "1", *out)
    assert line == f"{checkpoint} is of another training (seed 0, not 1): {way_out}"
    line = misuse("train", *SHORT, "--save", "skip", "--rate", "1", *out)
    differing = "design.learning_rate 0.01, not 1.0, savers '', not 'Skip(ever_wrong=False)'"
    assert line == f"{checkpoint} is of another training ({differing}): {way_out}"
    assert checkpoint.read_bytes() == kept
    for foreign in (b"", b"notes", b"notes\nmore", b"[1]\n", kept[:30]):
        checkpoint.write_bytes(foreign)
        line = misuse("train", *SHORT, *out)
        assert line == f"{checkpoint} is no checkpoint, or damaged: {way_out}"
        assert checkpoint.read_bytes() == foreign


@pytest.mark.usefixtures("undrawn")
def test_a_killed_training_goes_on(tmp_path):
    """By SIGKILL, after it has kept something twice."""
    for name in ("cut", "whole"):
        (tmp_path / name).mkdir()
    keep_always = "from theory.cli import main, training; training.AT_RISK = 0; main()"
    command = [sys.executable, "-c", keep_always, *LONG, "--out", str(tmp_path / "cut" / "x")]
    checkpoint = tmp_path / "cut" / "x.checkpoint"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    kept = set()
    while len(kept) < 2 and process.poll() is None:
        if checkpoint.exists():
            kept.add(checkpoint.stat().st_ino)
        time.sleep(0.01)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    with np.load(checkpoint) as arrays:
        assert 100 < arrays["presented"] < 6000
    answer(*LONG, "--out", str(tmp_path / "cut" / "x"))
    answer(*LONG, "--out", str(tmp_path / "whole" / "x"))
    assert found(tmp_path / "cut" / "x") == found(tmp_path / "whole" / "x")


def test_train_refuses_what_cannot_be(tmp_path, monkeypatch):
    out = ("--out", str(tmp_path / "x"))
    line = misuse("train", "--hidden", "5", "--save", "subnet:6", *out)
    assert line == "neurons must be at most 5, the hidden units, got 6"
    assert misuse("train", "--goal", "nan", *out) == "goal must be a number, got nan"
    assert "95.0 is not in the range" in invoke("train", "--goal", "95", *out).stderr
    line = misuse("train", "--rate", "0", *out)
    assert line == "learning_rate must be a finite number > 0, got 0.0"
    line = misuse("train", "--images", "2000", *out)
    assert line == "images must be at most 1437, those of digits, got 2000"
    monkeypatch.delenv("SYNAPTIC_ENERGY_MNIST", raising=False)
    assert misuse("train", "--data", "mnist", *out).startswith("MNIST needs a folder")
    line = misuse("train", "--data", "mnist", "--mnist-folder", str(tmp_path), *out)
    assert f"in the folder {tmp_path}" in line
    missing = tmp_path / "missing"
    line = misuse("train", "--out", str(missing / "x"))
    assert line == f"{missing / 'x.checkpoint'}: no folder {missing}"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("rate", ["2", "1e300"])
def test_a_training_that_diverges_says_so(tmp_path, rate):
    """Its energies are no numbers, and a status of 0 would say that they were found."""
    result = invoke("train", "--hidden", "5", "--rate", rate, "--out", str(tmp_path / "x"))
    assert result.exit_code == DIVERGED
    first, second = result.stdout.splitlines()
    assert first.startswith("diverged: weights were not finite after 100 samples in ")
    assert second.startswith("written: ")
    summary = json.loads((tmp_path / "x.json").read_text())["summary"]
    assert (summary["diverged"], summary["learnt"], summary["M_1"]) == (True, False, None)
    assert not (tmp_path / "x.checkpoint").exists()
