"""A walk in steps of +-1 that starts at 0: how far it gets, and whether it has reached +-n."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy  # its parts are loaded when they are first used

from theory.formula import formula
from theory.formula.arithmetic import MPMATH as mpmath
from theory.formula.arithmetic import NUMPY, arithmetic, implicit
from theory.formula.arithmetic import SYMPY as sympy
from theory.formula.arrays import FloatArray, IntArray
from theory.formula.domain import positive_integer

#: From so many n^2 steps on the modes are summed, before it the images of the boundaries: doubles
#: do not see more than the first image, nor what exp(-VANISHED) is left of a mode.
EARLY = 1 / 8
VANISHED = 40.0
#: Factors of a factorial that SymPy is to multiply.
MOST_FACTORS = 10_000
#: Modes that are summed with more digits than doubles have.
MOST_MODES = 2**13


#: Means of abs(S_2h) for h below so many; beyond, Gamma(h + 1/2)/(sqrt(h) Gamma(h)) is a series in
#: 1/h.
PAIRS = 64
_MEANS = np.array([2 * h * math.comb(2 * h, h) / 4**h for h in range(PAIRS)])
_STIRLING = np.polynomial.Polynomial(
    [1, -1 / 2**3, 1 / 2**7, 5 / 2**10, -21 / 2**15, -399 / 2**18, 869 / 2**22, 39325 / 2**25]
)


@formula("This package", gives="In steps.")
def mean_distance(j: Any) -> Any:
    """Mean of abs(S_j), the distance from 0: 2 Gamma(h + 1/2)/(sqrt(pi) Gamma(h)), h = ceil(j/2).

    Notes
    -----
    It grows as sqrt(2 j/pi), at the odd steps: an even one starts off 0 and leads away from it as
    often as towards it.

    Steps are independent and of +-1 with equal chances.

    Examples
    --------
    >>> mean_distance([0, 1, 2, 3, 4])
    array([0. , 1. , 1. , 1.5, 1.5])
    """
    xp = arithmetic(j)
    half = -xp.floor(-j / 2)
    if xp is NUMPY:
        return _mean_in_doubles(half)
    if xp is sympy and half.is_number and half > MOST_FACTORS:
        return implicit(mean_distance, "m")(j)
    with mpmath.extraprec(0 if xp is sympy else _bits_of(half)):
        # Not by Gamma(h), which has no value at 0.
        ratio = xp.gamma(half + sympy.Rational(1, 2)) / xp.gamma(half + 1)
        mean = 2 * half * ratio / xp.sqrt(xp.pi)
    return +mean


def _bits_of(half: Any) -> int:
    """What h needs to be told from h + 1/2, and Gamma of it more."""
    return int(2 * max(mpmath.mag(half + 1), 0) + 10)


def _mean_in_doubles(half: Any) -> Any:
    large = np.maximum(half, PAIRS)
    series = 2 * np.sqrt(large / np.pi) * _STIRLING(1 / large)
    return np.where(half < PAIRS, _MEANS[np.minimum(half, PAIRS - 1).astype(int)], series)[()]


@formula(
    "This package",
    gives="In double precision within 2e-15 (1 + abs(log q)) of its value q.",
    domain={"n": positive_integer},
)
def survival(j: Any, n: Any) -> Any:
    """Probability that j steps have not taken the walk to +-n.

    Raises
    ------
    ValueError
        If, with more digits than doubles have, more than 8192 modes would have to be summed.

    Notes
    -----
    For j >= n it is (2/n) sum over k < n/2 of (-1)^k cot(phi_k) cos(phi_k)^m, where phi_k = (2 k +
    1) pi/(2 n), and m is j or, if the walk can be at n after odd steps only and j is even or the
    other way round, j - 1.

    Steps are independent and of +-1 with equal chances.

    Examples
    --------
    >>> survival([0, 1, 2, 4], 2)
    array([1.  , 1.  , 0.5 , 0.25])
    """
    xp = arithmetic(j, n)
    if xp is NUMPY:
        return _survival_in_doubles(j, n)
    if xp is sympy and not (j.is_Integer and n.is_Integer):
        return implicit(survival, "q")(j, n)
    if j < n:
        return xp.pi**0
    with mpmath.extraprec(_guard_bits(n)):
        total = _sum_of_modes(j, n)
    return +total


def _sum_of_modes(j: Any, n: Any) -> Any:
    xp = arithmetic(j, n)
    total = xp.sqrt(0)
    for k in range(int(n) // 2):
        mode = _mode(j, n, k)
        # They alternate and fall: what follows the first that is nothing is nothing.
        if xp is mpmath and abs(mode) < mpmath.eps * total:
            break
        if k == MOST_MODES:
            raise ValueError(f"n must be lower, or j higher, got n = {n} and j = {j}")
        total += mode
    return total


def _guard_bits(n: Any) -> int:
    """What n/2 modes of size up to n can lose."""
    return 2 * int(n).bit_length() + 10


def _mode(j: Any, n: Any, k: int) -> Any:
    xp = arithmetic(j, n)
    phi = (2 * k + 1) * xp.pi / (2 * n)
    return (-1) ** k * 2 * xp.cos(phi) ** (j - (j - n) % 2 + 1) / (n * xp.cos(xp.pi / 2 - phi))


def _survival_in_doubles(j: Any, n: Any) -> Any:
    return _joined(lambda j, n: 1 - _exit_early(j, n), _survival_late, _last(j, n), n)


def exit_probability(j: Any, n: Any) -> Any:
    """1 - `survival`, with the digits that the subtraction would lose."""
    return _joined(_exit_early, lambda j, n: 1 - _survival_late(j, n), _last(j, n), n)


def _last(j: Any, n: Any) -> Any:
    """The last of the first j steps that can have led to +-n."""
    return np.maximum(j - (j - n) % 2, 0)


def at_zero(j: Any, n: Any) -> Any:
    """Probability that the walk is at 0 after an even number j of steps, and never was at +-n."""
    return _joined(_at_zero_early, _at_zero_late, j, n)


def visits(j: Any, n: Any) -> Any:
    """Mean number of visits to 0, the start included, in the steps before j and before +-n.

    At each of them abs(S) grows by a step; elsewhere its mean stays. So this is the mean of abs(S)
    after j steps too, if the walk stops at +-n.
    """
    return _joined(_visits_early, _visits_late, j + j % 2, n)


Kernel = Callable[[FloatArray, FloatArray], Any]


def _joined(early: Kernel, late: Kernel, j: Any, n: Any) -> Any:
    """By the images of the boundaries before step n^2/8, by the modes of the walk later."""
    j, n = np.broadcast_arrays(np.asarray(j, dtype=float), np.asarray(n, dtype=float))
    result = np.empty(j.shape)
    soon = j < np.maximum(EARLY * n * n, n)
    result[soon] = early(j[soon], n[soon])
    result[~soon] = late(j[~soon], n[~soon])
    return result[()]


def _tail(j: FloatArray, place: FloatArray) -> Any:
    """P(S_j >= place) of the free walk, for places it can be at."""
    return scipy.stats.binom.sf((j + place) / 2 - 1, j, 0.5)


def _at(j: FloatArray, place: FloatArray | float) -> Any:
    """P(S_j = place) of the free walk, for places it can be at."""
    return scipy.stats.binom.pmf((j + place) / 2, j, 0.5)


def _exit_early(j: FloatArray, n: FloatArray) -> Any:
    """Either end is reached as if there were no other, less the paths that reach both."""
    one, both = (_tail(j, place) + _tail(j, place + 2) for place in (n, 3 * n))
    return np.where(j < n, 0, 2 * (one - both))


def _at_zero_early(j: FloatArray, n: FloatArray) -> Any:
    return _at(j, 0) - 2 * _at(j, 2 * n)


def _visits_early(j: FloatArray, n: FloatArray) -> Any:
    """Those of the free walk less those of its images, by Tanaka's formula."""
    image = 2 * n
    beyond = image + 2
    excess = (j + beyond) / 2 * _at(j, beyond) - image * _tail(j, beyond)
    return mean_distance(j) - 4 * excess


