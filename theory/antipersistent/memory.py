"""How much of the correlation of two updates counts for caching, by how far they are apart."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from theory.formula.arrays import FloatArray
from theory.formula.conversion import doubles
from theory.formula.domain import unbounded

#: Up to here two walls act as if each were alone, to 1e-11.
ONE_WALL = 0.02


def local_memory(x: npt.ArrayLike) -> Any:
    """The share of the correlations that count with local consolidation.

    The probability that a random walk from anywhere between two walls has met neither.

    Parameters
    ----------
    x : array_like
        Lag in updates over n^2, at least 0, of any shape.

    Returns
    -------
    ndarray, of the shape of ``x``
        From 1 to 0, dimensionless.

    Raises
    ------
    ValueError
        If a lag is negative or NaN.

    Notes
    -----
    (8/pi^2) sum over odd q of exp(-q^2 pi^2 x/2)/q^2; at first 1 - sqrt(8 x/pi). Of a walk of
    independent steps that is in its steady state.

    Source: this package.

    Examples
    --------
    >>> local_memory([0, 0.01, 1]).round(4)
    array([1.    , 0.8404, 0.0058])
    """
    time = doubles("x", x, unbounded)
    return np.where(time < ONE_WALL, 1 - np.sqrt(8 * time / math.pi), 8 * _modes(time, 2))


def local_memory_so_far(x: npt.ArrayLike) -> Any:
    """Integral of `local_memory` from 0 to x, which tends to 1/6.

    Parameters
    ----------
    x : array_like
        Lag in updates over n^2, at least 0, of any shape.

    Returns
    -------
    ndarray, of the shape of ``x``
        From 0 to 1/6, dimensionless.

    Raises
    ------
    ValueError
        If x is negative or NaN.

    Notes
    -----
    The series of `local_memory`, integrated term by term.

    Source: this package.

    Examples
    --------
    >>> local_memory_so_far([0.01, 1]).round(4)
    array([0.0089, 0.1655])
    """
    time = doubles("x", x, unbounded)
    early = time * (1 - 2 / 3 * np.sqrt(8 * time / math.pi))
    return np.where(time < ONE_WALL, early, 1 / 6 - 16 * _modes(time, 4))


def periodic_memory(x: npt.ArrayLike) -> Any:
    """The share of the correlations that count if all consolidate regularly: 1 - x, or 0.

    Parameters
    ----------
    x : array_like
        Lag over the updates from one consolidation to the next, at least 0, of any shape.

    Returns
    -------
    ndarray, of the shape of ``x``
        From 1 to 0, dimensionless.

    Raises
    ------
    ValueError
        If a lag is negative or NaN.

    Notes
    -----
    Two updates count together if they belong to one cycle, of whatever phase.

    Source: this package.

    Examples
    --------
    >>> periodic_memory([0, 0.3, 2])
    array([1. , 0.7, 0. ])
    """
    return np.maximum(0, 1 - doubles("x", x, unbounded))


def _modes(time: FloatArray, power: int) -> Any:
    """Sum over odd q of exp(-(pi q)^2 time/2)/(pi q)^power; nine terms do from `ONE_WALL` on."""
    late = np.maximum(time, ONE_WALL)
    return sum(
        np.exp(-(wave**2) / 2 * late) / wave**power for wave in math.pi * np.arange(1.0, 19.0, 2.0)
    )
