"""Symbols: each is used, and its typical range lies in its domain and in those of formulas."""

import math

import pytest

from theory.catalogue import CALLS
from theory.formula import SYMBOLS
from theory.formula.sampling import typical


@pytest.mark.parametrize("name", SYMBOLS)
def test_a_symbol_says_what_it_is(name):
    symbol = SYMBOLS[name]
    assert symbol.name == name
    assert symbol.meaning.endswith(".")
    low, high = symbol.typical
    assert low < high
    assert all(symbol.domain.contains(end) for end in (low, high))
    assert low > 0 or symbol.domain.integer
    assert any(name in formula.arguments for formula in CALLS.values())


@pytest.mark.parametrize("name", CALLS)
def test_symbols_mean_the_same_in_all_formulas(name):
    for argument, symbol in CALLS[name].arguments.items():
        known = SYMBOLS[argument]
        assert (symbol.meaning, symbol.typical) == (known.meaning, known.typical)


@pytest.mark.parametrize("name", CALLS)
def test_typical_numbers_lie_in_the_domain_of_the_formula(name):
    formula = CALLS[name]
    for argument, within in typical(formula).items():
        domain = formula.domain[argument]
        if isinstance(within, range):
            assert domain.integer
            assert all(map(domain.contains, within))
        else:
            low, high = within
            assert low < high
            assert domain.contains(math.sqrt(low * high))
            assert domain.low <= low
            assert high <= domain.high
