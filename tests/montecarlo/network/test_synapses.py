"""Proposed changes, of all synapses or of some, against a matrix of them."""

import numpy as np
import pytest

from montecarlo.network import change as changes
from montecarlo.network.synapses import Change, Layer

RNG = np.random.default_rng(4)
ERRORS, ACTIVITIES = RNG.normal(size=5), RNG.normal(size=6) * (RNG.random(6) < 0.6)
MATRIX = np.outer(ERRORS, ACTIVITIES)
CHOSEN = RNG.random(MATRIX.shape) < 0.3


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "plastic", [None, CHOSEN, CHOSEN[:1], CHOSEN[:, :1], np.zeros((1, 1), bool)]
)
@pytest.mark.parametrize("few", [0, 1000], ids=["by BLAS", "at once"])
def test_changes_are_those_of_a_matrix(plastic, dtype, few, monkeypatch):
    monkeypatch.setattr(changes, "FEW_SYNAPSES", few)
    expected = MATRIX if plastic is None else np.where(plastic, MATRIX, 0)
    change = Change(ERRORS.astype(dtype), ACTIVITIES.astype(dtype))
    if plastic is not None:
        change = change.only(plastic)
    rtol = 1e-14 if dtype is np.float64 else 1e-6
    np.testing.assert_allclose(change.values, expected, rtol=rtol)
    for exponent in (0, 0.5, 1, 2):
        nonzero = np.abs(expected[expected != 0])
        assert change.power_sum(exponent) == pytest.approx((nonzero**exponent).sum(), rel=rtol)
    weights = np.ones(MATRIX.shape, dtype)
    change.add_to(weights, 0.3)
    assert weights.dtype == dtype
    np.testing.assert_allclose(weights, 1 + 0.3 * expected, rtol=rtol)


def test_changes_of_many_samples_add_up():
    errors, activities = RNG.normal(size=(2, 3, 5)), RNG.normal(size=(2, 3, 6))
    weights = np.ones((2, 5, 6))
    Change(errors, activities).add_all_to(weights, 0.3)
    expected = 1 + 0.3 * np.einsum("rsi,rsj->rij", errors, activities)
    np.testing.assert_allclose(weights, expected, rtol=1e-13)


def test_changes_of_networks_are_put_apart_and_together():
    stack = Change(RNG.normal(size=(2, 5)), RNG.normal(size=(2, 6)), RNG.random((2, 5, 6)) < 0.5)
    first, second = stack.apart()
    again = Change.together([first, Change(second.errors, second.activities)])
    assert np.array_equal(again.values[0], stack.values[0])
    assert np.array_equal(again.values[1], np.outer(second.errors, second.activities))


def test_energy_is_a_copy():
    layer = Layer.untrained(np.zeros((5, 6)), (0, 1))
    layer.energy[:] = 7
    assert layer.spent.tolist() == [0, 0]


def test_the_direct_energy_of_many_synapses_is_summed_in_double_precision():
    """In single precision 2^24 + 1 is 2^24."""
    layer = Layer.untrained(np.zeros((1, 1000), np.float32), (1,))
    layer.weights[0, 0], layer.weights[0, 1:] = 2.0**24, 1.0
    assert layer.direct_energy.tolist() == [2**24 + 999]
