"""Checkpoints: files from which a training that was interrupted goes on.

The first line says in JSON what the results depend on; the pickled run follows. It is unpickled
only if that line is as it should be.
"""

import json
import pickle
from pathlib import Path
from typing import Any

from montecarlo.files import write
from montecarlo.runs import Run, Task, identity
from montecarlo.runs.recording import versions

__all__ = ["load", "save"]

#: Of what is pickled. A change of the classes of a run, a network or a saver raises it.
FORMAT = 2


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

    Examples
    --------
    >>> import tempfile
    >>> from montecarlo.runs import begin, dataset, go_on
    >>> task = Task(hidden=20, most_samples=300)
    >>> run = begin(task, dataset(task), seed=1)
    >>> reading = next(go_on(run, dataset(task)))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Path(folder) / "run", run)
    ...     again = load(Path(folder) / "run", task, seed=1)
    >>> again.network.presented, len(again.readings)
    (100, 1)
    """
    write(path, _head(run.task, run.seed) + b"\n" + pickle.dumps(run))


def load(path: Path, task: Task, seed: int) -> Run | None:
    """The run that a file keeps, if there is one.

    Parameters
    ----------
    path : Path
        It need not be there.
    task : Task
        What the run has to learn.
    seed : int
        From which it has to have started.

    Returns
    -------
    Run or None
        To be continued by `montecarlo.runs.go_on`.

    Raises
    ------
    ValueError
        If the file is no checkpoint, or that of another training, of other versions of the
        software or in another format.

    Examples
    --------
    >>> load(Path("no/such/file"), Task(), seed=0)
    """
    if not path.exists():
        return None
    head, _, pickled = path.read_bytes().partition(b"\n")
    wanted = _head(task, seed)
    if head == wanted:
        return pickle.loads(pickled)  # type: ignore[no-any-return]
    try:
        there, here = _flat(json.loads(head)), _flat(json.loads(wanted))
    except (ValueError, AttributeError):
        raise ValueError(f"{path} is no checkpoint") from None
    found = there.get("format", 1)  # the first one did not say it
    if found != FORMAT:
        raise ValueError(f"{path} is a checkpoint in format {found}, not {FORMAT}")
    differing = ", ".join(
        f"{name.removeprefix('task.')} {there.get(name)!r}, not {here.get(name)!r}"
        for name in {**here, **there}
        if there.get(name) != here.get(name)
    )
    raise ValueError(f"{path} is of another training ({differing})")


def _head(task: Task, seed: int) -> bytes:
    """The first line of a checkpoint: what the results depend on."""
    entries = {"format": FORMAT} | identity(task, seed) | {"versions": versions()}
    return json.dumps(entries).encode()


def _flat(nested: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The entries of a dict and of those in it, by their names with dots between."""
    found: dict[str, Any] = {}
    for name, value in nested.items():
        path = prefix + name
        found |= _flat(value, f"{path}.") if isinstance(value, dict) else {path: value}
    return found
