"""The trigger "total": its limits, and how the chain and its expansion join."""

import pytest

from tests.theory.formula.strategies import approx
from theory import triggers
from theory.triggers import Cycle
from theory.triggers.total import _chain, _expanded


def test_the_total_of_very_many_synapses_is_the_mean():
    cycle = triggers.total_cycle(1.2e12, 1e12)
    assert cycle == Cycle(approx(3.0), approx(1.5), approx(2 / 3))
    assert triggers.total_cycle(0.9e12, 1e12) == Cycle(1.0, 1.0, 0.0)
    # At 1 a synapse every second update reaches it or not, for all sums that are N at the first.
    assert triggers.total_cycle(1000, 1000).updates == approx(2.5, rel=0.01)


@pytest.mark.parametrize("N", [50, 200, 1000, 10_000])
@pytest.mark.parametrize("mean", [12.0, 15.0])
def test_the_expansion_continues_the_chain(N, mean):
    chain, expansion = _chain(mean * N + 0.5, N), _expanded(mean * N + 0.5, N)
    close = {"rel": 1e-3 + 13 / N**2}
    assert expansion.updates == approx(chain.updates, **close)
    assert expansion.consolidated == approx(chain.consolidated, **close)
    assert expansion.mean_transient == approx(chain.mean_transient, **close)
