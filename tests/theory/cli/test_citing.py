"""The command cite: BibTeX of claims and formulas."""

from tests.theory.cli.commands import answer, misuse
from theory.crosscheck import CLAIMS
from theory.crosscheck.references import REFERENCES, cited
from theory.formula import CALLS


def test_cite_prints_each_source_once():
    printed = answer("cite", "LvR.eq3", "perceptron.updates", "LvR.eq4")
    assert [line for line in printed.splitlines() if line.startswith("@")] == [
        "@article{li2020energy,",
        "@article{opper1988learning,",
    ]


def test_everything_has_a_source_to_cite():
    sources = [claim.source for claim in CLAIMS]
    sources += [entry.source for entry in CALLS.values()]
    assert not [source for source in sources if not cited(source)]
    for work in REFERENCES:
        assert any(name in source for source in sources for name in work.names)
        assert work.bibtex.count("{") == work.bibtex.count("}")
    assert len({work.bibtex.partition(",")[0] for work in REFERENCES}) == len(REFERENCES)


def test_cite_answers_misuse_in_one_line():
    assert misuse("cite", "LvR.eq33").startswith("no claim or formula 'LvR.eq33'; did you mean")
    assert misuse("cite", "lvr.EQ3").endswith("did you mean 'LvR.eq3'?")
    assert len(misuse("cite", "%%%%")) < 150
