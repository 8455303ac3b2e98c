"""What simulations are asked: statements about records, with the words that judge them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from theory.crosscheck.experiment import Experiment
from theory.crosscheck.words import EXPONENT, Tolerance, tolerance

__all__ = ["Always", "Comparison", "Exponent", "Minimum", "Statement", "uncertain"]


def _one(record: Any) -> float:
    del record
    return 1.0


@dataclass(frozen=True)
class Comparison:
    """The ratio of what is observed to what is predicted, both functions of a record.

    An exact prediction must be met: the ratio must not differ from 1, the smallest difference that
    could have been seen must be small, and a formula that is 5% larger or has the wrong sign must
    be rejected. Otherwise the ratio must lie where the words of the sentence want it, its error
    bar included.

    Attributes
    ----------
    what : str
        What is stated, for reports; of a claim's statements no two say the same.
    experiment : Experiment
        Whose records are looked at.
    observed, predicted : callable
        Of a record. Where the words only say "more", the larger is observed.
    words : str
        Those of the sentence that say how exact it is, for `theory.crosscheck.words.tolerance`.
    where : str
        The region in which the paper says so: its parameters, axis and data.
    median : bool
        Whether the median over replicas is judged, and not the mean: where tails are heavy.
    wrong : tuple
        Factors that a wrong formula could have, or functions that compute one; an exact comparison
        must reject each of them.
    slow : bool
        Whether only full checks simulate what this code has measured before; others read it in
        the ledger.
    """

    what: str
    experiment: Experiment
    observed: Callable[[Any], float]
    predicted: Callable[[Any], float] = _one
    words: str = "="
    where: str = ""
    median: bool = False
    wrong: tuple[float | Callable[[], float], ...] = ()
    slow: bool = False

    def __post_init__(self) -> None:
        """Refuse words that are not in the table."""
        tolerance(self.words)

    @property
    def tolerance(self) -> Tolerance:
        """What the words ask for."""
        return tolerance(self.words)

    @property
    def exact(self) -> bool:
        """Whether the prediction is to be met exactly."""
        return self.tolerance.exact

    @property
    def allowed(self) -> tuple[float, float]:
        """Between which the value must lie."""
        return self.tolerance.low, self.tolerance.high

    @property
    def asked(self) -> str:
        """What is asked for, in words."""
        return self.tolerance.name

    @property
    def forgiving(self) -> bool:
        """Whether laws that differ by a factor can hold, too."""
        return self.tolerance.approximate

    @property
    def planted(self) -> tuple[float, ...]:
        """Factors of wrong formulas that must be rejected, if the prediction is exact."""
        named = tuple(factor() if callable(factor) else factor for factor in self.wrong)
        return (1.05, -1.0, *named) if self.exact else ()

    def value(self, record: Any) -> float:
        """What is judged, of one record."""
        return self.observed(record) / self.predicted(record)

    def deviation(self, value: float, error: float) -> str:
        """The value in words: how far off it is, with the error in the last digit."""
        if self.asked == "within half an order":
            orders = error / abs(value) / math.log(10) if value else math.inf
            return _off(math.log10(value), orders, " orders") if value > 0 else f"{value:.3g}"
        if self.exact or self.tolerance.approximate:
            return _off(100 * (value - 1), 100 * error, "%")
        return f"{uncertain(value, error)} times"


@dataclass(frozen=True)
class Exponent(Comparison):
    """The difference of an exponent that is observed from one that is predicted.

    It may be as large as the table allows, whatever the words.
    """

    def __post_init__(self) -> None:
        """Refuse words that do not allow for a deviation."""
        if not self.tolerance.approximate:
            raise ValueError(f"exponents are approximate, got the words {self.words!r}")

    forgiving = False

    @property
    def allowed(self) -> tuple[float, float]:
        """Between which the value must lie."""
        return -EXPONENT, EXPONENT

    @property
    def asked(self) -> str:
        """What is asked for, in words."""
        return f"exponent within {EXPONENT:g}"

    def value(self, record: Any) -> float:
        """What is judged, of one record."""
        return self.observed(record) - self.predicted(record)

    def deviation(self, value: float, error: float) -> str:
        """The value in words: how far off it is, with the error in the last digit."""
        return _off(value, error, "")


@dataclass(frozen=True)
class Minimum:
    """A least cost between two ends: both cost more.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    experiment : Experiment
        Whose records are looked at.
    cost : callable
        Of a record and a place.
    places : (float, float, float)
        Below the optimum, at it, and above it.
    where : str
        The region in which the paper says so.
    slow : bool
        Whether only full checks simulate what this code has measured before; others read it in
        the ledger.
    """

    what: str
    experiment: Experiment
    cost: Callable[[Any, Any], float]
    places: tuple[Any, Any, Any]
    where: str = ""
    slow: bool = False

    words = "an optimum"
    asked = "both ends cost more"
    allowed = (1.0, math.inf)
    exact = False
    median = False
    planted: tuple[float, ...] = ()

    def value(self, record: Any) -> float:
        """Cost at the cheaper end over that at the optimum."""
        below, at, above = (self.cost(record, place) for place in self.places)
        return min(below, above) / at

    def predicted(self, record: Any) -> float:
        """No size is predicted."""
        return _one(record)

    def deviation(self, value: float, error: float) -> str:
        """The value in words."""
        return f"the cheaper end costs {uncertain(value, error)} times"


@dataclass(frozen=True)
class Always:
    """What is so in every replica, without exception.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    experiment : Experiment
        Whose records are looked at.
    event : callable
        Of a record: whether it is so.
    where : str
        The region in which the paper says so.
    slow : bool
        Whether only full checks simulate what this code has measured before; others read it in
        the ledger.
    """

    what: str
    experiment: Experiment
    event: Callable[[Any], bool]
    where: str = ""
    slow: bool = False

    words = "always"
    asked = "in all replicas"
    exact = False

    def value(self, record: Any) -> float:
        """What is averaged over records: 1 where it is so, 0 where not."""
        return float(bool(self.event(record)))


Statement = Comparison | Minimum | Always


def uncertain(value: float, error: float) -> str:
    """A number with its standard error in brackets, in units of its last digit.

    Parameters
    ----------
    value, error : float
        The error may be zero or no more than rounding, or not finite.

    Returns
    -------
    str
        The error has one digit, unless it is above 10.

    Examples
    --------
    >>> uncertain(1.0623, 0.0048), uncertain(37.2, 1.3), uncertain(1017.0, 23.0), uncertain(2, 0)
    ('1.062(5)', '37(1)', '1017(23)', '2')
    >>> uncertain(0.3, 2e-17)
    '0.3'
    """
    if not (error > 1e-12 * abs(value) and math.isfinite(error)):
        return f"{value:.4g}"
    places = max(0, math.ceil(-math.log10(1.05 * error)))
    return f"{value:.{places}f}({round(error * 10**places)})"


def _off(value: float, error: float, unit: str) -> str:
    # What is less than that is rounding.
    if max(abs(value), error) < 1e-9:
        return "exactly so"
    return f"{uncertain(abs(value), error)}{unit} {'low' if value < 0 else 'high'}"
