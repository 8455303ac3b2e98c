"""The checkable sentences of the papers, each with the claim that judges it, if there is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from theory.crosscheck.claim import Claim

__all__ = ["SENTENCES", "Sentence", "unclaimed"]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paper that can be checked.

    Attributes
    ----------
    id : str
        That of the claim about it; what has no claim yet has an id all the same.
    quotation : str
        The paper's words.
    place : str
        Section, figure or equation of the paper.
    unjudged : str
        Why no claim judges it; empty if one does.
    """

    id: str
    quotation: str
    place: str
    unjudged: str = ""


SENTENCES: tuple[Sentence, ...] = ()


def unclaimed(claims: Iterable[Claim]) -> list[Sentence]:
    """The sentences that no claim judges, in the order of the papers.

    Parameters
    ----------
    claims : iterable of Claim

    Returns
    -------
    list of Sentence

    Examples
    --------
    >>> len(unclaimed([])) == len(SENTENCES)
    True
    """
    judged = {claim.id for claim in claims}
    return [sentence for sentence in SENTENCES if sentence.id not in judged]