def _modes(j: FloatArray, n: FloatArray) -> tuple[IntArray, FloatArray, FloatArray]:
    """The slow modes, a row each: number, angle, and what is left of it after j steps.

    A mode stands for two, whose cosines differ in sign. Where there are not so many its angle is
    pi/2 and it is gone at once.
    """
    steps = float(np.min(j / n**2, initial=np.inf))  # a mode decays by (2 k + 1)^2 pi^2/8 in one
    k = np.arange(math.ceil(math.sqrt(2 * VANISHED / steps) / np.pi))[:, np.newaxis]
    angle = np.minimum((2 * k + 1) / (2 * n), 1 / 2) * np.pi
    # The cosine itself is as good as 1 - angle^2/2 is to be told from 1.
    logarithm = np.log1p(-2 * np.sin(angle / 2) ** 2)
    return k, angle, np.where(2 * k + 1 < n, np.exp(j * logarithm), 0)


def _survival_late(j: FloatArray, n: FloatArray) -> Any:
    k, angle, left = _modes(j, n)
    return 2 / n * np.sum((-1) ** k * left / np.tan(angle), axis=0)


def _at_zero_late(j: FloatArray, n: FloatArray) -> Any:
    _, _, left = _modes(j, n)
    return 2 / n * np.sum(left, axis=0)


def _visits_late(j: FloatArray, n: FloatArray) -> Any:
    _, angle, left = _modes(j, n)
    return n - 2 / n * np.sum(left / np.sin(angle) ** 2, axis=0)
