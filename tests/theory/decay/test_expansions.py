"""Elementary approximations at both ends of decay, and the bounds of their errors."""

import math

from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory.decay import (
    consolidation_rate,
    mean_transient,
    rare_consolidation_rate,
    weak_decay_mean,
    weak_decay_rate,
)

INF = math.inf


SIZES = st.floats(-3, 1).map(lambda exponent: 10.0**exponent)


@given(SIZES, st.floats(2, 1e4), st.floats(0.01, 1))
@reproducible(100)
def test_bounds_for_weak_decay(x, tau, p):
    walk = (x * math.sqrt(tau * p), tau, p)
    part = consolidation_rate(*walk) / weak_decay_rate(*walk)
    assert 1 - 4 * x**4 / 45 - 1e-14 <= part <= 1 + 1e-14
    part = mean_transient(*walk) / weak_decay_mean(*walk)
    assert 1 - 4 * x**4 / 45 - 1e-14 <= part
    assert 1 - x**4 / 14 - 1e-14 <= 1 / part


def test_the_expansions_are_exact_without_decay():
    assert weak_decay_rate(5, INF, 0.1, 2) == consolidation_rate(5, INF, 0.1, 2)
    assert weak_decay_mean(5, INF, 0.1) == approx(5 / 3)
    assert rare_consolidation_rate(5, INF, 0.1) == 0


@given(st.floats(3, 26), st.floats(2, 1e4))
@reproducible(100)
def test_bounds_for_rare_exits(x, tau):
    walk = (x * math.sqrt(tau * 0.5), tau, 0.5)
    part = consolidation_rate(*walk) / rare_consolidation_rate(*walk)
    assert 1 - 5 / (4 * x**4) - 1e-12 <= part <= 1 + 1e-12
