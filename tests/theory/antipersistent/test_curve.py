"""How far the weights of a perceptron get, and how its updates are correlated."""

import math

import numpy as np
import pytest
import scipy.integrate
import scipy.linalg
import scipy.special

from tests.theory.formula.strategies import approx
from theory import perceptron
from theory.antipersistent import Curve, lag_correlations, minimal_energy, predicted_curve
from theory.antipersistent.curve import CROSSING, OVERSHOOT


def independent(updates):
    return np.append(float(updates), np.zeros(updates - 1))


def test_the_constants_are_those_of_milnes_problem():
    """Gaussian steps from the density that an absorbing wall leaves, on a grid."""
    x = (np.arange(1200) + 0.5) / 40  # to 30 standard deviations
    kernel = np.exp(-((x[:, None] - x) ** 2) / 2) / math.sqrt(2 * math.pi) / 40
    # Far away the density is x + const; the constant is found with it.
    far = (scipy.special.ndtr(x - x[-1] - 1 / 80), np.exp(-((x[-1] + 1 / 80 - x) ** 2) / 2))
    inflow = x * far[0] + far[1] / math.sqrt(2 * math.pi)  # from x' > 30 with density x'
    system = np.eye(len(x)) - kernel
    system[:, -1] -= far[0]  # the same constant as in the last cell, which is that of all beyond
    density = np.linalg.solve(system, inflow - x[-1] * far[0])
    out = scipy.special.ndtr(-x)
    flux = density @ out
    beyond = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi) - x * out  # mean of what crosses
    assert density @ beyond / flux == pytest.approx(OVERSHOOT, rel=2e-3)
    assert density @ (beyond + x * out) / flux == pytest.approx(CROSSING, rel=2e-3)


def test_the_predicted_curve_has_all_updates_and_the_first_epoch():
    curve = predicted_curve(1000, 1000, 2000)
    assert curve.updates.sum() == approx(2000)
    assert curve.updates[0] == approx(500)
    np.testing.assert_allclose(curve.updates[1:20] / curve.updates[:19], 0.75)
    first = 1000 * perceptron.first_epoch_norm(0.5)
    assert (curve.squares[0], curve.changes[0]) == (approx(first), approx(first))
    assert np.all(np.diff(curve.squares) > 0)


def test_predicted_growth_and_change_solve_their_equation():
    curve = predicted_curve(1000, 1000, 2000)
    updates, changes = curve.updates[1:], curve.changes[1:]
    spread = np.sqrt(changes / 1000)
    np.testing.assert_allclose(changes, updates * (1 - CROSSING * spread))
    np.testing.assert_allclose(
        np.diff(curve.squares), updates * (1 - 2 * OVERSHOOT * spread), rtol=1e-9
    )


def test_with_many_synapses_updates_are_independent():
    curve = predicted_curve(100, 1e9, 300)
    np.testing.assert_allclose(curve.changes, curve.updates, rtol=1e-3)
    assert minimal_energy(100, 1e9, 300, eta=2) == pytest.approx(
        2e9 * math.sqrt(600 / math.pi), rel=1e-3
    )


def test_correlations_of_two_epochs_by_hand():
    """4 updates, 1/3 of the variance gone; then 2, of one correlation with each of the last 3."""
    curve = Curve(np.array([4.0, 2.0]), np.array([3.0, 4.0]), np.array([3.0, 1.5]))
    sums = lag_correlations(curve)
    # Epoch 1: (4 - 3)/3 = 1/3 shared: -1/3 (3/4, 1/2, 1/4). Epoch 2: share 1/2, window 3, so
    # -1/2 at each of 3 lags; growth 1 = 2 + 2 (-3/2 + 1), the 1 at lags 4 and 5 at most.
    expected = np.array([6, -1 / 4 - 1 / 2, -1 / 6 - 1 / 2, -1 / 12 - 1 / 2, 1, 0])
    np.testing.assert_allclose(sums, expected)
    assert sums[0] + 2 * sums[1:].sum() == approx(curve.squares[-1])


def test_older_correlations_lie_between_the_last_presentations_and_the_first_update():
    """After 10 independent updates 4 that grow by 12: 4 older, at lags 8 (after 7) to 11."""
    curve = Curve(np.array([10.0, 4.0]), np.array([10.0, 22.0]), np.array([10.0, 4.0]))
    sums = lag_correlations(curve)
    np.testing.assert_allclose(sums, [14, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0])


@pytest.mark.parametrize("P", [50, 1000, 1800])
def test_all_correlations_add_up_to_the_squared_weight(P):
    curve = predicted_curve(P, 1000, perceptron.updates(P, 1000))
    sums = lag_correlations(curve)
    assert sums[0] + 2 * sums[1:].sum() == pytest.approx(curve.squares[-1], rel=1e-6)


def test_a_random_walk_has_no_correlations():
    updates = np.array([50.0, 20.0, 5.0])
    sums = lag_correlations(Curve(updates, np.cumsum(updates), updates))
    np.testing.assert_allclose(sums, independent(75), atol=1e-12)


@pytest.mark.parametrize(
    ("curve", "message"),
    [
        (Curve(np.array([]), np.array([]), np.array([])), "updates must be one number an epoch"),
        (Curve(np.ones(2), np.ones(3), np.ones(2)), "squares must be one number an epoch"),
        (Curve(np.ones(2), np.ones(2), np.array([1, np.nan])), "changes must be finite numbers"),
        (Curve(np.array([3.0, 0.0]), np.ones(2), np.ones(2)), "updates must be finite numbers"),
    ],
)
def test_bad_curves(curve, message):
    with pytest.raises(ValueError, match=message):
        lag_correlations(curve)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 10, 50), r"P must be a finite number > 0, got 0\.0"),
        ((10, math.nan, 50), "N must be a finite number > 0, got nan"),
        ((100, 10, 50), r"P < 2\*K must hold, got P = 100\.0, K = 50\.0"),
    ],
)
def test_bad_patterns_and_updates(arguments, message):
    for function in (predicted_curve, minimal_energy):
        with pytest.raises(ValueError, match=message):
            function(*arguments)
