"""Checks of arguments at the border, each error naming argument, value and domain."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def require(name: str, value: object, holds: bool, domain: str) -> None:
    """Raise a ValueError that names argument, value and domain unless ``holds``."""
    if not holds:
        raise ValueError(f"{name} must be {domain}, got {value!r}")


def require_count(name: str, value: object, least: int = 1) -> None:
    """Require an integer from 1 on, or from ``least`` on (NumPy's integers included)."""
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    domain = "a positive integer" if least == 1 else f"an integer >= {least}"
    require(name, value, whole and bool(value >= least), domain)  # type: ignore[operator]


def require_tau(tau: float) -> None:
    """Require a decay time of more than one presentation; infinity means no decay."""
    domain = "a number of presentations > 1 (inf: no decay)"
    require("tau", tau, as_number("tau", tau, domain) > 1, domain)


def require_positive(name: str, value: float) -> None:
    """Require a finite number above zero."""
    domain = "a finite number > 0"
    require(name, value, 0 < as_number(name, value, domain) < math.inf, domain)


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


def as_threshold(threshold: object) -> float:
    """A consolidation threshold as a double."""
    domain = "a number >= 0"
    level = as_number("threshold", threshold, domain)
    require("threshold", threshold, level >= 0, domain)
    return level


def require_choice(name: str, value: object, choices: Sequence[str]) -> None:
    """Require one of a few words."""
    require(name, value, value in choices, "one of " + ", ".join(choices))


def require_generator(rng: object) -> None:
    """Require a generator of NumPy."""
    require("rng", rng, isinstance(rng, np.random.Generator), "a numpy.random.Generator")


def as_number(name: str, value: object, domain: str) -> float:
    """A single real number as a double; ``domain`` is what the error message calls for."""
    try:
        if isinstance(value, str | bytes):
            raise TypeError
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must be {domain}, got {value!r}") from None


def as_numbers(name: str, values: npt.ArrayLike, domain: str) -> npt.NDArray[np.float64]:
    """Real numbers as an array of doubles; ``domain`` is what the error message calls for."""
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "biuf":
            raise TypeError
        return array.astype(float, copy=False)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be {domain}, got {values!r}") from None


def checked_patterns(
    patterns: npt.ArrayLike, labels: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
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


def are_whole(inputs: npt.NDArray[np.float64]) -> bool:
    """Whether all entries of an array are whole numbers."""
    return all(np.array_equal(block, np.rint(block)) for block in _blocks(inputs))


def _blocks(inputs: npt.NDArray[np.float64]) -> list[npt.NDArray[np.float64]]:
    """Blocks that stay in the cache: several arrays of the size of all can be too much."""
    return np.array_split(inputs, math.ceil(inputs.size / 2**16))


def in_own_units(inputs: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], float]:
    """Patterns over a unit that makes their overlaps exact, or at least safe, and that unit.

    1 for moderate whole numbers. Whole multiples of one number, such as +-0.1, are taken in that
    number: ties of the fields are then ties, which rounding would hide. Otherwise a power of two
    of the size of the largest entry, which keeps overlaps from over- and underflowing.
    """
    largest = max(float(inputs.max()), -float(inputs.min()))
    if largest < 2**20 and are_whole(inputs):
        return inputs, 1.0
    smallest = float(min(np.abs(it[it != 0]).min(initial=np.inf) for it in _blocks(inputs)))
    if largest < 2**20 * smallest and all(_near_whole(it / smallest) for it in _blocks(inputs)):
        multiples = inputs / smallest
        return np.rint(multiples, out=multiples), smallest
    unit = 2.0 ** math.floor(math.log2(largest))
    return inputs / unit, unit


def _near_whole(multiples: npt.NDArray[np.float64]) -> bool:
    whole = np.rint(multiples)
    near = np.abs(multiples - whole) <= 4 * np.finfo(float).eps * np.abs(whole)
    return bool(near.all())
