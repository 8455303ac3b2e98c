"""The checker notices every error planted in a formula."""

import sys

import pytest
from mutants import mutants

from montecarlo.statistics import Budget
from theory.crosscheck import CLAIMS, QUICK
from theory.crosscheck.run import check_claim
from theory.crosscheck.simulation import Laboratory, schedule
from theory.formula import FORMULAS

TESTS = sum(
    len(schedule(comparison, QUICK.replicas)) for claim in CLAIMS for comparison in claim.simulation
)


@pytest.fixture(scope="module")
def laboratory():
    """Simulations do not depend on formulas: all mutants are held against the same ones."""
    return Laboratory(0, Budget(TESTS), QUICK.resolution, QUICK.replicas)


def judgements(name, laboratory):
    """The ids of the claims about a formula whose verdict is not the one expected."""
    for claim in CLAIMS:
        if name in claim.formulas:
            result = check_claim(claim, QUICK, laboratory)
            if not result.as_expected:
                yield claim.id


@pytest.mark.parametrize("name", FORMULAS)
def test_every_planted_error_changes_a_verdict(name, laboratory, monkeypatch):
    original = FORMULAS[name]
    places = [
        module
        for path, module in sys.modules.items()
        if path.startswith("theory.")
        and getattr(module, original.function.__name__, None) is original.function
    ]
    assert not list(judgements(name, laboratory))
    unnoticed = []
    count = 0
    for description, mutant in mutants(original):
        count += 1
        with monkeypatch.context() as patch:
            for place in places:
                patch.setattr(place, original.function.__name__, mutant)
            if next(judgements(name, laboratory), None) is None:
                unnoticed.append(description)
    assert count >= 2
    assert not unnoticed
