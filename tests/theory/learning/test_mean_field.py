"""The mean field: its pieces, against what must hold whatever is learnt."""

import numpy as np
import pytest

from theory.learning.mean_field import History, Population, field_variance, present


def learnt(load, blocks, samples, epochs, seed=0):
    rng = np.random.default_rng(seed)
    population = Population.unlearnt(load, blocks, epochs, samples)
    history = History.empty(blocks * epochs)
    found = [present(population, history, time, rng) for time in range(blocks * epochs)]
    return population, history, np.reshape(found, (epochs, blocks))


def test_half_of_the_first_presentations_are_wrong():
    _, _, found = learnt(0.7, 4, 1000, 1)
    assert found == pytest.approx(0.5, abs=1e-6)


def test_without_load_a_pattern_is_updated_once_at_most():
    population, _, found = learnt(1e-6, 4, 2000, 4)
    assert population.counts.max() == 1
    assert (np.diff(found.mean(axis=1)) < 0).all()


def test_moments_are_those_of_the_counts():
    population, _, _ = learnt(1.0, 4, 1000, 5)
    for counts, moments in zip(population.counts, population.moments, strict=True):
        assert moments == pytest.approx(counts @ counts.T / 1000, rel=1e-5)


def test_second_moments_of_all_patterns_are_symmetric_and_positive():
    _, history, _ = learnt(1.0, 4, 1000, 5)
    assert (history.second == history.second.T).all()
    assert np.linalg.eigvalsh(history.second).min() > -1e-6


def test_the_response_is_causal_and_pulls_back():
    _, history, _ = learnt(1.0, 4, 4000, 5)
    assert (np.triu(history.response, 1) == 0).all()
    assert (np.diag(history.response) <= 1).all()
    assert (history.susceptibility < 0).all()


def test_without_response_the_weights_walk_at_random():
    """At small loads abs(w)^2 is N times the updates."""
    population, history, found = learnt(1e-6, 8, 4000, 3)
    variance = field_variance(population, history, 24)
    assert variance == pytest.approx(1e-6 * found.mean(axis=1).sum(), rel=0.01)


def test_fields_have_the_covariance_that_they_are_made_with():
    population, _, _ = learnt(1.0, 4, 20_000, 3)
    for noise, factor in zip(population.noise, population.factor, strict=True):
        fields = factor @ noise
        assert fields @ fields.T / 20_000 == pytest.approx(factor @ factor.T, abs=0.02)
