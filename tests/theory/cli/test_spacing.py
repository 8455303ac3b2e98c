"""Values between two ends, in both precisions."""

import re

import mpmath
import pytest

from theory.cli.common import MOST_VALUES, Misuse
from theory.cli.spacing import spaced


def test_values_are_even_or_their_logarithms_are():
    assert spaced("P=1:2:5", float) == [1, 1.25, 1.5, 1.75, 2]
    assert spaced("P=2:1:2", float) == [2, 1]
    assert spaced("P=1e-4:1:5:log", float) == pytest.approx([1e-4, 1e-3, 0.01, 0.1, 1], rel=1e-15)
    assert spaced("P=1000:10:3:log", float) == [1000, 100, 10]


def test_digits_beyond_those_of_a_double():
    with mpmath.workdps(40):
        low, _, middle, _, high = spaced("p=0.001:0.1:5:log", mpmath.mpf)
        assert (low, high) == (mpmath.mpf("0.001"), mpmath.mpf("0.1"))
        assert mpmath.almosteq(middle, mpmath.mpf("0.01"), mpmath.mpf("1e-39"))


@pytest.mark.parametrize("number", [float, mpmath.mpf])
@pytest.mark.parametrize("ends", ["0:1", "1:-1"])
def test_logarithms_are_of_positive_numbers(number, ends):
    with pytest.raises(Misuse, match=f"the ends of a logarithmic sweep are > 0, got 'P={ends}:3"):
        spaced(f"P={ends}:3:log", number)


@pytest.mark.parametrize("text", ["P=1:inf:3", "P=nan:1:3:log"])
def test_ends_are_finite(text):
    with pytest.raises(Misuse, match="the ends of a sweep are finite"):
        spaced(text, float)


@pytest.mark.parametrize(
    "values",
    ["1", "1:2", "1:2:3:4", "1:2:0", "1:2:1", "1:2:1:log", "1:2:-3", "1:2:2.5", "1:2:3:lin",
     "1:2:3,4", f"1:2:{MOST_VALUES + 1}", "1:2:" + 5000 * "9"],
)  # fmt: skip
def test_other_texts_and_counts_are_refused(values):
    said = re.escape("a sweep is NAME=A,B,... or NAME=START:STOP:COUNT[:log], with a COUNT from 2")
    with pytest.raises(Misuse, match=f"{said} to {MOST_VALUES}, got "):
        spaced(f"P={values}", float)


def test_as_many_values_as_are_allowed():
    assert len(spaced(f"P=1:2:{MOST_VALUES}", float)) == MOST_VALUES
