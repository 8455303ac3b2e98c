"""Verdicts and the evidence for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What the evidence says of a statement."""

    HOLDS = "HOLDS"
    FAILS = "FAILS"
    UNDECIDED = "UNDECIDED"
    SKIPPED = "SKIPPED"


def combined(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on all of several statements together.

    One failure refutes, one open question leaves open; skipped statements count for nothing, and
    nothing at all decides nothing.
    """
    reached = set(verdicts)
    if reached == {Verdict.SKIPPED}:
        return Verdict.SKIPPED
    reached.discard(Verdict.SKIPPED)
    for verdict in (Verdict.FAILS, Verdict.UNDECIDED):
        if verdict in reached:
            return verdict
    return Verdict.HOLDS if reached else Verdict.UNDECIDED


@dataclass(frozen=True)
class Measurement:
    """What was measured by simulation for one statement.

    Attributes
    ----------
    value, error : float
        What is judged, averaged over replicas, and its standard error.
    predicted, predicted_error : float
        The same of what is predicted alone.
    low, high : float
        Where that lies but for a false alarm.
    first : float
        What is judged, of the first replica alone.
    replicas : int
        How many there were.
    """

    value: float
    error: float
    predicted: float
    predicted_error: float
    low: float
    high: float
    first: float
    replicas: int


@dataclass(frozen=True)
class Finding:
    """The verdict on one statement, with its figures.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    verdict : Verdict
        On this statement alone.
    figures : mapping
        Points, digits, replicas, ... by name.
    measured : Measurement, optional
        What simulations gave.
    excess : float
        How far what was measured is outside of what is asked for; negative, if it is inside.
    drifted : bool
        Whether it is not what the ledger says.
    """

    what: str
    verdict: Verdict
    figures: Mapping[str, str | int | float] = field(default_factory=dict)
    measured: Measurement | None = None
    excess: float = 0.0
    drifted: bool = False


@dataclass(frozen=True)
class LegResult:
    """What one leg found.

    Attributes
    ----------
    leg : str
        "symbolic", "numeric" or "simulation".
    findings : tuple of Finding
        One for each of its statements.
    seconds : float
        Time that it took, or that all its simulations took, which other claims may look at too.
    """

    leg: str
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def verdict(self) -> Verdict:
        """The verdict on all findings together."""
        return combined(finding.verdict for finding in self.findings)
