"""The records of the spiking neuron are what the simulations give."""

import numpy as np
import pytest

from montecarlo.spiking import (
    Parameters,
    consolidation_energy,
    learn,
    poisson_trains,
    present,
    random_associations,
)
from theory.crosscheck.chapters.spiking.experiments import (
    SHUNTED,
    SWAPPED,
    change,
    spiking,
    spiking_loads,
)


def rng():
    return np.random.default_rng(5)


def learnt(P, generator, parameters=None):
    return learn(random_associations(3, P, generator), generator, parameters)


@pytest.mark.parametrize("parameters", [Parameters(), SWAPPED, SHUNTED])
def test_energies_without_caching_by_trial_and_at_the_end(parameters):
    record = spiking(2, neurons=3, parameters=parameters).run([rng()])[0]
    run = learnt(2, rng(), parameters)
    np.testing.assert_array_equal(record.plain, run.plain_energy)
    np.testing.assert_array_equal(record.minimal, run.minimal_energy)
    np.testing.assert_allclose(record.by_trial, consolidation_energy(run, [0.0])[0])
    np.testing.assert_allclose(record.at_end, run.minimal_energy)
    expected = 1 - run.minimal_energy.mean() / run.plain_energy.mean()
    assert record.saving == pytest.approx(expected)


def test_each_load_has_neurons_of_its_own():
    record = spiking_loads((1, 2), neurons=3).run([rng()])[0]
    generator = rng()
    for P in (1, 2):
        np.testing.assert_array_equal(record[P].plain, learnt(P, generator).plain_energy)


def test_parameters_have_random_numbers_of_their_own():
    names = {spiking(2, 3, model).name for model in (Parameters(), SWAPPED, SHUNTED)}
    assert len(names) == 3


def test_change_of_a_weight_by_the_strength_of_the_teacher():
    measured = change(1.0).run([rng()])[0]
    generator = rng()
    for strength in (0.5, 1.0):
        trains = poisson_trains(np.full(150, strength), 2, generator)
        expected = present(np.full((150, 2), 1.0), trains).weights.mean() - 1
        assert measured[strength] == pytest.approx(expected)


def test_what_is_swapped_and_what_is_shunted():
    published = Parameters()
    assert (SWAPPED.potentiation_time, SWAPPED.depression_time) == (70, 50)
    assert (SWAPPED.potentiation, SWAPPED.depression) == (
        published.potentiation,
        published.depression,
    )
    assert SHUNTED.background == -1
