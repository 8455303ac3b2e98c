"""Masks: enumeration of all of them, brute-force searches, limits, and errors."""

import itertools

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.formula.strategies import approx, reproducible
from theory.masks import (
    backtracking,
    crossover_width,
    extrapolation,
    mask_energy,
    optimal_input_fraction,
    optimal_output_fraction,
    plastic_paths,
    plastic_synapses,
    simpson_index,
    subnet_energy,
)

COUNTS = st.integers(1, 1000)
MNIST = (784, 10)


def all_masks(*shape):
    """Every mask of a shape."""
    size = int(np.prod(shape))
    for bits in itertools.product((0, 1), repeat=size):
        yield np.array(bits).reshape(shape)


# --- paths ----------------------------------------------------------------------------------------


@given(p_i=st.floats(0, 1), p_o=st.floats(0, 1))
@reproducible(5)
def test_means_over_all_masks(p_i, p_o):
    paths = synapses = 0.0
    for inputs, outputs in itertools.product(all_masks(2, 3), all_masks(3, 1)):
        on_i, on_o = int(inputs.sum()), int(outputs.sum())
        weight = p_i**on_i * (1 - p_i) ** (6 - on_i) * p_o**on_o * (1 - p_o) ** (3 - on_o)
        paths += weight * (inputs @ outputs).sum()
        synapses += weight * (on_i + on_o)
    assert plastic_paths(3, 2, 1, p_i, p_o) == approx(paths, rel=1e-11)
    assert plastic_synapses(3, 2, 1, p_i, p_o) == approx(synapses, rel=1e-11)


def test_no_mask_of_all_has_the_paths_of_a_subnet_with_fewer_synapses():
    n_h, n_i, n_o = 3, 3, 2
    fewest = dict.fromkeys(range(1, n_h + 1), n_h * (n_i + n_o))
    for inputs, outputs in itertools.product(all_masks(n_i, n_h), all_masks(n_h, n_o)):
        paths, synapses = (inputs @ outputs).sum(), inputs.sum() + outputs.sum()
        for h_c in range(1, paths // (n_i * n_o) + 1):
            fewest[h_c] = min(fewest[h_c], int(synapses))
    assert fewest == {h_c: subnet_energy(n_i, n_o, h_c) for h_c in fewest}


# --- optimal masks --------------------------------------------------------------------------------


@given(n_i=COUNTS, n_o=COUNTS, h_c=COUNTS, spare=COUNTS)
@reproducible(200)
def test_no_pair_of_fractions_with_enough_paths_costs_less(n_i, n_o, h_c, spare):
    n_h = h_c * spare
    p_i = optimal_input_fraction(n_h, n_i, n_o, h_c)
    p_o = optimal_output_fraction(n_h, n_i, n_o, h_c)
    least = mask_energy(n_h, n_i, n_o, h_c)
    assert n_h * p_i * p_o == approx(h_c)
    assert min(p_i, p_o) > 0
    assert max(p_i, p_o) <= 1
    assert least == approx(plastic_synapses(n_h, n_i, n_o, p_i, p_o))
    grid = np.linspace(h_c / n_h, 1, 2001)
    others = plastic_synapses(n_h, n_i, n_o, np.minimum(1, h_c / n_h / grid), grid)
    assert least <= others.min() * (1 + 1e-12)
    assert subnet_energy(n_i, n_o, h_c) * (1 - 1e-12) <= least


@given(n_i=COUNTS, n_o=COUNTS, h_c=COUNTS, factor=st.floats(1.001, 1000))
@reproducible(100)
def test_both_forms_of_the_energy_meet_at_the_crossover(n_i, n_o, h_c, factor):
    width = crossover_width(n_i, n_o, h_c)
    more, fewer = max(n_i, n_o), min(n_i, n_o)
    assert mask_energy(width, n_i, n_o, h_c) == approx(2 * h_c * more)
    beyond = mask_energy(width * factor, n_i, n_o, h_c)
    assert beyond == approx(2 * h_c * more * factor**0.5)
    narrow = h_c + (width - h_c) / factor
    assert mask_energy(narrow, n_i, n_o, h_c) == approx(h_c * more + fewer * narrow)


def test_just_enough_neurons_are_all_plastic():
    assert optimal_input_fraction(100, *MNIST, 100) == 1
    assert optimal_output_fraction(100, *MNIST, 100) == 1
    assert mask_energy(100, *MNIST, 100) == subnet_energy(*MNIST, 100) == 79_400


def test_masks_of_very_large_networks_have_a_number_of_synapses_that_does_not_overflow():
    assert mask_energy(1e300, *MNIST, 100) == approx(2 * 784_000**0.5 * 1e150)


@pytest.mark.parametrize("formula", [optimal_input_fraction, optimal_output_fraction, mask_energy])
def test_fewer_hidden_neurons_than_needed_are_refused(formula):
    message = r"\Ah_c <= n_h must hold, got n_h = \S+, h_c = \S+"
    for form in (float, mpmath.mpf, sympy.Integer):
        with pytest.raises(ValueError, match=message):
            formula(form(99), 784, 10, form(100))
    with pytest.raises(ValueError, match=r"got n_h = 50\.0, h_c = 100\.0\Z"):
        formula([200, 50, 20], 784, 10, 100)
    n = sympy.Symbol("n", positive=True)
    with pytest.raises(ValueError, match="h_c <= n_h must hold"):
        formula(n, 784, 10, 2 * n)


# --- Simpson index --------------------------------------------------------------------------------


def test_mean_simpson_index_of_all_choices():
    """Of 4 synapses 2 are chosen, three times over."""
    choices = [np.bincount(chosen, minlength=4) for chosen in itertools.combinations(range(4), 2)]
    indices = [np.sum((sum(three) / 6) ** 2) for three in itertools.product(choices, repeat=3)]
    assert simpson_index(4, 2, 3) == approx(np.mean(indices))


@given(N=COUNTS, part=st.floats(0, 1), T=COUNTS)
@reproducible(100)
def test_simpson_index_is_between_its_bounds(N, part, T):
    plastic = max(1, round(part * N))
    index = simpson_index(N, plastic, T)
    assert (1 - 1e-12) / N <= index <= (1 + 1e-12) / plastic
    assert simpson_index(N, plastic, 1) == approx(1 / plastic)


def test_more_plastic_synapses_than_there_are_are_refused():
    with pytest.raises(ValueError, match=r"plastic <= N must hold, got N = 3\.0, plastic = 4\.0"):
        simpson_index(3, 4, 10)


# --- paths of weights, and size -------------------------------------------------------------------


@given(changes=st.lists(st.integers(-9, 9)), order=st.randoms(use_true_random=False))
@reproducible(100)
def test_length_of_a_path_is_that_of_its_net_change_and_its_backtracking(changes, order):
    up, down = sum(c for c in changes if c > 0), -sum(c for c in changes if c < 0)
    order.shuffle(changes)
    path = np.cumsum([0, *changes])
    length = np.abs(np.diff(path)).sum()
    assert length - abs(path[-1]) == backtracking(up, down)


def test_size_of_v1():
    assert extrapolation(300e9, 79_400, 0.5) == approx(1943.79, rel=1e-5)
    assert extrapolation(79_400, 79_400, 0.7) == 1
    assert extrapolation(300e9, 79_400, [0, 1]) == approx(np.array([1, 300e9 / 79_400]))
