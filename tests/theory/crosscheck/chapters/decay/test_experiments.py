"""The records of learning with decaying transient weights are what the simulations give."""

import math

import numpy as np
import pytest

from montecarlo.perceptron import learn, random_patterns
from theory.crosscheck.chapters.decay.experiments import power, scan


def rng():
    return np.random.default_rng(5)


def test_a_scan_is_of_the_same_patterns_with_every_decay_time_and_threshold():
    grid = ((math.inf, (0.0, 3.0, 6.0)), (50.0, (2.0, 9.0)))
    record = scan(50, grid, max_epochs=30).run([rng()])[0]
    problem = random_patterns(50, 50, rng())
    assert list(record.costs) == [(tau, level) for tau, levels in grid for level in levels]
    for (tau, threshold), cost in record.costs.items():
        run = learn(*problem, tau=tau, threshold=threshold, trigger="any", max_epochs=30)
        assert (cost.epochs, cost.converged) == (run.epochs, run.converged)
        assert record.epochs(tau, threshold) == run.epochs
        assert record.energy(tau, threshold, 0.02) == pytest.approx(
            (run.consolidation_energy + 0.02 * run.transient_sum) / 51
        )


def test_epochs_are_those_of_local_consolidation_up_to_the_first_without_errors():
    run = power(50, 50, threshold=3.0, tau=300.0, epochs=80).run([rng()])[0]
    whole = learn(*random_patterns(50, 50, rng()), tau=300.0, threshold=3.0, max_epochs=80)
    assert whole.converged
    assert len(run.probability) == whole.epochs - 1
    assert run.probability.sum() * run.P == pytest.approx(whole.updates)
    assert run.costs.transient_sum.sum() == pytest.approx(whole.transient_sum)
