"""Gaussian variables one after another."""

import numpy as np
import pytest

from theory.learning.gaussian import appended, fresh, solved

COVARIANCE = np.array([[2.0, 0.5, 0.1], [0.5, 1.0, -0.2], [0.1, -0.2, 0.7]])


def test_rows_make_the_factor_of_the_whole_covariance():
    factor = np.zeros((5, 5))
    for last in range(3):
        appended(factor, COVARIANCE[last, : last + 1], 0.0)
    assert factor[:3, :3] == pytest.approx(np.linalg.cholesky(COVARIANCE))


def test_a_row_may_be_found_again():
    factor = np.zeros((3, 3))
    for last, scale in ((0, 1), (1, 3), (1, 1), (2, 1)):
        appended(factor, scale * COVARIANCE[last, : last + 1], 0.0)
    assert factor == pytest.approx(np.linalg.cholesky(COVARIANCE))


def test_what_is_solved_for_is_found():
    factor = np.linalg.cholesky(COVARIANCE)
    assert COVARIANCE @ solved(factor, np.array([1.0, 2.0, 3.0])) == pytest.approx([1, 2, 3])


def test_in_a_fresh_sample_nothing_of_the_past_is_to_be_seen():
    rng = np.random.default_rng(1)
    past = np.stack([np.ones(1000), rng.standard_normal(1000), rng.random(1000)])
    found = fresh(past, rng)
    assert past @ found / 1000 == pytest.approx(np.zeros(3), abs=1e-12)
    assert found.std() == pytest.approx(1)
