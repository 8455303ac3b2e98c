"""Trainings as data: tasks, runs in pieces, and what is recorded of them."""

import dataclasses
import json
import math
import pickle

import numpy as np
import pytest

from montecarlo.network import initial_network
from montecarlo.network.design import CP, LVR
from montecarlo.runs import begin, go_on, identity, learn, record
from montecarlo.savers import Cache, Largest, Skip, SynapseMask
from montecarlo.tasks import Task, dataset
from montecarlo.training import train

SAVERS = (Skip(ever_wrong=True), SynapseMask(0.5), Largest(0.2), Cache(0.01, tau=1000))
#: All of its savers draw or remember something.
TASK = Task(hidden=12, savers=SAVERS, goal=2, most_samples=1250, test_every=200)


def finished(run, data):
    for _ in go_on(run, data):
        pass
    return run


def without_time(found):
    summary = {name: value for name, value in found["summary"].items() if name != "seconds"}
    return found | {"summary": summary}


@pytest.mark.parametrize("design", [CP, LVR])
def test_a_run_is_what_train_does_from_its_seed(design):
    task = dataclasses.replace(TASK, design=design)
    data = dataset(task)
    run = learn(task, seed=3)
    rng = np.random.default_rng(3)
    network = initial_network(design, (64, 12, 10), rng, savers=SAVERS)
    curve = train(network, data, rng, goal=2, most_samples=1250, test_every=200)
    assert [reading.presented for reading in run.readings] == curve.presented.tolist()
    for column in dataclasses.fields(curve):
        value = getattr(curve, column.name)
        assert np.array_equal(getattr(run.training, column.name), value), column.name
    assert np.array_equal(run.network.hidden.weights, network.hidden.weights)
    summary = record(run)["summary"]
    assert summary["samples"] == 1250
    assert summary["accuracy"] == curve.accuracy[-1]
    assert summary["learnt"] is False
    for i, layer in enumerate(("hidden", "output")):
        assert summary[layer]["M_0"] == curve.energy[-1, i, 0]
        assert summary[layer]["M_1"] == curve.energy[-1, i, 1]
        assert summary[layer]["direct_M_1"] == curve.direct_energy[-1, i, 1]
        assert summary[layer]["transient_sum"] == curve.transient_sum[-1, i]
    for name in ("M_0", "M_1", "direct_M_1", "transient_sum"):
        assert summary[name] == summary["hidden"][name] + summary["output"][name] > 0


def test_a_run_can_be_pickled_at_every_test():
    data = dataset(TASK)
    whole = finished(begin(TASK, data, seed=0), data)
    run = begin(TASK, data, seed=0)
    pieces = 0
    while not run.ended:
        next(go_on(run, data))
        run = pickle.loads(pickle.dumps(run))
        pieces += 1
    assert pieces == 7
    assert without_time(record(run)) == without_time(record(whole))
    for one, other in zip(run.readings, whole.readings, strict=True):
        assert one.energy.tolist() == other.energy.tolist()
    assert run.seconds > 0


def test_seconds_add_up():
    data = dataset(TASK)
    run = begin(TASK, data, seed=0)
    run.seconds = 1000.0
    assert 1000 < record(finished(run, data))["summary"]["seconds"] < 1100


def test_tasks_of_one_seed_start_alike():
    plain = dataclasses.replace(TASK, savers=())
    data = dataset(plain)
    one, other = begin(plain, data, seed=1), begin(TASK, data, seed=1)
    assert np.array_equal(one.network.output.initial, other.network.output.initial)
    another = begin(plain, data, seed=2)
    assert not np.array_equal(one.network.output.initial, another.network.output.initial)


def test_inputs_have_zero_mean_where_the_design_says_so():
    assert abs(dataset(Task(design=CP)).train_inputs.mean()) < 1e-6
    raw = dataclasses.replace(CP, zero_mean=False)
    for design in (LVR, raw):
        assert dataset(Task(design=design)).train_inputs.min() == 0


def test_fewer_images_are_the_first():
    every = dataset(Task())
    some = dataset(Task(images=100))
    assert np.array_equal(some.train_inputs, every.train_inputs[:100])
    assert np.array_equal(some.train_labels, every.train_labels[:100])
    assert np.array_equal(some.test_inputs, every.test_inputs)
    with pytest.raises(ValueError, match="images must be at most 1437, those of digits, got 1438"):
        dataset(Task(images=1438))


def test_identity_tells_all_tasks_apart():
    others = [
        dataclasses.replace(TASK, **change)
        for change in (
            {"data": "mnist"},
            {"images": 3},
            {"design": LVR},
            {"design": dataclasses.replace(CP, learning_rate=0.02)},
            {"design": dataclasses.replace(CP, zero_mean=False)},
            {"hidden": 13},
            {"savers": SAVERS[::-1]},
            {"savers": ()},
            {"savers": (Cache(0.01, tau=1001),)},
            {"goal": 0.9},
            {"most_samples": 5},
            {"test_every": 7},
        )
    ]
    known = {json.dumps(identity(task, 0)) for task in (TASK, *others)}
    assert len({*known, json.dumps(identity(TASK, 1))}) == len(others) + 2
    assert {field.name for field in dataclasses.fields(Task)} == set(identity(TASK, 0)["task"])


def test_identity_does_not_change_by_learning():
    data = dataset(TASK)
    run = begin(TASK, data, seed=0)
    before = identity(run.task, run.seed)
    assert identity(finished(run, data).task, 0) == before


def test_tests_are_rarer_on_mnist():
    tasks = Task(), Task(data="mnist"), Task(data="mnist", test_every=3)
    assert [task.interval for task in tasks] == [100, 1000, 3]


def test_what_overflows_is_recorded_as_nothing():
    task = Task(design=dataclasses.replace(CP, learning_rate=50.0), hidden=5, test_every=50)
    data = dataset(task)
    found = record(finished(begin(task, data, seed=0), data))
    assert found["summary"]["M_1"] is None
    assert found["summary"]["hidden"]["direct_M_1"] is None
    assert math.isfinite(found["summary"]["M_0"])
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"data": "cifar"},
            "data must be one of digits, mnist, openml, or a folder or file, got 'cifar'",
        ),
        ({"data": "~nobody-there/" + "x" * 300}, "or a folder or file, got '~nobody"),
        ({"data": 3}, "or a folder or file, got 3"),
        ({"images": 0}, "images must be a positive integer, got 0"),
        ({"hidden": 1.5}, r"hidden must be a positive integer, got 1\.5"),
        ({"goal": math.nan}, "goal must be a number, got nan"),
        ({"most_samples": -1}, "most_samples must be a positive integer, got -1"),
        ({"test_every": 0}, "test_every must be a positive integer, got 0"),
    ],
)
def test_unsound_tasks_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        Task(**change)
