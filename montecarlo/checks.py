"""Checks of arguments at the border, each error naming argument, value and domain."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt


def require(name: str, value: object, holds: bool, domain: str) -> None:
    """Raise a ValueError that names argument, value and domain unless ``holds``."""
    if not holds:
        raise ValueError(f"{name} must be {domain}, got {value!r}")


def require_count(name: str, value: object) -> None:
    """Require a positive integer (NumPy's integers included)."""
    valid = isinstance(value, (int, np.integer)) and value is not True and bool(value >= 1)
    require(name, value, valid, "a positive integer")


def require_tau(tau: float) -> None:
    """Require a decay time of more than one presentation; infinity means no decay."""
    require("tau", tau, tau > 1, "a number of presentations > 1 (inf: no decay)")


def require_positive(name: str, value: float) -> None:
    """Require a finite number above zero."""
    require(name, value, 0 < value < math.inf, "a finite number > 0")


def checked_patterns(
    patterns: npt.ArrayLike, labels: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Patterns (P, N + 1) and labels (P,) as arrays of doubles."""
    inputs = np.asarray(patterns, dtype=float)
    signs = np.asarray(labels, dtype=float)
    shaped = inputs.ndim == 2 and inputs.size > 0
    require("patterns", f"shape {inputs.shape}", shaped, "a non-empty array of shape (P, N + 1)")
    matching = signs.shape == inputs.shape[:1]
    require("labels", f"shape {signs.shape}", matching, f"one for each of {len(inputs)} patterns")
    finite = np.isfinite(inputs)
    if not finite.all():
        require("patterns", float(inputs[~finite][0]), False, "finite everywhere")
    for label in signs[np.abs(signs) != 1]:
        require("labels", float(label), False, "+1 or -1")
    return inputs, signs
