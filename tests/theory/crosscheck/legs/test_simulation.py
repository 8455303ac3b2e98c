"""Simulations tell right from wrong, and too little data from enough."""

import math

import numpy as np
import pytest

from montecarlo.statistics import Budget
from theory.crosscheck import Verdict
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs import simulation
from theory.crosscheck.legs.simulation import Comparison, Laboratory


def repeated(simulate, replicas):
    """An experiment of which a function of a generator simulates one replica."""
    return Experiment(f"{replicas}", lambda rngs: [simulate(rng) for rng in rngs], replicas)


def judge(observed, effort=1.0, resolution=0.045, **fields):
    experiment = repeated(lambda rng: 1 + 0.05 * rng.standard_normal(), replicas=400)
    comparison = Comparison("", experiment, observed, lambda _: 1.0, **fields)
    return simulation.judge(comparison, Laboratory(1, Budget(1000), resolution, effort))


def test_the_true_value_holds_and_controls_are_rejected():
    finding = judge(lambda record: record)
    assert finding.verdict is Verdict.HOLDS
    assert finding.figures["controls rejected"] == "× 1.05, × -1"


@pytest.mark.parametrize("factor", [1.05, 0.95, -1.0, 2.0])
def test_wrong_values_fail(factor):
    assert judge(lambda record: factor * record).verdict is Verdict.FAILS


def test_too_few_replicas_are_undecided():
    finding = judge(lambda record: record, effort=0.01)
    assert finding.verdict is Verdict.UNDECIDED


def test_a_single_outcome_without_spread_is_exact():
    assert judge(lambda _: 1.0).verdict is Verdict.HOLDS
    assert judge(lambda _: 1.0 + 1e-9).verdict is Verdict.FAILS


def test_not_a_number_is_undecided():
    assert judge(lambda x: x * math.nan).verdict is Verdict.UNDECIDED


def test_ranges():
    assert judge(lambda record: record, low=0.9, high=1.1).verdict is Verdict.HOLDS
    assert judge(lambda record: record, low=1.1, high=1.3).verdict is Verdict.FAILS
    assert judge(lambda record: record, low=0.9, high=1.001).verdict is Verdict.UNDECIDED


def test_a_range_that_admits_a_wrong_factor_is_undecided():
    finding = judge(lambda record: record, low=0.4, high=2.5, wrong=(2.0,))
    assert finding.verdict is Verdict.UNDECIDED
    assert "2 goes unnoticed" in finding.figures["control"]


@pytest.mark.statistical
def test_false_alarms_keep_to_the_budget():
    """At a budget of one alarm in ten comparisons, split over the looks at each."""
    alarms = 0
    for seed in range(300):
        experiment = repeated(lambda rng: 1 + rng.standard_normal(), replicas=64)
        comparison = Comparison("", experiment, lambda record: record, lambda _: 1.0)
        laboratory = Laboratory(
            seed, Budget(len(simulation.schedule(comparison, 1.0)), 0.1), 1e-3, 1.0
        )
        alarms += simulation.judge(comparison, laboratory).verdict is Verdict.FAILS
    # 300 tests at 0.1 would give 30 alarms; 60 is beyond six standard deviations.
    assert alarms < 60


def test_replicas_do_not_depend_on_the_order_of_questions():
    experiment = repeated(lambda rng: rng.standard_normal(), replicas=10)
    first = Laboratory(3, Budget(1), 0.1, 1.0).replicas(experiment, 7)
    laboratory = Laboratory(3, Budget(1), 0.1, 1.0)
    laboratory.replicas(repeated(lambda rng: rng.random(), 11), 5)
    laboratory.replicas(experiment, 2)
    assert laboratory.replicas(experiment, 7) == first
    assert len(np.unique(first)) == 7
