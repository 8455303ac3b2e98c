"""The density of a walk that restarts: accuracy and ends."""

import mpmath
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import reproducible
from theory import special

BOUND = 4e-15


SMALLEST = 2.0**-1022


@given(st.floats(0, 1), st.floats(-8, 8).map(lambda exponent: 10.0**exponent))
@reproducible(200)
def test_accuracy_of_the_density(place, x):
    with mpmath.workdps(30):
        exact = special.reset_density(mpmath.mpf(place), mpmath.mpf(x))
        # Rounding x r to a double changes exp(-x^2 r^2).
        bound = BOUND * (1 + (place * x) ** 2)
        value = special.reset_density(place, x)
        assert abs(value - exact) <= bound * exact or exact < SMALLEST


def test_the_density_at_the_ends():
    assert special.reset_density([0.0, 0.25, 1.0], 0.0).tolist() == [1, 0.75, 0]
    assert special.reset_density(1.0, [0.5, 30.0, 1e10, 1e200, np.inf]).tolist() == [0] * 5
    assert np.isnan(special.reset_density([np.nan, 0.5], [0.5, np.nan])).all()
