"""Domains: what they contain, and what they tell SymPy."""

import math

import mpmath
import numpy as np
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import reproducible
from theory.formula.domain import Domain, between


@given(value=st.floats(-3, 3))
@reproducible(100)
def test_domain_contains(value):
    assert between(-1, 2).contains(value) == (-1 <= value <= 2)
    assert Domain("", -1, 2).contains(value) == (-1 < value < 2)
    whole = Domain("", -1, 2, open_low=False, integer=True)
    assert whole.contains(value) == (value in {-1.0, 0.0, 1.0})
    assert whole.contains(mpmath.mpf(value)) == (value in {-1.0, 0.0, 1.0})
    assert bool(whole.contains(sympy.Float(value))) == (value in {-1.0, 0.0, 1.0})


@given(values=st.lists(st.floats(allow_nan=True), max_size=5), integer=st.booleans())
@reproducible(200)
def test_domain_contains_all_is_contains_of_all(values, integer):
    array = np.array(values, dtype=float)
    with np.errstate(invalid="ignore"):
        for domain in (
            Domain("", -1, 1, integer=integer),
            Domain("", 0, math.inf, open_low=False, integer=integer),
            Domain("", integer=integer),
        ):
            assert domain.contains_all(array) == all(domain.contains(value) for value in array)


def test_symbols_know_what_the_domain_says():
    assert Domain("", 0).symbol("x").is_positive
    assert Domain("", 0, open_low=False).symbol("x").is_nonnegative
    assert Domain("", 0, open_low=False).symbol("x").is_positive is None
    assert Domain("", 1, open_low=False).symbol("x").is_positive
    assert Domain("", integer=True).symbol("x").is_integer
    assert Domain("", integer=True).symbol("x").is_nonnegative is None
    assert Domain("").symbol("x").is_real
