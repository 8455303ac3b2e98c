"""How far a perceptron's weights get, epoch by epoch, and how its updates are correlated.

Within an epoch all patterns are different and alike, and an update is equally correlated with all
others of the last P presentations: by as much as explains why an epoch changes the weights less
than at random. Older updates, those by the same pattern among them, explain the rest of why squared
weights grow less. So three numbers an epoch are enough. They can be measured or predicted; nothing
is fitted.
"""

import math
from dataclasses import dataclass

import numpy as np

from theory.formula.arrays import FloatArray
from theory.formula.conversion import single
from theory.formula.domain import between, positive
from theory.perceptron import first_epoch_norm
from theory.special.ladder import gaussian_overshoot

#: By how much a walk of Gaussian steps overshoots a wall far away.
OVERSHOOT = gaussian_overshoot(0)
#: Length of the step that crosses it.
CROSSING = math.sqrt(2)
#: So many updates and epochs make arrays that fit in memory.
UPDATES, MOST_EPOCHS = between(1, 10**6), 10**4


@dataclass(frozen=True)
class Curve:
    """How far the weights of a perceptron have got, epoch by epoch, in steps.

    Attributes
    ----------
    updates : ndarray, shape (E,)
        Updates of each epoch.
    squares : ndarray, shape (E,)
        Mean squared weight at its end.
    changes : ndarray, shape (E,)
        Mean squared change of a weight from its beginning to its end.
    """

    updates: FloatArray
    squares: FloatArray
    changes: FloatArray


def predicted_curve(P: float, N: float, K: float) -> Curve:
    """The curve of a perceptron that learns P patterns in K updates.

    Parameters
    ----------
    P : float
        Patterns, > 0 and < 2 K.
    N : float
        Synapses, > 0.
    K : float
        Updates until all patterns are right, from 1 to a million.

    Returns
    -------
    Curve
        In steps, until less than half an update is left.

    Raises
    ------
    ValueError
        If P or N is not a finite number > 0, K not from 1 to a million or not above P/2, or there
        are more than ten thousand epochs.

    Notes
    -----
    Half of the patterns are wrong in the first epoch, whose norm is
    `theory.perceptron.first_epoch_norm`. Then the updates of an epoch shrink by a constant factor,
    so as to add up to K. In units of N steps, each epoch changes the fields of the patterns at
    random, by a standard deviation d where d^2 is the mean squared change of a weight over N. Those
    that become negative are updated, to about 1, far away; the others have the density of a random
    walk near an absorbing wall (Milne's problem). The step that crosses it ends ``OVERSHOOT`` d
    beyond the wall and is ``CROSSING`` d long, on average. So that is the mean field of wrong
    patterns, by twice which the squared weights grow less than at random, and by how much it has
    fallen within an epoch, by which a weight changes less.

    Source: this package.

    Examples
    --------
    >>> curve = predicted_curve(1000, 1000, 2000)
    >>> curve.updates[:4]
    array([500.    , 375.    , 281.25  , 210.9375])
    >>> round(curve.squares[-1])  # of 2000 for a random walk; simulations give 1110
    1175
    """
    P, N, K = single("P", P, positive), single("N", N, positive), single("K", K, UPDATES)
    if P >= 2 * K:
        raise ValueError(f"P < 2*K must hold, got P = {P}, K = {K}")
    shrinking = -math.log1p(-P / (2 * K))
    epochs = math.log(2 * K) / shrinking
    if epochs > MOST_EPOCHS:
        raise ValueError(
            f"P must make at most {MOST_EPOCHS} epochs of K updates, got P = {P}, K = {K}"
        )
    left = K * np.exp(-shrinking * np.arange(1 + math.ceil(epochs)))
    updates = -np.diff(left, append=0)
    load = updates / N
    # d^2 = load (1 - CROSSING d)
    spread = load / (np.sqrt(load + (CROSSING / 2 * load) ** 2) + CROSSING / 2 * load)
    growth = updates * (1 - 2 * OVERSHOOT * spread)
    changes = updates * (1 - CROSSING * spread)
    growth[0] = changes[0] = N * first_epoch_norm(load[0])
    return Curve(updates, np.cumsum(growth), changes)


def minimal_energy(P: float, N: float, K: float, eta: float = 1.0) -> float:
    """Energy of going straight to the final weights, of the norm of `predicted_curve`.

    Parameters
    ----------
    P : float
        Patterns, > 0 and < 2 K.
    N : float
        Synapses, > 0.
    K : float
        Updates until all patterns are right, from 1 to a million.
    eta : float
        Step size of an update, in units of weight.

    Returns
    -------
    float
        Energy in units of weight.

    Raises
    ------
    ValueError
        If P, N or K is outside the domain of `predicted_curve`.

    Notes
    -----
    eta N sqrt(2 v/pi) with v the mean square of the final weights in steps, which are taken for
    Gaussian.

    Source: this package.

    Examples
    --------
    >>> round(minimal_energy(1000, 1000, 2000))  # 35682 for a random walk
    27352
    """
    return eta * N * math.sqrt(2 * predicted_curve(P, N, K).squares[-1] / math.pi)


def lag_correlations(curve: Curve) -> FloatArray:
    """Sums S_j of the correlations of all pairs of updates j apart.

    Parameters
    ----------
    curve : Curve
        In the first epoch squares and changes are the same.

    Returns
    -------
    ndarray, shape (lags,)
        In squared steps, up to K lags or so, S_0 = K first. S_0 + 2 (S_1 + S_2 + ...) is the final
        squared weight.

    Raises
    ------
    ValueError
        If the curve's arrays are not of one length, finite, or an epoch has no updates.

    Notes
    -----
    Within an epoch an update is equally correlated with all others of the last P presentations; the
    rest of why squared weights grow less is spread evenly over the lags of older ones.

    Source: this package.

    Examples
    --------
    >>> sums = lag_correlations(predicted_curve(1000, 1000, 2000))
    >>> round(sums[0]), round(sums[0] + 2 * sums[1:].sum())
    (2000, 1175)
    """
    updates, squares, changes = _checked(curve)
    before = np.cumsum(updates) - updates
    windows = (updates + np.append(0, updates[:-1])) / 2  # updates in the last P presentations
    shares = (updates - changes) / np.maximum(updates - 1, 1)  # with all others of an epoch
    older = (np.diff(squares, prepend=0) - updates) / 2 + shares * windows
    sums = np.zeros(math.ceil(updates.sum()))
    sums[0] = updates.sum()
    lags = np.arange(1, math.ceil(updates[0]))
    sums[lags] = -shares[0] * (1 - lags / updates[0])
    for start, count, window, share, rest in zip(
        before[1:], updates[1:], windows[1:], shares[1:], older[1:], strict=True
    ):
        near = slice(1, 1 + max(1, round(window)))
        far = slice(near.stop, max(near.stop + 1, round(start + count / 2)))
        for part, total in ((near, -share * window), (far, rest)):
            sums[part] += total / max(1, len(sums[part]))
    return sums


def _checked(curve: Curve) -> tuple[FloatArray, FloatArray, FloatArray]:
    columns = {name: np.asarray(value, dtype=float) for name, value in vars(curve).items()}
    for name, column in columns.items():
        if column.ndim != 1 or len(column) != len(columns["updates"]) or not len(column):
            raise ValueError(f"{name} must be one number an epoch, got shape {column.shape}")
        bad = ~(np.isfinite(column) & (column > 0))
        if bad.any():
            raise ValueError(f"{name} must be finite numbers > 0, got {column[bad][0]}")
    return columns["updates"], columns["squares"], columns["changes"]
