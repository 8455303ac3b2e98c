"""The checker notices every error planted in a formula."""

import dataclasses
import sys

import pytest
from sympy.core.cache import clear_cache

from tests.mutants import mutants
from theory.crosscheck import CLAIMS, QUICK
from theory.crosscheck.ledger import ledger
from theory.crosscheck.legs.laboratory import Laboratory
from theory.crosscheck.legs.numeric import Precision
from theory.crosscheck.legs.verdict import Verdict
from theory.crosscheck.run import budget, check_claim
from theory.formula import FORMULAS

LEGS = ("simulation", "numeric", "symbolic")


@pytest.fixture(scope="module")
def laboratory():
    """Simulations do not depend on formulas: all mutants are held against the same ones."""
    return Laboratory(
        0, budget(QUICK), QUICK.resolution, QUICK.replicas, slow="never", ledger=ledger()
    )


def statements(claims):
    """Statements that should hold, each as a claim of its own; the fastest to judge first."""
    alone = [
        dataclasses.replace(claim, **(dict.fromkeys(LEGS, ()) | {leg: (statement,)}))
        for leg in LEGS
        for claim in claims
        if claim.expected is Verdict.HOLDS
        for statement in getattr(claim, leg)
    ]
    return sorted(alone, key=costly)


def costly(claim):
    """Proofs take long, and a formula in two arithmetics agrees with itself, wrong or not."""
    return 2 if any(isinstance(it, Precision) for it in claim.numeric) else bool(claim.symbolic)


def noticing(alone, claims, laboratory):
    """The first statement or claim whose verdict is not the one expected, if any is."""
    for claim in alone:
        result = check_claim(claim, QUICK, laboratory)
        if result.verdict not in {Verdict.HOLDS, Verdict.SKIPPED} or result.drifted:
            return claim
    others = (claim for claim in claims if claim.expected is not Verdict.HOLDS)
    return next((it for it in others if not check_claim(it, QUICK, laboratory).as_expected), None)


def patched(original):
    """The modules that hold a formula by its name."""
    return [
        module
        for path, module in sys.modules.items()
        if path.startswith("theory.")
        and getattr(module, original.function.__name__, None) is original.function
    ]


@pytest.mark.parametrize("name", FORMULAS)
def test_every_planted_error_changes_a_verdict(name, laboratory, monkeypatch):
    original = FORMULAS[name]
    places = patched(original)
    about = [claim for claim in CLAIMS if name in claim.formulas]
    alone = statements(about)
    unnoticed = []
    count = 0
    for description, mutant in mutants(original):
        count += 1
        clear_cache()  # SymPy would remember the values of the last mutant
        with monkeypatch.context() as patch:
            for place in places:
                patch.setattr(place, original.function.__name__, mutant)
            witness = noticing(alone, about, laboratory)
        if witness is None:
            unnoticed.append(description)
        # What noticed this one will notice most of the others, too.
        alone.sort(key=lambda it: costly(it) or it is not witness)
    clear_cache()
    assert count >= 2
    assert not unnoticed


def predictions(statement, laboratory):
    """What a statement predicts, replica by replica."""
    records = laboratory.replicas(statement.experiment, 8)
    return [statement.predicted(record) for record in records]


def backed(claim, laboratory):
    """Statements of a claim that simulations judge in a quick check."""
    return [
        it for it in claim.simulation if laboratory.simulates(it, None) and hasattr(it, "predicted")
    ]


@pytest.mark.parametrize("name", FORMULAS)
def test_an_error_of_three_percent_in_a_prediction_is_seen_by_simulations_alone(
    name, laboratory, monkeypatch
):
    """The words of the sentence may allow it; the ledger does not.

    Where a prediction differs from replica to replica it has an error bar, and other legs see it.
    """
    original = FORMULAS[name]
    places = patched(original)
    (mutant,) = [it for what, it in mutants(original) if what == "3% larger"] or [None]
    if mutant is None:  # a condition, which has no size
        return
    cases = [
        (claim, it)
        for claim in CLAIMS
        if name in claim.formulas
        for it in backed(claim, laboratory)
    ]
    before = [predictions(it, laboratory) for _, it in cases]
    with monkeypatch.context() as patch:
        for place in places:
            patch.setattr(place, original.function.__name__, mutant)
        for (claim, it), old in zip(cases, before, strict=True):
            if len(set(old)) == 1 and predictions(it, laboratory) != old:
                alone = dataclasses.replace(claim, symbolic=(), numeric=(), simulation=(it,))
                assert noticing(statements([alone]), [alone], laboratory), it.what
