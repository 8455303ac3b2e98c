"""The claims index is complete, consistent and reproducible."""

import dataclasses

import pytest

from theory.crosscheck import CLAIMS, QUICK, Kind, Verdict, check, select
from theory.crosscheck.chapters import FIGURES
from theory.formula import CALLS, FORMULAS

BY_ID = {claim.id: claim for claim in CLAIMS}

# The checkable sentences of LvR about the perceptron and about caching, with and without decay, and
# those of LvR, CP and REV about the cost model, and of CP about restricted plasticity that can be
# judged without networks.
# fmt: off
SENTENCES = [
    "LvR.eq1", "LvR.eq2", "LvR.eq3", "LvR.alpha", "LvR.potentiation", "LvR.walk",
    "LvR.plain-energy", "LvR.opper", "LvR.K", "LvR.gauss", "LvR.Mmin", "LvR.variance",
    "LvR.deviation", "LvR.900", "LvR.Mmin-grows", "LvR.eq8", "LvR.Mtrans", "LvR.Mcons",
    "LvR.count", "LvR.triangle", "LvR.Mcons-total", "LvR.eq4", "LvR.T", "LvR.Mcache",
    "LvR.theta-hat", "LvR.Mcache-opt", "LvR.caching-ratio", "LvR.clamp", "LvR.c0", "LvR.b-term",
    "LvR.b1", "LvR.tradeoff", "LvR.no-effect-on-time", "LvR.c-large",
    "LvR.Q", "LvR.FP", "LvR.boundary", "LvR.density", "LvR.Z", "LvR.eq5-6", "LvR.small-x",
    "LvR.saturation", "LvR.r", "LvR.eq7", "LvR.r-limit", "LvR.mcons-limit", "LvR.fig6",
    "LvR.fig4", "LvR.fig3-weak", "LvR.fig3-high-c", "LvR.fig3-fast", "LvR.fig3S1", "LvR.p-slow",
    "LvR.persistent-cost", "CP.M", "CP.additive", "CP.alpha-above-1", "CP.DRAM", "CP.symmetric",
    "REV.M", "REV.alpha0", "LvR.fig2S1", "CP.M0-time", "CP.paths", "CP.mask-opt", "CP.crossover",
    "CP.eq1", "CP.mask-large", "CP.subnet", "CP.l1path", "CP.simpson", "CP.V1",
    "LvR.fig5a", "LvR.fig5b", "LvR.fig5c", "CP.dw", "CP.lrelu", "CP.crossentropy", "CP.eta-M0",
    "CP.eta-M1", "CP.eta-size", "CP.fig1b-M0", "CP.fig1b-M1", "CP.fig1c-T", "CP.fig1c-step",
    "CP.1e8", "CP.fig6",
    "CP.random-mask-each-trial", "CP.neuron-mask", "CP.elm", "CP.subnet-size", "CP.largest",
    "CP.per-neuron-per-layer", "CP.largest-subnet", "CP.capacity", "REV.restrict",
    "REV.skip", "REV.2.2x", "REV.8.4x", "REV.speed", "REV.caching", "REV.complement", "CP.caching",
    "CP.caching-M0", "CP.caching-M0-similar", "CP.caching-threshold",
]
# fmt: on


def test_every_sentence_has_its_claim():
    assert not set(SENTENCES) - set(BY_ID)


def test_ids_are_unique_and_nothing_is_empty():
    assert len(BY_ID) == len(CLAIMS)
    for claim in CLAIMS:
        assert claim.statement.endswith(".")
        assert claim.source
        assert isinstance(claim.kind, Kind)
        assert claim.symbolic or claim.numeric or claim.simulation


def test_claims_name_formulas_that_exist_and_all_of_them():
    named = {name for claim in CLAIMS for name in claim.formulas}
    assert set(FORMULAS) <= named <= set(CALLS)


def test_claims_name_figures_that_exist_and_all_of_them():
    assert {name for claim in CLAIMS for name in claim.figures} == set(FIGURES)


def test_a_claim_about_a_published_figure_names_it():
    """The place of a figure, "Fig. 2B", is where the source of a claim ends."""
    about = [
        (claim, figure)
        for claim in CLAIMS
        for figure in FIGURES.values()
        if claim.id.partition(".")[0] == figure.id.partition(".")[0]
        and claim.source.endswith("Fig. " + figure.source.partition("Fig. ")[2])
    ]
    assert len(about) > 30
    for claim, figure in about:
        assert figure.id in claim.figures


def test_every_formula_has_a_proof_or_a_simulation_besides_its_arithmetic():
    derived = {
        name
        for claim in CLAIMS
        if not claim.id.startswith("arithmetic.")
        for name in claim.formulas
    }
    assert derived >= set(FORMULAS)


def test_what_should_fail_says_why_and_what_holds_instead():
    misprints = [claim for claim in CLAIMS if claim.expected is not Verdict.HOLDS]
    assert misprints
    for claim in misprints:
        assert claim.remark
        assert BY_ID[claim.correction].expected is Verdict.HOLDS


def test_approximations_state_a_region():
    for claim in CLAIMS:
        for comparison in claim.simulation:
            assert comparison.low <= comparison.high
            if not comparison.exact and claim.expected is Verdict.HOLDS:
                assert comparison.high / comparison.low < 12, comparison.what


def figures(results):
    return [
        (result.claim.id, result.verdict, [leg.findings for leg in result.legs])
        for result in results
    ]


@pytest.mark.parametrize("seed", [1])
@pytest.mark.slow
def test_verdicts_are_as_expected_at_other_seeds(seed):
    assert not [
        result.claim.id for result in check(effort=QUICK, seed=seed) if not result.as_expected
    ]


def test_a_claim_gives_the_same_evidence_alone_and_among_others():
    together = check(select(["LvR.K", "LvR.walk", "SE.mean"]), QUICK, seed=5)
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
    assert first.legs[0].findings[0].figures["error"] == "ZeroDivisionError: by zero"
    assert second.verdict is Verdict.HOLDS
