"""Checks of arguments at the border, each error naming argument, value and domain."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray

#: So close to a whole number, relative to it, a quotient of doubles may be meant to be that number:
#: rounding its terms and itself makes up to three halves of 2^-52.
LIKE_WHOLE = 2.0**-50


def require(name: str, value: object, holds: bool, domain: str) -> None:
    """Raise a ValueError that names argument, value and domain unless ``holds``."""
    if not holds:
        raise ValueError(f"{name} must be {domain}, got {brief(value)}")


def brief(value: object) -> str:
    """How a value is shown in an error message, if need be only the beginning of it."""
    try:
        text = repr(value)
    except ValueError:  # whole numbers of thousands of digits
        return "a number too long to be shown"
    return text if len(text) <= 120 else f"{text[:100]} ..."


def as_count(name: str, value: object, least: int = 1) -> int:
    """An integer from 1 on, or from ``least`` on, as one of Python's, which cannot overflow."""
    domain = "a positive integer" if least == 1 else f"an integer >= {least}"
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    count = int(value) if whole else least - 1  # type: ignore[call-overload]
    require(name, value, count >= least, domain)
    return count


def as_tau(tau: object) -> float:
    """A decay time of more than one presentation as a double; infinity means no decay."""
    domain = "a number of presentations > 1 (inf: no decay)"
    time = as_number("tau", tau, domain)
    require("tau", tau, time > 1, domain)
    return time


def as_positive(name: str, value: object) -> float:
    """A finite number above zero as a double."""
    domain = "a finite number > 0"
    number = as_number(name, value, domain)
    require(name, value, 0 < number < math.inf, domain)
    return number


def as_non_negative(name: str, value: object) -> float:
    """A finite number of at least zero as a double."""
    domain = "a finite number >= 0"
    number = as_number(name, value, domain)
    require(name, value, 0 <= number < math.inf, domain)
    return number


def as_chance(p: object) -> float:
    """The probability p that a presentation is an update as a double."""
    domain = "a number > 0 and <= 1"
    chance = as_number("p", p, domain)
    require("p", p, 0 < chance <= 1, domain)
    return chance


def as_fraction(name: str, value: object) -> float:
    """A part of a whole as a double."""
    domain = "a number from 0 to 1"
    fraction = as_number(name, value, domain)
    require(name, value, 0 <= fraction <= 1, domain)
    return fraction


def as_open_fraction(name: str, value: object) -> float:
    """A part of a whole, neither nothing nor all, as a double."""
    domain = "between 0 and 1"
    fraction = as_number(name, value, domain)
    require(name, value, 0 < fraction < 1, domain)
    return fraction


def as_threshold(threshold: object) -> float:
    """A consolidation threshold as a double."""
    domain = "a number >= 0"
    level = as_number("threshold", threshold, domain)
    require("threshold", threshold, level >= 0, domain)
    return level


def settle(instance: object, name: str, value: object) -> None:
    """Let a dataclass that checks its fields keep one as what it was read as.

    Numbers of Python stay as they are: the ``repr`` of a dataclass may name its results.
    """
    if type(getattr(instance, name)) not in {int, float}:
        object.__setattr__(instance, name, value)


def require_choice(name: str, value: object, choices: Sequence[str]) -> None:
    """Require one of a few words."""
    known = isinstance(value, str) and value in choices
    require(name, value, known, "one of " + ", ".join(choices))


def require_generator(rng: object) -> None:
    """Require a generator of NumPy."""
    require("rng", rng, isinstance(rng, np.random.Generator), "a numpy.random.Generator")


def as_number(name: str, value: object, domain: str) -> float:
    """A single real number as a double; ``domain`` is what the error message calls for."""
    array = as_numbers(name, value, domain)
    require(name, value, array.ndim == 0, domain)
    return float(array)


def as_numbers(name: str, values: object, domain: str) -> FloatArray:
    """Real numbers as an array of doubles; ``domain`` is what the error message calls for.

    Refused is what would lose on the way what it says: masks, units, labels, further digits.
    """
    try:
        if not _are_plain(values):
            raise TypeError
        array = np.asarray(values)
        if array.dtype.kind == "O":  # fractions, and whole numbers beyond 64 bits
            array = array.astype(float)
        if array.dtype.kind not in "biuf":
            raise TypeError
        return array.astype(float, copy=False)
    except (TypeError, ValueError, OverflowError):
        require(name, values, False, domain)
        raise


