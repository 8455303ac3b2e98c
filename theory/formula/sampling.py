"""Where formulas are tried: at random points of their domains, and where models have them."""

import math
from collections.abc import Iterator

import numpy as np

from theory.formula.declaration import Formula
from theory.formula.domain import Domain

__all__ = ["Range", "domain_points", "sample", "typical"]

#: Where a symbol is sampled: log-uniformly between two numbers, or from a range of integers.
Range = tuple[float, float] | range


def typical(formula: Formula) -> dict[str, Range]:
    """Where models have the arguments of a formula.

    Parameters
    ----------
    formula : Formula
        One of `theory.formula.FORMULAS`.

    Returns
    -------
    dict
        The typical ranges of its symbols, as far as they lie in its domain.

    Notes
    -----
    A condition on several arguments may still be violated.

    Examples
    --------
    >>> from theory.catalogue import FORMULAS
    >>> typical(FORMULAS["triggers.survival"])
    {'j': range(0, 51), 'n': range(1, 51)}
    """
    ranges: dict[str, Range] = {}
    for name, symbol in formula.arguments.items():
        low = max(symbol.typical[0], symbol.domain.low)
        high = min(symbol.typical[1], symbol.domain.high)
        whole = symbol.domain.integer
        ranges[name] = range(math.ceil(low), math.floor(high) + 1) if whole else (low, high)
    return ranges


def domain_points(
    formula: Formula, count: int, rng: np.random.Generator
) -> Iterator[dict[str, float]]:
    """Random points at which a formula is defined: over sixty decades, and typical ones, by turns.

    Parameters
    ----------
    formula : Formula
        One of `theory.formula.FORMULAS`.
    count : int
        So many points.
    rng : Generator
        NumPy's.

    Yields
    ------
    dict
        The arguments, as doubles. Two of three points are close to the border of the condition
        under which the formula holds, if there is one, down to a part of 1e-15; the others are of
        all magnitudes that it allows.

    Notes
    -----
    A double is drawn log-uniformly, an integer uniformly.

    Examples
    --------
    >>> from theory.catalogue import FORMULAS
    >>> formula = FORMULAS["perceptron.updates"]
    >>> point, = domain_points(formula, 1, np.random.default_rng(1))
    >>> point["P"] < 2 * point["N"]
    True
    """
    usual = typical(formula)
    widest = {name: _widest(domain) for name, domain in formula.domain.items()}
    for index in range(count):
        ranges = widest if index % 2 else usual
        point = {name: sample(within, rng) for name, within in ranges.items()}
        if formula.where:
            free = 10.0 ** rng.uniform(-15, 0)
            point = formula.where.placed(point, formula.domain, 1 - free if index % 3 else free)
        yield point


def _widest(domain: Domain) -> Range:
    if domain.integer:
        return range(int(max(domain.low, -50)), 51)
    if domain.high < math.inf:
        return (max(1e-6 * domain.high, domain.low), domain.high)
    return (max(domain.low, 1e-30), 1e30)


def sample(within: Range, rng: np.random.Generator) -> float:
    """A number from a range.

    Parameters
    ----------
    within : tuple of float or range
        Two numbers, between which it is log-uniform, or integers, which are equally likely.
    rng : Generator
        NumPy's.

    Returns
    -------
    float
        The number.

    Notes
    -----
    Both ends of a tuple are > 0.

    Examples
    --------
    >>> sample(range(3, 4), np.random.default_rng(1))
    3.0
    """
    if isinstance(within, range):
        return float(rng.choice(within))
    low, high = np.log(within)
    return float(np.clip(np.exp(rng.uniform(low, high)), *within))
