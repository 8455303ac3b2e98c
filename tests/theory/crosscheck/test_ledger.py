"""The ledger: a file of data that can be trusted, and that knows when its code has changed."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory.crosscheck import CLAIMS, Verdict, ledger, select

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"))
ENTRIES = st.builds(
    ledger.Entry,
    claim=TEXT,
    statement=TEXT,
    value=NUMBERS,
    error=NUMBERS,
    predicted=NUMBERS,
    predicted_error=NUMBERS,
    low=NUMBERS,
    high=NUMBERS,
    first=NUMBERS,
    replicas=st.integers(min_value=0),
    seed=st.integers(min_value=0),
    data=TEXT,
    versions=TEXT,
    digest=TEXT,
)


@given(st.lists(ENTRIES, unique_by=lambda it: (it.claim, it.statement)))
def test_what_is_written_is_read(entries):
    unrounded = dict.fromkeys(
        ("value", "error", "predicted", "predicted_error", "low", "high", "first"), 0
    )
    read = list(ledger.entries(ledger.written(entries)).values())
    assert len(read) == len(entries)
    for found, entry in zip(read, entries, strict=True):
        assert found.value == pytest.approx(entry.value, rel=1e-5)
        assert replace(found, **unrounded) == replace(entry, **unrounded)


@pytest.mark.parametrize(
    "spoil", [lambda it: it.replace("value", "worth"), lambda it: it.replace("1.5", "import os")]
)
def test_a_spoilt_ledger_is_refused_with_its_line(spoil):
    text = ledger.written(
        [ledger.Entry("a", "b", 1.5, 0.1, 1.0, 0.0, 1.2, 1.8, 1.4, 8, 0, "", "0.1", "0123")]
    )
    with pytest.raises(ValueError, match="line 2 of the ledger"):
        ledger.entries(spoil(text))


def test_the_ledger_of_the_package_is_about_its_statements():
    known = {(claim.id, it.what) for claim in CLAIMS for it in claim.simulation}
    assert set(ledger.ledger()) <= known
    # What was given up is no number, and decides nothing.
    undecided = {claim.id for claim in CLAIMS if claim.expected is Verdict.UNDECIDED}
    without = {it.claim for it in ledger.ledger().values() if not math.isfinite(it.value)}
    assert without <= undecided


def test_most_of_what_is_not_on_mnist_is_recorded():
    statements = [
        (claim.id, it.what)
        for claim in CLAIMS
        for it in claim.simulation
        if it.experiment.data != "mnist"
    ]
    known = ledger.ledger()
    recorded = [key for key in statements if key in known]
    assert len(recorded) >= 0.95 * len(statements)


def test_the_digest_is_of_code_and_not_of_words(monkeypatch):
    experiment = select(["LvR.K"])[0].simulation[0].experiment
    before = ledger.digest(experiment)
    source = ledger.inspect.getsource

    def changed(suffix):
        ledger._digest.cache_clear()
        monkeypatch.setattr(ledger.inspect, "getsource", lambda module: source(module) + suffix)
        return ledger.digest(experiment)

    assert changed("\n# a comment\n") == before
    assert changed("\nMORE = 1\n") != before
    ledger._digest.cache_clear()
