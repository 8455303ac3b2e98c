"""Many trainings side by side, one record in a file for each that has finished.

The file has one JSON object a line, so that it can be read while it grows. Where it stands it is
taken up: runs that it has are not repeated, and a line that a crash tore is.
"""

import json
import math
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed, effective_n_jobs

from montecarlo.files import write_all
from montecarlo.processes import shielded
from montecarlo.runs import SIDE_BY_SIDE, batches, identity, learn_all, record
from montecarlo.tasks import Folder, Task

if sys.platform != "win32":
    import fcntl

__all__ = ["missing", "read", "sweep"]

#: How every record starts.
RECORD_START = b'{"task": {'


def sweep(
    tasks: Iterable[Task], seeds: Iterable[int], file: Path, *, folder: Folder = None
) -> Iterator[dict[str, Any]]:
    """Train a network on each task from each seed, unless the file has it already.

    Networks that are alike learn side by side, in one process. It runs on what joblib is
    configured for: ``joblib.parallel_config`` chooses processes, or a Dask cluster. Results depend
    neither on that nor on their order, as long as linear algebra uses one thread.

    Parameters
    ----------
    tasks : iterable of Task
        What networks are to learn.
    seeds : iterable of int
        At least 0; each task is learnt from each of them.
    file : Path
        Each record is appended, and on the disk, before it is yielded; those of networks that learn
        side by side when the last has ended.
    folder : path, optional
        Where the files of MNIST lie, on all machines, as for `montecarlo.datasets.mnist`.

    Yields
    ------
    dict
        As made by `montecarlo.runs.record`, in the order in which the runs finish.

    Raises
    ------
    FileNotFoundError
        If MNIST is not there.
    OSError
        If records cannot be written, or the file was removed meanwhile; those before are kept.
    ValueError
        If the file is not one of records, another sweep is writing to it, or a saver does not fit
        its network; no run has started then.

    Examples
    --------
    >>> import tempfile
    >>> tasks = [Task(hidden=hidden, goal=0.8) for hidden in (20, 40)]
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place) / "runs.jsonl"
    ...     new = [len(list(sweep(tasks, range(seeds), file))) for seeds in (1, 3, 3)]
    ...     len(read(file))
    6
    >>> new
    [2, 4, 0]
    """
    tasks, seeds = list(tasks), list(seeds)
    # A batch comes back when all of it has ended, and no process should be without one.
    parallel = Parallel(return_as="generator_unordered", batch_size=1)
    at_once = effective_n_jobs(parallel.n_jobs)

    def together(runs: list[tuple[Task, int]]) -> list[list[tuple[Task, int]]]:
        most = min(SIDE_BY_SIDE, math.ceil(len(runs) / at_once))
        return [[runs[place] for place in batch] for batch in batches(runs, folder, most)]

    asked = _runs(tasks, seeds)
    before = _left(asked, file)
    work = together(before)  # what is wrong shows before there is a file
    with _locked(file) as records:
        if (now := _left(asked, file)) != before:
            work = together(now)
        parallel.n_jobs = max(1, min(at_once, len(work)))
        with shielded():
            trained = parallel(delayed(_train)(batch, folder) for batch in work)
        for found in trained:
            lines = b"".join(json.dumps(each).encode() + b"\n" for each in found)
            _append(records, file, lines)
            yield from found


@contextmanager
def _locked(file: Path) -> Iterator[int]:
    """A file for records, its last line whole, to which no other sweep appends meanwhile."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        try:
            if sys.platform != "win32":
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(f"{file}: another sweep is writing to it") from None
        content = file.read_bytes()
        rest = content[content.rfind(b"\n") + 1 :]
        if rest and _is_record(rest):
            write_all(handle, b"\n")
        elif rest:
            os.ftruncate(handle, len(content) - len(rest))
        yield handle
    finally:
        os.close(handle)


def _append(handle: int, file: Path, lines: bytes) -> None:
    """Append lines, and see that they are in the file of that name, on the disk."""
    before = os.fstat(handle).st_size
    try:
        write_all(handle, lines)
        os.fsync(handle)
    except OSError as error:
        os.ftruncate(handle, before)  # a full disk has taken a part
        raise OSError(error.errno, error.strerror, str(file)) from None
    if not file.exists() or not os.path.samestat(file.stat(), os.fstat(handle)):
        raise FileNotFoundError(f"{file} was removed while trainings were written to it")


def _is_record(line: bytes) -> bool:
    try:
        found = json.loads(line)
        _ = found["task"], found["seed"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
    return True


def missing(tasks: Iterable[Task], seeds: Iterable[int], file: Path) -> list[tuple[Task, int]]:
    """The runs of a sweep that a file has no record of, each once.

    Parameters
    ----------
    tasks : iterable of Task
        What networks are to learn.
    seeds : iterable of int
        From which each of them is learnt.
    file : Path
        It need not be there.

    Returns
    -------
    list of (Task, int)
        Tasks with their seeds, in the order in which they are given.

    Raises
    ------
    ValueError
        If the file holds anything but records.

    Examples
    --------
    >>> missing([Task(hidden=20)], [1, 2, 2], Path("no/such/file"))[1][1]
    2
    """
    return _left(_runs(tasks, list(seeds)), file)


def _runs(tasks: Iterable[Task], seeds: Sequence[int]) -> dict[str, tuple[Task, int]]:
    """The runs of a sweep by their keys."""
    found: dict[str, tuple[Task, int]] = {}
    for task in tasks:
        name = _name(identity(task, 0)["task"])  # once for all seeds
        found |= {_key(name, seed): (task, seed) for seed in seeds}
    return found


def _left(runs: dict[str, tuple[Task, int]], file: Path) -> list[tuple[Task, int]]:
    """Those that a file has no record of."""
    known = {_key(_name(it["task"]), it["seed"]) for it in read(file)}
    return [run for key, run in runs.items() if key not in known]


def _train(batch: Sequence[tuple[Task, int]], folder: Folder) -> list[dict[str, Any]]:
    return [record(run) for run in learn_all(batch, folder)]


def _name(task: dict[str, Any]) -> str:
    """What is the same for the same task, as `montecarlo.runs.identity` has it."""
    return json.dumps(task, sort_keys=True)


def _key(name: str, seed: Any) -> str:
    return f"{name} {json.dumps(seed)}"


def read(file: Path) -> list[dict[str, Any]]:
    """The records of a file, without a last line that was torn.

    Parameters
    ----------
    file : Path
        It need not be there.

    Returns
    -------
    list of dict
        As made by `montecarlo.runs.record`; none if there is no file.

    Raises
    ------
    ValueError
        If it holds anything but records.

    Examples
    --------
    >>> read(Path("no/such/file"))
    []
    """
    if not file.exists():
        return []
    *lines, rest = file.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not _is_record(line):
            raise ValueError(f"{file}: line {number} is not the record of a run")
    if _is_record(rest):
        lines.append(rest)
    elif rest[: len(RECORD_START)] != RECORD_START[: len(rest)]:
        raise ValueError(f"{file}: its end is not the record of a run")
    return list(map(json.loads, lines))
