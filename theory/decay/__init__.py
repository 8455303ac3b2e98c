"""Transient weights that decay, as functions of theta, tau (in presentations), p and eta."""

from theory.decay.steady_state import (
    consolidation_power,
    consolidation_rate,
    density,
    maintenance_power,
    mean_transient,
)

__all__ = [
    "consolidation_power",
    "consolidation_rate",
    "density",
    "maintenance_power",
    "mean_transient",
]
