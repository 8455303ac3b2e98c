"""Random masks: numbers of plastic synapses, paths one by one, and errors."""

import numpy as np
import pytest
import scipy.stats

from montecarlo.masks import fixed_mask, plastic_paths, random_mask, simpson_index

RNG = np.random.default_rng(0)


@pytest.mark.statistical
def test_random_masks_are_binomial():
    """False alarms: 1e-6."""
    mask = random_mask(300, 1000, 0.3, np.random.default_rng(1))
    assert mask.dtype == bool
    plastic = int(mask.sum())
    assert scipy.stats.binomtest(plastic, mask.size, 0.3).pvalue > 1e-6
    assert scipy.stats.binomtest(plastic, mask.size, 0.31).pvalue < 1e-6
    assert not random_mask(3, 4, 0, RNG).any()
    assert random_mask(3, 4, 1, RNG).all()


@pytest.mark.statistical
def test_fixed_masks_choose_every_synapse_as_often():
    """False alarms: 1e-6."""
    mask = fixed_mask(20_000, 10, 3, np.random.default_rng(2))
    assert (mask.sum(axis=1) == 3).all()
    # Counts of variance 20,000 * 0.3 * 0.7 with a fixed sum: nine degrees of freedom.
    columns = mask.sum(axis=0)
    spread = ((columns - 6000) ** 2).sum() / (20_000 * 0.3 * 0.7 * 10 / 9)
    assert scipy.stats.chi2.sf(spread, 9) > 1e-6
    assert len({row.tobytes() for row in mask}) == 120  # all choices


def test_paths_one_by_one():
    inputs, outputs = random_mask(5, 7, 0.5, RNG), random_mask(7, 3, 0.5, RNG)
    paths = plastic_paths(inputs, outputs)
    for i in range(5):
        for o in range(3):
            assert paths[i, o] == sum(inputs[i, h] and outputs[h, o] for h in range(7))


def test_simpson_index_of_equal_shares():
    assert simpson_index([7]) == 1
    assert simpson_index([2, 2, 0, 2]) == pytest.approx(1 / 3)
    assert simpson_index([1, 3]) == 0.625
    assert simpson_index(np.full((4, 5), 3)) == pytest.approx(1 / 20)


def test_the_same_generator_gives_the_same_masks():
    first, second = (fixed_mask(9, 9, 4, np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: random_mask(0, 2, 0.5, RNG), "rows must be a positive integer, got 0"),
        (lambda: random_mask(2, 1.5, 0.5, RNG), "columns must be a positive integer, got 1.5"),
        (lambda: random_mask(2, 2, 1.5, RNG), "p must be a number from 0 to 1, got 1.5"),
        (lambda: random_mask(2, 2, "x", RNG), "p must be a number from 0 to 1, got 'x'"),
        (lambda: random_mask(2, 2, 0.5, None), "rng must be a numpy.random.Generator, got None"),
        (lambda: fixed_mask(2, 2, 0, RNG), "plastic must be a positive integer, got 0"),
        (lambda: fixed_mask(2, 2, 3, RNG), "plastic must be at most 2, got 3"),
        (lambda: fixed_mask(2, 2, 1, 7), "rng must be a numpy.random.Generator, got 7"),
        (
            lambda: plastic_paths(np.ones((2, 3)), np.ones((2, 3))),
            r"inputs and outputs must be masks of shapes .*, got \(2, 3\) and \(2, 3\)",
        ),
        (lambda: simpson_index([]), r"counts must be finite numbers >= 0, not all zero, got \[\]"),
        (lambda: simpson_index([0, 0]), "counts must be finite numbers >= 0, not all zero"),
        (lambda: simpson_index([1, -1]), "counts must be finite numbers >= 0, not all zero"),
        (lambda: simpson_index([1, np.nan]), "counts must be finite numbers >= 0, not all zero"),
    ],
)
def test_bad_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=rf"\A{message}"):
        call()
