"""Which claims about a formula are shown first."""

import pytest

from theory.crosscheck import select
from theory.crosscheck.report.details import relevance
from theory.formula import CALLS


@pytest.mark.parametrize(
    ("formula", "first"),
    [
        ("perceptron.inefficiency", "LvR.eq3"),
        ("perceptron.minimal_energy", "LvR.Mmin"),
        ("perceptron.updates", "LvR.K"),
        ("caching.maintenance_energy", "LvR.eq4"),
        ("decay.consolidation_power", "LvR.eq7"),
        ("decay.optimal_threshold", "SE.optimal-threshold"),
        ("masks.mask_energy", "CP.eq1"),
    ],
)
def test_what_states_a_formula_comes_first_and_its_arithmetic_last(formula, first):
    shown = sorted(select([formula]), key=lambda claim: relevance(claim, CALLS[formula]))
    assert shown[0].id == first
    assert shown[-1].id == f"arithmetic.{formula}"
