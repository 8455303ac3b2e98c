"""What the mean field says, as functions of P and N: fits to its tables, in any arithmetic."""

from pathlib import Path
from typing import Any

import numpy as np

from theory.formula import Domain, formula
from theory.formula.arithmetic import SYMPY, Arithmetic, arithmetic
from theory.formula.arrays import FloatArray
from theory.formula.conversion import doubles
from theory.formula.domain import at_least_one

__all__ = [
    "inefficiency",
    "learning_time",
    "minimal_energy",
    "update_probability",
    "updates",
    "weight_norm",
]


SOURCE = "This package, the mean field of `theory.learning.curve`"
#: Fewer patterns are learnt before the curve comes to its tail.
ENOUGH_PATTERNS = {
    name: Domain(f"a finite number >= {least}", low=least, open_low=False)
    for name, least in (("P", 200), ("N", 115))
}
#: The highest load of the tables, and the terms of the fits in the root of the load.
HIGHEST_LOAD, FIT_TERMS = 1.75, 8
#: About it polynomials are small sums of small terms.
CENTRE = 0.625
#: Coefficients are whole multiples of its inverse, so that all arithmetics have the same.
BINARY = 2**14
LOADS_TABULATED = Domain(f"a number >= 0 and <= {HIGHEST_LOAD}", 0, HIGHEST_LOAD, False, False)


def _read(name: str) -> Any:
    return np.genfromtxt(Path(__file__).with_name(name), delimiter=",", names=True)


def _fitted(
    places: FloatArray, values: FloatArray, terms: int = FIT_TERMS, weights: Any = None
) -> tuple[float, ...]:
    """Coefficients of a polynomial about the centre, the highest first."""
    return _rounded(np.polyfit(places - CENTRE, values, terms - 1, w=weights))


def _rounded(values: FloatArray) -> tuple[float, ...]:
    return tuple((np.round(values * BINARY) / BINARY).tolist())


def _exactly(xp: Arithmetic, number: float) -> Any:
    """A number of the fits in an arithmetic."""
    return xp.Rational(*number.as_integer_ratio()) if xp is SYMPY else number


def series(coefficients: tuple[float, ...], root: Any) -> Any:
    """A polynomial about the centre."""
    xp = arithmetic(root)
    total, *rest = (_exactly(xp, coefficient) for coefficient in coefficients)
    for coefficient in rest:
        total = total * (root - _exactly(xp, CENTRE)) + coefficient
    return total


_TABLE, _STOPS = _read("tables.csv"), _read("stops.csv")
_IN_EPOCHS = [name for name in _TABLE.dtype.names if name.startswith("p")]
_EPOCHS = np.array([float(name[1:]) for name in _IN_EPOCHS])
#: By load and epoch; zero where the samples told no more.
_PROBABILITIES = np.array([_TABLE[name] for name in _IN_EPOCHS]).T
#: Of the epochs of a load, the last ones are the tail.
LATE = 6
#: What expands in it are the fields: their size is that of the root of the load.
_ROOTS = np.sqrt(_TABLE["load"])
_LEARNT = _fitted(_ROOTS, _TABLE["updates"] * (2 - _TABLE["load"]) ** 2)
_SHRUNK = _fitted(_ROOTS[1:], _TABLE["norm"][1:] ** 2 / (_TABLE["load"] * _TABLE["updates"])[1:])


