"""LvR's figures of perceptron learning without caching: 1C and 1D."""

import functools
from collections.abc import Callable, Sequence

import numpy as np

from theory import antipersistent, learning, perceptron
from theory.crosscheck.chapters.perceptron.experiments import PerceptronRun, loads
from theory.crosscheck.figures.figure import (
    MEAN_FIELD,
    Axis,
    Figure,
    Panel,
    Series,
    Setting,
    measured,
)
from theory.learning.laws import ENOUGH_PATTERNS, HIGHEST_LOAD

#: Of the lines.
LOADS_DRAWN = 190
#: Of patterns, from which on the mean field is tabulated, and, but for rounding, up to which load.
FEWEST_LEARNT, HIGHEST_LOAD_LEARNT = ENOUGH_PATTERNS["P"].low, HIGHEST_LOAD - 0.001
RANDOM, CONTRACTED = "random walk (Eqs. 2 and 3)", "weights that pull back"


@functools.cache
def minimal_energy(P: float, N: float) -> float:
    """The minimal energy, of P and N alone."""
    return antipersistent.minimal_energy(P, N, perceptron.updates(P, N))


def energies(records: Sequence[tuple[PerceptronRun, ...]]) -> tuple[Panel, ...]:
    """Fig. 1C: what the perceptron rule spends, and what going straight there would cost."""
    N = records[0][0].N - 1
    return (
        Panel(
            "energy",
            Axis(r"energy per synapse ($\eta$)", "log"),
            (
                _simulated(records, "perceptron rule", lambda run: run.plain_energy / run.N),
                _simulated(records, "minimum", lambda run: run.minimal_energy / run.N),
                _line(records, "perceptron rule", RANDOM, lambda P: perceptron.energy(P, N) / N),
                _line(records, "minimum", RANDOM, lambda P: perceptron.minimal_energy(P, N) / N),
                _line(records, "minimum", CONTRACTED, lambda P: minimal_energy(P, N) / N),
                *_mean_field(records, "perceptron rule", learning.updates),
                *_mean_field(records, "minimum", lambda P, N: learning.minimal_energy(P, N) / N),
            ),
        ),
    )


def inefficiency(records: Sequence[tuple[PerceptronRun, ...]]) -> tuple[Panel, ...]:
    """Fig. 1D: the ratio of the two."""
    N = records[0][0].N - 1
    label = "inefficiency"
    return (
        Panel(
            label,
            Axis("energy over minimum", "log"),
            (
                _simulated(records, label, lambda run: run.inefficiency),
                _line(records, label, RANDOM, lambda P: perceptron.inefficiency(P, N)),
                _line(
                    records,
                    label,
                    CONTRACTED,
                    lambda P: perceptron.energy(P, N) / minimal_energy(P, N),
                ),
                *_mean_field(records, label, learning.inefficiency),
            ),
        ),
    )


def _simulated(
    records: Sequence[tuple[PerceptronRun, ...]],
    label: str,
    value: Callable[[PerceptronRun], float],
) -> Series:
    """Means over replicas, by patterns."""
    at_each_load = list(zip(*records, strict=True))
    return measured(
        label,
        [float(runs[0].P) for runs in at_each_load],
        ([value(run) for run in runs] for runs in at_each_load),
    )


def _line(
    records: Sequence[tuple[PerceptronRun, ...]],
    label: str,
    kind: str,
    value: Callable[[float], float],
) -> Series:
    """A theory, from the fewest to the most patterns that are simulated."""
    patterns = tuple(float(P) for P in np.linspace(records[0][0].P, records[0][-1].P, LOADS_DRAWN))
    return Series(label, kind, patterns, tuple(float(value(P)) for P in patterns))


def _mean_field(
    records: Sequence[tuple[PerceptronRun, ...]],
    label: str,
    value: Callable[[np.ndarray, float], np.ndarray],
) -> list[Series]:
    """What the mean field says of P and N, as far as it is tabulated."""
    N = records[0][0].N
    last = min(records[0][-1].P, HIGHEST_LOAD_LEARNT * N)
    if last < FEWEST_LEARNT:
        return []
    patterns = np.linspace(FEWEST_LEARNT, last, LOADS_DRAWN)
    return [Series(label, MEAN_FIELD, tuple(patterns), tuple(value(patterns, N)))]


_LOADS = Setting(
    loads(10, 20, 50, *range(100, 1700, 150), 1700, 1800, 1900).replicated(18),
    "N = 1000; no caching",
)
_FEWER_LOADS = Setting(
    loads(10, 50, 100, 250, 400, 700, 1000, 1300, 1500, 1700).replicated(8), "N = 1000; no caching"
)

FIGURES = (
    Figure(
        id="LvR.1C",
        title="Energy of learning and its minimum",
        source="Li & van Rossum (2020), Fig. 1C",
        full=_LOADS,
        quick=_FEWER_LOADS,
        x=Axis("patterns $P$"),
        panels=energies,
    ),
    Figure(
        id="LvR.1D",
        title="Inefficiency of the perceptron rule",
        source="Li & van Rossum (2020), Fig. 1D",
        full=_LOADS,
        quick=_FEWER_LOADS,
        x=Axis("patterns $P$"),
        panels=inefficiency,
    ),
)
