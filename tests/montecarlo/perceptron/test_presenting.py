"""Wrong presentations found in blocks, or by all overlaps, against presenting every pattern."""

import math
import tracemalloc
from array import array
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.perceptron import learn, presenting, random_patterns
from montecarlo.perceptron.presenting import PATTERNS, epochs_in_blocks, wrong_presentations
from montecarlo.perceptron.updates import trajectory
from tests.montecarlo.perceptron.problems import REPRODUCIBLE, few_epochs, opposed, problems

patiences = st.sampled_from([0, 1, 2.5, math.inf])
blocks = st.sampled_from([1, 3, 7, PATTERNS])


def by_loop(examples, max_epochs):
    """The row of every update, and their number after each epoch."""
    weights, rows, after_epoch = np.zeros(examples.shape[1]), [], [0]
    while len(after_epoch) <= max_epochs:
        for row, example in enumerate(examples.astype(float)):
            if weights @ example <= 0:
                weights += example
                rows.append(row)
        after_epoch.append(len(rows))
        if after_epoch[-1] == after_epoch[-2]:
            break
    return array("q", rows), after_epoch


def found(examples, max_epochs, block, patience, exact=math.inf):
    with (
        patch.object(presenting, "PATTERNS", block),
        patch.object(presenting, "epochs_in_blocks", lambda *_: patience),
    ):
        return wrong_presentations(examples, max_epochs, exact)


@given(problems(("signs", "integers"), 40, 20), few_epochs, blocks, patiences,
       st.sampled_from([np.float32, float]))  # fmt: skip
@REPRODUCIBLE
def test_whole_numbers_equal_the_loop(problem, max_epochs, block, patience, dtype):
    patterns, labels = problem
    examples = (patterns * labels[:, None]).astype(dtype)
    same, *updates = found(examples, max_epochs, block, patience)
    assert same is examples
    assert tuple(updates) == by_loop(examples, max_epochs)


@given(problems(("real",), 40, 20), few_epochs, blocks, patiences)
@REPRODUCIBLE
def test_real_patterns_equal_the_loop(problem, max_epochs, block, patience):
    """Unless a field is as small as rounding errors, which random ones are not."""
    patterns, labels = problem
    examples = patterns * labels[:, None]
    assert tuple(found(examples, max_epochs, block, patience)[1:]) == by_loop(examples, max_epochs)


@pytest.mark.parametrize("load", [0.5, 1, 1.5, 3])
@pytest.mark.parametrize("N", [20, 300])
def test_all_loads_equal_the_loop(load, N):
    patterns, labels = random_patterns(int(load * N), N, np.random.default_rng(N))
    examples = (patterns * labels[:, None]).astype(np.float32)
    assert tuple(wrong_presentations(examples, 40, math.inf)[1:]) == by_loop(examples, 40)


@pytest.mark.parametrize("patience", [0, 3, math.inf])
def test_doubles_take_over_where_single_precision_may_round(patience):
    patterns, labels = opposed(50, 10)
    examples = (patterns * labels[:, None]).astype(np.float32)
    expected = by_loop(examples, 20)
    for exact in (0, 50, 400, len(expected[0])):
        doubles, *updates = found(examples, 20, 16, patience, exact)
        assert doubles.dtype == float
        assert tuple(updates) == expected
    singles, *updates = found(examples, 20, 16, patience, len(expected[0]) + len(examples))
    assert singles is examples
    assert tuple(updates) == expected


def test_overlaps_of_all_pairs_by_size_and_load():
    assert epochs_in_blocks(1500, 1000) == epochs_in_blocks(3000, 1000) == 0
    assert 0 < epochs_in_blocks(500, 1000) < epochs_in_blocks(1000, 1000) < math.inf
    assert epochs_in_blocks(4001, 1000) == epochs_in_blocks(60_000, 20) == math.inf


@pytest.mark.parametrize("tau", [math.inf, 100.0])
def test_memory_is_of_the_order_of_the_patterns(tau):
    """Overlaps of all pairs would take 1.6 GB."""
    problem = random_patterns(20_000, 10, np.random.default_rng(1))
    tracemalloc.start()
    try:
        learn(*problem, threshold=3, tau=tau, max_epochs=2)
        assert tracemalloc.get_traced_memory()[1] < 100e6
    finally:
        tracemalloc.stop()


def test_a_run_that_never_ends_takes_few_bytes_an_update():
    tracemalloc.start()
    run = trajectory(*random_patterns(200, 40, np.random.default_rng(1)), max_epochs=600)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(run.updated) > 30_000
    assert peak < 34 * len(run.updated) + 10 * run.examples.nbytes
