"""The spiking neuron against plain loops, closed forms and identities of its energy."""

import dataclasses
import math

import numpy as np
import pytest

from montecarlo.spiking import (
    Associations,
    Parameters,
    Trains,
    consolidation_energy,
    learn,
    poisson_trains,
    present,
    random_associations,
)
from tests.montecarlo.spiking.reference import consolidation_by_loop, learn_by_loop, trial_by_loop

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


# --- one trial -------------------------------------------------------------------------------


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


def test_spike_trains_have_the_rates_of_the_pools():
    neurons = 2000
    strengths = np.where(np.arange(neurons) < 1000, 1.0, 0.5)
    trains = poisson_trains(strengths, 2, rng())
    for counts, mean in (
        (trains.auditory.sum(axis=2).ravel(), 75),
        (trains.visual[:1000].sum(axis=1), 75),
        (trains.visual[1000:].sum(axis=1), 37.5),
        (trains.background.sum(axis=1), 150),
    ):
        assert counts.mean() == pytest.approx(mean, abs=5 * math.sqrt(mean / len(counts)))
        # Poisson: the variance is the mean, known to sqrt(2/n).
        assert counts.var() == pytest.approx(mean, rel=5 * math.sqrt(2 / len(counts)))
    by_step = trains.background.sum(axis=0)
    spread = math.sqrt(len(by_step) * by_step.mean())
    assert np.abs(np.cumsum(by_step - by_step.mean())).max() < 3 * spread


# --- learning ------------------------------------------------------------------------------------


def test_learning_is_that_of_the_plain_loop():
    """Also where patterns share inputs, so that their order matters."""
    model = Parameters(time_step=1.0)
    patterns = np.array(
        [[[0, 1], [9, 1], [9, 0]], [[5, 6], [7, 8], [8, 99]], [[3, 4], [13, 14], [14, 13]]]
    )
    strengths = np.array([[1.0, 0.5, 1.0], [0.5, 0.5, 0.5], [1.0, 0.5, 0.5]])
    associations = Associations(patterns, strengths)
    run = learn(associations, rng(4), model, max_runs=42)
    expected = learn_by_loop(associations, rng(4), model, max_runs=42)
    assert 0 < run.converged.sum() < 3
    assert run.runs.min() < run.runs.max()
    np.testing.assert_array_equal(run.runs, expected.runs)
    np.testing.assert_array_equal(run.converged, expected.converged)
    for name in ("weights", "plain_energy", "changes"):
        actual, target = getattr(run, name), getattr(expected, name)
        np.testing.assert_allclose(actual, target, rtol=1e-9, atol=1e-12, err_msg=name)
    for neuron in range(3):
        for threshold in (0.0, 0.05, 0.3, math.inf):
            assert consolidation_energy(run, [threshold])[0, neuron] == pytest.approx(
                consolidation_by_loop(expected, threshold, neuron), rel=1e-9
            )


def test_giving_up_is_a_result():
    associations = random_associations(4, 3, rng())
    run = learn(associations, rng(), max_runs=12)
    assert not run.converged.any()
    assert run.runs.tolist() == [12] * 4
    assert len(run.changes) == 12
    np.testing.assert_allclose(run.changes.sum(axis=(0, 1, 3)), run.weights.sum(axis=1))


@pytest.fixture(scope="module")
def learnt():
    generator = rng(5)
    return learn(random_associations(12, 4, generator), generator)


def test_weights_are_the_sum_of_their_changes(learnt):
    weights = np.zeros_like(learnt.weights)
    patterns = learnt.associations.patterns
    for run in learnt.changes:
        for p in range(4):
            for neuron in range(12):
                weights[neuron, patterns[neuron, p]] += run[p, neuron]
    np.testing.assert_allclose(weights, learnt.weights, atol=1e-12)
    ends = [np.flatnonzero(np.abs(learnt.changes[:, :, n]).sum(axis=(1, 2)))[-1] for n in range(12)]
    np.testing.assert_array_equal(np.array(ends) + 1, learnt.runs)
    assert len(learnt.changes) == learnt.runs.max()


def test_energies_are_in_their_order(learnt):
    """Minimal <= cached, less so the higher the threshold is, <= plain."""
    energy = consolidation_energy(learnt, [0.0, 0.03, 0.1, 0.3, 1.0, math.inf])
    assert (energy[0] < learnt.plain_energy).all()
    assert (np.diff(energy.mean(axis=1)) < 0).all()
    assert (energy >= learnt.minimal_energy * (1 - 1e-12)).all()
    np.testing.assert_allclose(energy[-1], learnt.minimal_energy, rtol=1e-12)
    np.testing.assert_allclose(energy[0], np.abs(learnt.changes).sum(axis=(0, 1, 3)), rtol=1e-12)
    np.testing.assert_array_equal(learnt.minimal_energy, np.abs(learnt.weights).sum(axis=1))


