"""What a claim's legs come to."""

from theory.crosscheck import Verdict, select
from theory.crosscheck.claim import Result
from theory.crosscheck.legs.verdict import Finding, LegResult


def test_what_is_too_slow_for_a_quick_check_is_not_unexpected():
    def judged(verdict):
        finding = Finding("what", verdict)
        return Result(select(["LvR.K"])[0], (LegResult("simulation", (finding,), 0.0),))

    expected = {Verdict.HOLDS, Verdict.SKIPPED}
    assert {verdict for verdict in Verdict if judged(verdict).as_expected} == expected
