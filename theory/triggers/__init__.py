"""What sets consolidation off: the own synapse, any synapse, the total of all."""

from theory.triggers.cycles import Cycle, any_cycle, local_cycle
from theory.triggers.decaying import decaying_any_cycle, decaying_total_cycle
from theory.triggers.optimum import Energies, Optimum, Ratios, Trigger, energies, optimum, ratios
from theory.triggers.periodic import first_of_many, periodic_energy, periodic_transient
from theory.triggers.total import total_cycle
from theory.triggers.walks import mean_distance, survival

__all__ = [
    "Cycle",
    "Energies",
    "Optimum",
    "Ratios",
    "Trigger",
    "any_cycle",
    "decaying_any_cycle",
    "decaying_total_cycle",
    "energies",
    "first_of_many",
    "local_cycle",
    "mean_distance",
    "optimum",
    "periodic_energy",
    "periodic_transient",
    "ratios",
    "survival",
    "total_cycle",
]
