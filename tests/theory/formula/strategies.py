"""Arguments for formulas, made from the domains that the formulas declare."""

import functools
import inspect
import math

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import settings
from hypothesis import strategies as st

from theory.catalogue import FORMULAS

ALL = list(FORMULAS)
EVERY = pytest.mark.parametrize("name", ALL)
SEVERAL = pytest.mark.parametrize("name", [name for name in ALL if len(FORMULAS[name].domain) > 1])
EVERY_ARGUMENT = pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for name in ALL for argument in FORMULAS[name].domain]
)


def reproducible(examples):
    """The same examples in every run, without a time limit for each."""
    return settings(derandomize=True, deadline=None, max_examples=examples, database=None)


@functools.cache  # to make a strategy takes longer than to draw from it
def numbers(domain, decades=30):
    """Doubles in a domain, of magnitudes up to so many decades, as likely small as large."""
    if domain.integer:
        low = domain.low + domain.open_low if math.isfinite(domain.low) else -1000
        return st.integers(int(low), 1000).map(float)
    if math.isfinite(domain.high):
        return st.floats(
            domain.low,
            domain.high,
            exclude_min=domain.open_low,
            exclude_max=domain.open_high,
            allow_subnormal=False,
        ).map(lambda x: x if x == 0 or abs(x) > 10.0**-decades else 10.0**-decades)
    if domain.low == -math.inf:
        size = st.floats(-decades, decades).map(lambda exponent: 10.0**exponent)
        return st.one_of(st.just(0.0), size, size.map(lambda x: -x))
    low = -decades if domain.low == 0 else math.log10(domain.low)
    magnitudes = st.floats(low, decades).map(lambda exponent: max(10.0**exponent, domain.low))
    if domain.low > 0:
        # Also close to the end of the domain.
        near = st.floats(-15, 0).map(lambda exponent: domain.low * (1 + 10.0**exponent))
        magnitudes = st.one_of(magnitudes, near)
    if not domain.open_low:
        magnitudes = st.one_of(magnitudes, st.just(float(domain.low)))
    if domain.contains(math.inf):
        magnitudes = st.one_of(magnitudes, magnitudes, st.just(math.inf))
    return magnitudes.filter(domain.contains)


#: Shares of the most that a condition allows: of all magnitudes, and as close to 1 as doubles come.
SHARES = st.one_of(
    st.floats(-15, 0).map(lambda exponent: 10.0**exponent),
    st.floats(-16, 0).map(lambda exponent: 1 - 10.0**exponent).filter(bool),
)


@st.composite
def arguments(draw, formula, decades=30):
    """A point of a formula's domain, as a dict of doubles."""
    point = {name: draw(numbers(domain, decades)) for name, domain in formula.domain.items()}
    if formula.where and (not formula.where.at(point) or draw(st.booleans())):
        point = formula.where.placed(point, formula.domain, draw(SHARES))
    return point


def loads(decades=30):
    """P and N below capacity: loads of all magnitudes, and as close to 2 as doubles come."""
    return arguments(FORMULAS["perceptron.updates"], decades)


def typical(formula):
    """One point well inside the domain of a formula."""
    point = {}
    for name, domain in formula.domain.items():
        if math.isfinite(domain.high):
            point[name] = (domain.low + domain.high) / 2
        else:
            # A number of either sign comes smaller: a transient weight is below its threshold.
            size = 3.0 if domain.integer else 2.5 if domain.low > -math.inf else 1.25
            point[name] = max(domain.low, 0.0) + size
    return point


def options(formula):
    """The sets of options that a formula can be called with."""
    names = set(inspect.signature(formula.function).parameters) - set(formula.domain)
    assert names <= {"integer"}
    return [{}, *({name: True} for name in names)]


OPTIONED = pytest.mark.parametrize(
    ("name", "chosen"), [(name, chosen) for name in ALL for chosen in options(FORMULAS[name])]
)


def exactly(point):
    """The same doubles as mpf numbers."""
    return {name: mpmath.mpf(value) for name, value in point.items()}


def rationally(formula, point):
    """The same doubles as SymPy numbers for the symbols of a formula."""
    return {
        symbol: sympy.Rational(*float(point[name]).as_integer_ratio())
        for name, symbol in formula.symbols.items()
    }


def condition(formula, point, **chosen):
    """Sum over the arguments of abs(x df/dx / f), at the present precision of mpmath."""
    unchecked = inspect.unwrap(formula.function)
    exact = exactly(point)
    value = unchecked(**exact, **chosen)
    step = mpmath.mpf(10) ** -20
    total = mpmath.mpf(0)
    for name, at in exact.items():
        domain = formula.domain[name]
        if domain.integer or not at or not value or mpmath.isinf(at):
            continue
        place = next(at * factor for factor in (1 + step, 1 - step) if domain.contains(at * factor))
        slope = (unchecked(**{**exact, name: place}, **chosen) - value) / (place - at)
        total += abs(at * slope / value)
    return total


def approx(value, rel=1e-12):
    """Equal to so many digits, however small (pytest's own would take 1e-12 for zero)."""
    return pytest.approx(value, rel=rel, abs=0)


def relative_error(value, exact):
    """Of a double against an mpf number; a true zero has to be met."""
    if exact == 0:
        return 0.0 if value == 0 else math.inf
    return float(abs((mpmath.mpf(float(value)) - exact) / exact))


class Labelled:
    """A stand-in for what pandas, xarray and pint have: numbers that say more than numbers do."""

    units, dims, index = "mV", ("day",), ("b", "a")

    def __init__(self, values):
        self.values = values

    def __repr__(self):
        return f"Labelled({self.values})"

    def __float__(self):
        return float(self.values)

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype=dtype)


def out_of(domain):
    """Numbers just outside a domain, and what is no number of any domain."""
    bad = [math.nan, *(end for end in (math.inf, -math.inf) if not domain.contains(end))]
    if math.isfinite(domain.low):
        bad += [domain.low - 1, domain.low if domain.open_low else np.nextafter(domain.low, -1)]
    if math.isfinite(domain.high):
        bad += [domain.high + 1, domain.high if domain.open_high else np.nextafter(domain.high, 9)]
    return [float(value) for value in bad] + ([2.5] if domain.integer else [])
