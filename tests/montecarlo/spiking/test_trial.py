"""A trial of the spiking neuron against plain loops and closed forms."""

import dataclasses
import math

import numpy as np
import pytest

from montecarlo.spiking import Parameters, Trains, poisson_trains, present
from tests.montecarlo.spiking.reference import trial_by_loop

QUIET = Parameters(background=0.0, adaptation=0.0)
FLUENT = Parameters(adaptation=5.0, potentiation=0.05, depression=0.04)
COARSE = Parameters(time_step=0.5, potentiation=0.01, depression=0.009)


def rng(seed=1):
    return np.random.default_rng(seed)


def silence(model, neurons=1, inputs=1):
    """No spike at all."""
    heard, seen = (model.step_of(stop - start) for start, stop in (model.auditory, model.visual))
    return Trains(
        np.zeros((neurons, inputs, heard)),
        np.zeros((neurons, seen)),
        np.zeros((neurons, model.steps)),
    )


def forced(model, heard=(), post=None):
    """One neuron with given input spikes, driven to a single spike in a step of the visual window.

    The teacher is so strong and so brief that it always makes a spike and leaves nothing.
    """
    trains = silence(model)
    for step in heard:
        trains.auditory[0, 0, step] += 1
    if post is not None:
        trains.visual[0, post - model.step_of(model.visual[0])] = 1
    return trains


@pytest.mark.parametrize(
    "model",
    [
        Parameters(),
        FLUENT,
        COARSE,
        Parameters(background=-2.0, auditory=(10.0, 90.0), visual=(20.0, 150.0), teacher=9.0),
        Parameters(duration=20.0, auditory=(0.0, 20.0), visual=(0.0, 5.0)),
        # It still fires when the trial ends.
        Parameters(adaptation=0.0, visual=(70.0, 150.0)),
    ],
)
def test_a_trial_is_that_of_the_plain_loop(model):
    neurons, inputs = 7, 3
    trains = poisson_trains(np.linspace(0, 1.5, neurons), inputs, rng(), model)
    weights = model.largest_weight * rng(2).random((neurons, inputs))
    weights[0], weights[1, 0] = 0, model.largest_weight
    trial = present(weights, trains, model)
    assert len(trial.spikes) > neurons
    for neuron in range(neurons):
        path, spikes, potential = trial_by_loop(weights[neuron], trains, model, neuron)
        assert trial.spikes[trial.spikes[:, 0] == neuron, 1].tolist() == spikes
        np.testing.assert_allclose(trial.weights[neuron], path[-1], rtol=1e-11)
        energy = np.abs(np.diff(path, axis=0)).sum()
        np.testing.assert_allclose(trial.energy[neuron], energy, rtol=1e-10)
        np.testing.assert_allclose(trial.potential[neuron], potential - model.rest, rtol=1e-9)


def test_weights_reach_both_bounds_in_the_trials_that_are_compared():
    trains = poisson_trains(np.linspace(0, 1.5, 40), 3, rng(), FLUENT)
    after = present(FLUENT.largest_weight * rng(2).random((40, 3)), trains, FLUENT).weights
    assert (after == 0).any()
    assert (after == FLUENT.largest_weight).any()


def test_neurons_do_not_feel_each_other():
    trains = poisson_trains(np.ones(5), 2, rng())
    together = present(np.full((5, 2), 1.3), trains)
    order = [3, 1]
    chosen = Trains(trains.auditory[order], trains.visual[order], trains.background[order])
    alone = present(np.full((2, 2), 1.3), chosen)
    np.testing.assert_array_equal(alone.weights, together.weights[order])
    np.testing.assert_array_equal(alone.potential, together.potential[order])


def test_a_weak_input_makes_a_difference_of_two_exponentials():
    """Euler's steps of the membrane sum to a geometric series against the gate's."""
    model = dataclasses.replace(QUIET, threshold=1e9)
    trains = forced(model, heard=[40])
    weight = 1e-9
    steps = model.steps - 40
    membrane = 1 - model.time_step * model.leak / model.capacitance
    gate = math.exp(-model.time_step / model.synaptic_time)
    kick = model.time_step / model.capacitance * weight * (model.reversal - model.rest)
    expected = kick * (membrane**steps - gate**steps) / (membrane - gate)
    assert present([[weight]], trains, model).potential[0] == pytest.approx(expected, rel=1e-7)


