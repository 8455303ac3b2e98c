"""Finding claims: ``list``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import click

from theory.cli.common import Misuse, chapters_option, chosen_index, standard_output

if TYPE_CHECKING:
    from theory.crosscheck import Claim

#: What can be expected of a claim; the verdicts themselves take long to load.
VERDICTS = ("HOLDS", "FAILS", "UNDECIDED", "SKIPPED")
#: A word that has more letters is found by its beginning, which has at least so many.
SHORTEST_STEM = 6
#: Letters of the longest ending that words of one stem differ by: competi-tion, competi-tive.
LONGEST_ENDING = 4


@click.command(name="list")
@click.argument("claims", nargs=-1, metavar="[ID, glob or formula]...")
@click.option(
    "--about",
    metavar="WORDS",
    default="",
    help="Only those in whose statement, remark, source or formulas all these words are, or "
    "others that begin as they do. Arithmetic of formulas is left out unless an ID or glob names "
    "it.",
)
@click.option(
    "--expected",
    "--verdict",
    "expected",
    type=click.Choice(VERDICTS, case_sensitive=False),
    help="Only those of which this verdict is expected; FAILS is that of misprints and errors.",
)
@chapters_option
def list_claims(
    claims: Sequence[str], about: str, expected: str | None, chapters: Sequence[str]
) -> None:
    """List the claims and what is expected of them, and sentences that no claim judges.

    \b
    synaptic-energy list 'CP.*'                   those of van Rossum (2023)
    synaptic-energy list decay.consolidation_rate those about a formula
    synaptic-energy list --about '2F2 rate'       those with these words
    synaptic-energy list --expected FAILS         errata: misprints and errors of the papers
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory import crosscheck
    from theory.crosscheck.report import listing
    from theory.crosscheck.run import named

    index = chosen_index(chapters)
    unjudged = [
        sentence
        for sentence in index.sentences
        if sentence.unjudged and (not claims or _globbed(sentence.id, claims))
    ]
    # What names such a sentence need not name a claim.
    patterns = [
        pattern
        for pattern in claims
        if any(named(claim, pattern) for claim in index.claims)
        or not any(fnmatchcase(sentence.id, pattern) for sentence in unjudged)
    ]
    try:
        chosen = crosscheck.select(patterns, index) if patterns or not claims else ()
    except ValueError as error:
        raise Misuse(f"{error} (--about WORDS finds some by their words)") from None
    words = about.lower().split()
    found = [
        claim
        for claim in chosen
        if expected in {None, claim.expected}
        and not (words and claim.id.startswith("arithmetic.") and not _globbed(claim.id, claims))
        and has(words, *texts(claim))
    ]
    # Nothing is expected of what no claim judges.
    said = [it for it in unjudged if not expected and has(words, it.id, it.quotation, it.place)]
    verdict = about.strip().upper()
    hint = f"--expected {verdict} lists claims by their verdict" * (verdict in VERDICTS)
    if not found and not said:
        asked = [f"has all the words {about!r}"] * bool(words)
        asked += [f"is expected to be {expected}"] * bool(expected)
        raise Misuse(f"no claim {' and '.join(asked)}{hint and f'; {hint}'}")
    console = standard_output()
    console.print(listing.index(found, said, console.width))
    if hint:
        click.echo(hint, err=True)


def _globbed(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def texts(claim: Claim) -> tuple[str, ...]:
    """Where words about a claim are looked for."""
    return (claim.id, claim.statement, claim.remark, claim.source, *claim.formulas)


def has(words: Sequence[str], *texts: str) -> bool:
    """Whether all words are there, or others that begin as they do.

    Spaces are no matter, as formulas are written with more or fewer. The tables of the
    documentation are searched in the same way.
    """
    text = " ".join(texts).lower()
    close = "".join(text.split())
    beginnings = re.findall("[a-z]+", text)
    return all(
        word in close or any(it.startswith(_beginning(word)) for it in beginnings) for word in words
    )


def _beginning(word: str) -> str:
    """What words of one stem have in common; all of what is short, or no word."""
    plain = re.fullmatch("[a-z]+", word)
    return word[: max(SHORTEST_STEM, len(word) - LONGEST_ENDING)] if plain else word
