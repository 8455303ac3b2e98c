"""Records of trained networks: what potentiates, what a lower goal takes, and raw inputs."""

import math

import numpy as np
import pytest

from montecarlo.network import initial_network, present
from montecarlo.network.design import CP
from montecarlo.runs import Task, dataset
from theory.crosscheck.chapters.networks.experiments import learn

#: One test, after as many samples as there are between tests.
BRIEF = Task(5, goal=math.inf, most_samples=100)


def test_the_upward_part_of_the_path_is_what_every_sample_adds():
    run = learn(BRIEF, 3)
    data, rng = dataset(Task()), np.random.default_rng(3)
    network = initial_network(CP, (64, 5, 10), rng, dtype=np.float64)
    upward = 0.0
    for sample in rng.integers(len(data.train_inputs), size=100):
        before = [layer.weights.copy() for layer in (network.hidden, network.output)]
        present(network, data.train_inputs, data.train_labels, np.array([sample]))
        after = (network.hidden.weights, network.output.weights)
        upward += sum(
            np.maximum(new - old, 0).sum() for new, old in zip(after, before, strict=True)
        )
    assert run.upward == pytest.approx(upward, rel=1e-4)
    assert abs(run.upward / (run.path - run.upward) - 1) > 1e-3


def test_a_run_ended_at_a_lower_goal():
    run = learn(Task(30, goal=0.9), 1)
    row = int(np.argmax(run.curve.accuracy >= 0.6))
    assert run.learnt
    assert 0 < row < len(run.curve.accuracy) - 1
    earlier = run.until(0.6)
    assert earlier.learnt
    assert earlier.task.goal == 0.6
    assert earlier.samples == run.curve.presented[row]
    assert earlier.path == run.curve.energy[row, :, 1].sum()
    assert math.isnan(earlier.upward)
    assert not run.until(0.999).learnt
    assert run.until(0.999).samples == run.samples


def test_raw_inputs_leave_synapses_alone():
    zero_mean, raw = (
        learn(Task(5, goal=math.inf, most_samples=100, raw=raw), 1) for raw in (False, True)
    )
    assert zero_mean.updates == 100 * zero_mean.synapses
    inputs = dataset(Task(raw=True)).train_inputs
    plastic = 5 * (np.count_nonzero(inputs) / len(inputs) + 1) + 60
    assert raw.updates / 100 == pytest.approx(plastic, rel=0.05)
