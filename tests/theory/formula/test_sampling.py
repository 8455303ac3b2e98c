"""Random points of formulas: in their domains, at all magnitudes, and always the same."""

import numpy as np
import pytest

from theory.catalogue import CALLS
from theory.formula import FORMULAS
from theory.formula.sampling import domain_points, sample


def points(name, count, seed=1):
    return list(domain_points(CALLS[name], count, np.random.default_rng(seed)))


@pytest.mark.parametrize("name", CALLS)
def test_formulas_are_defined_at_their_points(name):
    formula = CALLS[name]
    chosen = points(name, 40)
    assert len(chosen) == 40
    for point in chosen:
        assert list(point) == list(formula.domain)
        assert all(formula.domain[argument].contains(value) for argument, value in point.items())
        assert formula.where is None or formula.where.at(point)
    assert chosen == points(name, 40)


def test_they_are_typical_or_of_all_magnitudes_by_turns():
    exponents = np.log10([point["N"] for point in points("lattice.change_energy", 200)])
    assert np.all((exponents[::2] >= 1) & (exponents[::2] <= 5))
    assert exponents[1::2].min() < -25
    assert exponents[1::2].max() > 25


def test_they_come_close_to_the_border_of_a_condition():
    free = np.array(
        [1 - point["P"] / (2 * point["N"]) for point in points("perceptron.updates", 300)]
    )
    assert free.min() < 1e-14
    assert free.max() > 1 - 1e-14
    assert np.mean(free < 0.01) > 0.5


@pytest.mark.parametrize("within", [(2.0, 3.0), (1e-9, 1e9), (1.0, 1.0), range(-3, 4)])
def test_samples_lie_in_their_range(within):
    rng = np.random.default_rng(2)
    samples = [sample(within, rng) for _ in range(50)]
    assert {type(value) for value in samples} == {float}
    if isinstance(within, range):
        assert set(samples) == set(map(float, within))
    else:
        assert within[0] <= min(samples) <= max(samples) <= within[1]


def test_formulas_can_be_evaluated_at_their_points():
    """At all of them: only the first is in SymPy."""
    for name in ("perceptron.inefficiency", "masks.mask_energy", "lazy.unseen_presentations"):
        columns = {key: [point[key] for point in points(name, 99)] for key in FORMULAS[name].domain}
        assert np.all(FORMULAS[name].function(**columns) >= 0)
