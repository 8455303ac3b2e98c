"""Finding claims: ``list``."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

import click

from theory.cli.common import Misuse, chapters_option, chosen_index, standard_output


@click.command(name="list")
@click.argument("claims", nargs=-1, metavar="[ID, glob or formula]...")
@click.option(
    "--about",
    metavar="WORDS",
    default="",
    help="Only those in whose statement, remark, source or formulas all these words are.",
)
@chapters_option
def list_claims(claims: Sequence[str], about: str, chapters: Sequence[str]) -> None:
    """List the claims and what is expected of them, and sentences that no claim judges.

    \b
    synaptic-energy list 'CP.*'                   those of van Rossum (2023)
    synaptic-energy list decay.consolidation_rate those about a formula
    synaptic-energy list --about '2F2 rate'       those with these words
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory import crosscheck
    from theory.crosscheck.report import listing
    from theory.crosscheck.run import named

    index = chosen_index(chapters)
    unjudged = [
        sentence
        for sentence in index.sentences
        if sentence.unjudged
        and (not claims or any(fnmatchcase(sentence.id, pattern) for pattern in claims))
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
        if _has(words, claim.id, claim.statement, claim.remark, claim.source, *claim.formulas)
    ]
    unjudged = [item for item in unjudged if _has(words, item.id, item.quotation, item.place)]
    if not found and not unjudged:
        raise Misuse(f"no claim has all the words {about!r}")
    console = standard_output()
    console.print(listing.index(found, unjudged, console.width))


def _has(words: Sequence[str], *texts: str) -> bool:
    """Whether all words are there, spaces aside: formulas are written with more or fewer."""
    text = "".join(" ".join(texts).lower().split())
    return all(word in text for word in words)
