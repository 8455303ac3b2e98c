"""Approximations are as close as they say, and no closer."""

import math

import pytest

from theory.crosscheck import Verdict
from theory.crosscheck.legs import approximation
from theory.crosscheck.legs.approximation import Approximation


def judge(formula, words="within 10%", rejected=None, points=10, error=0.0):
    statement = Approximation(
        "", formula, lambda x: (x, error), {"x": (1, 100)}, words, rejected or {}
    )
    return approximation.judge(statement, points)


def test_what_is_close_everywhere_holds():
    finding = judge(lambda x: x * (1 + 0.09 * math.sin(x)))
    assert finding.verdict is Verdict.HOLDS
    assert finding.figures["points"] == 12
    assert float(finding.figures["largest deviation"].rstrip("%")) == pytest.approx(8.9, abs=1)


@pytest.mark.parametrize(
    "formula", [lambda x: 1.11 * x, lambda x: -x, lambda x: x * math.nan, lambda x: x + 5]
)
def test_what_is_far_off_anywhere_fails(formula):
    assert judge(formula).verdict is Verdict.FAILS


def test_the_corners_are_looked_at():
    finding = judge(lambda x: x + (x == 100) * 20, points=0)
    assert finding.verdict is Verdict.FAILS
    assert finding.figures["worst point"] == "x = 100"


def test_the_error_of_the_reference_counts():
    assert judge(lambda x: 1.06 * x, error=0.03).verdict is Verdict.HOLDS
    assert judge(lambda x: 1.06 * x, error=0.05).verdict is Verdict.FAILS


def test_a_loose_bound_says_nothing():
    finding = judge(lambda x: 1.005 * x)
    assert finding.verdict is Verdict.UNDECIDED
    assert finding.figures["control"] == "the bound is loose"


def test_what_should_be_rejected_and_is_not_leaves_it_undecided():
    finding = judge(lambda x: 1.05 * x, rejected={"the other": lambda x: 1.09 * x})
    assert finding.verdict is Verdict.UNDECIDED
    assert finding.figures["control"] == "the other goes unnoticed"
    finding = judge(lambda x: 1.05 * x, rejected={"the other": lambda x: x + 2})
    assert finding.verdict is Verdict.HOLDS
    assert finding.figures["controls rejected"] == "the other, a looser bound"


def test_statements_about_one_region_share_its_points():
    seen = []
    for _ in range(2):
        judge(lambda x: seen.append(x) or x)
    assert len(seen) == 24
    assert seen[:12] == seen[12:]


def test_words_that_are_one_sided_are_refused():
    with pytest.raises(ValueError, match="two-sided, got the words 'larger'"):
        judge(lambda x: x, words="larger")


def test_without_words_nothing_but_rounding_is_allowed():
    assert judge(lambda x: x * (1 + 1e-12), words="=").verdict is Verdict.HOLDS
    assert judge(lambda x: x * (1 + 1e-7), words="=").verdict is Verdict.FAILS
