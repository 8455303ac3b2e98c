"""Checkpoints: what they keep, and what is not taken for one."""

import dataclasses
import io
import json
import pickle
import re

import numpy as np
import pytest

from montecarlo import checkpoint
from montecarlo.network import Saver
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


def begun(seed=3, **changes):
    task = dataclasses.replace(TASK, **changes)
    return begin(task, dataset(task), seed)


def test_a_run_goes_on_as_if_it_had_not_been_kept(kept):
    run, whole = begun(), begun()
    assert checkpoint.load(kept, run)
    assert run.network.presented == 200
    for each in (run, whole):
        list(go_on(each, dataset(TASK)))
    assert np.array_equal(run.network.hidden.strengths, whole.network.hidden.strengths)
    assert [r.presented for r in run.readings] == [r.presented for r in whole.readings]
    assert np.array_equal(run.readings[-1].energy, whole.readings[-1].energy)


def test_a_file_that_is_not_there_keeps_nothing(tmp_path):
    assert not checkpoint.load(tmp_path / "run.checkpoint", begun())


def test_a_run_replaces_what_was_kept_and_leaves_no_other_file(kept):
    checkpoint.save(kept, begun())
    run = begun()
    assert checkpoint.load(kept, run)
    assert (run.network.presented, run.readings) == (0, [])
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


@pytest.mark.parametrize(
    ("changes", "seed", "differing"),
    [
        ({}, 4, "seed 3, not 4"),
        ({"hidden": 13}, 3, "hidden 12, not 13"),
        ({"savers": (), "goal": 0.5}, 3, "savers .*, not '', goal 2.*, not 0.5"),
        ({"design": dataclasses.replace(TASK.design, learning_rate=0.02)}, 3,
         "design.learning_rate 0.01, not 0.02"),
    ],
)  # fmt: skip
def test_the_run_of_another_training_is_refused(kept, changes, seed, differing):
    message = rf"\A{re.escape(str(kept))} is of another training \({differing}\)\Z"
    with pytest.raises(ValueError, match=message):
        checkpoint.load(kept, begun(seed, **changes))


def test_other_versions_of_the_software_are_refused(kept, monkeypatch):
    monkeypatch.setattr(checkpoint, "versions", lambda: {"numpy": "1.0"})
    message = r"is of another training \(versions.numpy '.*', not '1\.0', versions\.python '"
    with pytest.raises(ValueError, match=message):
        checkpoint.load(kept, begun())


class Planted:
    """Unpickled, it leaves a file behind."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def archived(**arrays):
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


def opened(path):
    with np.load(path, allow_pickle=False) as entries:
        return dict(entries)


@pytest.mark.parametrize("there", [None, 1, 2])
def test_old_formats_are_refused_and_nothing_in_them_is_run(kept, there):
    """They were pickles, behind a first line that anybody could write; the first had no number."""
    head = json.loads(opened(kept)["head"].tobytes())
    assert head.pop("format") == checkpoint.FORMAT == 3
    if there is not None:
        head = {"format": there} | head
    trace = kept.with_name("trace")
    kept.write_bytes(json.dumps(head).encode() + b"\n" + pickle.dumps(Planted(trace)))
    message = rf"\A{re.escape(str(kept))} is a checkpoint in format {there or 1}, not 3\Z"
    with pytest.raises(ValueError, match=message):
        checkpoint.load(kept, begun())
    assert not trace.exists()


def foreign(kept):
    """Files that are no checkpoints, or only nearly."""
    whole, arrays, trace = kept.read_bytes(), opened(kept), kept.with_name("trace")
    pickled = np.array([Planted(trace)], dtype=object)
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    yield from (b"", b"notes", b"notes\nmore", b"[1]\n", b'{"format": 2, "ta', b"PK", b"\x93NUMPY")
    yield from (pickle.dumps(Planted(trace)), archived(), archived(head=np.zeros(3)))
    yield from (
        archived(**arrays | {name: pickled}) for name in ("head", "hidden.weights", "other")
    )
    yield packed.getvalue()
    for length in (1, 30, 300, len(whole) // 2, len(whole) - 1):
        yield whole[:length]
    for name, array in arrays.items():
        yield archived(**{key: it for key, it in arrays.items() if key != name})
        yield archived(**arrays | {name: array.astype(np.int16)})
        yield archived(**arrays | {name: np.zeros((*array.shape, 2), array.dtype)})
    head = json.loads(arrays["head"].tobytes())
    for generator in (None, {}, [], {"bit_generator": "MT19937"}, head["generator"] | {"state": 1}):
        text = json.dumps(head | {"generator": generator}).encode()
        yield archived(**arrays | {"head": np.frombuffer(text, np.uint8)})
    yield archived(**arrays | {"head": np.frombuffer(b"[" * 100_000, np.uint8)})


def test_corrupt_foreign_and_planted_files_are_refused_and_change_nothing(kept):
    files = list(foreign(kept))
    run = begun()
    before = [run.rng.bit_generator.state, run.network.hidden.weights.copy()]
    for content in files:
        kept.write_bytes(content)
        with pytest.raises(ValueError, match=rf"\A{re.escape(str(kept))} is ") as caught:
            checkpoint.load(kept, run)
        assert len(str(caught.value)) < len(str(kept)) + 100
        assert kept.read_bytes() == content
        assert run.rng.bit_generator.state == before[0]
        assert np.array_equal(run.network.hidden.weights, before[1])
        assert run.network.presented == 0
    assert not kept.with_name("trace").exists()


def test_no_flipped_bit_changes_a_result(kept):
    content, rng = kept.read_bytes(), np.random.default_rng(1)
    run, expected = begun(), begun()
    checkpoint.load(kept, expected)
    refused = 0
    for place in rng.integers(0, 8 * len(content), 300):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        kept.write_bytes(flipped)
        try:
            checkpoint.load(kept, run)
        except ValueError:
            refused += 1
            continue
        assert run.rng.bit_generator.state == expected.rng.bit_generator.state
        for layer in ("hidden", "output"):
            found, meant = (getattr(it.network, layer) for it in (run, expected))
            assert all(
                np.array_equal(getattr(found, part), getattr(meant, part)) for part in found.STATE
            )
        assert [r.accuracy for r in run.readings] == [r.accuracy for r in expected.readings]
    assert refused > 200


class Remembering(Saver):
    """Remembers one thing, and is no dataclass."""

    def __init__(self, memory):
        self.memory = memory

    def __repr__(self):
        return "Remembering()"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (0, 7), (0.0, 0.5), (False, True), (set(), {3, 1}),
        (np.zeros(3), np.arange(3.0)), ((np.zeros(2), 1), (np.ones(2), 2)),
    ],
)  # fmt: skip
def test_what_savers_remember_is_kept(tmp_path, before, after):
    runs = [begun(savers=(Remembering(memory),)) for memory in (after, before)]
    checkpoint.save(tmp_path / "run", runs[0])
    assert checkpoint.load(tmp_path / "run", runs[1])
    found = runs[1].network.savers[0].memory
    assert type(found) is type(after)
    assert repr(found) == repr(after)


@pytest.mark.parametrize("memory", [None, "text", [1], {"a": 1}, {"a"}, object(), (1, None)])
def test_what_cannot_be_kept_is_said(tmp_path, memory):
    run = begun(savers=(Remembering(memory),))
    with pytest.raises(ValueError, match=r"\Asaver 0\.memory.* must be numbers, arrays"):
        checkpoint.save(tmp_path / "run", run)
    assert not list(tmp_path.iterdir())
