"""Special functions that SciPy lacks, to full double precision."""

from theory.special.balance import power_ratio, threshold_ratio
from theory.special.implicit import gardner_margin, lambert_gap, wright_omega
from theory.special.ladder import gaussian_overshoot, ladder_overshoot, sawtooth
from theory.special.moments import persistent_size, triangular_moment
from theory.special.passage import exit_transform, exit_variation
from theory.special.reset import displacement_ratio, mean_displacement, reset_density
from theory.special.siegert import (
    erfcx_integral,
    exit_time,
    hyp2f2_siegert,
    log_exit_time,
    scaled_siegert,
)

__all__ = [
    "displacement_ratio",
    "erfcx_integral",
    "exit_time",
    "exit_transform",
    "exit_variation",
    "gardner_margin",
    "gaussian_overshoot",
    "hyp2f2_siegert",
    "ladder_overshoot",
    "lambert_gap",
    "log_exit_time",
    "mean_displacement",
    "persistent_size",
    "power_ratio",
    "reset_density",
    "sawtooth",
    "scaled_siegert",
    "threshold_ratio",
    "triangular_moment",
    "wright_omega",
]
