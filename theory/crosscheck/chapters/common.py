"""Names that moved: to `symbols` and to `sources`."""

from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY as CP
from theory.crosscheck.chapters.sources import REVIEW as REV
from theory.crosscheck.chapters.symbols import K, T, a, t, x

__all__ = ["CP", "REV", "K", "T", "a", "t", "x"]
