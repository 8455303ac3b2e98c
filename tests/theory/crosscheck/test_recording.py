"""What was measured becomes entries of the ledger."""

from dataclasses import replace
from itertools import chain

import pytest

from theory.crosscheck import QUICK, check, select
from theory.crosscheck.ledger import ledger
from theory.crosscheck.recording import incomplete, measured, repeated


def test_what_was_measured_becomes_entries():
    (result,) = check(select(["SE.mean"]), QUICK, seed=4)
    found = measured(result, seed=4)
    assert [it.statement for it in found] == [it.what for it in result.claim.simulation]
    assert all(entry.seed == 4 and entry.replicas >= 8 for entry in found)


def test_a_claim_is_incomplete_without_entries_or_with_those_of_other_code():
    (claim,) = select(["SE.mean"])
    assert not incomplete(claim, ledger())
    assert incomplete(claim, {})
    assert incomplete(claim, by_other_code(claim))


def test_entries_of_other_code_stay_where_its_first_replica_is_that_of_today():
    (claim,) = select(["SE.mean"])
    other = by_other_code(claim)
    found = chain(*repeated([claim], other, jobs=1, mnist=False))
    assert {(it.claim, it.statement): it for it in found} == {key: ledger()[key] for key in other}
    assert not list(repeated([claim], ledger(), jobs=1, mnist=False))


@pytest.mark.parametrize("factor", [1 + 1e-4, -1])
def test_entries_of_other_code_go_where_it_simulates_something_else(factor):
    (claim,) = select(["SE.mean"])
    other = by_other_code(claim)
    key = next(iter(other))
    other[key] = replace(other[key], first=factor * other[key].first)
    found = chain(*repeated([claim], other, jobs=1, mnist=False))
    assert {(it.claim, it.statement) for it in found} == other.keys() - {key}


def test_networks_on_mnist_are_not_repeated_without_it():
    (claim,) = select(["LvR.fig5a"])
    assert not list(repeated([claim], by_other_code(claim), jobs=1, mnist=False))


def by_other_code(claim):
    """The entries of a claim as if the simulators had changed since."""
    keys = [(claim.id, it.what) for it in claim.simulation]
    return {key: replace(ledger()[key], digest="another") for key in keys}
