"""What a spiking neuron spends on learning associations."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from montecarlo.arrays import FloatArray
from montecarlo.spiking import (
    LearntAssociations,
    Parameters,
    consolidation_energy,
    learn,
    poisson_trains,
    present,
    random_associations,
)
from theory.crosscheck.experiment import experiment

OF_THE_PAPER = Parameters()
#: The other way round than in the text, as in the authors' script.
SWAPPED = dataclasses.replace(
    OF_THE_PAPER,
    potentiation_time=OF_THE_PAPER.depression_time,
    depression_time=OF_THE_PAPER.potentiation_time,
)
SHUNTED = dataclasses.replace(OF_THE_PAPER, background=-OF_THE_PAPER.background)
UNADAPTED = dataclasses.replace(OF_THE_PAPER, adaptation=0.0)


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


@experiment(replicas=8)
def spiking(
    rng: np.random.Generator, P: int, neurons: int, parameters: Parameters = OF_THE_PAPER
) -> SpikingRun:
    """A few neurons, each of which learns P random associations."""
    return _record(learn(random_associations(neurons, P, rng), rng, parameters))


@experiment(replicas=6)
def spiking_loads(
    rng: np.random.Generator, loads: tuple[int, ...], neurons: int
) -> dict[int, SpikingRun]:
    """The same at several numbers of associations, with neurons of their own for each."""
    return {P: _record(learn(random_associations(neurons, P, rng), rng)) for P in loads}


@experiment(replicas=27)
def change(
    rng: np.random.Generator, weight: float, parameters: Parameters = OF_THE_PAPER
) -> dict[float, float]:
    """What a trial changes a weight by on average (nS), by the strength of the teacher."""
    neurons = 150
    changes = {}
    for strength in (0.5, 1.0):
        trains = poisson_trains(np.full(neurons, strength), 2, rng, parameters)
        trial = present(np.full((neurons, 2), weight), trains, parameters)
        changes[strength] = float(trial.weights.mean() - weight)
    return changes
