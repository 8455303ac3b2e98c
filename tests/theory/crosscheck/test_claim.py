"""What a claim's legs come to, and that no tolerance is its own."""

import dataclasses

from theory.crosscheck import CLAIMS, Verdict, select
from theory.crosscheck.claim import Claim, Result
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.statements import Comparison, Exponent
from theory.crosscheck.legs.verdict import Finding, LegResult
from theory.crosscheck.words import TABLE, tolerance

INEXACT = [
    (claim, statement)
    for claim in CLAIMS
    for statement in (*claim.simulation, *claim.numeric)
    if isinstance(statement, Comparison | Approximation) and not tolerance(statement.words).exact
]


def test_what_is_too_slow_for_a_quick_check_is_not_unexpected():
    def judged(verdict):
        finding = Finding("what", verdict)
        return Result(select(["SE.learning-norm"])[0], (LegResult("simulation", (finding,), 0.0),))

    expected = {Verdict.HOLDS, Verdict.SKIPPED}
    assert {verdict for verdict in Verdict if judged(verdict).as_expected} == expected


def test_no_claim_has_a_tolerance_of_its_own():
    """All there is to choose are words: no field of a statement holds a bound."""
    fields = {
        field.name
        for kind in (Claim, Comparison, Exponent, Approximation)
        for field in dataclasses.fields(kind)
    }
    assert not fields & {"low", "high", "within", "tolerance", "margin", "bound"}


def test_own_tolerances_are_only_in_sentences_of_our_own():
    for claim, statement in INEXACT:
        if statement.words.startswith("within "):
            assert claim.id.startswith("SE."), claim.id


def test_no_approximate_law_may_be_wrong_by_half():
    """But for orders of magnitude. What is approximate in our own sentences is within 25%, too."""
    for row in TABLE:
        if row.approximate and row.name != "within half an order":
            assert row.low > 1 / 1.5
            assert row.high < 1.5
    for claim, statement in INEXACT:
        row = tolerance(statement.words)
        if row.name.startswith("within ") and row.approximate and row not in TABLE:
            assert row.high <= 1.25, claim.id


def test_statements_of_a_claim_are_told_apart():
    for claim in CLAIMS:
        said = [statement.what for statement in claim.simulation]
        assert len(set(said)) == len(said), claim.id
