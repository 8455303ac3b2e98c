"""The experiments whose ledgers are priced."""

import math

import numpy as np
import pytest

from theory.costs import Cost
from theory.crosscheck.chapters.costs.experiments import learnt, walked


def test_walks_are_independent_and_start_at_zero():
    run = walked(0.0, 3.0, math.inf, K=60, N=500).run([np.random.default_rng(1)])[0]
    assert (run.K, run.T, run.N) == (60, 60, 500)
    assert run.energy(0.0, Cost()) == 60 * 500
    final = run.ledgers[math.inf]
    assert run.energy(math.inf, Cost(alpha=2)) / 500 == pytest.approx(60, rel=0.3)
    assert final.persistent_sum == 0
    assert abs(final.amounts @ final.counts) < 6 * math.sqrt(60 * 500)


def test_the_inefficiency_is_that_of_no_caching():
    run = learnt(0.0, math.inf, P=30, N=50).run([np.random.default_rng(1)])[0]
    assert run.energy(0.0, Cost(alpha=2)) == run.K * run.N == run.K * 51
    for cost in (Cost(alpha=0), Cost(), Cost(alpha=2, depression=0)):
        assert run.inefficiency(cost) == run.energy(0.0, cost) / run.energy(math.inf, cost)
        assert run.inefficiency(cost) > 1
