"""Proved bounds enclose the true value and exclude others."""

import sys

import mpmath
import pytest

from theory.crosscheck import Verdict
from theory.crosscheck.legs import rigorous
from theory.crosscheck.legs.rigorous import Enclosure


def judge(formula, ball=lambda x: x.exp(), points=5):
    pytest.importorskip("flint")
    return rigorous.judge(Enclosure("", formula, ball, {"x": (0.1, 30)}), points)


def test_the_true_value_holds():
    finding = judge(mpmath.exp)
    assert finding.verdict is Verdict.HOLDS
    assert finding.figures["digits"] > 45


@pytest.mark.parametrize("error", ["1e-39", "-1e-39", "-2", "0.05"])
def test_wrong_values_fail(error):
    assert judge(lambda x: mpmath.exp(x) * (1 + mpmath.mpf(error))).verdict is (Verdict.FAILS)


def test_a_large_ball_decides_nothing():
    finding = judge(mpmath.exp, lambda x: x.exp() * type(x)(1, 1e-30))
    assert finding.verdict is Verdict.UNDECIDED


def test_without_python_flint_it_is_skipped(monkeypatch):
    monkeypatch.setitem(sys.modules, "flint", None)
    statement = Enclosure("", mpmath.exp, lambda x: x.exp(), {"x": (0.1, 30)})
    assert rigorous.judge(statement, 5).verdict is Verdict.SKIPPED
