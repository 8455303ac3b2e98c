"""Thresholds in steps: decimal multiples of the step are whole numbers of steps for all."""

import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from theory import decay, lattice, triggers
from theory.formula.steps import threshold_in_steps

STEPS = ["0.1", "0.2", "0.3", "0.7", "0.05", "0.001", "1e-7", "1.1", "3e20"]
EVERY_STEP = pytest.mark.parametrize("eta", STEPS)


def forms(eta, count):
    """A decimal multiple of a step, and the step, as numbers of every kind."""
    theta = str(count * Decimal(eta))
    exact = Fraction(theta), Fraction(eta)
    return {
        "doubles": (float(theta), float(eta)),
        "NumPy": (np.float64(theta), np.float64(eta)),
        "doubles in mpmath": (mpmath.mpf(float(theta)), mpmath.mpf(float(eta))),
        "decimals in mpmath": (mpmath.mpf(theta), mpmath.mpf(eta)),
        "doubles in SymPy": (sympy.Float(float(theta)), sympy.Float(float(eta))),
        "doubles as fractions": tuple(sympy.Rational(Fraction(float(it))) for it in (theta, eta)),
        "fractions": tuple(map(sympy.Rational, exact)),
    }


@EVERY_STEP
@pytest.mark.parametrize("digits", [10, 15, 50])
def test_all_arithmetics_agree_on_the_number_of_steps(eta, digits):
    with mpmath.workdps(digits):
        for count in range(1, 41):
            for form, arguments in forms(eta, count).items():
                assert lattice.steps_to_threshold(*arguments) == count + 1, (count, form)
                assert threshold_in_steps(*arguments) == count, (count, form)


@EVERY_STEP
def test_what_is_beside_a_multiple_stays_there(eta):
    for count in (1, 2, 3, 17, 1000):
        for part in (1 - 2e-15, 1 + 2e-15):
            theta = part * float(count * Decimal(eta))
            for arguments in ((theta, float(eta)), (mpmath.mpf(theta), mpmath.mpf(float(eta)))):
                assert threshold_in_steps(*arguments) != count
                assert lattice.steps_to_threshold(*arguments) == count + (part > 1)


def test_symbols_stay_symbols():
    theta, eta = sympy.symbols("theta eta", positive=True)
    assert lattice.steps_to_threshold(theta, eta) == sympy.floor(theta / eta) + 1


@pytest.mark.parametrize(("eta", "count"), [("0.1", 3), ("0.7", 6), ("1e-7", 6)])
def test_all_that_counts_steps_counts_them_so(eta, count):
    """With a step of 1 nothing is rounded: all else is that, in units of the step."""
    theta, step = float(count * Decimal(eta)), float(eta)
    infinite = math.inf
    for function, fixed, scaled in (
        (decay.steady_state, {"tau": infinite, "p": 0.1}, ("mean_transient", "mean_consolidated")),
        (
            decay.steady_state,
            {"tau": 300, "p": 0.1, "tolerance": 0.1},
            ("mean_transient", "mean_consolidated"),
        ),
        (triggers.local_cycle, {}, ("consolidated", "mean_transient")),
        (triggers.any_cycle, {"N": 100}, ("consolidated", "mean_transient")),
        (triggers.decaying_any_cycle, {"N": 100, "tau": 300, "p": 0.1}, ("consolidated",)),
        (triggers.energies, {"K": 100, "T": 1e3, "N": 10, "c": 0.01}, ("total",)),
    ):
        found, meant = function(theta, eta=step, **fixed), function(count, **fixed)
        for name in scaled:
            expected = pytest.approx(step * getattr(meant, name), rel=1e-12)
            assert getattr(found, name) == expected, (function, name)
    for formula in (decay.mean_consolidated, decay.corrected_mean):
        for tau in (infinite, 300):
            whole = formula(count, tau, 0.1)
            assert formula(theta, tau, 0.1, step) == pytest.approx(step * whole, rel=1e-12)
    total = triggers.total_cycle(100 * theta, 100, step)
    assert total.updates == pytest.approx(triggers.total_cycle(100 * count, 100).updates, rel=1e-12)