def test_a_spike_adapts_the_neuron_by_a_conductance_that_decays():
    """The response to a later input shrinks by the extra decay of the membrane."""
    model = Parameters(
        background=0.0, teacher=2e3, synaptic_time=1e-3, visual=(10.0, 20.0), potentiation=0.0,
        depression=0.0,
    )  # fmt: skip
    weight, spike, weak = 1e-6, 100, 300
    trains = forced(model, heard=[weak], post=spike)
    trial = present([[weight]], trains, model)
    assert trial.spikes.tolist() == [[0, spike]]
    gain = model.time_step / model.capacitance
    after = np.arange(weak + 1, model.steps)
    conductance = 80 * np.exp(-model.time_step * (after - 1 - spike) / 110)
    kept = np.prod(1 - gain * (model.leak + conductance))
    kick = gain * weight * (model.reversal - model.rest)
    assert trial.potential[0] == pytest.approx(kick * kept, rel=1e-7)


def plastic(**changes):
    """Input and neuron spike when told, and nothing else happens."""
    return Parameters(
        background=0.0, adaptation=0.0, teacher=2e3, synaptic_time=1e-3, visual=(0.0, 50.0),
        **changes,
    )  # fmt: skip


@pytest.mark.parametrize("lag", [0, 1, 77, 400])
def test_a_spike_after_the_input_potentiates_by_the_window(lag):
    model = plastic()
    trial = present([[1.0]], forced(model, heard=[20], post=20 + lag), model)
    change = trial.weights[0, 0] - 1
    window = 1.25 * 0.001 * math.exp(-0.1 * lag / 50)
    if lag == 0:
        window -= 1.25 * 0.00075
    assert change == pytest.approx(window, rel=1e-9)
    assert trial.energy[0] == pytest.approx(window, rel=1e-9)


@pytest.mark.parametrize("lag", [1, 77, 400])
def test_a_spike_before_the_input_depresses_by_the_window(lag):
    model = plastic()
    trial = present([[1.0]], forced(model, heard=[20 + lag], post=20), model)
    window = 1.25 * 0.00075 * math.exp(-0.1 * lag / 70)
    assert 1 - trial.weights[0, 0] == pytest.approx(window, rel=1e-9)
    assert trial.energy[0] == pytest.approx(window, rel=1e-9)


def test_all_pairs_count_and_each_spike_of_a_pool():
    model = plastic()
    heard, post = [5, 30, 30, 100, 160], 90
    trial = present([[1.0]], forced(model, heard=heard, post=post), model)
    gains = sum(math.exp(-0.1 * (post - step) / 50) for step in heard if step <= post)
    losses = sum(0.75 * math.exp(-0.1 * (step - post) / 70) for step in heard if step > post)
    assert trial.weights[0, 0] - 1 == pytest.approx(0.00125 * (gains - losses), rel=1e-9)
    assert trial.energy[0] == pytest.approx(0.00125 * (gains + losses), rel=1e-9)


def test_weights_stay_within_bounds_and_what_is_cut_off_costs_nothing():
    model = plastic(potentiation=1.0, depression=1.0)
    above = present([[2.0]], forced(model, heard=[20], post=21), model)
    below = present([[0.25]], forced(model, heard=[21, 22], post=20), model)
    assert (above.weights[0, 0], above.energy[0]) == (2.5, 0.5)
    assert (below.weights[0, 0], below.energy[0]) == (0, 0.25)


@pytest.mark.parametrize(("weight", "sign"), [(0.3, 1), (2.4, -1)])
def test_weights_are_drawn_to_a_point_within_bounds(weight, sign):
    """What makes it a perceptron rule: too low weights rise, too high ones fall, by the teacher."""
    change = {
        strength: present(
            np.full((200, 2), weight), poisson_trains(np.full(200, strength), 2, rng())
        ).weights.mean()
        - weight
        for strength in (0.5, 1.0)
    }
    assert sign * change[0.5] > 0.01
    assert sign * change[1.0] > 0.005
    assert change[1.0] > change[0.5] + 0.005


def test_trials_outside_their_domain():
    trains = poisson_trains([1.0], 2, rng())
    with pytest.raises(ValueError, match=r"weights must be between 0 and 2\.5, .* got 3\.0"):
        present([[3.0, 1.0]], trains)
    with pytest.raises(ValueError, match=r"weights must be .* shape \(1, 2\), got .* \(1, 1\)"):
        present([[1.0]], trains)
    with pytest.raises(ValueError, match=r"weights must be .* got nan"):
        present([[math.nan, 1.0]], trains)
    with pytest.raises(ValueError, match=r"visual must be counts of shape \(1, 500\), got .*1, 9"):
        present([[1.0, 1.0]], dataclasses.replace(trains, visual=np.zeros((1, 9))))
    with pytest.raises(ValueError, match=r"auditory must be counts"):
        present([[1.0, 1.0]], dataclasses.replace(trains, auditory=np.zeros((1, 500))))
    with pytest.raises(ValueError, match=r"time_step must be much shorter than .* got 0\.1"):
        present([[1.0, 1.0]], trains, Parameters(capacitance=2.0))
