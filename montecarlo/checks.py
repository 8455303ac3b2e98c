"""Checks of arguments at the border, each error naming argument, value and domain."""

from __future__ import annotations

import math
import numbers

import numpy as np
import numpy.typing as npt


def require(name: str, value: object, holds: bool, domain: str) -> None:
    """Raise a ValueError that names argument, value and domain unless ``holds``."""
    if not holds:
        raise ValueError(f"{name} must be {domain}, got {value!r}")


def require_count(name: str, value: object) -> None:
    """Require a positive integer (NumPy's integers included)."""
    valid = isinstance(value, numbers.Integral) and not isinstance(value, bool) and value >= 1
    require(name, value, valid, "a positive integer")


def require_tau(tau: float) -> None:
    """Require a decay time of more than one presentation; infinity means no decay."""
    require("tau", tau, tau > 1, "a number of presentations > 1 (inf: no decay)")


def require_positive(name: str, value: float) -> None:
    """Require a finite number above zero."""
    require(name, value, 0 < value < math.inf, "a finite number > 0")


def signed_examples(patterns: npt.ArrayLike, labels: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Patterns times labels, checked."""
    inputs = np.asarray(patterns, dtype=float)
    signs = np.asarray(labels, dtype=float)
    require(
        "patterns",
        f"shape {inputs.shape}",
        inputs.ndim == 2 and inputs.size > 0,
        "a non-empty (P, N + 1) array",
    )
    bad = inputs[~np.isfinite(inputs)]
    require("patterns", bad[:1], not len(bad), "finite everywhere")
    require(
        "labels",
        f"shape {signs.shape}",
        signs.shape == inputs.shape[:1],
        f"one label for each of the {len(inputs)} patterns",
    )
    bad = signs[np.abs(signs) != 1]
    require("labels", bad[:1], not len(bad), "+1 or -1")
    return inputs * signs[:, None]
