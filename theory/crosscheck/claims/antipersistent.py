"""Caching of weights that pull back, as a walk of fewer effective updates: new."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import sympy as sp

from theory import antipersistent as theory
from theory import lattice, perceptron, triggers
from theory.crosscheck import experiments
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.claims.common import eta, n
from theory.crosscheck.correlated_experiments import (
    FULL,
    NEAR,
    QUARTER,
    CorrelatedRun,
    by_correlations,
    by_curve,
    by_updates,
)
from theory.crosscheck.experiments import PerceptronRun, Stepwise, stepwise
from theory.crosscheck.simulation import Comparison, Experiment
from theory.crosscheck.symbolic import Identity

#: The loads P/N of the experiments.
LOADS = {QUARTER.name: 250, FULL.name: 1000, NEAR.name: 1500}
Route = Callable[[CorrelatedRun, float], theory.Caching]


def _visited(record: Stepwise, n: int = 3) -> float:
    """Consolidation energy from the total weights alone: n for each new multiple of n visited."""
    last, energy = np.zeros_like(record.path[0]), 0.0
    for weights in record.path:
        new = (weights % n == 0) & (weights != last)
        energy += n * float(np.sum(new))
        last = np.where(new, weights, last)
    return energy + float(np.abs(record.path[-1] - last).sum())


def _gained(record: Stepwise) -> float:
    """The sum of what abs(s) gains, by the sign of s and by the probability that it is 0."""
    before, steps = record.transient[:-1], np.diff(record.path, axis=0)
    return float(np.sum(np.where(before == 0, np.abs(steps), np.sign(before) * steps)))


def _walk(threshold: float, P: float, N: float = 1000) -> Callable[[], float]:
    """The factor by which an independent walk consolidates more."""

    def factor() -> float:
        K = perceptron.updates(P, N)
        steps = lattice.steps_to_threshold(threshold)
        walk = lattice.consolidation_energy(steps, K, 1)
        return float(walk / theory.caching(threshold, P, N, K).consolidation_energy)

    return factor


def _energy(
    experiment: Experiment, threshold: float, route: Route, low: float, high: float
) -> Comparison:
    P = LOADS[experiment.name]
    return Comparison(
        f"consolidation energy at theta = {threshold:g} eta, P = {P}",
        experiment,
        observed=lambda run: run.cost("consolidation_energy", threshold),
        predicted=lambda run: route(run, threshold).consolidation_energy,
        low=low,
        high=high,
        wrong=(_walk(threshold, P),),
        slow=experiment is NEAR
        or (experiment is FULL and (threshold <= 10 or route is by_correlations)),
    )


def _events(experiment: Experiment, threshold: float, low: float, high: float) -> Comparison:
    def observed(run: CorrelatedRun) -> float:
        names = ("consolidation_energy", "final_consolidation")
        energy, final = (run.cost(name, threshold) for name in names)
        return (energy - final) / (threshold + 1)

    return Comparison(
        f"consolidations at theta = {threshold:g} eta, P = {LOADS[experiment.name]}",
        experiment,
        observed=observed,
        predicted=lambda run: by_curve(run, threshold).consolidations,
        low=low,
        high=high,
        wrong=(0.85, 1.15),
        slow=True,
    )


def _transient(experiment: Experiment, threshold: float, low: float, high: float) -> Comparison:
    return Comparison(
        f"mean abs(s) at theta = {threshold:g} eta, P = {LOADS[experiment.name]}",
        experiment,
        observed=lambda run: run.mean_transient(threshold),
        predicted=lambda run: by_curve(run, threshold).mean_transient,
        low=low,
        high=high,
        wrong=(0.9, 1.1),
        slow=experiment is FULL,
    )


def _together(threshold: float, low: float, high: float) -> Comparison:
    """What all synapses consolidate before the end, where any of them makes them."""

    def predicted(run: CorrelatedRun) -> float:
        cycle = triggers.any_cycle(threshold, run.N)
        correlations = theory.lag_correlations(run.curve)
        effective = theory.effective_updates(
            correlations, lambda lags: theory.periodic_memory(lags / cycle.updates)
        )
        return float(effective / cycle.updates * cycle.consolidated)

    return Comparison(
        f'"any": consolidation before the end at theta = {threshold:g} eta, P = 1000',
        FULL,
        observed=lambda run: run.together(threshold),
        predicted=predicted,
        low=low,
        high=high,
        wrong=(0.85, 1.15),
        slow=threshold > 10,
    )


def _squares(experiment: Experiment, low: float, high: float) -> Comparison:
    return Comparison(
        f"final squared weights, {experiment.name}",
        experiment,
        observed=lambda run: run.variance,
        predicted=lambda run: theory.predicted_curve(run.P, run.N - 1, run.K).squares[-1],
        low=low,
        high=high,
        wrong=(0.9, 1.1),
        slow=experiment is experiments.NEAR,
    )


def _inefficiency(experiment: Experiment, low: float, high: float) -> Comparison:
    def predicted(run: PerceptronRun) -> float:
        P, N = run.P, run.N - 1
        least = theory.minimal_energy(P, N, perceptron.updates(P, N))
        return float(perceptron.energy(P, N) / least)

    return Comparison(
        f"inefficiency, {experiment.name}",
        experiment,
        observed=lambda run: run.inefficiency,
        predicted=predicted,
        low=low,
        high=high,
        wrong=(
            lambda: (
                perceptron.inefficiency(1000, 1000)
                * theory.minimal_energy(1000, 1000, 2000)
                / perceptron.energy(1000, 1000)
            ),
        ),
        slow=experiment is experiments.NEAR,
    )


CLAIMS = (
    Claim(
        id="SE.visits",
        statement="Local caching without decay consolidates n steps whenever a weight visits a "
        "multiple of n other than the last; whatever the steps, the energy is the number of "
        "updates at s = 0 and the sum of sign(s) times the step.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("lattice.stationary", "lattice.consolidation_rate"),
        symbolic=(
            Identity(
                "symmetric steps: the amount per update is eta times the probability of s = 0",
                lambda: n * eta * lattice.consolidation_rate(n, sp.Integer(1)),
                lambda: eta * lattice.stationary(sp.Integer(0), n),
            ),
        ),
        simulation=(
            Comparison(
                "energy from the weights' visits, theta = 2 eta",
                stepwise(2.0),
                observed=lambda record: record.run.consolidation_energy,
                predicted=_visited,
            ),
            Comparison(
                "energy from the updates at s = 0 and the signs, theta = 2 eta",
                stepwise(2.0),
                observed=lambda record: record.run.consolidation_energy,
                predicted=_gained,
            ),
        ),
    ),
    Claim(
        id="SE.curve",
        statement="The final squared weights follow from P, N and K: after the first epoch the "
        "fields of wrong patterns are what a random walk overshoots an absorbing wall by.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("perceptron.first_epoch_norm",),
        simulation=(
            _squares(experiments.SMALL, 0.95, 1.0),
            _squares(experiments.HALF, 0.92, 0.98),
            _squares(experiments.FULL, 0.92, 0.98),
            _squares(experiments.NEAR, 0.92, 0.98),
        ),
        remark="Simulated squared weights are 3 to 6% smaller from P/N = 0.1 to 1.5; a random "
        "walk's would be 27 to 89% larger than they are.",
    ),
    Claim(
        id="SE.inefficiency",
        statement="With these weights the inefficiency of the perceptron rule follows from P and N "
        "as Eq. 3 should.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("perceptron.updates", "perceptron.energy", "perceptron.inefficiency"),
        simulation=(
            _inefficiency(experiments.HALF, 1.0, 1.1),
            _inefficiency(experiments.FULL, 0.96, 1.08),
            _inefficiency(experiments.NEAR, 0.93, 1.1),
        ),
        remark="Within 5% from P/N = 0.5 to 1.6, where Eq. 3 is 23 to 28% too low; the fit of K is "
        "used as it is.",
    ),
    Claim(
        id="SE.walk-closure",
        statement="Given the correlations of its updates, caching a perceptron's weights costs as "
        "much as caching independent walks of K_n = K + 2 sum_j S_j local_memory(j K_n/(K n^2)) "
        "updates.",
        source="This package",
        kind=Kind.APPROXIMATION,
        simulation=(
            _energy(QUARTER, 10.0, by_correlations, 0.96, 1.005),
            _energy(FULL, 5.0, by_correlations, 0.99, 1.01),
            _energy(FULL, 10.0, by_correlations, 0.98, 1.01),
            _energy(FULL, 20.0, by_correlations, 0.96, 1.04),
            _energy(FULL, 40.0, by_correlations, 0.88, 1.0),
        ),
        remark="At P = N the simulated energy is 0.2% lower at 10 steps, where an independent "
        "walk's is 16% too high, the same at 20 (61% too high), and 5% lower at 40.",
    ),
    Claim(
        id="SE.walk",
        statement="Given K and the squared weights and changes of each epoch, the cost of local "
        "caching without decay follows, from consolidating every update to going straight to the "
        "final weights.",
        source="This package",
        kind=Kind.APPROXIMATION,
        simulation=(
            _energy(QUARTER, 5.0, by_curve, 0.97, 1.005),
            _energy(QUARTER, 10.0, by_curve, 0.95, 1.0),
            _energy(QUARTER, 20.0, by_curve, 0.92, 0.97),
            _energy(QUARTER, 40.0, by_curve, 0.95, 0.985),
            _energy(FULL, 5.0, by_curve, 0.985, 1.005),
            _energy(FULL, 10.0, by_curve, 0.96, 1.0),
            _energy(FULL, 20.0, by_curve, 0.92, 1.04),
            _energy(FULL, 40.0, by_curve, 0.88, 1.0),
            _energy(NEAR, 10.0, by_curve, 0.96, 1.01),
            _energy(NEAR, 20.0, by_curve, 0.95, 1.09),
            _energy(NEAR, 40.0, by_curve, 0.75, 1.05),
            _events(FULL, 10.0, 0.96, 1.0),
            _events(FULL, 20.0, 0.92, 1.04),
            _transient(QUARTER, 20.0, 0.95, 1.01),
            _transient(QUARTER, 40.0, 0.96, 1.0),
            _transient(FULL, 10.0, 0.97, 1.0),
            _transient(FULL, 20.0, 0.95, 0.995),
        ),
        remark="From P/N = 0.25 to 1.75 the simulated energy is at most 2.3% lower up to 10 steps, "
        "where the independent walk's is up to 25% too high, and 5% lower to 6% higher at 20, "
        "where that is 56 to 72% too high. At 40 it is at most 9% lower up to P/N = 1.5, where "
        "that is 2 to 3.5 times too high. At P/N = 1.75 it is 36% higher at 28 steps and 23% at "
        "40: patterns are often updated again exactly an epoch later there, which the curve does "
        "not say.",
    ),
    Claim(
        id="SE.walk-predicted",
        statement="Given P, N and K alone, the cost of local caching without decay follows.",
        source="This package",
        kind=Kind.APPROXIMATION,
        simulation=(
            _energy(QUARTER, 10.0, by_updates, 0.99, 1.05),
            _energy(QUARTER, 20.0, by_updates, 0.93, 1.0),
            _energy(QUARTER, 40.0, by_updates, 0.94, 0.99),
            _energy(FULL, 10.0, by_updates, 0.94, 0.99),
            _energy(FULL, 20.0, by_updates, 0.88, 0.98),
            _energy(FULL, 40.0, by_updates, 0.86, 0.98),
            _energy(NEAR, 10.0, by_updates, 0.92, 0.98),
            _energy(NEAR, 20.0, by_updates, 0.78, 0.9),
            _energy(NEAR, 40.0, by_updates, 0.65, 0.9),
        ),
        remark="From P/N = 0.25 to 1.75 the simulated energy is 1.5% higher to 6% lower up to 10 "
        "steps. Up to P = N it is 2 to 6% lower at 20 and 4 to 7% at 40; beyond, 15 to 20% and "
        "22%: in the theory of later epochs the weights pull back too little.",
    ),
    Claim(
        id="SE.walk-any",
        statement="The same holds where any synapse makes all consolidate, with the correlations "
        "of the updates between two consolidations.",
        source="This package",
        kind=Kind.APPROXIMATION,
        simulation=(_together(10.0, 0.97, 1.03), _together(20.0, 0.92, 1.04)),
        remark="The simulated energy is 1% higher at 10 steps, 1.5% lower at 20. At 40 the "
        "consolidations are too few and too far apart.",
    ),
)
