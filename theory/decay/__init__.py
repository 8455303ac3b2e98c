"""Transient weights that decay, as functions of theta, tau (in presentations), p and eta."""

from theory.decay.exact import SteadyState, steady_state
from theory.decay.overshoot import (
    corrected_consolidation_power,
    corrected_maintenance_power,
    corrected_mean,
    corrected_rate,
    mean_consolidated,
)
from theory.decay.steady_state import (
    consolidation_power,
    consolidation_rate,
    density,
    maintenance_power,
    mean_transient,
)

__all__ = [
    "SteadyState",
    "consolidation_power",
    "consolidation_rate",
    "corrected_consolidation_power",
    "corrected_maintenance_power",
    "corrected_mean",
    "corrected_rate",
    "density",
    "maintenance_power",
    "mean_consolidated",
    "mean_transient",
    "steady_state",
]
