"""The cross-check: the one place where theory and simulation meet."""

from theory.crosscheck.chapters import CHAPTERS, CLAIMS, FIGURES
from theory.crosscheck.claim import Claim, Kind, Result
from theory.crosscheck.legs.verdict import Finding, LegResult, Verdict
from theory.crosscheck.run import DEFAULT, FULL, QUICK, Effort, check, select

__all__ = [
    "CHAPTERS",
    "CLAIMS",
    "DEFAULT",
    "FIGURES",
    "FULL",
    "QUICK",
    "Claim",
    "Effort",
    "Finding",
    "Kind",
    "LegResult",
    "Result",
    "Verdict",
    "check",
    "select",
]
