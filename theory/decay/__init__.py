"""Transient weights that decay, as functions of theta, tau (in presentations), p and eta."""

from theory.decay.diffusion import (
    consolidation_power,
    consolidation_rate,
    density,
    maintenance_power,
    mean_transient,
)
from theory.decay.exact import SteadyState, steady_state
from theory.decay.exits import exit_time_laplace, exit_time_variance
from theory.decay.expansions import rare_consolidation_rate, weak_decay_mean, weak_decay_rate
from theory.decay.optimum import optimal_power, optimal_threshold
from theory.decay.overshoot import (
    corrected_consolidation_power,
    corrected_maintenance_power,
    corrected_mean,
    corrected_rate,
    mean_consolidated,
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
    "exit_time_laplace",
    "exit_time_variance",
    "maintenance_power",
    "mean_consolidated",
    "mean_transient",
    "optimal_power",
    "optimal_threshold",
    "rare_consolidation_rate",
    "steady_state",
    "weak_decay_mean",
    "weak_decay_rate",
]
