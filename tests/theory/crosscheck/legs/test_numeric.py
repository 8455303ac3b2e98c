"""Fifty digits by two routes, and doubles, are told right from wrong."""

import dataclasses
import math

import mpmath
import numpy as np
import pytest
import sympy as sp

from theory.crosscheck import Verdict
from theory.crosscheck.legs import numeric
from theory.crosscheck.legs.numeric import Agreement, Precision
from theory.formula import FORMULAS


def agreement(formula, route, points=5, digits=40):
    return numeric.judge(Agreement("", formula, route, {"z": (1e-3, 1e3)}, digits), points)


def test_two_routes_to_one_number():
    finding = agreement(
        lambda z: mpmath.exp(-z), lambda z: mpmath.quad(lambda t: mpmath.exp(-t), [z, z + 200])
    )
    assert finding.verdict is Verdict.HOLDS
    assert finding.figures["points"] == 5


@pytest.mark.parametrize("error", ["1.05", "-1", "1.000000000000000000000000000001"])
def test_errors_down_to_the_thirtieth_digit_are_seen(error):
    finding = agreement(lambda z: mpmath.mpf(error) * z, lambda z: z)
    assert finding.verdict is Verdict.FAILS


def test_a_formula_of_sixteen_digits_is_not_one_of_fifty():
    finding = agreement(lambda z: mpmath.mpf(math.exp(-float(z))), lambda z: mpmath.exp(-z))
    assert finding.verdict is Verdict.FAILS


def test_a_formula_that_changes_with_the_precision_is_undecided():
    finding = agreement(lambda z: z * (1 + mpmath.eps**0.5), lambda z: z, digits=30)
    assert finding.verdict is Verdict.UNDECIDED
    assert "disagree" in finding.figures["unstable"]


def test_zero_against_zero_and_no_points_decide_nothing():
    assert agreement(lambda z: z - z, lambda z: z - z).verdict is Verdict.UNDECIDED
    assert agreement(lambda z: z, lambda z: z, points=0).verdict is Verdict.UNDECIDED


def test_doubles_that_are_wrong_in_the_fourteenth_digit_fail(monkeypatch):
    original = FORMULAS["perceptron.inefficiency"]
    assert numeric.judge(Precision("perceptron.inefficiency"), 5).verdict is Verdict.HOLDS

    def imprecise(P, N):
        return original.function(P, N) * (1 if isinstance(P, mpmath.mpf) else 1 + 1e-14)

    spoiled = dataclasses.replace(original, function=imprecise)
    monkeypatch.setitem(FORMULAS, "perceptron.inefficiency", spoiled)
    assert numeric.judge(Precision("perceptron.inefficiency"), 5).verdict is Verdict.FAILS


def test_doubles_that_are_finite_where_the_value_is_not_fail(monkeypatch):
    original = FORMULAS["decay.optimal_threshold"]
    assert numeric.judge(Precision(original.name), 5).verdict is Verdict.HOLDS

    def finite(**point):
        value = original.function(**point)
        exact = any(isinstance(at, (mpmath.mpf, sp.Basic)) for at in point.values())
        return value if exact else np.minimum(value, 1e300)

    monkeypatch.setitem(FORMULAS, original.name, dataclasses.replace(original, function=finite))
    assert numeric.judge(Precision(original.name), 5).verdict is Verdict.FAILS