def _tails() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The law A/(e - d)^2 of the tail: log A and d, by the root of the load.

    p^(-1/2) is a line late in learning. First the slopes are fitted and made smooth, then, at
    these, where the lines begin; relative to the values.
    """
    lines = []
    for known in _PROBABILITIES[1:]:
        late = np.flatnonzero(known)[-LATE:]
        lines.append((_EPOCHS[late], np.sqrt(known[late])))
    slopes = [np.polyfit(epochs, 1 / weights, 1, w=weights)[0] for epochs, weights in lines]
    amplitude = _fitted(_ROOTS[1:], -2 * np.log(slopes), 6)
    starts = [
        np.average(epochs - np.exp(series(amplitude, root) / 2) / weights, weights=weights**2)
        for root, (epochs, weights) in zip(_ROOTS[1:], lines, strict=True)
    ]
    ends = np.array([epochs[-1] for epochs, _ in lines])
    return amplitude, _fitted(_ROOTS[1:], np.array(starts), 4, 1 / ends)


_AMPLITUDE, START = _tails()


def _stop() -> tuple[float, ...]:
    """Exponent and factor of the epochs from the start of the tail to the end, by A P.

    Where learning ends, the patterns that are expected to be updated in an epoch go with a power of
    these epochs; measured at small loads.
    """
    epochs = _STOPS["epochs"]
    expected = np.exp(np.interp(np.log(epochs), np.log(_EPOCHS), np.log(_PROBABILITIES[0])))
    power, offset = np.polyfit(
        np.log(epochs - series(START, 0.0)), np.log(_STOPS["patterns"] * expected), 1
    )
    return _rounded(np.array([1 / (2 + power), np.exp(-offset / (2 + power))]))


STOP_EXPONENT, STOP_FACTOR = _stop()


def _in_range(P: Any, N: Any) -> Any:
    """The loads of which there is a table."""
    return 4 * P < 7 * N


def _tail(P: Any, N: Any) -> tuple[Any, Any]:
    """A and the epochs that the tail A/(e - d)^2 lasts, until learning ends."""
    xp = arithmetic(P, N)
    amplitude = xp.exp(series(_AMPLITUDE, xp.sqrt(P / N)))
    exponent, factor = (_exactly(xp, number) for number in (STOP_EXPONENT, STOP_FACTOR))
    return amplitude, factor * (amplitude * P) ** exponent


def _parts(P: Any, N: Any) -> tuple[Any, Any]:
    """K/P of all that the mean field learns, and of what it would learn after the end."""
    amplitude, lasts = _tail(P, N)
    whole = series(_LEARNT, arithmetic(P, N).sqrt(P / N)) / (2 - P / N) ** 2
    return whole, 2 * amplitude / (2 * lasts + 1)


def _square(P: Any, N: Any, whole: Any, later: Any) -> Any:
    """abs(w)^2/(P N), of which what is not learnt after the end is like a random walk."""
    return whole * series(_SHRUNK, arithmetic(P, N).sqrt(P / N)) - later


@formula(SOURCE, gives="K.", domain=ENOUGH_PATTERNS, where=_in_range)
def updates(P: Any, N: Any) -> Any:
    """Updates K until all random patterns are right.

    Notes
    -----
    N to infinity at fixed P/N, and the leading correction for a finite number of patterns, whose
    learning ends in the tail of the curve, `learning_time`. Simulations agree within 3% from P =
    200 on up to a load of 1, and within 10% up to 1.7. LvR's fit is `theory.perceptron.updates`.

    Examples
    --------
    >>> round(updates(1000, 1000) / 1000, 1)
    2.0
    """
    whole, later = _parts(P, N)
    return P * (whole - later)


@formula(SOURCE, gives="T.", domain=ENOUGH_PATTERNS, where=_in_range)
def learning_time(P: Any, N: Any) -> Any:
    """Presentations T until all random patterns are right, the median.

    Notes
    -----
    Late in learning the update probability falls as A/(e - d)^2 in epoch e: each update causes
    about one other. So few are left in the end that chance decides, as in an epidemic at its
    threshold. How long that takes depends on A P alone; the law is measured for P/N to 0,
    `learn_few`, where there are no synapses to be simulated. It is d + 1.26 (A P)^0.37 epochs;
    A and d, of P/N alone and up to 7/4, are fitted to `curve`.
    LvR's fit is `theory.perceptron.learning_time`.

    Examples
    --------
    >>> round(learning_time(1000, 1000) / 1000)
    27
    """
    _, lasts = _tail(P, N)
    return P * (lasts + series(START, arithmetic(P, N).sqrt(P / N)))


@formula(SOURCE, gives="abs(w), in units of weight.", domain=ENOUGH_PATTERNS, where=_in_range)
def weight_norm(P: Any, N: Any, eta: Any = 1) -> Any:
    """The norm of the weights when all random patterns are right.

    Notes
    -----
    Updates are made at wrong outputs, which pulls the weights back: abs(w)^2 is less than the
    K N eta^2 of a random walk, by a factor that falls from 1 at small loads to 0.58 at a load of 1.

    Examples
    --------
    >>> round(weight_norm(1000, 1000) ** 2 / (updates(1000, 1000) * 1000), 2)
    0.55
    """
    xp = arithmetic(P, N, eta)
    return eta * xp.sqrt(P) * xp.sqrt(N) * xp.sqrt(_square(P, N, *_parts(P, N)))


@formula(SOURCE, gives="Energy in units of weight.", domain=ENOUGH_PATTERNS, where=_in_range)
def minimal_energy(P: Any, N: Any, eta: Any = 1) -> Any:
    """Energy of going straight to the final weights, which are Gaussian: abs(w) sqrt(2 N/pi).

    Examples
    --------
    >>> round(minimal_energy(1000, 1000))
    26529
    """
    xp = arithmetic(P, N, eta)
    return weight_norm(P, N, eta) * xp.sqrt(2 * N / xp.pi)


@formula(SOURCE, gives="M_perc / M_min, dimensionless.", domain=ENOUGH_PATTERNS, where=_in_range)
def inefficiency(P: Any, N: Any) -> Any:
    """Energy of perceptron learning over the least possible, N K eta over the minimal energy.

    Notes
    -----
    LvR's Eq. 3, `theory.perceptron.inefficiency`, takes the weights for a random walk.

    Examples
    --------
    >>> round(inefficiency(1000, 1000))
    75
    """
    xp = arithmetic(P, N)
    whole, later = _parts(P, N)
    size = xp.sqrt(2 * _square(P, N, whole, later) / xp.pi)
    return xp.sqrt(P) * (whole - later) / size


def update_probability(load: Any, epoch: Any) -> Any:
    """The probability that a presentation in an epoch causes an update, for N to infinity.

    Parameters
    ----------
    load : number or array
        P/N, from 0 to 1.75.
    epoch : number or array
        From 1 on; it broadcasts with the load.

    Returns
    -------
    number or array
        From 0 to 1/2.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Notes
    -----
    Interpolated between the loads and epochs of the table, the logarithm linearly in the root of
    the load and in the logarithm of the epoch; beyond the table by the law of the tail.

    Examples
    --------
    >>> update_probability(1.0, [1, 2, 10]).round(2)
    array([0.5 , 0.33, 0.04])
    """
    loads, epochs = doubles("load", load, LOADS_TABULATED), doubles("epoch", epoch, at_least_one)
    return _interpolated(np.sqrt(loads), epochs)[()]


def _continued() -> tuple[FloatArray, FloatArray]:
    """Logarithms of the epochs and of the probabilities of the table, continued by the tail."""
    later = np.append(_EPOCHS, np.geomspace(2 * _EPOCHS[-1], 1e9, 40))
    rows = []
    for root, known in zip(_ROOTS, _PROBABILITIES, strict=True):
        last = np.count_nonzero(known) - 1
        lasting = later[last:] - series(START, root)
        rows.append(np.log(np.append(known[:last], known[last] * (lasting[0] / lasting) ** 2)))
    return np.log(later), np.array(rows)


_LOG_EPOCHS, _LOG_PROBABILITIES = _continued()


def _interpolated(root: FloatArray, epoch: FloatArray) -> FloatArray:
    """The probability, its logarithm bilinear in the root of the load and that of the epoch."""
    row = np.clip(np.searchsorted(_ROOTS, root, "right") - 1, 0, len(_ROOTS) - 2)
    column = np.clip(
        np.searchsorted(_LOG_EPOCHS, np.log(epoch), "right") - 1, 0, len(_LOG_EPOCHS) - 2
    )
    across = (root - _ROOTS[row]) / (_ROOTS[row + 1] - _ROOTS[row])
    along = (np.log(epoch) - _LOG_EPOCHS[column]) / (_LOG_EPOCHS[column + 1] - _LOG_EPOCHS[column])
    low, high = (
        _LOG_PROBABILITIES[place, column] * (1 - along)
        + _LOG_PROBABILITIES[place, column + 1] * along
        for place in (row, row + 1)
    )
    found: FloatArray = np.exp(low * (1 - across) + high * across)
    return found
