"""The laboratory: where the replicas of all experiments of one check are simulated and kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import joblib
import numpy as np

from montecarlo.statistics import Budget
from theory.crosscheck.errors import ChapterError, explained
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.ledger import Entry, Ledger, digest
from theory.crosscheck.legs.statements import Statement

__all__ = ["Laboratory", "Slow", "timed"]

#: When what is slow is simulated: if not, the ledger says what was measured.
Slow = Literal["never", "unless known", "always"]


@dataclass(frozen=True)
class Laboratory:
    """The replicas of all experiments of one check, shared by the claims that look at them.

    Attributes
    ----------
    seed : int
    budget : Budget
        Of false alarms.
    resolution, effort : float
        Those of the check: the deviation to be seen, and the factor of the replicas.
    mnist : bool
        Whether it is at hand.
    slow : {"never", "unless known", "always"}
        When what is slow is simulated. The ledger knows what this code has measured.
    tell : callable
        Is told of what is being simulated, and how much longer it may take.
    ledger : mapping
        What was measured before.
    workers : int
        Processes that simulate.
    most : dict
        The most replicas that may be asked for, by the experiment's name.
    records : dict
        Of all replicas so far.
    seconds : dict
        What those have taken.
    """

    seed: int
    budget: Budget
    resolution: float
    effort: float
    mnist: bool = False
    slow: Slow = "always"
    tell: Callable[[str], object] = str
    ledger: Ledger = field(default_factory=dict)
    workers: int = 1
    most: dict[str, int] = field(default_factory=dict)
    records: dict[str, list[Any]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def simulates(self, statement: Statement, entry: Entry | None) -> bool:
        """Whether a statement is simulated here; if not, its entry in the ledger is read."""
        if statement.experiment.data == "mnist":
            return self.mnist and self.slow != "never"
        known = entry is not None and entry.digest == digest(statement.experiment)
        if statement.slow and self.slow == "unless known":
            return not known
        return not statement.slow or self.slow == "always"

    def replicas(self, experiment: Experiment, count: int) -> list[Any]:
        """The first ``count`` records of an experiment."""
        known = self.records.setdefault(experiment.name, [])
        if len(known) < count:
            self.tell(f"{experiment.name.partition('(')[0]}{self.left}")
            seconds, new = self.simulate(experiment, range(len(known), count))
            if not known and experiment.foreign:
                again = self.simulate(experiment, range(1))[1]
                _require_reproducible(experiment, new[0], again[0])
            self.seconds[experiment.name] = self.seconds.get(experiment.name, 0.0) + seconds
            known += new
        return known[:count]

    def simulate(self, experiment: Experiment, replicas: range) -> tuple[float, list[Any]]:
        """Records of some replicas, and the seconds that they took."""
        return timed(experiment, self.seed, replicas)

    @property
    def left(self) -> str:
        """How much longer simulations may take, once all have begun."""
        if self.seconds.keys() < self.most.keys():
            return ""
        each = {name: spent / len(self.records[name]) for name, spent in self.seconds.items()}
        seconds = sum(
            each[name] * (most - len(self.records[name])) for name, most in self.most.items()
        )
        return f", at most {timedelta(seconds=round(seconds / self.workers))} left"


def _require_reproducible(experiment: Experiment, first: Any, second: Any) -> None:
    if joblib.hash(first) != joblib.hash(second):
        raise ChapterError(
            f"{experiment.name}, at {experiment.place}, is not reproducible: simulated twice with "
            "one seed, its first replica differs; draw all random numbers from the generator"
        )


def timed(experiment: Experiment, seed: int, replicas: range) -> tuple[float, list[Any]]:
    """Records of some replicas, and the seconds that they took.

    Raises
    ------
    ChapterError
        If the simulation raises an error, with its place: where workers simulate, it would be lost;
        or if an author's draws nothing from its generators.
    """
    start = time.perf_counter()
    rngs = experiment.generators(seed, replicas)
    try:
        records = experiment.run(rngs)
    except Exception as error:
        raise ChapterError(f"{experiment.name} raises {explained(error)}") from error
    if len(records) != len(replicas):
        raise ChapterError(
            f"{experiment.name}, at {experiment.place}, must give a record for each of "
            f"{len(replicas)} generators, gave {len(records)}"
        )
    if experiment.foreign and all(map(_untouched, rngs, experiment.generators(seed, replicas))):
        raise ChapterError(
            f"{experiment.name}, at {experiment.place}, draws nothing from its generator, from "
            "which all random numbers come"
        )
    return time.perf_counter() - start, records


def _untouched(rng: np.random.Generator, unused: np.random.Generator) -> bool:
    """Whether neither numbers nor other generators were drawn."""
    spawned: int = rng.bit_generator.seed_seq.n_children_spawned  # type: ignore[attr-defined]
    return not spawned and rng.bit_generator.state == unused.bit_generator.state
