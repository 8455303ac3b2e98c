"""The commands train and sweep: results, interruptions of all kinds, and one-line errors."""

import csv
import dataclasses
import json
import os
import pickle
import re
import signal
import subprocess
import time
import xml.etree.ElementTree as ET

import pytest
from dask.distributed import LocalCluster

from montecarlo import savers
from montecarlo.network.design import CP, LVR
from montecarlo.runs import Task, begin, dataset, go_on, record
from montecarlo.savers import Cache, Largest, NeuronMask, Skip, Subnet, SynapseMask
from montecarlo.sweep import read
from tests.theory.cli.commands import answer, installed, invoke, misuse
from theory.cli import sweeping, training
from theory.cli.common import INTERRUPTED
from theory.cli.savers import RULES, Rules, usage

SUFFIXES = {"json", "csv", "png", "svg"}
#: A training that is over at once, and its task.
SHORT = ("--hidden", "8", "--goal", "2", "--most-samples", "500")
SHORT_TASK = Task(hidden=8, goal=2, most_samples=500)
#: One that takes seconds, with rules that draw and remember something.
LONG = (
    "train", "--hidden", "20", "--goal", "2", "--most-samples", "25000",
    "--save", "skip:ever_wrong,mask:0.8,cache:0.01:tau=1000",
)  # fmt: skip


def found(stem):
    """The files of a training by their endings, without the time that it took."""
    files = {path.name.removeprefix(f"{stem.name}."): path for path in stem.parent.iterdir()}
    contents = {suffix: path.read_bytes() for suffix, path in files.items()}
    contents["json"] = json.loads(contents["json"])
    del contents["json"]["summary"]["seconds"]
    return contents


def as_json(entry):
    entry = json.loads(json.dumps(entry))
    del entry["summary"]["seconds"]
    return entry


def by_itself(task, seed=0):
    data = dataset(task)
    run = begin(task, data, seed)
    list(go_on(run, data))
    return run


# --- the syntax of --save -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("none", ()),
        ("skip", (Skip(),)),
        ("skip:ever_wrong", (Skip(ever_wrong=True),)),
        ("skip:true", (Skip(ever_wrong=True),)),
        ("skip:ever_wrong=false", (Skip(),)),
        ("mask:0.1", (SynapseMask(0.1),)),
        ("mask:0.1:0.2", (SynapseMask(0.1, 0.2),)),
        ("mask:output=0.2:hidden=1", (SynapseMask(1.0, 0.2),)),
        ("neurons:50", (NeuronMask(50),)),
        ("largest:0.05:per=neuron", (Largest(0.05, "neuron"),)),
        ("cache:0.02:tau=1000:trigger=neuron", (Cache(0.02, 1000.0, "neuron"),)),
        ("cache:2e-2:1000:layer", (Cache(0.02, 1000.0, "layer"),)),
        (
            "skip, subnet:60,largest:0.01,cache:0.02",
            (Skip(), Subnet(60), Largest(0.01), Cache(0.02)),
        ),
    ],
)
def test_rules(text, rules):
    assert repr(Rules().convert(text, None, None)) == repr(rules)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("none,cache:1", "none stands alone, without other rules, got 'none,cache:1'"),
        ("cahce:0.1", "no rule 'cahce'; did you mean 'cache'?"),
        ("", "no rule ''; there are skip, mask, neurons, subnet, largest, cache, none"),
        ("skip,,cache:1", "no rule ''; there are skip, .*"),
        ("cache", r"cache also needs threshold: it is cache:threshold\[:tau\]\[:trigger\]"),
        ("cache:tau=3", "cache also needs threshold: .*"),
        ("cache:x", "cache: threshold must be a number, got 'x'"),
        ("cache:-1", r"cache: threshold must be a number >= 0, got -1\.0"),
        ("cache:1:tua=3", r"cache takes no 'tua=3'; it is cache:threshold\[:tau\]\[:trigger\]"),
        ("cache:1:0.5", r"cache: tau must be a number of presentations > 1 .*, got 0\.5"),
        ("cache:1:threshold=2", "cache: threshold is given twice, in 'cache:1:threshold=2'"),
        ("cache:1:trigger=row", "cache: trigger must be one of .*, got 'row'"),
        ("skip:1", "skip: ever_wrong must be true or false, got '1'"),
        ("skip:true:3", r"skip takes no '3'; it is skip\[:ever_wrong\]"),
        ("neurons:6.5", r"neurons: neurons must be a whole number, got '6\.5'"),
        ("mask:1.5", r"mask: hidden must be a number from 0 to 1, got 1\.5"),
    ],
)
def test_rules_that_are_none(text, message, tmp_path):
    line = misuse("train", "--save", text, "--out", str(tmp_path / "x"))
    assert line == message or re.fullmatch(message, line)
    assert misuse("sweep", f"save={text}", "--out", str(tmp_path / "x")) == line
    assert not list(tmp_path.iterdir())


