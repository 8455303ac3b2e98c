"""The command cite: BibTeX of claims and formulas."""

import re

import pytest

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


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("LvR", "li2020energy"),
        ("CP", "vanrossum2024competitive"),
        ("REV", "pache2023energetically"),
        ("SE", "synaptic_energy"),
        ("synaptic-energy", "synaptic_energy"),
        ("Opper 1988", "opper1988learning"),
    ],
)
def test_cite_takes_works(name, key):
    assert re.findall(r"^@\w+\{(.*),$", answer("cite", name), re.MULTILINE) == [key]


def test_cite_takes_globs():
    assert answer("cite", "LvR.eq*") == answer("cite", "LvR.eq1", "LvR.eq3")
    assert misuse("cite", "LvR.q*").startswith("no claim, formula or work 'LvR.q*'; ")


def test_cite_answers_misuse_in_one_line():
    assert misuse("cite", "LvR.eq33").startswith("no claim, formula or work 'LvR.eq33'; did you")
    assert misuse("cite", "lvr.EQ3").endswith("did you mean 'LvR.eq3'?")
    assert len(misuse("cite", "%%%%")) < 150
