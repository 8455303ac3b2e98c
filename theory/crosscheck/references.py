"""Where the sentences and formulas come from, as BibTeX; the works are data, in references.bib."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

__all__ = ["REFERENCES", "Reference", "cited"]


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


def _read() -> tuple[Reference, ...]:
    """The entries of the file, each with the names in the comment before it."""
    text = Path(__file__).with_name("references.bib").read_text(encoding="utf-8")
    _, *entries = text.replace("VERSION", version("synaptic-energy")).rstrip().split("\n\n")
    lines = (entry.partition("\n") for entry in entries)
    return tuple(
        Reference(tuple(names.removeprefix("% ").split("; ")), bibtex) for names, _, bibtex in lines
    )


#: All works that claims and formulas cite.
REFERENCES = _read()


def cited(source: str) -> list[Reference]:
    """The works that a source names.

    Parameters
    ----------
    source : str
        As claims and formulas give it.

    Returns
    -------
    list of Reference
        In the order of ``REFERENCES``.

    Examples
    --------
    >>> [work.bibtex.partition(",")[0] for work in cited("LvR, Methods (after Opper 1988)")]
    ['@article{li2020energy', '@article{opper1988learning']
    """
    return [work for work in REFERENCES if any(name in source for name in work.names)]
