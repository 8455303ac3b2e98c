"""Claims, and sentences without one, as tables for the terminal: what there is to be judged."""

from collections.abc import Sequence

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from theory.crosscheck.claim import Claim
from theory.crosscheck.report.terminal import ROOM_FOR_LEGS, STYLES
from theory.crosscheck.sentences import Sentence


def index(claims: Sequence[Claim], unjudged: Sequence[Sentence], width: int) -> Group:
    """The claims, without judging them, and the sentences that none judges: one row each.

    Arithmetic ones are apart, as their ids are long. Without room for columns, words stand below.
    """
    routine = [claim for claim in claims if claim.id.startswith("arithmetic.")]
    others = [claim for claim in claims if claim not in routine]
    claimed, said = (_index, _sentences) if width >= ROOM_FOR_LEGS else (_below, _said_below)
    parts: list[str | Table | Group] = [_counted(len(claims), "claim")]
    parts += [claimed(part) for part in (others, routine) if part]
    if unjudged:
        parts += [_counted(len(unjudged), "sentence") + " without a claim", said(unjudged)]
    return Group(*parts)


def _below(claims: Sequence[Claim]) -> Group:
    entries: list[Text | Padding] = []
    for claim in claims:
        head = Text(claim.id, "bold").append(f"  {claim.kind}, ", "not bold")
        entries.append(head.append(claim.expected, STYLES[claim.expected]))
        entries.append(_inset(f"{claim.statement} ({claim.source})"))
    return Group(*entries)


def _said_below(sentences: Sequence[Sentence]) -> Group:
    entries: list[Text | Padding] = []
    for sentence in sentences:
        entries.append(Text(sentence.id, "bold"))
        entries.append(_inset(f"{sentence.quotation} ({sentence.place}): {sentence.unjudged}"))
    return Group(*entries)


def _inset(words: str) -> Padding:
    return Padding(Text(words), (0, 0, 0, 2))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _sentences(sentences: Sequence[Sentence]) -> Table:
    columns = Table()
    columns.add_column("Sentence", no_wrap=True)
    columns.add_column("Quotation")
    columns.add_column("Place")
    columns.add_column("Why not")
    for sentence in sentences:
        words = sentence.quotation, sentence.place, sentence.unjudged
        columns.add_row(sentence.id, *map(Text, words))
    return columns


def _index(claims: Sequence[Claim]) -> Table:
    columns = Table()
    for name in ("Claim", "Kind", "Expected", "Statement", "Source"):
        # The name of a formula may be longer than a line, and is not cut.
        columns.add_column(name, no_wrap=name in {"Claim", "Kind", "Expected"}, overflow="fold")
    for claim in claims:
        expected = Text(claim.expected, STYLES[claim.expected])
        # Brackets in what an author writes are no markup.
        words = Text(claim.statement), Text(claim.source)
        columns.add_row(claim.id, claim.kind, expected, *words)
    return columns
