"""Records of simulations, kept in a folder, so that nothing is simulated twice.

A record is found again as long as everything that determines it is the same: the experiment, the
seed, the number of the replica, the sources that may take part, and the libraries. The files are
data: what they keep can be wrong, but cannot run.
"""

import hashlib
import platform
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import joblib

import montecarlo
import theory
from montecarlo.files import write
from montecarlo.processes import shielded, workers
from theory.crosscheck.errors import ChapterError, explained
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.figures.kept import as_data, from_data
from theory.crosscheck.ledger import digest

#: Replicas that are simulated side by side where that is faster.
TOGETHER = 8
#: What only looks at records: the command, and of the cross-check all but what makes them.
PRESENTATION = re.compile(
    r"cli/|crosscheck/(?!experiment\.py|chapters/\w+/(experiments|trials)\.py)"
)


def replicas(
    experiments: Sequence[Experiment], seed: int, jobs: int, folder: Path
) -> Iterator[tuple[Experiment, Any]]:
    """All replicas of some experiments in order, each with its experiment.

    Parameters
    ----------
    experiments : sequence of Experiment
    seed : int
    jobs : int
        Processes that work at a time.
    folder : Path
        Where records are kept, each as soon as it is there; it is made if it is not.
    """
    folder.mkdir(exist_ok=True)
    work = [
        (experiment, range(experiment.replicas)[start : start + size])
        for experiment in experiments
        for size in [TOGETHER if experiment.together else 1]
        for start in range(0, experiment.replicas, size)
    ]
    with workers(jobs, len(work)), shielded():
        found = joblib.Parallel(return_as="generator")(
            joblib.delayed(_records)(it, seed, places, folder / _name(it, seed, places))
            for it, places in work
        )
    for (experiment, _), records in zip(work, found, strict=True):
        for record in records:
            yield experiment, record


def _records(experiment: Experiment, seed: int, replicas: Sequence[int], file: Path) -> list[Any]:
    """The records that a file keeps, or new ones, if it has none or is damaged."""
    packages = {"montecarlo", "theory", experiment.module.partition(".")[0]}
    try:
        kept = from_data(file.read_bytes(), packages)
        if isinstance(kept, list) and len(kept) == len(replicas):
            return kept
    except (OSError, ValueError):
        pass
    try:
        found = experiment.records(seed, replicas)
    except OSError:
        raise  # data that are not there, of which the command knows more
    except Exception as error:
        raise ChapterError(f"{experiment.name} raises {explained(error)}") from error
    # What is no data is simulated again each time.
    with suppress(TypeError):
        write(file, as_data(found))
    return found


def _name(experiment: Experiment, seed: int, replicas: Sequence[int]) -> str:
    """What the file is called that keeps records, by all that determines them."""
    key = repr((_content(experiment), seed, list(replicas)))
    return f"{hashlib.sha256(key.encode()).hexdigest()}.npz"


def _content(experiment: Experiment) -> str:
    """A digest of all that determines the records of an experiment but seed and replica."""
    own = digest(experiment) if experiment.foreign else ""
    return str(joblib.hash((experiment.name, experiment.run, own, _surroundings())))


@cache
def _surroundings() -> str:
    """A digest of the sources that may take part, and the versions of the libraries."""
    packages = ("mpmath", "numpy", "scikit-learn", "scipy")
    digest = hashlib.sha256(repr((platform.python_version(), *map(version, packages))).encode())
    for package in (montecarlo, theory):
        root = Path(package.__path__[0])
        for path in sorted(root.rglob("*.py")):
            if not PRESENTATION.match(path.relative_to(root).as_posix()):
                digest.update(path.read_bytes())
    return digest.hexdigest()
