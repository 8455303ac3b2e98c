"""Checkpoints: files from which a training that was interrupted goes on.

They are data: nothing read from one can run code. Kept are the parts of a run that change; what it
begins with follows from task and seed. The head says what the results depend on.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from montecarlo.archives import packed, unpacked
from montecarlo.files import write
from montecarlo.network.network import Saver
from montecarlo.runs import Run, identity
from montecarlo.runs.recording import versions
from montecarlo.training import READ_COLUMNS, Reading

__all__ = ["load", "save"]

#: Of what is kept. A change of the state of a network or a run raises it.
FORMAT = 3

Arrays = dict[str, Any]


def save(path: Path, run: Run) -> None:
    """Keep a run in a file, which is written whole or not at all.

    Parameters
    ----------
    path : Path
        What is there is replaced.
    run : Run
        As far as it has come.

    Raises
    ------
    OSError
        If the file cannot be written; what was there is left as it was.
    ValueError
        If a saver remembers anything but numbers, arrays, tuples of them, and sets of whole
        numbers.

    Examples
    --------
    >>> import tempfile
    >>> from montecarlo.runs import Task, begin, dataset, go_on
    >>> task = Task(hidden=20, most_samples=300)
    >>> run, again = (begin(task, dataset(task), seed=1) for _ in range(2))
    >>> reading = next(go_on(run, dataset(task)))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Path(folder) / "run", run)
    ...     load(Path(folder) / "run", again)
    True
    >>> again.network.presented, len(again.readings)
    (100, 1)
    """
    write(path, packed(_head(run), _arrays(run)))


def load(path: Path, run: Run) -> bool:
    """Take a run that has just begun to where a file has it, if there is one.

    Parameters
    ----------
    path : Path
        It need not be there.
    run : Run
        Changed in place, to be continued by `montecarlo.runs.go_on`.

    Returns
    -------
    bool
        Whether there is a file.

    Raises
    ------
    ValueError
        If the file is no checkpoint or damaged, or that of another training, of other versions of
        the software or in another format. The run is unchanged then.

    Examples
    --------
    >>> from montecarlo.runs import Task, begin, dataset
    >>> load(Path("no/such/file"), begin(Task(), dataset(Task()), seed=0))
    False
    """
    if not path.exists():
        return False
    content = path.read_bytes()
    if content[:1] == b"{":
        found = _found_format(path, content)
        raise ValueError(f"{path} is a checkpoint in format {found}, not {FORMAT}")
    try:
        there, arrays = unpacked(content)
    except ValueError:
        raise ValueError(f"{path} is no checkpoint, or damaged") from None
    _require_same(path, there, _head(run))
    try:
        _restore(run, arrays, there["generator"])
    except (LookupError, TypeError, ValueError, OverflowError):
        raise ValueError(f"{path} is damaged") from None
    return True


def _head(run: Run) -> dict[str, Any]:
    """What the results depend on, and the state of the generator."""
    entries = {"format": FORMAT} | identity(run.task, run.seed, run.data) | {"versions": versions()}
    return entries | {"generator": run.rng.bit_generator.state}


def _found_format(path: Path, content: bytes) -> Any:
    """What the first line says: up to the second format JSON, and a pickle behind it."""
    try:
        return json.loads(content.partition(b"\n")[0]).get("format", 1)  # the first did not say it
    except (ValueError, AttributeError, RecursionError):
        raise ValueError(f"{path} is no checkpoint, or damaged") from None


def _require_same(path: Path, there: dict[str, Any], here: dict[str, Any]) -> None:
    """Require what the results depend on to be what it is in a file."""
    if there.get("format") != FORMAT:
        raise ValueError(f"{path} is a checkpoint in format {there.get('format')}, not {FORMAT}")
    # As JSON gives it back; generators differ.
    found, wanted = (
        _flat(json.loads(json.dumps(entries | {"generator": None}))) for entries in (there, here)
    )
    differing = ", ".join(
        f"{name.removeprefix('task.')} {found.get(name)!r}, not {wanted.get(name)!r}"
        for name in {**wanted, **found}
        if found.get(name) != wanted.get(name)
    )
    if differing:
        raise ValueError(f"{path} is of another training ({differing})")


def _flat(nested: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The entries of a dict and of those in it, by their names with dots between."""
    found: dict[str, Any] = {}
    for name, value in nested.items():
        path = prefix + name
        found |= _flat(value, f"{path}.") if isinstance(value, dict) else {path: value}
    return found


