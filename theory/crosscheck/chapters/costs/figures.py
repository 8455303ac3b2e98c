"""LvR's figure of other cost exponents: 1S1."""

import math
from collections.abc import Sequence

import numpy as np

from theory import perceptron
from theory.costs import Cost
from theory.crosscheck.chapters.costs.experiments import Accounts, learnt
from theory.crosscheck.figures.figure import Axis, Figure, Panel, Series, Setting, measured

#: Exponents of the points and of the lines.
SIMULATED = tuple(np.linspace(0, 2, 9).tolist())
DRAWN = tuple(np.linspace(0, 2, 41).tolist())
#: Prices of potentiation and depression.
SIGNS = {"both signs cost": (1.0, 1.0), "potentiation only": (1.0, 0.0)}


def inefficiencies(runs: Sequence[Accounts]) -> tuple[Panel, ...]:
    """Energy over that of going straight to the final weights, for P = N patterns."""
    return (
        Panel("inefficiency", Axis("energy over\nminimal energy", "log"), _series(runs, False)),
        Panel("relative", Axis("the same, over\nthat of a walk"), _series(runs, True)),
    )


def _series(runs: Sequence[Accounts], relative: bool) -> tuple[Series, ...]:
    inputs = runs[0].N - 1
    updates = float(perceptron.updates(inputs, inputs))

    def walk(alpha: float) -> float:
        return float(perceptron.inefficiency_from_updates(updates, alpha))

    def shown(alpha: float, values: Sequence[float]) -> list[float]:
        return [value / walk(alpha) if relative else value for value in values]

    lines = {
        "Gaussian random walk": [np.mean(shown(alpha, [walk(alpha)])) for alpha in DRAWN],
        "simulated variance": [
            np.mean(shown(alpha, [_contracted(run, alpha) for run in runs])) for alpha in DRAWN
        ],
    }
    series = []
    for label, (up, down) in SIGNS.items():
        samples = (
            shown(alpha, [run.inefficiency(Cost(alpha, up, down)) for run in runs])
            for alpha in SIMULATED
        )
        series.append(measured(label, SIMULATED, samples))
        series += [Series(label, kind, DRAWN, tuple(map(float, y))) for kind, y in lines.items()]
    return tuple(series)


def _contracted(run: Accounts, alpha: float) -> float:
    """For Gaussian weights, with the updates and the variance of the run."""
    final = run.ledgers[np.inf]
    variance = final.amounts**2 @ final.counts / run.N
    walk = perceptron.inefficiency_from_updates(run.K, alpha)
    return float(walk * (run.K / variance) ** (alpha / 2))


_RUNS = Setting(
    learnt(0.0, math.inf).replicated(32),
    "P = N = 1000; no caching; weights that end at zero cost nothing",
)

FIGURES = (
    Figure(
        id="LvR.1S1",
        title="Inefficiency at other exponents of the cost",
        source="Li & van Rossum (2020), Fig. 1, supplement 1",
        full=_RUNS,
        quick=_RUNS.fewer(8),
        x=Axis(r"cost exponent $\alpha$"),
        panels=inefficiencies,
        ordered=True,
    ),
)
