"""What a sentence's own words ask of a law: one table of words, which no claim can override.

It was fixed before any measurement was judged by it. A statement quotes the words of its sentence,
and their row gives the range in which what is measured, over what is predicted, must lie. A number
that the sentence prints is a row of its own: half a unit of its last significant digit, but
within the bounds `PRINTED`; and "within 3%" says so itself.

The rows follow from each other. Papers print two digits and draw simulations as dots on curves:
what "fits very well" may be off by 10%, hardly seen in a figure. "Approximately" allows 25%, a
change that a figure still shows as a small one. What is "substantial" is more than that, what is "a
bit" is not. "Manifold" is nearer to ten times than to once. An "order of magnitude" that is
rounded to a whole one is right within half an order.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["EXPONENT", "PRINTED", "TABLE", "Tolerance", "tolerance"]


@dataclass(frozen=True)
class Tolerance:
    """A row of the table.

    Attributes
    ----------
    name : str
        As it stands beside verdicts.
    low, high : float
        Between which the ratio of what is measured to what is predicted must lie.
    words : tuple of str
        In lower case.
    """

    name: str
    low: float
    high: float
    words: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the law must be met at the resolution of the check."""
        return self.low == self.high

    @property
    def approximate(self) -> bool:
        """Whether the law may be off by a stated amount, on either side."""
        return 0 < self.low < 1 < self.high < math.inf


#: Exponents, whatever the words, may be off by so much.
EXPONENT = 0.1
#: The least and the largest tolerance of a printed number.
PRINTED = (0.1, 0.25)
#: Half an order of magnitude.
HALF_ORDER = math.sqrt(10)

#: All words with a meaning; longer phrases with the same meaning need not be listed.
TABLE = (
    Tolerance(
        "exactly",
        1.0,
        1.0,
        ("=", "is given by", "is", "equals", "equal to", "the same as", "follows from", "exactly"),
    ),
    Tolerance(
        "within 10%",
        0.9,
        1.1,
        (
            *("fits very well", "well described", "good prediction", "well estimated"),
            *("in good approximation", "half", "halve", "twice"),
        ),
    ),
    Tolerance(
        "unchanged within 10%",
        0.9,
        1.1,
        (
            *("independent of", "irrespective of", "whatever", "unchanged", "virtually"),
            *("does not change", "no impact", "no effect", "no significant effect", "is preserved"),
        ),
    ),
    Tolerance(
        "within 25%",
        0.75,
        1.25,
        (
            *("approximately", "approximate", "approximates", "reasonably matches", "~", "about"),
            *("around", "some", "scales as", "proportional to", "comparable", "similar"),
            *("roughly", "linear in", "very slowly", "weakly depends", "not substantially"),
            *("not substantial", "approaches", "near"),
        ),
    ),
    Tolerance(
        "more",
        1.0,
        math.inf,
        (
            *("larger", "smaller", "more", "less", "higher", "lower", "faster", "slower", "longer"),
            *("quicker", "increases", "decreases", "grows", "drops", "saves", "savings", "reduces"),
            *("most", "optimum", "optimal", "minimal", "best", "dominates", "sub-linearly"),
            *("trade-off", "wastes", "worse", "better", "at the cost of", "poor"),
        ),
    ),
    Tolerance(
        "more, by up to 25%",
        1.0,
        1.25,
        ("a bit", "little", "slight", "slightly", "small increase", "negligible"),
    ),
    Tolerance(
        "more, by over 25%",
        1.25,
        math.inf,
        ("substantial", "substantially", "strongly", "steeply", "rapidly", "large"),
    ),
    Tolerance(
        "at least √10 times",
        HALF_ORDER,
        math.inf,
        ("manifold", "dramatically", "much", "by far", "far more", "very high"),
    ),
    Tolerance("less than √10 times", 0.0, HALF_ORDER, ("not dramatically",)),
    Tolerance(
        "within half an order",
        1 / HALF_ORDER,
        HALF_ORDER,
        ("order of magnitude", "orders of magnitude"),
    ),
    Tolerance("at least, within 10%", 0.9, math.inf, ("at least", "up to", "as much as")),
    Tolerance(
        "at most, within 10%",
        0.0,
        1.1,
        (
            "at most",
            "as little as",
            "did not save",
            "not save",
            "no longer",
            "not lead to",
            "no evidence",
        ),
    ),
)
_BY_WORDS = {words: row for row in TABLE for words in row.words}
_NUMBER = re.compile(r"[~≈]?(\d+(?:\.\d+)?)(?:%|×|x|-fold)?")
_WITHIN = re.compile(r"within (\d+(?:\.\d+)?)%")


def tolerance(words: str) -> Tolerance:
    """What some words of a sentence ask for.

    Parameters
    ----------
    words : str
        Of the table; or a printed number, like ``"2.2×"``, ``"~900"`` or ``"80%"``; or ``"within
        3%"``, which a sentence of our own may say.

    Returns
    -------
    Tolerance
        The row of the table, or that of the number.

    Raises
    ------
    ValueError
        If the words are not in the table.

    Examples
    --------
    >>> tolerance("fits very well").name
    'within 10%'
    >>> tolerance("20%"), tolerance("2.2×").name
    (Tolerance(name='within 25%', low=0.75, high=1.25, words=()), 'within 10%')
    >>> tolerance("good enough")
    Traceback (most recent call last):
    ValueError: no tolerance is fixed for the words 'good enough'
    """
    if words.lower() in _BY_WORDS:
        return _BY_WORDS[words.lower()]
    if number := _NUMBER.fullmatch(words):
        return _within(min(max(_half_a_unit(number[1]), PRINTED[0]), PRINTED[1]))
    if stated := _WITHIN.fullmatch(words):
        return _within(float(stated[1]) / 100)
    raise ValueError(f"no tolerance is fixed for the words {words!r}")


def _half_a_unit(number: str) -> float:
    """Half a unit of the last significant digit, over the number; zeros at an end are none."""
    printed = Decimal(number)
    # Zeros at the end of an integer only fill its places; those behind a point mean something.
    significant = printed if "." in number else printed.normalize()
    return float(Decimal(5).scaleb(int(significant.as_tuple().exponent) - 1) / printed)


def _within(size: float) -> Tolerance:
    return Tolerance(f"within {100 * size:g}%", 1 - size, 1 + size)