def test_weights_are_at_rest_and_the_strong_teacher_has_the_strong_input(learnt):
    assert learnt.converged.all()
    drive = (
        np.take_along_axis(learnt.weights, learnt.associations.patterns.reshape(12, 8), axis=1)
        .reshape(12, 4, 2)
        .sum(axis=2)
    )
    strong = learnt.associations.strengths == 1
    assert drive[strong].mean() > 1.3 * drive[~strong].mean()


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


def test_the_same_seed_gives_the_same_bits_and_another_does_not():
    first, again, other = (
        learn(random_associations(3, 2, generator), generator, max_runs=15)
        for generator in (rng(7), rng(7), rng(8))
    )
    for name in ("weights", "plain_energy", "changes"):
        assert getattr(first, name).tobytes() == getattr(again, name).tobytes()
        assert getattr(first, name).tobytes() != getattr(other, name).tobytes()


def test_patterns_are_pairs_of_different_inputs_and_teachers_are_fair():
    made = random_associations(300, 10, rng())
    assert (made.patterns[..., 0] != made.patterns[..., 1]).all()
    counts = np.bincount(made.patterns.ravel(), minlength=100)
    assert len(counts) == 100
    assert np.abs(counts - 60).max() < 5 * math.sqrt(60)
    assert set(np.unique(made.strengths)) == {0.5, 1.0}
    assert abs((made.strengths == 1).mean() - 0.5) < 5 * 0.5 / math.sqrt(3000)


# --- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "domain"),
    [
        ("leak", -1, "a finite number >= 0"),
        ("capacitance", 0, "a finite number > 0"),
        ("synaptic_time", math.nan, "a finite number > 0"),
        ("adaptation_time", math.inf, "a finite number > 0"),
        ("time_step", "short", "a finite number > 0"),
        ("rest", math.inf, "a finite number"),
        ("threshold", -70.0, "> rest = -70.0"),
        ("pool", 1.5, "a positive integer"),
        ("auditory", (50.0, 0.0), "a window with 0 <= start < stop <= duration"),
        ("visual", (70.0, 151.0), "a window with 0 <= start < stop <= duration"),
        ("visual", (70.0,), "a window with 0 <= start < stop <= duration"),
        ("time_step", 0.7, "a whole part of 150.0 ms"),
    ],
)
def test_parameters_outside_their_domain(name, value, domain):
    with pytest.raises(ValueError, match=rf"^{name} must be ") as error:
        Parameters(**{name: value})
    assert str(error.value) == f"{name} must be {domain}, got {value!r}"


def test_arguments_outside_their_domain():
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
    for strengths in ([-1.0], [math.inf], [], 1.0, "strong"):
        with pytest.raises(ValueError, match="strengths must be"):
            poisson_trains(strengths, 2, rng())
    with pytest.raises(ValueError, match="inputs must be a positive integer, got 0"):
        poisson_trains([1.0], 0, rng())
    with pytest.raises(ValueError, match="P must be a positive integer, got 0"):
        random_associations(1, 0, rng())
    with pytest.raises(ValueError, match="neurons must be a positive integer, got True"):
        random_associations(True, 1, rng())
    associations = random_associations(1, 1, rng())
    with pytest.raises(ValueError, match=r"rng must be a numpy\.random\.Generator, got 1"):
        learn(associations, 1)
    with pytest.raises(ValueError, match="max_runs must be a positive integer, got 0"):
        learn(associations, rng(), max_runs=0)
    run = learn(associations, rng(), max_runs=1)
    for thresholds in ([-1.0], [math.nan], 1.0, ["low"]):
        with pytest.raises(ValueError, match="thresholds must be a list of numbers >= 0"):
            consolidation_energy(run, thresholds)


@pytest.mark.parametrize(
    ("patterns", "strengths", "message"),
    [
        (np.array([[[1, 2]]]), np.ones((2, 1)), r"strengths must be of shape \(1, 1\), got .*2, 1"),
        (np.array([[[1, 100]]]), np.ones((1, 1)), "patterns must be .* from 0 to 99, got 100"),
        (np.array([[[-1, 2]]]), np.ones((1, 1)), "patterns must be .* from 0 to 99, got -1"),
        (np.array([[[2, 2]]]), np.ones((1, 1)), "patterns must be of different inputs"),
        (np.array([[1, 2]]), np.ones((1, 1)), r"patterns must be .* got int64 of shape \(1, 2\)"),
        (np.array([[[1.0, 2.0]]]), np.ones((1, 1)), r"patterns must be .* got float64 of shape"),
        (np.array([[[1, 2]]]), np.array([[-1.0]]), "strengths must be .* finite numbers >= 0"),
    ],
)
def test_associations_outside_their_domain(patterns, strengths, message):
    with pytest.raises(ValueError, match=message):
        learn(Associations(patterns, strengths), rng())
