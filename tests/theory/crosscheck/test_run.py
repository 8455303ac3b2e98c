"""Checking claims: which, at what, and what is reproducible."""

import dataclasses

import pytest

from montecarlo.statistics import Budget
from theory.crosscheck import CLAIMS, DEFAULT, QUICK, Claim, Kind, Verdict, check, select, workers
from theory.crosscheck.ledger import ledger
from theory.crosscheck.legs.laboratory import Laboratory

BY_ID = {claim.id: claim for claim in CLAIMS}


def figures(results):
    return [
        (result.claim.id, result.verdict, [leg.findings for leg in result.legs])
        for result in results
    ]


def test_a_claim_gives_the_same_evidence_alone_and_among_others():
    together = check(select(["LvR.eq1", "LvR.walk", "SE.mean"]), QUICK, seed=5)
    alone = check(select(["SE.mean"]), QUICK, seed=5)
    assert figures(alone) == figures(together)[-1:]


def test_another_seed_gives_other_figures():
    first, second = (figures(check(select(["SE.mean"]), QUICK, seed=seed)) for seed in (1, 2))
    assert first != second


def test_selection():
    assert select([]) == CLAIMS
    assert [claim.id for claim in select(["LvR.eq?"])] == [
        claim.id for claim in CLAIMS if claim.id.startswith("LvR.eq") and len(claim.id) == 7
    ]
    with pytest.raises(ValueError, match=r"no claim matches 'LvR\.nothing'"):
        select(["LvR.nothing"])


def test_what_raises_is_undecided_and_the_check_goes_on():
    def broken():
        raise ZeroDivisionError("by zero")

    claim = BY_ID["LvR.plain-energy"]
    step = dataclasses.replace(claim.symbolic[0], left=broken)
    spoiled = dataclasses.replace(claim, symbolic=(step,), simulation=())
    first, second = check([spoiled, BY_ID["SE.b"]], QUICK)
    assert first.verdict is Verdict.UNDECIDED
    assert (
        first.legs[0]
        .findings[0]
        .figures["error"]
        .startswith("ZeroDivisionError: by zero, at tests/theory/crosscheck/test_run.py:")
    )
    assert second.verdict is Verdict.HOLDS


def test_digits_and_mnist_are_judged_in_one_process(monkeypatch):
    monkeypatch.setenv("SYNAPTIC_ENERGY_MNIST", "no/such/folder")
    chosen = [
        next(
            dataclasses.replace(claim, simulation=(statement,), symbolic=(), numeric=())
            for claim in CLAIMS
            for statement in claim.simulation
            if statement.experiment.data == data and not statement.slow
        )
        for data in ("digits", "mnist")
    ]
    on_digits, on_mnist = check(chosen, DEFAULT, mnist=True)
    assert on_digits.verdict in {Verdict.HOLDS, Verdict.FAILS}
    assert on_mnist.verdict is Verdict.UNDECIDED  # it has no files
    assert "FileNotFoundError" in on_mnist.legs[-1].findings[0].figures["error"]


def test_quick_checks_read_the_ledger():
    claim = next(claim for claim in CLAIMS if any(it.slow for it in claim.simulation))
    (result,) = check([claim], QUICK)
    slow = {it.what for it in claim.simulation if it.slow}
    for finding in result.legs[-1].findings:
        if finding.what in slow:
            assert "recorded" in finding.figures or "why" in finding.figures


@pytest.mark.parametrize(
    ("slow", "digest", "simulated"),
    [
        ("never", "", False),
        ("unless known", None, True),
        ("unless known", "of other code", True),
        ("unless known", "", False),
        ("always", "", True),
    ],
)
def test_what_is_slow_is_simulated_if_the_ledger_does_not_know_it(slow, digest, simulated):
    claim = BY_ID["SE.learning-norm"]
    statement = next(it for it in claim.simulation if it.slow)
    entry = ledger()[claim.id, statement.what]
    known = None if digest is None else dataclasses.replace(entry, digest=digest or entry.digest)
    laboratory = Laboratory(0, Budget(10), 0.1, 1.0, slow=slow)
    assert laboratory.simulates(statement, known) == simulated
    assert laboratory.simulates(dataclasses.replace(statement, slow=False), known)


def test_several_processes_judge_claims_that_are_in_no_index():
    """They are sent, with the lambdas in them, and not looked up."""
    step = dataclasses.replace(BY_ID["LvR.plain-energy"].symbolic[0], what="another statement")
    other = Claim("MINE.other", "Another.", "Here", Kind.IDENTITY, symbolic=(step,))
    (alone,), (sent,) = (list(check([other], QUICK, jobs=jobs)) for jobs in (1, 2))
    assert figures([sent]) == figures([alone])
    assert sent.legs[0].findings[0].what == "another statement"


def test_there_are_no_more_processes_than_work(monkeypatch):
    def counted(jobs, **_):
        raise LookupError(jobs)

    monkeypatch.setattr(workers, "ProcessPoolExecutor", counted)
    with pytest.raises(LookupError, match=r"\A1\Z"):
        list(check(select(["LvR.eq3"]), QUICK, jobs=40))
