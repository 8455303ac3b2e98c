"""The Monte Carlo experiments with the spiking neuron, for claims and figures."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from montecarlo.spiking import (
    LearntAssociations,
    Parameters,
    consolidation_energy,
    learn,
    poisson_trains,
    present,
    random_associations,
)
from theory.crosscheck.experiment import Experiment

FloatArray = npt.NDArray[np.float64]

PUBLISHED = Parameters()
#: The other way round than in the text, as in the authors' script.
SWAPPED = dataclasses.replace(
    PUBLISHED,
    potentiation_time=PUBLISHED.depression_time,
    depression_time=PUBLISHED.potentiation_time,
)
SHUNTED = dataclasses.replace(PUBLISHED, background=-PUBLISHED.background)
UNADAPTED = dataclasses.replace(PUBLISHED, adaptation=0.0)


@dataclass(frozen=True)
class SpikingRun:
    """What learning cost each of a few neurons (nS), shape (neurons,).

    Without caching, consolidated at the end of each trial, and once at the end of learning.
    """

    plain: FloatArray
    by_trial: FloatArray
    at_end: FloatArray
    minimal: FloatArray

    @property
    def saving(self) -> float:
        """By consolidating once, as a part of the energy without caching, all neurons together."""
        return float(1 - self.at_end.sum() / self.plain.sum())


def _record(learning: LearntAssociations) -> SpikingRun:
    by_trial, at_end = consolidation_energy(learning, [0.0, np.inf])
    return SpikingRun(learning.plain_energy, by_trial, at_end, learning.minimal_energy)


def _run(P: int, neurons: int, parameters: Parameters, rng: np.random.Generator) -> SpikingRun:
    return _record(learn(random_associations(neurons, P, rng), rng, parameters))


def spiking(P: int, neurons: int, replicas: int, parameters: Parameters = PUBLISHED) -> Experiment:
    """A few neurons, each of which learns P random associations."""
    name = f"spiking P={P} neurons={neurons} {parameters}"
    return Experiment(name, partial(_run, P, neurons, parameters), replicas)


def _loads(loads: tuple[int, ...], neurons: int, rng: np.random.Generator) -> dict[int, SpikingRun]:
    return {P: _run(P, neurons, PUBLISHED, rng) for P in loads}


def spiking_loads(loads: tuple[int, ...], neurons: int, replicas: int) -> Experiment:
    """The same at several numbers of associations, with neurons of their own for each."""
    name = f"spiking loads P={loads} neurons={neurons}"
    return Experiment(name, partial(_loads, loads, neurons), replicas)


def _changes(weight: float, parameters: Parameters, rng: np.random.Generator) -> dict[float, float]:
    neurons = 150
    changes = {}
    for strength in (0.5, 1.0):
        trains = poisson_trains(np.full(neurons, strength), 2, rng, parameters)
        trial = present(np.full((neurons, 2), weight), trains, parameters)
        changes[strength] = float(trial.weights.mean() - weight)
    return changes


def change(weight: float, parameters: Parameters = PUBLISHED) -> Experiment:
    """What a trial changes a weight by on average (nS), by the strength of the teacher."""
    name = f"spiking change weight={weight} {parameters}"
    return Experiment(name, partial(_changes, weight, parameters), 18)


TWO = spiking(2, neurons=2, replicas=41)
SIX = spiking(6, neurons=2, replicas=8)
TWO_SWAPPED = spiking(2, neurons=2, replicas=4, parameters=SWAPPED)
TWO_SHUNTED = spiking(2, neurons=3, replicas=4, parameters=SHUNTED)
MIDDLE = change(1.5)
MIDDLE_UNADAPTED = change(1.5, UNADAPTED)