def test_every_rule_is_in_the_table_and_in_the_help():
    assert set(RULES.values()) == {getattr(savers, name) for name in savers.__all__} - {
        savers.Saver
    }
    for command in ("train", "sweep"):
        printed = answer(command, "--help")
        assert all(f"  {usage(name)}" in printed for name in RULES)


# --- train ----------------------------------------------------------------------------------------


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


def test_train_ends_at_the_goal(tmp_path):
    printed = answer("train", "--hidden", "20", "--goal", "0.8", "--out", str(tmp_path))
    summary = found(tmp_path / "training")["json"]["summary"]
    assert summary["learnt"] is True
    assert summary["accuracy"] >= 0.8
    assert printed.startswith(f"reached {summary['accuracy']:.2%} after {summary['samples']:,} ")


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


@pytest.mark.parametrize("options", [["--save", "mask:0:0"], ["--rate", "50"]])
def test_nothing_learnt_and_too_much(tmp_path, options):
    """Energies that are zero or not finite can be drawn, too."""
    answer("train", *SHORT, *options, "--out", str(tmp_path / "x"))
    assert found(tmp_path / "x")["json"]["summary"]["M_1"] in {0.0, None}


@pytest.fixture
def often(monkeypatch):
    """Keep what has been learnt after every test."""
    monkeypatch.setattr(training, "AT_RISK", 0.0)


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


@pytest.mark.usefixtures("often")
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
        run = pickle.loads(checkpoint.read_bytes().partition(b"\n")[2])
        assert len(run.readings) == total
    interrupted_after(None)
    answer(*command)
    (tmp_path / "whole").mkdir()
    answer(*command[:-1], str(tmp_path / "whole" / "x"))
    assert found(tmp_path / "cut" / "x") == found(tmp_path / "whole" / "x")


@pytest.mark.usefixtures("often")
def test_results_that_cannot_be_written_are_not_lost(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("no space left on device")

    command = ("train", *SHORT, "--out", str(tmp_path / "x"))
    with monkeypatch.context() as patch:
        patch.setattr(training, "_write", fail)
        line = misuse(*command)
    assert line == "the training could not be written: no space left on device"
    run = pickle.loads((tmp_path / "x.checkpoint").read_bytes().partition(b"\n")[2])
    assert run.network.presented == 400
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
        assert line == f"{checkpoint} is no checkpoint: {way_out}"
        assert checkpoint.read_bytes() == foreign


def test_a_killed_training_goes_on(tmp_path):
    """By SIGKILL, after it has kept something twice."""
    for name in ("cut", "whole"):
        (tmp_path / name).mkdir()
    command = [installed(), *LONG, "--out", str(tmp_path / "cut" / "x")]
    checkpoint = tmp_path / "cut" / "x.checkpoint"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    kept = set()
    while len(kept) < 2 and process.poll() is None:
        if checkpoint.exists():
            kept.add(checkpoint.stat().st_ino)
        time.sleep(0.01)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    run = pickle.loads(checkpoint.read_bytes().partition(b"\n")[2])
    assert 100 < run.network.presented < 25_000
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


# --- sweep ----------------------------------------------------------------------------------------


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
    sweep = ["sweep", "hidden=5:12:8", "--goal", "2", "--most-samples", "3000", "--jobs", "2"]
    command = [installed(), *sweep, "--out", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None and not (file.exists() and file.stat().st_size):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    there = read(file)
    assert 0 < len(there) < 8
    assert answer(*sweep[:-1], "1", "--out", str(file)) == (
        f"{file} has all 8 trainings, {8 - len(there)} of them new\n"
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
        (["hidden=0"], "Invalid value for '--hidden': 0 is not in the range x>=1."),
        (["hidden=1:2:3"], "Invalid value for '--hidden': '1.5' is not a valid integer range."),
        (["hidden=1:2"], "a sweep is NAME=START:STOP:COUNT with .*, got 'hidden=1:2'"),
        (["data=a:b:3"], "a sweep from START to STOP is one of numbers, got 'data=a:b:3'"),
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
