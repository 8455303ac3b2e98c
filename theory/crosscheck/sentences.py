"""The checkable sentences of the papers, each with the id of the claim that judges it.

They are data, in the ``sentences.csv`` beside a chapter. What no claim judges has an id, too, and
says why.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from theory.crosscheck.errors import ChapterError, text_of
from theory.formula.places import located

__all__ = ["SENTENCES", "Sentence", "sentences"]


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


def sentences(folder: Path) -> tuple[Sentence, ...]:
    """The rows of ``sentences.csv`` in a folder, if it is there.

    Parameters
    ----------
    folder : Path
        That of a chapter.

    Returns
    -------
    tuple of Sentence

    Raises
    ------
    ChapterError
        If a row has other columns than id, quotation, place and unjudged, or control characters.
    """
    file = folder / "sentences.csv"
    if not file.exists():
        return ()
    text = text_of(file)
    # A terminal would obey it.
    for control in (it for it in text if not (it.isprintable() or it.isspace())):
        raise ChapterError(f"{control!r} is no text, in {located(str(file))}")
    rows = csv.DictReader(io.StringIO(text))
    try:
        return tuple(Sentence(**{key: row[key].strip() for key in row}) for row in rows)
    except (TypeError, AttributeError, csv.Error):
        raise ChapterError(
            f"a row must have id, quotation, place and unjudged, at "
            f"{located(str(file), rows.line_num)}"
        ) from None


#: All sentences of the papers, in their order.
SENTENCES = sentences(Path(__file__).parent)
