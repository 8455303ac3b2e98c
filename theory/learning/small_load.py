"""The mean field at small loads: a first-passage problem whose clock is its own solution."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev, legendre
from scipy.special import ndtr

from theory.formula import Domain
from theory.formula.arrays import FloatArray
from theory.formula.conversion import single

__all__ = ["SmallLoad", "small_load"]

#: Gauss's rule for times within an epoch, and for integrals over fields.
TIMES, FIELDS = 18, 64
#: Chebyshev's points in a piece of the density; pieces grow from twice the step to the widest.
POINTS, PIECE_GROWTH, WIDEST = 20, 1.5, 0.6
#: No field is beyond this, nor a step beyond so many standard deviations.
FARTHEST, STEP_REACH = 7.5, 9.0

#: Gauss's points in the square root of the place of a pattern in the order.
_ROOT_PLACES = (legendre.leggauss(TIMES)[0] + 1) / 2
_EPOCHS_NEEDED = Domain("a whole number >= 12", low=12, open_low=False, integer=True)
_RULE, _RULE_WEIGHTS = legendre.leggauss(FIELDS)
#: Fields in steps, and how they add to the probability to be below 0 after one.
_STEP_PLACES = (_RULE + 1) / 2 * STEP_REACH
_STEP_WEIGHTS = _RULE_WEIGHTS / 2 * STEP_REACH * ndtr(-_STEP_PLACES)
_CHEBYSHEV = chebyshev.chebpts2(POINTS)
_SERIES = np.linalg.inv(chebyshev.chebvander(_CHEBYSHEV, POINTS - 1))


@dataclass(frozen=True)
class SmallLoad:
    """How patterns are learnt that are few for the synapses, P/N -> 0.

    Attributes
    ----------
    probability : ndarray, shape (epochs,)
        That a presentation in an epoch causes an update.
    learnt : ndarray, shape (epochs,)
        Updates per pattern by the end of each epoch.
    """

    probability: FloatArray
    learnt: FloatArray

    @property
    def updates(self) -> float:
        """K/P when all is learnt, from the epochs that there are.

        What is left to be learnt is a power series in the square root of the probability, so that
        a polynomial through some epochs is extrapolated to 0.
        """
        last = len(self.probability)
        places = np.unique(np.geomspace(6, last, 9).round().astype(int)) - 1
        roots, values = np.sqrt(self.probability[places]), self.learnt[places].copy()
        for width in range(1, len(places)):
            near, far = roots[: len(places) - width], roots[width:]
            values = (near * values[1:] - far * values[:-1]) / (near - far)
        return float(values[0])

    @property
    def tail(self) -> tuple[float, float]:
        """(A, d) of the law A/(e - d)^2 of the probability in epoch e, through the last epochs."""
        last = len(self.probability)
        epochs = np.array([last // 2, last])
        start, end = self.probability[epochs - 1] ** -0.5
        slope = (end - start) / (epochs[1] - epochs[0])
        return float(slope**-2), float(last - end / slope)


@dataclass(frozen=True)
class Density:
    """Densities of fields above 0, of patterns at some places in the order, piece by piece."""

    edges: FloatArray
    values: npt.NDArray[np.float64]

    def at(self, place: int, fields: FloatArray) -> FloatArray:
        """One of the densities, by Chebyshev's polynomials in each piece."""
        piece = np.clip(np.searchsorted(self.edges, fields, "right") - 1, 0, len(self.edges) - 2)
        left, right = self.edges[piece], self.edges[piece + 1]
        place_in_piece = (2 * np.minimum(fields, right) - left - right) / (right - left)
        coefficients = _SERIES @ self.values[place].T
        values = chebyshev.chebval(place_in_piece, coefficients[:, piece], tensor=False)
        return np.where(fields < self.edges[-1], values, 0.0)


