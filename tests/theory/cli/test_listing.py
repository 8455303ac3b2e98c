"""The command list: claims by their ids, by words, and by the verdict that is expected."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docs.claims import searchable
from tests.theory.cli.commands import answer, invoke, misuse
from theory import crosscheck
from theory.cli.listing import VERDICTS, has
from theory.crosscheck import CLAIMS, Result, Verdict

TABLES = Path(__file__).parents[3] / "docs" / "_static" / "tables.js"


def listed(*arguments):
    """The ids of the claims in the table."""
    return re.findall(r"^│ (\S+) +│ \w+ +│ [A-Z]+ +│", answer("list", *arguments), re.MULTILINE)


def test_list_names_every_claim_and_says_what_it_is():
    printed = answer("list")
    for item in CLAIMS:
        row = re.search(rf"{re.escape(item.id)}\s.*", printed)
        assert row, item.id
        assert item.kind in row[0]
        assert item.expected in row[0]
        assert item.statement.split()[0] in row[0]
    assert not re.search(r"\w… +│", printed)  # the name of a formula that was cut


def test_list_shows_sentences_without_a_claim():
    printed = answer("list", "LvR.forgetting", "LvR.eq3")
    assert "1 sentence without a claim" in printed
    assert "catastrophic" in printed
    assert "1 claim\n" in printed
    assert "LvR.forgetting" in answer("list", "--about", "catastrophic forgetting")
    assert "without a claim" not in answer("list", "LvR.eq3")


def test_list_of_chosen_claims():
    printed = answer("list", "LvR.eq*", "SE.773")
    assert (
        printed.splitlines()[0].strip() == f"{len(crosscheck.select(['LvR.eq*', 'SE.773']))} claims"
    )
    assert "LvR.eq3" in printed
    assert "LvR.opper" not in printed
    assert misuse("list", "nothing.*").startswith("no claim matches 'nothing.*'")


def test_list_of_the_claims_about_a_formula():
    found = listed("perceptron.inefficiency")
    assert {"LvR.eq3", "arithmetic.perceptron.inefficiency"} <= set(found)
    assert "LvR.K" not in found


@pytest.mark.parametrize("words", ["threshold decay", "2F2 rate", "catastrophic forgetting"])
def test_a_search_of_the_pages_finds_the_claims_that_list_finds(words):
    """The script that looks through them has the same `has`, which is tested below."""
    unjudged = {claim.id: Result(claim, ()) for claim in CLAIMS}
    found = [it["id"] for it in searchable(unjudged) if has(words.lower().split(), it["words"])]
    printed = answer("list", "--about", words)
    assert found
    assert all(name in printed for name in found)
    assert sum(map(int, re.findall(r"(\d+) (?:claim|sentence)", printed))) == len(found)


def test_list_of_what_is_expected_to_fail():
    """Nothing is expected of a sentence that no claim judges."""
    assert [*Verdict] == [*VERDICTS]
    wrong = [it.id for it in CLAIMS if it.expected is Verdict.FAILS]
    assert listed("--verdict", "FAILS") == wrong
    assert "LvR.forgetting" not in answer("list", "LvR.forgetting", "SE.773", "--expected", "holds")
    refused = misuse("list", "SE.773", "--expected", "SKIPPED", "--about", "zzzz")
    assert refused == "no claim has all the words 'zzzz' and is expected to be SKIPPED"


def test_who_looks_for_a_verdict_among_the_words_is_told_of_the_option():
    hint = "--expected FAILS lists claims by their verdict"
    assert invoke("list", "LvR.*", "--about", "FAILS").stderr == f"{hint}\n"
    assert misuse("list", "SE.773", "--about", "fails").endswith(f"'fails'; {hint}")


@pytest.mark.parametrize(
    ("words", "found"),
    [("sqrt(pi P)/(2-P/N)", "LvR.eq3"), ("2f2 RATE", "SE.r"), ("900 minimal", "LvR.900")],
)
def test_list_of_claims_with_words(words, found):
    ids = listed("--about", words)
    assert found in ids
    assert "LvR.eq1" not in ids
    assert misuse("list", "--about", "zzzz") == "no claim has all the words 'zzzz'"


def test_arithmetic_of_formulas_is_not_found_by_words_unless_it_is_named():
    words = ("--about", "perceptron.inefficiency")
    found = listed("perceptron.inefficiency", *words)
    assert "LvR.eq3" in found
    assert not [it for it in found if it.startswith("arithmetic.")]
    assert "arithmetic.perceptron.inefficiency" in listed("arithmetic.*", *words)


#: Words, a text, and whether they are found in it.
FOUND = [
    ("competition", "Competitive plasticity", True),
    ("competitive", "a competition", True),
    ("inefficiency", "perceptron.inefficient", True),
    ("thresholds", "decay.optimal_threshold", True),
    ("interval", "internal interactions", False),
    ("plasticity", "an unplastic synapse", False),
    ("energy", "energetic", False),
    ("sqrt(pip)", "sqrt(pi P)", True),
    ("perceptron.updates", "a perceptron", False),
    ("threshold competition", "the threshold", False),
    ("threshold competition", "Competitors\nhave a threshold.", True),
]


@pytest.mark.parametrize(("words", "text", "so"), FOUND)
def test_longer_words_are_found_by_their_beginning(words, text, so):
    assert has(words.split(), text) is so


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js")
def test_the_tables_of_the_documentation_are_searched_in_the_same_way():
    cases = [(text, words.split()) for words, text, _ in FOUND]
    script = (
        f"const document = {{ addEventListener() {{}} }};\n{TABLES.read_text(encoding='utf-8')}\n"
        f"console.log(JSON.stringify({json.dumps(cases)}.map((it) => has(...it))));"
    )
    found = subprocess.run(
        ["node", "-"], input=script, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert json.loads(found) == [so for *_, so in FOUND]
