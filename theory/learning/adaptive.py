"""Consolidation thresholds that follow learning."""

from typing import Any

import numpy as np

from theory.formula.conversion import single
from theory.formula.domain import positive_integer
from theory.learning.laws import LOADS_TABULATED, update_probability

__all__ = ["adaptive_saving"]


def adaptive_saving(load: Any, epochs: int) -> float:
    """The energy of caching with adapted thresholds, over that with the best constant one.

    Parameters
    ----------
    load : float
        P/N, up to 1.75.
    epochs : int
        For how many patterns are learnt, `learning_time` over P.

    Returns
    -------
    float
        From 0 to 1: the mean of sqrt(p) over the root of the mean of p, p the update probability.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Notes
    -----
    Without decay the best threshold at an update probability p is eta sqrt(3 p/c), and the least
    power goes as sqrt(p c). A threshold that follows p costs the mean of that, a constant one the
    root of the mean. What is consolidated at the end is left out.

    Source: this package, for what LvR's Discussion suggests.

    Examples
    --------
    >>> round(adaptive_saving(1.0, 27), 2)
    0.79
    """
    last = int(single("epochs", epochs, positive_integer))
    probability = update_probability(single("load", load, LOADS_TABULATED), np.arange(1, last + 1))
    return float(np.sqrt(probability).mean() / np.sqrt(probability.mean()))