def small_load(epochs: int = 100) -> SmallLoad:
    """The mean field of the perceptron rule for P/N -> 0, by a deterministic method.

    Parameters
    ----------
    epochs : int
        At least 12. With 100 of them K/P has eleven digits.

    Returns
    -------
    SmallLoad
        Probability and updates by epoch.

    Raises
    ------
    ValueError
        If there are too few epochs.

    Notes
    -----
    Patterns that were updated once have a field near 1 and are safe, as the fields of others are of
    order sqrt(P/N). A pattern that was right by luck sees a Brownian motion whose clock is the
    number S of updates per pattern so far, looks at it once an epoch, and is updated when it is not
    positive. A pattern at u in an epoch, 0 < u < 1, is updated in the first with probability 1/2,
    so that S(u) = u/2. After that S increases by the probability that it is updated, which depends
    on S at all its presentations.

    The densities of fields at the presentations are followed for Gauss's points in sqrt(u), in
    which all is analytic, as polynomials in pieces that resolve the steps. In the second epoch the
    density is known; there the probability is 1/4 - arcsin(sqrt(S(u)/S(1 + u)))/(2 pi).

    Examples
    --------
    >>> found = small_load(30)
    >>> found.probability[:3].round(6)
    array([0.5     , 0.141444, 0.030438])
    >>> round(found.updates, 6)
    0.691839
    """
    single("epochs", epochs, _EPOCHS_NEEDED)
    within, whole = _integrals()
    # The clock at Gauss's points of an epoch: in the first, and in the second.
    before, learnt = _ROOT_PLACES**2 / 2, [0.5]
    now = _fixed_point(
        lambda p: 0.25 - np.arcsin(np.sqrt(before / (0.5 + within @ p))) / (2 * np.pi),
        np.full(TIMES, 0.1),
    )
    clock = 0.5 + within @ now
    density = _second(before, clock)
    learnt.append(0.5 + float(whole @ now))
    while len(learnt) < epochs:
        advance = partial(_steps, clock, learnt[-1], within)
        now = _fixed_point(partial(_absorbed, density, advance), now)
        steps = advance(now)
        density, clock = _moved(density, steps), clock + steps**2
        learnt.append(learnt[-1] + float(whole @ now))
    return SmallLoad(np.diff(learnt, prepend=0.0), np.array(learnt))


def _integrals() -> tuple[FloatArray, FloatArray]:
    """Of a function of u at Gauss's points in sqrt(u): its integrals from 0 to these, and to 1."""
    points = 2 * _ROOT_PLACES - 1
    terms = [legendre.Legendre.basis(k).integ(lbnd=-1) for k in range(TIMES)]
    coefficients = np.linalg.inv(legendre.legvander(points, TIMES - 1)) / 2
    within = np.transpose([term(points) for term in terms]) @ coefficients
    whole = np.array([term(1.0) for term in terms]) @ coefficients
    return within * 2 * _ROOT_PLACES, whole * 2 * _ROOT_PLACES


def _fixed_point(function: Callable[[FloatArray], FloatArray], start: FloatArray) -> FloatArray:
    """What a function that looks at its own past only maps to itself."""
    for _ in range(100):
        start, last = function(start), start
        if np.abs(start - last).max() < 1e-16:
            break
    return start


def _graded(step: float) -> tuple[FloatArray, FloatArray]:
    """Edges of pieces that resolve a step near 0, and the points in them."""
    edges, width = [0.0], 2 * step
    while edges[-1] < FARTHEST:
        edges.append(edges[-1] + width)
        width = min(width * PIECE_GROWTH, WIDEST)
    left, widths = np.array(edges[:-1]), np.diff(edges)
    return np.array(edges), left[:, np.newaxis] + (_CHEBYSHEV + 1) / 2 * widths[:, np.newaxis]


def _second(before: FloatArray, clock: FloatArray) -> Density:
    """The densities after the second presentation; after the first they are half a normal one."""
    steps = np.sqrt(clock - before)
    edges, fields = _graded(float(steps.min()))
    each = (slice(None), np.newaxis, np.newaxis)
    normal = np.exp(-(fields**2) / (2 * clock[each])) / np.sqrt(2 * np.pi * clock[each])
    return Density(edges, normal * ndtr(fields * np.sqrt(before / clock)[each] / steps[each]))


def _steps(
    clock: FloatArray, learnt: float, within: FloatArray, probability: FloatArray
) -> FloatArray:
    """The steps of the fields in an epoch, if patterns are updated with such probabilities."""
    steps: FloatArray = np.sqrt(learnt + within @ probability - clock)
    return steps


def _absorbed(
    density: Density, steps_of: Callable[[FloatArray], FloatArray], probability: FloatArray
) -> FloatArray:
    """The probabilities that the fields are not above 0 after these steps."""
    steps = steps_of(probability)
    return np.array(
        [
            step * _STEP_WEIGHTS @ density.at(it, _STEP_PLACES * step)
            for it, step in enumerate(steps)
        ]
    )


def _moved(density: Density, steps: FloatArray) -> Density:
    """The densities after a step, above 0."""
    edges, fields = _graded(float(steps.min()))
    values = []
    for place, step in enumerate(steps):
        low, high = (np.maximum(fields.ravel() + side * STEP_REACH * step, 0) for side in (-1, 1))
        half = ((high - low) / 2)[:, np.newaxis]
        come_from = low[:, np.newaxis] + half * (_RULE + 1)
        moves = (fields.ravel()[:, np.newaxis] - come_from) / step
        normal = half * np.exp(-(moves**2) / 2) / (np.sqrt(2 * np.pi) * step)
        old = density.at(place, come_from.ravel()).reshape(come_from.shape)
        values.append(((normal * old) @ _RULE_WEIGHTS).reshape(fields.shape))
    return Density(edges, np.array(values))
