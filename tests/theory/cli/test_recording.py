"""The command record: the ledger is written claim by claim."""

import shutil
from dataclasses import replace

import pytest

from tests.theory.cli.commands import answer, misuse
from theory import crosscheck
from theory.crosscheck import ledger


@pytest.fixture
def empty(monkeypatch, tmp_path):
    """A ledger of one's own, beside the sentences that claims quote."""
    shutil.copy(crosscheck.CHAPTERS[0].home / "sentences.csv", tmp_path)
    moved = tuple(replace(chapter, home=tmp_path) for chapter in crosscheck.CHAPTERS)
    monkeypatch.setattr(crosscheck, "BUILT_IN", crosscheck.Index(moved))
    return tmp_path / ledger.LEDGER


def test_record_writes_what_was_measured(empty):
    printed = answer("record", "SE.mean", "--quick")
    assert "3 entries" in printed
    entries = ledger.entries(empty.read_text())
    assert {claim for claim, _ in entries} == {"SE.mean"}


def test_what_is_not_measured_keeps_its_entries(empty):
    answer("record", "SE.mean", "--quick")
    answer("record", "LvR.eq2", "--quick")
    assert {claim for claim, _ in ledger.entries(empty.read_text())} == {"SE.mean", "LvR.eq2"}


def test_the_same_seed_writes_the_same_ledger(empty):
    answer("record", "SE.mean", "--quick")
    first = empty.read_text()
    answer("record", "SE.mean", "--quick")
    assert empty.read_text() == first


@pytest.mark.usefixtures("empty")
def test_an_unknown_claim_is_refused():
    assert misuse("record", "nothing").startswith("no claim matches 'nothing'")
