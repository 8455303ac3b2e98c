"""A spiking neuron that learns to associate sounds with sights, with cached synapses."""

from montecarlo.spiking.inputs import Parameters, Trains, poisson_trains
from montecarlo.spiking.learning import (
    Associations,
    LearntAssociations,
    consolidation_energy,
    learn,
    random_associations,
)
from montecarlo.spiking.trial import Trial, present

__all__ = [
    "Associations",
    "LearntAssociations",
    "Parameters",
    "Trains",
    "Trial",
    "consolidation_energy",
    "learn",
    "poisson_trains",
    "present",
    "random_associations",
]
