"""The Monte Carlo experiments whose ledgers are priced, for claims and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from montecarlo.perceptron import Trajectory, random_patterns, trajectory
from montecarlo.perceptron.accounting import Ledger, replay_ledger
from theory.costs import Cost
from theory.crosscheck.experiment import Experiment


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


def _learnt(P: int, N: int, thresholds: tuple[float, ...], rng: np.random.Generator) -> Accounts:
    return _accounts(trajectory(*random_patterns(P, N, rng)), thresholds)


def learnt(*thresholds: float, P: int = 1000, N: int = 1000, replicas: int = 24) -> Experiment:
    """Perceptron learning of P random patterns, with local consolidation."""
    name = f"accounts P={P} N={N} thresholds={thresholds}"
    return Experiment(name, partial(_learnt, P, N, thresholds), replicas)


def _walked(K: int, N: int, thresholds: tuple[float, ...], rng: np.random.Generator) -> Accounts:
    steps = 2.0 * rng.integers(0, 2, (K, N)) - 1
    run = Trajectory(
        examples=steps,
        sizes=np.full(K, float(N)),
        updated=np.arange(K),
        times=np.arange(1, K + 1),
        presentations=K,
        epochs=1,
        converged=True,
        step=1.0,
    )
    return _accounts(run, thresholds)


def walked(*thresholds: float, K: int = 200, N: int = 4000, replicas: int = 24) -> Experiment:
    """N independent random walks from zero, an update at every presentation."""
    name = f"walks K={K} N={N} thresholds={thresholds}"
    return Experiment(name, partial(_walked, K, N, thresholds), replicas)


#: An odd number of steps to the threshold, for the reason that the claim SE.onset says.
WALKS = walked(6.0)
PERCEPTRON = learnt(0.0, 5.0, np.inf, P=400, N=400)
#: A quarter of the work, for what needs many runs.
SMALL = learnt(0.0, 5.0, 12.0, np.inf, P=200, N=200)
