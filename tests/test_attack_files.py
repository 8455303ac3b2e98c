"""Planted and corrupt files of every kind that is read: none is run, each is answered in a line."""

import gzip
import io
import pickle
from pathlib import Path

import numpy as np
import pytest

from montecarlo import checkpoint
from montecarlo.runs import begin, dataset
from montecarlo.tasks import Task
from tests.montecarlo.test_owndata import folder
from tests.theory.cli.commands import invoke
from tests.theory.crosscheck.authors import CHAPTER, forgotten, written
from theory.crosscheck import ledger

OWN = ["--claims", CHAPTER]
FIGURE = ["figure", "MINE.1", "--quick", "--out", "there", *OWN]
TRAIN = ["train", "--hidden", "3", "--goal", "2", "--most-samples", "60"]
#: The files that a pattern stands for, and a command that reads them.
READ = {
    "checkpoint": ("x.checkpoint", [*TRAIN, "--out", "x"]),
    "sweep": ("sweep.jsonl", ["sweep", "hidden=3", *TRAIN[3:]]),
    "archive of data": ("own.npz", [*TRAIN, "--data", "own.npz"]),
    "folder of data": ("own/*", [*TRAIN, "--data", "own"]),
    "MNIST": ("own/*", [*TRAIN, "--data", "mnist", "--mnist-folder", "own"]),
    "ledger": ("three_state/ledger.csv", ["check", "MINE.two-states", "--quick", *OWN]),
    "sentences": ("three_state/sentences.csv", ["list", *OWN]),
    "references": ("three_state/references.bib", ["cite", "MINE.energy", *OWN]),
    "records of a figure": ("there/.records/*", FIGURE),
    "picture": (
        "there/MINE.1.svg",
        ["check", "MINE.two-states", "--quick", "--html", "x.html", "--figures", "there", *OWN],
    ),
}


class Planted:
    """Unpickled, it leaves a file behind."""

    def __reduce__(self):
        return open, ("trace", "w")


def archived(name, array):
    content = io.BytesIO()
    np.savez(content, **{name: array})
    return content.getvalue()


def hostile(whole):
    """What may stand in the place of a sound file."""
    yield from (b"", b"notes", b"\0" * 99, b"\xff\xfe\x80", b"[" * 10**5, b'{"a":' * 10**5)
    yield from (b"9" * 10**6, b"@a{,\n" * 99, b'id,"' + b"x" * 10**6, gzip.compress(bytes(10**7)))
    yield from (pickle.dumps(Planted()), gzip.compress(pickle.dumps(Planted())))
    for name in ("head", "inputs", "train_inputs"):
        yield archived(name, np.array([Planted()], dtype=object))
    entities = (f'<!ENTITY a{i} "{f"&a{i - 1};" * 9}">' for i in range(1, 20))
    yield f'<!DOCTYPE a [<!ENTITY a0 "a">{"".join(entities)}]><a viewBox="&a19;"/>'.encode()
    yield from (whole[: len(whole) // 2], whole[:-1], whole + whole, whole.replace(b"0", b"1e999"))
    for place in np.linspace(0, len(whole) - 1, 9).astype(int):
        yield whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a sound file of each kind."""
    monkeypatch.chdir(written(tmp_path))
    monkeypatch.setenv("SYNAPTIC_ENERGY_JOBS", "1")
    with forgotten(tmp_path):
        entry = ledger.Entry("a", "b", 1.5, 0.1, 1.0, 0.0, 1.2, 1.8, 1.4, 8, 0, "", "0.1", "0123")
        Path("three_state/ledger.csv").write_text(ledger.written([entry]))
        Path("three_state/sentences.csv").write_text(
            'id,quotation,place,unjudged\nMINE.a,"It costs, as it must.",page 1,no number\n'
        )
        np.savez("own.npz", inputs=np.eye(20), labels=np.arange(20) % 2)
        folder(tmp_path / "own")
        assert invoke(*READ["sweep"][1]).exit_code == 0
        assert invoke(*FIGURE).exit_code == 0
        task = Task(hidden=3, goal=2, most_samples=60)
        checkpoint.save(Path("x.checkpoint"), begin(task, dataset(task), 0))
        yield


@pytest.mark.attack
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("kind", READ)
def test_no_file_is_run_and_none_is_a_traceback(kind, capsys):
    pattern, command = READ[kind]
    files = {file: file.read_bytes() for file in sorted(Path().glob(pattern))[:2]}
    first = invoke(*command)
    refused = 0
    for file, whole in files.items():
        for content in hostile(whole):
            file.write_bytes(content)
            result = invoke(*command)  # any other exception than the end is one of this test
            assert result.exit_code in {first.exit_code, 2}, content[:99]
            if result.exit_code == 2:
                refused += 1
                assert len(result.stderr.splitlines()) == 1, (content[:99], result.stderr)
                assert len(result.stderr) < 400
        file.write_bytes(whole)
    assert not Path("trace").exists()
    with capsys.disabled():
        print(f"{refused} hostile files of the kind {kind!r} are refused, the others made again")
