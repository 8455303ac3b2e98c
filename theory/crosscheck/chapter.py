"""A chapter: the formulas, claims, figures and notebooks of one subject."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from theory.crosscheck.claim import Claim
from theory.crosscheck.figures.figure import Figure
from theory.crosscheck.points import Points


@dataclass(frozen=True)
class Chapter:
    """A subject.

    Attributes
    ----------
    name : str
        That of its folder, or another.
    title : str
    source : str
        Where the papers treat it.
    claims_in : tuple of module
        In the order of the index. Each has ``CLAIMS``.
    formulas : tuple of str
        What the names of its formulas begin with: modules or packages of ``theory``.
    notebooks : tuple of str
        Their numbers.
    figures : tuple of Figure
    points : mapping
        What simulates formulas, by their names, for ``synaptic-energy explore``.
    home : Path
        The folder of its ``references.bib``, ``sentences.csv`` and ``ledger.csv``.
    """

    name: str
    title: str
    source: str
    claims_in: tuple[ModuleType, ...]
    formulas: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    points: Mapping[str, Points] = field(default_factory=dict)
    home: Path = Path(__file__).parent

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the order of the index."""
        return tuple(claim for module in self.claims_in for claim in module.CLAIMS)
