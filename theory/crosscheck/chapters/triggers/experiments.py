"""What the three triggers cost along perceptron runs, and in cycles of independent walks."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from montecarlo.cycles import Together, cycles
from montecarlo.perceptron import Caching, Trigger, random_patterns, replay, trajectory
from theory.crosscheck.experiment import experiment

#: Thresholds of one synapse, in steps; infinity postpones consolidation to the end.
OWN_THRESHOLDS = (
    *(
        float(steps)
        for steps in (*range(9), 10, 12, 14, 16, 18, 20, 24, 28, 34, 40, 48, 58, 70, 84, 100)
    ),
    math.inf,
)
#: Thresholds of the total, in steps a synapse.
MEAN_THRESHOLDS = (
    0.0,
    *(1.0, 1.2, 1.6, 2.0, 2.3, 2.6, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.5, 10.0, 12.0, 14.0, 17.0),
    math.inf,
)


@dataclass(frozen=True)
class TriggerRun:
    """One perceptron run and what caching costs along it; N counts the bias synapse."""

    N: int
    K: int
    T: int
    minimal_energy: float
    caching: Mapping[Trigger, Caching]

    def energies(self, trigger: Trigger, c: float) -> Any:
        """Consolidation and maintenance at all thresholds, shape (M,)."""
        caching = self.caching[trigger]
        return caching.consolidation_energy + c * caching.transient_sum

    def least(self, trigger: Trigger, c: float) -> float:
        """The least energy of all thresholds at maintenance cost c."""
        return float(self.energies(trigger, c).min())

    def cost(self, trigger: Trigger, name: str, threshold: float) -> float:
        """An entry of `caching` at one of the thresholds."""
        caching = self.caching[trigger]
        return float(getattr(caching, name)[caching.thresholds.tolist().index(threshold)])


@experiment(replicas=20)
def by_trigger(rng: np.random.Generator, P: int = 1000, N: int = 1000) -> TriggerRun:
    """Perceptron learning, with the costs of caching for all triggers and many thresholds."""
    patterns, labels = random_patterns(P, N, rng)
    run = trajectory(patterns, labels)
    weights = np.bincount(run.updated, minlength=P) @ run.examples.astype(float)
    total = tuple((N + 1) * mean for mean in MEAN_THRESHOLDS)
    return TriggerRun(
        N=N + 1,
        K=len(run.updated),
        T=run.presentations,
        minimal_energy=float(np.abs(weights).sum()),
        caching={
            "local": replay(run, OWN_THRESHOLDS, "local"),
            "any": replay(run, OWN_THRESHOLDS, "any"),
            "total": replay(run, total, "total"),
        },
    )


@dataclass(frozen=True)
class MeanCycle:
    """Means over cycles of N walks: of their updates, and of what a walk adds up in them."""

    updates: float
    consolidated: float
    transient_sum: float


@experiment(replicas=40)
def walks_together(
    rng: np.random.Generator,
    N: int,
    threshold: float,
    trigger: Together,
    p: float = 1.0,
    tau: float = math.inf,
) -> MeanCycle:
    """Cycles of N independent walks that consolidate together; threshold in steps."""
    count = max(100, 20_000 // N)
    run = cycles(count, N, threshold=threshold, trigger=trigger, p=p, tau=tau, rng=rng)
    return MeanCycle(
        updates=float(run.updates.mean()),
        consolidated=float(run.consolidated.mean()) / N,
        transient_sum=float(run.transient_sum.mean()) / N,
    )
