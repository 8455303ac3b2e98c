"""A chapter: the formulas, claims, figures and notebooks of one subject."""

from dataclasses import dataclass
from types import ModuleType

from montecarlo.datasets import DataName
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
        In the order of the index. Each has ``CLAIMS``, or ``claims(data)`` where they depend on
        what networks learn.
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

    def claims(self, data: DataName) -> tuple[Claim, ...]:
        """All claims, those on networks about what they make of some data."""
        return tuple(
            claim
            for module in self.claims_in
            for claim in (module.claims(data) if hasattr(module, "claims") else module.CLAIMS)
        )
