"""Where the sentences and formulas come from, as BibTeX; the works are data, in references.bib."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from theory.crosscheck.errors import text_of

__all__ = ["REFERENCES", "Reference", "cited", "references"]

#: How the entry of a work begins, with its key; comments and abbreviations have none.
WORK = re.compile(r"@\w+\s*\{\s*([^\s,{}]+)\s*,")


@dataclass(frozen=True)
class Reference:
    """A work.

    Attributes
    ----------
    names : tuple of str
        What a source calls it.
    bibtex : str
        Its BibTeX entry.
    """

    names: tuple[str, ...]
    bibtex: str


def references(folder: Path) -> tuple[Reference, ...]:
    """The entries of ``references.bib`` in a folder, if it is there.

    Parameters
    ----------
    folder : Path
        That of a chapter.

    Returns
    -------
    tuple of Reference
        Each is called by its key, and by the names in a comment before it, as in
        ``% LvR; Li & van Rossum (2020)``.
    """
    file = folder / "references.bib"
    if not file.exists():
        return ()
    lines = text_of(file).splitlines()
    starts = [index for index, line in enumerate(lines) if line.startswith("@")]
    found = []
    for start, end in pairwise([*starts, len(lines)]):
        if (key := WORK.match(lines[start])) is None:
            continue
        before = lines[start - 1] if start and lines[start - 1].startswith("% ") else "% "
        names = [name for name in before.removeprefix("% ").split("; ") if name]
        entry = [line for line in lines[start:end] if not line.startswith("%")]
        found.append(Reference((*names, key[1]), "\n".join(entry).strip()))
    return tuple(found)


def _own() -> tuple[Reference, ...]:
    """The works that this package cites, its own version among them."""
    number = version("synaptic-energy")
    return tuple(
        replace(work, bibtex=work.bibtex.replace("VERSION", number))
        for work in references(Path(__file__).parent)
    )


#: All works that claims and formulas of this package cite.
REFERENCES = _own()


def cited(source: str, works: Iterable[Reference] = REFERENCES) -> list[Reference]:
    """The works that a source names.

    Parameters
    ----------
    source : str
        As claims and formulas give it.
    works : iterable of Reference
        Among which.

    Returns
    -------
    list of Reference
        In the same order.

    Examples
    --------
    >>> [work.bibtex.partition(",")[0] for work in cited("LvR, Methods (after Opper 1988)")]
    ['@article{li2020energy', '@article{opper1988learning']
    """
    return [
        work
        for work in works
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source) for name in work.names)
    ]
