"""Claims and sentences as the terminal lists them."""

from io import StringIO

import pytest
from rich.console import Console

from theory.crosscheck import select
from theory.crosscheck.report import listing
from theory.crosscheck.sentences import SENTENCES


@pytest.mark.parametrize("width", [60, 80])
def test_a_narrow_terminal_has_all_words(width):
    claims = select(["LvR.eq3", "SE.decaying-updates", "arithmetic.perceptron.inefficiency"])
    sentence = next(it for it in SENTENCES if it.unjudged)
    console = Console(width=width, file=StringIO())
    console.print(listing.index(claims, [sentence], console.width))
    printed = " ".join(console.file.getvalue().split())
    for claim in claims:
        head = f"{claim.id} {claim.kind}, {claim.expected}"
        assert f"{head} {claim.statement} ({claim.source})" in printed
    assert " ".join(sentence.unjudged.split()) in printed
