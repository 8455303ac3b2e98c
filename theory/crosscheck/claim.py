"""A claim: a sentence that can be checked, as data."""

from dataclasses import dataclass
from enum import StrEnum

from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.numeric import Agreement, Precision
from theory.crosscheck.legs.rigorous import Enclosure
from theory.crosscheck.legs.statements import Statement
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.crosscheck.legs.verdict import LegResult, Verdict, combined


class Kind(StrEnum):
    """What sort of sentence a claim is."""

    DEFINITION = "definition"
    IDENTITY = "identity"
    LIMIT = "limit"
    APPROXIMATION = "approximation"
    EMPIRICAL = "empirical"


@dataclass(frozen=True)
class Claim:
    """One checkable sentence and the ways to check it.

    Attributes
    ----------
    id : str
        Permanent; the prefix names the source: LvR, or SE for this package's own results.
    statement : str
        The sentence as the source puts it, or what was measured.
    source : str
        Paper and place.
    kind : Kind
        What sort of sentence it is.
    formulas : tuple of str
        The formulas of the package that it is about.
    figures : tuple of str
        The figures of the package that show it.
    symbolic, numeric, simulation : tuple
        What is proved, what is compared at high precision, what is compared with simulation.
    expected : Verdict
        FAILS for a misprint, which is kept beside its correction.
    remark : str
        Where the sentence stops being true, or what is wrong with it.
    correction : str
        The id of the claim that puts it right.
    """

    id: str
    statement: str
    source: str
    kind: Kind
    formulas: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    symbolic: tuple[Identity | Positive, ...] = ()
    numeric: tuple[Agreement | Approximation | Enclosure | Precision, ...] = ()
    simulation: tuple[Statement, ...] = ()
    expected: Verdict = Verdict.HOLDS
    remark: str = ""
    correction: str = ""

    def __post_init__(self) -> None:
        """Refuse what lacks the comma that makes it a tuple."""
        for name in ("formulas", "figures", "symbolic", "numeric", "simulation"):
            if not isinstance(getattr(self, name), tuple):
                raise TypeError(f"{name} of {self.id} must be a tuple: is a comma missing?")


@dataclass(frozen=True)
class Result:
    """The verdict on a claim, leg by leg.

    Attributes
    ----------
    claim : Claim
        What was judged.
    legs : tuple of LegResult
        What each leg found.
    """

    claim: Claim
    legs: tuple[LegResult, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict on all legs together."""
        return combined(leg.verdict for leg in self.legs)

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one expected, or none, and nothing has drifted."""
        return self.verdict in {self.claim.expected, Verdict.SKIPPED} and not self.drifted

    @property
    def drifted(self) -> bool:
        """Whether something measured is not what the ledger says."""
        return any(finding.drifted for leg in self.legs for finding in leg.findings)

    @property
    def seconds(self) -> float:
        """Time taken."""
        return sum(leg.seconds for leg in self.legs)
