"""A chapter: the formulas, claims, figures and notebooks of one subject."""

from dataclasses import dataclass
from types import ModuleType

from theory.crosscheck.claim import Claim
from theory.crosscheck.figures.figure import Figure

__all__ = ["Chapter"]


@dataclass(frozen=True)
class Chapter:
    """A subject.

    Attributes
    ----------
    name : str
        That of its folder.
    title : str
    source : str
        Where the papers treat it.
    claims_in : tuple of module
        In the order of the index. Each has ``CLAIMS``.
    formulas : tuple of str
        Modules or packages of ``theory``.
    notebooks : tuple of str
        Their numbers.
    figures : tuple of Figure
    """

    name: str
    title: str
    source: str
    claims_in: tuple[ModuleType, ...]
    formulas: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the order of the index."""
        return tuple(claim for module in self.claims_in for claim in module.CLAIMS)
