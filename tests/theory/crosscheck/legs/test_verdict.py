"""What several findings come to together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from theory.crosscheck import Verdict
from theory.crosscheck.legs.verdict import combined


@given(st.lists(st.sampled_from(Verdict)))
@settings(derandomize=True)
def test_combination(verdicts):
    result = combined(verdicts)
    judged = set(verdicts) - {Verdict.SKIPPED}
    assert (result is Verdict.FAILS) == (Verdict.FAILS in judged)
    assert (result is Verdict.HOLDS) == (judged == {Verdict.HOLDS})
    assert (result is Verdict.SKIPPED) == (set(verdicts) == {Verdict.SKIPPED})


def test_nothing_decides_nothing():
    assert combined([]) is Verdict.UNDECIDED