def _arrays(run: Run) -> Arrays:
    """All of a run that changes, as arrays by name."""
    found = {"presented": np.array(run.network.presented), "seconds": np.array(float(run.seconds))}
    for place, layer in (("hidden", run.network.hidden), ("output", run.network.output)):
        found |= {f"{place}.{part}": getattr(layer, part) for part in layer.STATE}
    for name, saver, field in _memories(run):
        found |= _parts(name, getattr(saver, field))
    columns = {
        f"readings.{name}": np.array([getattr(reading, name) for reading in run.readings])
        for name in READ_COLUMNS
        if run.readings
    }
    return found | columns


def _memories(run: Run) -> Iterator[tuple[str, Saver, str]]:
    """What savers remember of a run: a name of its own, the saver, the field."""
    for number, saver in enumerate(run.network.savers):
        given = getattr(saver, "__dataclass_fields__", {})
        for name in vars(saver):
            if name not in given or not given[name].init:
                yield f"saver {number}.{name}", saver, name


def _parts(name: str, value: Any) -> Arrays:
    """What a saver remembers, as arrays."""
    if isinstance(value, tuple):
        parts: Arrays = {}
        for place, part in enumerate(value):
            parts |= _parts(f"{name}.{place}", part)
        return parts
    whole = isinstance(value, set) and all(type(it) is int for it in value)
    if not whole and not isinstance(value, np.ndarray | bool | int | float):
        kept = "numbers, arrays, tuples of them, or a set of whole numbers"
        raise ValueError(f"{name} must be {kept} to be kept, got {type(value).__name__}")
    array = np.array(sorted(value), dtype=np.int64) if whole else np.asarray(value)
    return {name: array}


def _restore(run: Run, arrays: Arrays, generator: dict[str, Any]) -> None:
    """Put a run that has begun where the arrays have it; all is checked before it is changed."""
    template = _arrays(run)
    readings = _readings(run, arrays)
    if {name for name in arrays if not name.startswith("readings.")} != template.keys():
        raise LookupError
    memories = [
        (saver, field, _restored(name, getattr(saver, field), arrays))
        for name, saver, field in _memories(run)
    ]
    state = {
        name: _fitting(arrays[name], value)
        for name, value in template.items()
        if not name.startswith("saver")
    }
    run.rng.bit_generator.state = generator
    for saver, field, value in memories:
        setattr(saver, field, value)
    for layer, place in ((run.network.hidden, "hidden"), (run.network.output, "output")):
        for part in layer.STATE:
            getattr(layer, part)[...] = state[f"{place}.{part}"]
    run.network.presented, run.seconds = state["presented"].item(), state["seconds"].item()
    run.readings[:] = readings


def _fitting(found: Any, template: Any) -> Any:
    """An array of the type and shape of another."""
    expected = np.asarray(template)
    if found.dtype != expected.dtype or found.shape != expected.shape:
        raise ValueError
    return found


def _restored(name: str, template: Any, arrays: Arrays) -> Any:
    """What a saver remembered, of the kind of what it remembers at the beginning."""
    if isinstance(template, tuple):
        return tuple(_restored(f"{name}.{i}", it, arrays) for i, it in enumerate(template))
    found = arrays[name]
    if isinstance(template, set):
        return set(_fitting(found, np.zeros(found.size, dtype=np.int64)).tolist())
    fitting = _fitting(found, template)
    return fitting if isinstance(template, np.ndarray) else type(template)(fitting.item())


def _readings(run: Run, arrays: Arrays) -> list[Reading]:
    """The readings that the arrays have, one for each of their rows."""
    names = [f"readings.{name}" for name in READ_COLUMNS]
    if not arrays.keys() & set(names):
        return []
    columns = [arrays[name] for name in names]
    presented, accuracy, *others = columns
    count, alphas = len(presented), len(run.network.hidden.exponents)
    _fitting(presented, np.zeros(count, dtype=np.int64))
    _fitting(accuracy, np.zeros(count))
    for column, shape in zip(others, ((2, alphas), (2, alphas), (2,), (2,)), strict=True):
        _fitting(column, np.zeros((count, *shape)))
    rows = zip(presented.tolist(), accuracy.tolist(), *others, strict=True)
    return [Reading(*row) for row in rows]
