"""The checkable sentences of the papers, each with the id of the claim that judges it.

They are data, in ``sentences.csv``. What no claim judges has an id, too, and says why.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

__all__ = ["SENTENCES", "Sentence"]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paper that can be checked.

    Attributes
    ----------
    id : str
        That of the claim about it, or that of a claim to come.
    quotation : str
        The paper's words, with [...] where some are left out.
    place : str
        Section, figure or equation of the paper.
    unjudged : str
        Why no claim judges it; empty if one does.
    """

    id: str
    quotation: str
    place: str
    unjudged: str

    @property
    def paper(self) -> str:
        """LvR, CP or REV."""
        return self.id.partition(".")[0]


def _read() -> tuple[Sentence, ...]:
    with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Sentence(**row) for row in csv.DictReader(file))


#: All sentences, in the order of the papers.
SENTENCES = _read()
