"""The claims index is complete, consistent and reproducible."""

from theory.crosscheck import CLAIMS, Kind, Verdict
from theory.crosscheck.chapters import FIGURES
from theory.crosscheck.sentences import SENTENCES
from theory.formula import CALLS, FORMULAS

BY_ID = {claim.id: claim for claim in CLAIMS}


def test_every_sentence_has_its_claim_or_says_why_not():
    assert {sentence.id for sentence in SENTENCES if not sentence.unjudged} == {
        name for name in BY_ID if name.partition(".")[0] in {"LvR", "CP", "REV"}
    }
    assert not {sentence.id for sentence in SENTENCES if sentence.unjudged} & set(BY_ID)


def test_sentences_quote_and_say_where():
    assert len({sentence.id for sentence in SENTENCES}) == len(SENTENCES)
    assert all(sentence.quotation and sentence.place for sentence in SENTENCES)


def test_networks_of_the_papers_learn_mnist_and_ours_the_digits():
    """What holds instead of a paper's sentence may be on MNIST, too."""
    corrections = {claim.correction for claim in CLAIMS}
    for claim in CLAIMS:
        paper = not claim.id.startswith("SE.")
        allowed = {"mnist"} if paper else {"digits"}
        if claim.id in corrections:
            allowed.add("mnist")
        for statement in claim.simulation:
            if statement.experiment.data and not statement.exact:
                assert statement.experiment.data in allowed, claim.id


def test_an_experiment_is_what_its_name_says():
    """Names key records and random numbers."""
    known = {}
    for claim in CLAIMS:
        for comparison in claim.simulation:
            experiment = comparison.experiment
            function = known.setdefault(experiment.name, experiment.run.args[0])
            assert function is experiment.run.args[0]


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
    misprints = [claim for claim in CLAIMS if claim.expected is Verdict.FAILS]
    assert misprints
    for claim in misprints:
        assert claim.remark
        assert BY_ID[claim.correction].expected is Verdict.HOLDS
