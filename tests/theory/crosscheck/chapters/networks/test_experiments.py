"""Records of trained networks: what potentiates, what a lower goal takes, and raw inputs."""

import dataclasses
import math

import numpy as np
import pytest

from montecarlo.network import initial_network, present
from montecarlo.network.design import CP
from montecarlo.runs import learn
from montecarlo.tasks import Task, dataset

#: One test, after as many samples as there are between tests.
BRIEF = Task(5, goal=math.inf, most_samples=100)


def test_the_upward_part_of_the_path_is_what_every_sample_adds():
    run = learn(BRIEF, 3).training
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
    run = learn(Task(30, goal=0.9), 1).training
    row = int(np.argmax(run.accuracy >= 0.6))
    assert run.learnt
    assert 0 < row < len(run.accuracy) - 1
    earlier = run.until(0.6)
    assert earlier.learnt
    assert earlier.goal == 0.6
    assert earlier.samples == run.presented[row]
    assert earlier.path == run.energy[row, :, 1].sum()
    assert earlier.upward == (earlier.path + run.net_change[row].sum()) / 2 != run.upward
    assert not run.until(0.999).learnt
    assert run.until(0.999).samples == run.samples


def test_raw_inputs_leave_synapses_alone():
    design = dataclasses.replace(CP, zero_mean=False)
    zero_mean, raw = (
        learn(dataclasses.replace(BRIEF, design=chosen), 1).training for chosen in (CP, design)
    )
    assert zero_mean.updates == 100 * zero_mean.synapses
    inputs = dataset(Task(design=design)).train_inputs
    plastic = 5 * (np.count_nonzero(inputs) / len(inputs) + 1) + 60
    assert raw.updates / 100 == pytest.approx(plastic, rel=0.05)
