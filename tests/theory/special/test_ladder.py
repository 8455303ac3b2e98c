"""Overshoot of Gaussian steps; that of steps of +-1 is tested in test_decay_overshoot."""

import math

import mpmath
import numpy as np

from tests.theory.formula.strategies import approx
from theory.special.ladder import gaussian_overshoot


def test_overshoot_of_gaussian_steps():
    constant = float(-mpmath.zeta(0.5) / mpmath.sqrt(2 * mpmath.pi))
    assert gaussian_overshoot(0) == approx(constant)
    assert gaussian_overshoot(1e-9) == approx(constant, rel=1e-9)
    assert gaussian_overshoot(1 - 1e-9) == approx(gaussian_overshoot(1.0), rel=1e-6)
    # Without noise half a step, and a little more at a drift of three standard deviations.
    assert gaussian_overshoot(50) == approx(25, rel=1e-3)
    steps = np.random.default_rng(1).normal(0.5, 1, (20_000, 200)).cumsum(axis=1)
    first = steps[np.arange(20_000), (steps > 20).argmax(axis=1)] - 20
    error = first.std() / math.sqrt(len(first))
    assert abs(first.mean() - gaussian_overshoot(0.5)) < 5 * error < 0.03
