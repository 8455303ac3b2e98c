"""Estimates with error bars, sample sizes and one error budget for a whole run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A mean over independent replicas and the standard error of that mean."""

    mean: float | FloatArray
    standard_error: float | FloatArray
    replicas: int


def estimate(samples: npt.ArrayLike, axis: int = 0) -> Estimate:
    """Mean and standard error over independent replicas along ``axis``."""
    values = np.asarray(samples, dtype=float)
    replicas = values.shape[axis]
    mean = values.mean(axis=axis)
    spread = values.std(axis=axis, ddof=1) if replicas > 1 else np.full_like(mean, np.inf)
    error = spread / np.sqrt(replicas)
    if mean.ndim == 0:
        return Estimate(float(mean), float(error), replicas)
    return Estimate(mean, error, replicas)
