"""How a perceptron's weights pull back, and what that says of its energy: new."""

import numpy as np
import sympy as sp

from theory import antipersistent as theory
from theory import lattice, perceptron
from theory.crosscheck.chapters.perceptron.experiments import Stepwise, stepwise
from theory.crosscheck.chapters.perceptron.loads import at_loads
from theory.crosscheck.chapters.symbols import eta, n
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity


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


def _inefficiency(P: float, N: float) -> float:
    least = theory.minimal_energy(P, N, perceptron.updates(P, N))
    return float(perceptron.energy(P, N) / least)


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
        "fields of wrong patterns are what a random walk overshoots an absorbing wall by, which "
        "is so within 10%.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("perceptron.first_epoch_norm",),
        simulation=at_loads(
            "final squared weights",
            lambda run: run.variance,
            lambda run: theory.predicted_curve(run.P, run.N - 1, run.K).squares[-1],
            "within 10%",
        ),
        remark="Simulated squared weights are 3 to 6% smaller from P/N = 0.1 to 1.5; a random "
        "walk's would be 27 to 89% larger than they are.",
    ),
    Claim(
        id="SE.inefficiency",
        statement="With weights that pull back the inefficiency of the perceptron rule follows "
        "from P and N as Eq. 3 should, within 10% from P/N = 0.5 on.",
        source="This package",
        kind=Kind.APPROXIMATION,
        formulas=("perceptron.updates", "perceptron.energy", "perceptron.inefficiency"),
        figures=("LvR.1D",),
        simulation=at_loads(
            "inefficiency",
            lambda run: run.inefficiency,
            lambda run: _inefficiency(run.P, run.N - 1),
            "within 10%",
            (500, 1000, 1500),
        ),
        remark="The updates of `perceptron.updates` over `antipersistent.minimal_energy`; at P/N "
        "of 0.5 to 1.5 Eq. 3 is 24% to 25% too low.",
    ),
)
