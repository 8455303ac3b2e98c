"""The cross-check: the one place where theory and simulation meet."""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters import CHAPTERS, CLAIMS, FIGURES
from theory.crosscheck.claim import Claim, Kind, Result
from theory.crosscheck.errors import ChapterError
from theory.crosscheck.index import BUILT_IN, Index
from theory.crosscheck.legs.verdict import Finding, LegResult, Verdict
from theory.crosscheck.loading import load
from theory.crosscheck.points import Points
from theory.crosscheck.run import DEFAULT, FULL, QUICK, Effort, check, select

__all__ = [
    "BUILT_IN",
    "CHAPTERS",
    "CLAIMS",
    "DEFAULT",
    "FIGURES",
    "FULL",
    "QUICK",
    "Chapter",
    "ChapterError",
    "Claim",
    "Effort",
    "Finding",
    "Index",
    "Kind",
    "LegResult",
    "Points",
    "Result",
    "Verdict",
    "check",
    "load",
    "select",
]
