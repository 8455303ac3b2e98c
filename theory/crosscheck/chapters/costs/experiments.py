"""Runs whose ledgers are priced."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from montecarlo.perceptron import Trajectory, random_patterns, trajectory
from montecarlo.perceptron.accounting import Ledger, replay_ledger
from theory.costs import Cost
from theory.crosscheck.experiment import experiment


@dataclass(frozen=True)
class Accounts:
    """The ledgers of one run of K updates in T presentations, by threshold, at step size 1.

    N counts the bias synapse.
    """

    N: int
    K: int
    T: int
    ledgers: Mapping[float, Ledger]

    def energy(self, threshold: float, cost: Cost) -> float:
        """What caching at a threshold costs: without caching at 0, the least at infinity."""
        return cost.energy(self.ledgers[threshold])

    def inefficiency(self, cost: Cost) -> float:
        """Energy without caching over that of going straight to the final weights."""
        return self.energy(0.0, cost) / self.energy(np.inf, cost)


def _accounts(run: Trajectory, thresholds: tuple[float, ...]) -> Accounts:
    return Accounts(
        N=run.examples.shape[1],
        K=len(run.updated),
        T=run.presentations,
        ledgers={threshold: replay_ledger(run, threshold) for threshold in thresholds},
    )


@experiment(replicas=24)
def learnt(rng: np.random.Generator, *thresholds: float, P: int = 1000, N: int = 1000) -> Accounts:
    """Perceptron learning of P random patterns, with local consolidation."""
    return _accounts(trajectory(*random_patterns(P, N, rng)), thresholds)


@experiment(replicas=24)
def walked(rng: np.random.Generator, *thresholds: float, K: int = 200, N: int = 4000) -> Accounts:
    """N independent random walks from zero, an update at every presentation."""
    run = Trajectory(
        examples=2.0 * rng.integers(0, 2, (K, N)) - 1,
        sizes=np.full(K, float(N)),
        updated=np.arange(K),
        times=np.arange(1, K + 1),
        presentations=K,
        epochs=1,
        converged=True,
        step=1.0,
    )
    return _accounts(run, thresholds)


#: An odd number of steps to the threshold, for the reason that the claim SE.onset says.
PRICED_WALKS = walked(6.0)
PERCEPTRON = learnt(0.0, 5.0, np.inf, P=400, N=400)
#: A quarter of the work, for what needs many runs.
SMALL_PERCEPTRON = learnt(0.0, 5.0, 12.0, np.inf, P=200, N=200)
