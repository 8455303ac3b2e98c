"""What was measured becomes entries of the ledger."""

from theory.crosscheck import QUICK, check, select
from theory.crosscheck.ledger import ledger
from theory.crosscheck.recording import incomplete, measured


def test_what_was_measured_becomes_entries():
    (result,) = check(select(["SE.mean"]), QUICK, seed=4)
    found = measured(result, seed=4)
    assert {statement for _, statement in found} == {it.what for it in result.claim.simulation}
    assert all(entry.seed == 4 and entry.replicas >= 8 for entry in found.values())


def test_a_claim_is_incomplete_without_entries_or_with_those_of_other_code(monkeypatch):
    (claim,) = select(["SE.mean"])
    assert not incomplete(claim, ledger())
    assert incomplete(claim, {})
    monkeypatch.setattr("theory.crosscheck.recording.digest", lambda _: "another")
    assert incomplete(claim, ledger())