def _are_plain(values: object) -> bool:
    """Whether these are numbers of at most double precision and nothing else, or arrays of them."""
    if isinstance(values, list | tuple):
        return all(map(_are_plain, values))
    if isinstance(values, np.generic) or type(values) in {np.ndarray, np.memmap}:
        kind = values.dtype  # type: ignore[attr-defined]
        if kind.hasobject:
            return all(map(_are_plain, values.flat))  # type: ignore[attr-defined]
        return kind.kind in "biuf" and kind.itemsize <= 8
    return isinstance(values, int | float | Fraction | range)


def checked_patterns(
    patterns: npt.ArrayLike, labels: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Patterns (P, N + 1) and labels (P,) as arrays of doubles."""
    shape = "a non-empty array of real numbers, of shape (P, N + 1)"
    inputs = as_numbers("patterns", patterns, shape)
    if inputs.ndim != 2 or not inputs.size:
        raise ValueError(f"patterns must be {shape}, got one of shape {inputs.shape}")
    matching = f"+1 or -1, one for each of {len(inputs)} patterns"
    signs = as_numbers("labels", labels, matching)
    if signs.shape != inputs.shape[:1]:
        raise ValueError(f"labels must be {matching}, got an array of shape {signs.shape}")
    finite = np.isfinite(inputs)
    if not finite.all():
        require("patterns", float(inputs[~finite][0]), False, "finite everywhere")
    for label in signs[np.abs(signs) != 1]:
        require("labels", float(label), False, "+1 or -1")
    return inputs, signs


def are_whole(inputs: FloatArray) -> bool:
    """Whether all entries of an array are whole numbers."""
    return all(np.array_equal(block, np.rint(block)) for block in _blocks(inputs))


def _blocks(inputs: FloatArray) -> list[FloatArray]:
    """Blocks that stay in the cache: several arrays of the size of all can be too much."""
    return np.array_split(inputs, math.ceil(inputs.size / 2**16))


def in_own_units(inputs: FloatArray) -> tuple[FloatArray, float]:
    """Patterns over a unit that makes their overlaps exact, or at least safe, and that unit.

    1 for moderate whole numbers. Whole multiples of one number, such as +-0.1, are taken in that
    number: ties of the fields are then ties, which rounding would hide. Otherwise a power of two
    of the size of the largest entry, which keeps overlaps from over- and underflowing.
    """
    largest = max(float(inputs.max()), -float(inputs.min()))
    if largest < 2**20 and are_whole(inputs):
        return inputs, 1.0
    smallest = float(min(np.abs(it[it != 0]).min(initial=np.inf) for it in _blocks(inputs)))
    if largest < 2**20 * smallest and all(
        nearly_whole(it / smallest).all() for it in _blocks(inputs)
    ):
        multiples = inputs / smallest
        return np.rint(multiples, out=multiples), smallest
    unit = 2.0 ** math.floor(math.log2(largest))
    return inputs / unit, unit


def threshold_in_steps(threshold: npt.ArrayLike, step: float) -> FloatArray:
    """Thresholds over the step; what is whole but for rounding, such as 0.3/0.1, is whole.

    Decimal numbers have no exact doubles. A transient weight that has to exceed the threshold would
    do so a step early.
    """
    with np.errstate(over="ignore", under="ignore"):
        quotients = np.divide(threshold, step)
    return np.where(nearly_whole(quotients), np.rint(quotients), quotients)


def nearly_whole(quotients: FloatArray) -> npt.NDArray[np.bool_]:
    """Which quotients are within four parts in 2^52 of a whole number, relative to it."""
    whole = np.rint(quotients)
    with np.errstate(invalid="ignore"):  # infinity less itself
        near: npt.NDArray[np.bool_] = np.abs(quotients - whole) <= LIKE_WHOLE * np.abs(whole)
    return near
