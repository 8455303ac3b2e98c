"""Proposed changes, of all synapses or of some, against a matrix of them."""

import numpy as np
import pytest

from montecarlo.network.synapses import Change, Layer

RNG = np.random.default_rng(4)
ERRORS, ACTIVITIES = RNG.normal(size=5), RNG.normal(size=6) * (RNG.random(6) < 0.6)
MATRIX = np.outer(ERRORS, ACTIVITIES)
CHOSEN = (np.array([4, 0, 2, 0]), np.array([5, 1, 3, 0]))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("chosen", [None, CHOSEN, (np.zeros(0, int), np.zeros(0, int))])
def test_changes_are_those_of_a_matrix(chosen, dtype):
    mask = np.ones(MATRIX.shape, bool)
    if chosen is not None:
        mask[:] = False
        mask[chosen] = True
    expected = np.where(mask, MATRIX, 0)
    change = Change(ERRORS.astype(dtype), ACTIVITIES.astype(dtype), chosen)
    rtol = 1e-14 if dtype is np.float64 else 1e-6
    np.testing.assert_allclose(np.sort(change.values), np.sort(MATRIX[mask]), rtol=rtol)
    for exponent in (0, 0.5, 1, 2):
        nonzero = np.abs(expected[expected != 0])
        assert change.power_sum(exponent) == pytest.approx((nonzero**exponent).sum(), rel=rtol)
    weights = np.ones(MATRIX.shape, dtype)
    change.add_to(weights, 0.3)
    assert weights.dtype == dtype
    np.testing.assert_allclose(weights, 1 + 0.3 * expected, rtol=rtol)


def test_energy_is_a_copy():
    layer = Layer(np.zeros((5, 6)), np.zeros((5, 6)), (0, 1), np.zeros(2))
    layer.energy[:] = 7
    assert layer.spent.tolist() == [0, 0]


def test_the_direct_energy_of_many_synapses_is_summed_in_double_precision():
    """In single precision 2^24 + 1 is 2^24."""
    weights = np.zeros((1, 1000), np.float32)
    weights[0, 0], weights[0, 1:] = 2.0**24, 1.0
    layer = Layer(weights, np.zeros_like(weights), (1,), np.zeros(1))
    assert layer.direct_energy.tolist() == [2**24 + 999]
