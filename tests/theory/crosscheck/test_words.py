"""The table of words: fixed, without overlap, and no wider than its rows say."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory.crosscheck.words import PRINTED, TABLE, tolerance


def test_the_rows_are_those_that_were_fixed_before_any_result_was_judged_by_them():
    root = math.sqrt(10)
    assert {row.name: (row.low, row.high) for row in TABLE} == {
        "exactly": (1, 1),
        "within 10%": (0.9, 1.1),
        "unchanged within 10%": (0.9, 1.1),
        "within 25%": (0.75, 1.25),
        "more": (1, math.inf),
        "more, by up to 25%": (1, 1.25),
        "more, by over 25%": (1.25, math.inf),
        "at least √10 times": (root, math.inf),
        "less than √10 times": (0, root),
        "within half an order": (1 / root, root),
        "at least, within 10%": (0.9, math.inf),
        "at most, within 10%": (0, 1.1),
    }


def test_words_have_one_meaning():
    counts = Counter(words for row in TABLE for words in row.words)
    assert set(counts.values()) == {1}
    assert all(words == words.lower() for words in counts)


@pytest.mark.parametrize(
    ("number", "half_a_unit"),
    {
        "2.2×": 0.1,
        "~900": 0.1,
        "20%": 0.25,
        "3": 1 / 6,
        "10-fold": 0.25,
        "2.0": 0.1,
        "0.4": 0.125,
    }.items(),
)
def test_a_printed_number_is_right_to_half_a_unit_of_its_last_digit(number, half_a_unit):
    row = tolerance(number)
    assert (row.low, row.high) == pytest.approx((1 - half_a_unit, 1 + half_a_unit))


@given(st.decimals(min_value="1e-6", max_value="1e9", allow_nan=False))
def test_no_number_is_read_more_loosely_than_words_are(number):
    row = tolerance(f"{number:f}")
    assert 1 - PRINTED[1] <= row.low <= 1 - PRINTED[0]
    assert 1 + PRINTED[0] <= row.high <= 1 + PRINTED[1]


def test_own_sentences_state_their_tolerance():
    row = tolerance("within 2.5%")
    assert (row.name, row.low, row.high) == ("within 2.5%", 0.975, 1.025)


@pytest.mark.parametrize("words", ["", "good enough", "within", "within -3%", "2.2×2", "HOLDS"])
def test_other_words_are_refused(words):
    with pytest.raises(ValueError, match="no tolerance is fixed"):
        tolerance(words)
