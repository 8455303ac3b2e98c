"""Proof tells right from wrong, and an empty identity from one that says something."""

import pytest
import sympy as sp

from theory.crosscheck import Verdict
from theory.crosscheck.legs import symbolic
from theory.crosscheck.legs.symbolic import Identity, Positive

x, y = sp.symbols("x y", positive=True)
n = sp.Symbol("n", integer=True, positive=True)


def identity(left, right):
    return symbolic.judge(Identity("", lambda: left, lambda: right))


def test_true_identities_are_proved():
    assert identity((x + y) ** 2, x**2 + 2 * x * y + y**2).verdict is Verdict.HOLDS
    assert identity(sp.sin(x) ** 2, 1 - sp.cos(x) ** 2).verdict is Verdict.HOLDS
    assert identity(sp.floor(n + sp.Rational(1, 2)), n).verdict is Verdict.HOLDS


@pytest.mark.parametrize("factor", [sp.Rational(21, 20), sp.Integer(-1), 1 + x / 10**15])
def test_wrong_factors_are_refuted_by_a_counterexample(factor):
    finding = identity(factor * (x + y), x + y)
    assert finding.verdict is Verdict.FAILS
    assert "against" in finding.figures["counterexample"]


def test_an_empty_identity_proves_nothing():
    finding = identity(x - x, sp.Integer(0))
    assert finding.verdict is Verdict.UNDECIDED
    assert "goes unnoticed" in finding.figures["control"]


def test_what_cannot_be_simplified_is_undecided():
    hard = sp.Integral(sp.exp(-(x**3) * y**5), (y, 0, 1))
    assert identity(hard, hard.subs(y, n).doit() + sp.Float(0)).verdict is not Verdict.FAILS


def test_what_is_no_number_is_not_equal():
    assert identity(sp.nan, x).verdict is Verdict.FAILS
    assert identity(sp.oo, sp.oo).verdict is Verdict.FAILS


def test_signs():
    def sign(expression):
        return symbolic.judge(Positive("", lambda: expression)).verdict

    assert sign(x / (1 + y)) is Verdict.HOLDS
    assert sign(x**2 + 2 * x * y) is Verdict.HOLDS
    assert sign(-x) is Verdict.FAILS
    assert sign(x - x) is Verdict.FAILS
    assert sign(100 + x - y) is Verdict.UNDECIDED
