"""The checker notices every error planted in a formula."""

import dataclasses
import sys

import pytest
from sympy.core.cache import clear_cache

from montecarlo.statistics import Budget
from tests.mutants import mutants
from theory.crosscheck import CLAIMS, QUICK
from theory.crosscheck.legs.simulation import Laboratory, schedule
from theory.crosscheck.legs.verdict import Verdict
from theory.crosscheck.run import check_claim
from theory.formula import FORMULAS

TESTS = sum(
    len(schedule(comparison, QUICK.replicas)) for claim in CLAIMS for comparison in claim.simulation
)


LEGS = ("symbolic", "numeric", "simulation")


@pytest.fixture(scope="module")
def laboratory():
    """Simulations do not depend on formulas: all mutants are held against the same ones."""
    return Laboratory(0, Budget(TESTS), QUICK.resolution, QUICK.replicas)


def test_without_planted_errors_all_verdicts_are_as_expected(laboratory):
    for claim in CLAIMS:
        assert check_claim(claim, QUICK, laboratory).as_expected, claim.id


def notices(claim, laboratory):
    """Whether a verdict is not the one expected; a claim that should hold is left at the first."""
    if claim.expected is not Verdict.HOLDS:
        return not check_claim(claim, QUICK, laboratory).as_expected
    for leg in LEGS:
        for statement in getattr(claim, leg):
            others = dict.fromkeys(LEGS, ())
            alone = dataclasses.replace(claim, **{**others, leg: (statement,)})
            verdict = check_claim(alone, QUICK, laboratory).verdict
            if verdict not in {Verdict.HOLDS, Verdict.SKIPPED}:
                return True
    return False


@pytest.mark.parametrize("name", FORMULAS)
def test_every_planted_error_changes_a_verdict(name, laboratory, monkeypatch):
    original = FORMULAS[name]
    places = [
        module
        for path, module in sys.modules.items()
        if path.startswith("theory.")
        and getattr(module, original.function.__name__, None) is original.function
    ]
    about = [claim for claim in CLAIMS if name in claim.formulas]
    unnoticed = []
    count = 0
    for description, mutant in mutants(original):
        count += 1
        clear_cache()  # SymPy would remember the values of the last mutant
        with monkeypatch.context() as patch:
            for place in places:
                patch.setattr(place, original.function.__name__, mutant)
            if not any(notices(claim, laboratory) for claim in about):
                unnoticed.append(description)
    clear_cache()
    assert count >= 2
    assert not unnoticed
