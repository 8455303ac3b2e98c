"""What is kept of a run."""

import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

import numpy as np

from montecarlo.runs.run import Run
from montecarlo.tasks import Task, called


def identity(task: Task, seed: int, data: str | None = None) -> dict[str, Any]:
    """What determines a run, for JSON.

    Parameters
    ----------
    task : Task
        What is learnt, and by what network.
    seed : int
        From which it starts.
    data : str, optional
        What the data are called, of a run that has begun; without it, they are looked at.

    Returns
    -------
    dict
        Task and seed; what has no type of JSON's is there by its ``repr``, and data of one's own
        by a digest of their content.

    Raises
    ------
    FileNotFoundError, ValueError
        If data of one's own are not there, or cannot be used.

    Examples
    --------
    >>> from montecarlo.savers import Cache
    >>> identity(Task(savers=(Cache(0.02),)), seed=1)["task"]["savers"]
    "Cache(threshold=0.02, tau=inf, trigger='local', per='neuron')"
    """
    return {
        "task": {
            "data": called(task) if data is None else data,
            "images": task.images,
            "design": asdict(task.design),
            "hidden": task.hidden,
            "savers": ", ".join(map(repr, task.savers)),
            "goal": task.goal,
            "most_samples": task.most_samples,
            "test_every": task.interval,
        },
        "seed": seed,
    }


def versions() -> dict[str, str]:
    """What the figures of a run may depend on in their last digits."""
    packages = ("synaptic-energy", "numpy", "scipy")
    return {"python": platform.python_version()} | {name: version(name) for name in packages}


def record(run: Run) -> dict[str, Any]:
    """What a run found, for JSON; numbers that have overflowed are None.

    Parameters
    ----------
    run : Run
        Tested at least once.

    Returns
    -------
    dict
        What determines it (`identity`), the versions of the software and a summary: whether the
        goal was reached or weights diverged, samples, accuracy, and in units of the weights the
        energies M_0 and M_1, the M_1 of going straight to the final weights, and the sum of the
        sizes of transient weights over presentations; in all and by layer.

    Examples
    --------
    >>> from montecarlo.runs import learn
    >>> found = record(learn(Task(hidden=30, most_samples=200), seed=1))["summary"]
    >>> found["learnt"], found["samples"]
    (False, 200)
    """
    training = run.training
    columns = {
        "M_0": training.energy[-1, :, 0],
        "M_1": training.energy[-1, :, 1],
        "direct_M_1": training.direct_energy[-1, :, 1],
        "transient_sum": training.transient_sum[-1],
    }
    layers = {
        name: {column: _finite(values[i]) for column, values in columns.items()}
        for i, name in enumerate(("hidden", "output"))
    }
    return identity(run.task, run.seed, run.data) | {
        "versions": versions(),
        "summary": {
            "learnt": training.learnt,
            "diverged": training.diverged,
            "samples": training.samples,
            "accuracy": float(training.accuracy[-1]),
            **{column: _finite(values.sum()) for column, values in columns.items()},
            **layers,
            "seconds": run.seconds,
        },
    }


def _finite(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None
