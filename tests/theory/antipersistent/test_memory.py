"""The memory of a cache: the response of a walk to a shift, and its integral."""

import math

import numpy as np
import pytest
import scipy.integrate
import scipy.linalg
import scipy.special

from tests.theory.formula.strategies import approx
from theory import lattice
from theory.antipersistent import local_memory, local_memory_so_far, periodic_memory
from theory.antipersistent.memory import ONE_WALL

# --- memory ---------------------------------------------------------------------------------------


def responses(n, lag):
    """Response of sign(s) and of s abs(s) to a shift of the step so many updates before.

    Exact, for a walk in its steady state: differences of what is expected from either side.
    """
    sizes = np.arange(n)
    signed = np.append(-sizes[:0:-1], sizes)  # -(n - 1) to n - 1
    rates = np.zeros((len(signed), len(signed)))
    for place, s in enumerate(signed):
        for up in (-1, 1):
            rates[place, (s + up if abs(s + up) < n else 0) + n - 1] += 1 / 2
    ahead = np.linalg.matrix_power(rates, lag)
    steady = lattice.stationary(signed, n)
    result = []
    for value in (np.sign(signed), signed * np.abs(signed)):
        expected = np.concatenate([[0], ahead @ value, [0]])  # beyond the ends it is consolidated
        result.append(steady @ (expected[2:] - expected[:-2]) / 2)
    return result


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2, 0.5])
def test_memory_is_the_response_of_the_steady_state(share):
    n = 60
    lag = round(share * n**2)
    of_sign, of_square = responses(n, lag)
    x = lag / n**2
    assert of_sign * n / 2 == pytest.approx(local_memory(x), rel=5e-3)
    square = 1.5 * local_memory(x) + 3 * local_memory_so_far(x) - 0.5
    assert of_square * 3 / (2 * n) == pytest.approx(square, rel=1e-2)


def test_memory_is_the_survival_of_a_walk_between_walls():
    width, steps = 300, [900, 9000, 45_000]
    rates = (np.eye(width - 1, k=1) + np.eye(width - 1, k=-1)) / 2
    for count in steps:
        alive = np.linalg.matrix_power(rates, count).sum(axis=1)
        assert alive.sum() / width == pytest.approx(local_memory(count / width**2), rel=2e-3)


def test_memory_falls_without_a_seam():
    x = np.concatenate([np.linspace(0, 0.1, 500), ONE_WALL + np.array([-1e-9, 0, 1e-9])])
    x.sort()
    values = local_memory(x)
    assert values[0] == 1
    assert np.all(np.diff(values) < 0)
    for function in (local_memory, local_memory_so_far):
        below, above = function(np.array([ONE_WALL * (1 - 1e-15), ONE_WALL]))
        assert below == pytest.approx(above, abs=3e-11)


@pytest.mark.parametrize("x", [0.005, ONE_WALL, 0.1, 2.0])
def test_memory_so_far_is_the_integral(x):
    expected, _ = scipy.integrate.quad(local_memory, 0, x, points=[min(x, ONE_WALL)], epsabs=1e-12)
    assert float(local_memory_so_far(x)) == approx(expected, rel=1e-9)


def test_all_of_the_memory_is_a_sixth():
    assert float(local_memory_so_far(50.0)) == approx(1 / 6)


def test_periodic_memory_gives_the_variance_at_the_end_of_a_cycle():
    """Of m updates there are m - j pairs j apart."""
    m, lags = 20, np.arange(1, 40)
    variance = m + 2 * sum(-0.01 * (m - j) for j in range(1, m))
    assert m * (1 + 2 * np.sum(-0.01 * periodic_memory(lags / m))) == approx(variance)


# --- caching of correlated steps ------------------------------------------------------------------


@pytest.mark.parametrize("memory", [local_memory, local_memory_so_far, periodic_memory])
@pytest.mark.parametrize("lag", [-1, math.nan, [0.5, -1e-9]])
def test_bad_lags(memory, lag):
    with pytest.raises(ValueError, match=r"x must be a number >= 0, got (-1|nan)"):
        memory(lag)
