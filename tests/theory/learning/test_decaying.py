"""Learning with transient weights that decay: limits, perceptrons, and bad input."""

import math
import re

import numpy as np
import pytest

from montecarlo.perceptron import epoch_costs, random_patterns
from theory.learning import curve, decaying_curve


def test_without_decay_patterns_are_learnt_as_if_all_were_persistent():
    """Whatever the threshold, which only the costs depend on."""
    found = decaying_curve(1000, 1000, 5, math.inf, epochs=10, seed=1)
    plain = curve(1.0, epochs=10, samples=4000)
    assert found.probability == pytest.approx(plain.probability, abs=0.008)
    assert found.norm == pytest.approx(plain.norm, rel=0.03)


def test_it_does_not_matter_either_who_consolidates_with_whom():
    """Where all do together, responses are not found from samples: by another way to the same."""
    found = decaying_curve(
        1000, 1000, 20, math.inf, trigger="any", epochs=8, samples=5000, synapses=1000, seed=1
    )
    plain = curve(1.0, epochs=8, samples=4000)
    assert found.probability == pytest.approx(plain.probability, abs=0.008)
    assert found.norm == pytest.approx(plain.norm, rel=0.03)


def test_without_a_threshold_decay_does_not_matter():
    found = decaying_curve(500, 1000, 0, 300, epochs=8, seed=2)
    plain = curve(0.5, epochs=8, samples=4000)
    assert found.probability == pytest.approx(plain.probability, abs=0.008)
    assert found.held.max() == 0
    assert found.consolidation == pytest.approx(500 * found.probability, rel=0.03)
    assert found.norm == pytest.approx(found.persistent_norm)


def simulated(P, N, threshold, tau, trigger, runs):
    """The first six epochs of perceptrons: probability, consolidation and held weights."""
    epochs = np.zeros((3, 6))
    for run in range(runs):
        patterns = random_patterns(P, N - 1, np.random.default_rng([run, 5]))
        costs = epoch_costs(*patterns, threshold=threshold, tau=tau, trigger=trigger, max_epochs=6)
        made = np.stack(
            (costs.updates / P, costs.consolidation_energy / N, costs.transient_sum / N)
        )
        epochs[:, : made.shape[1]] += made / runs
    return epochs


@pytest.mark.parametrize(
    ("P", "N", "threshold", "tau", "trigger"),
    [
        (600, 600, 4, 300, "local"),
        (400, 800, 2, 4000, "local"),
        (500, 500, 8, 500, "any"),
        (800, 800, 1600, 800, "total"),
    ],
)
def test_first_epochs_are_those_of_perceptrons(P, N, threshold, tau, trigger):
    found = decaying_curve(P, N, threshold, tau, trigger=trigger, epochs=6, samples=4000)
    probability, consolidation, held = simulated(P, N, threshold, tau, trigger, 40)
    assert found.probability == pytest.approx(probability, rel=0.05, abs=0.014)
    assert found.consolidation == pytest.approx(consolidation, rel=0.08, abs=3)
    assert found.held == pytest.approx(held, rel=0.06)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("threshold", "tau", "trigger", "scatter"),
    [(5, 2000, "local", 0.1), (20, 10_000, "any", 0.2), (6000, 10_000, "total", 0.1)],
)
def test_it_ends_where_perceptrons_have_learnt(threshold, tau, trigger, scatter):
    found = decaying_curve(1000, 1000, threshold, tau, trigger=trigger, synapses=2000)
    ends, updates = [], []
    options = {"threshold": threshold, "tau": tau, "trigger": trigger, "max_epochs": 100}
    for run in range(24):
        patterns = random_patterns(1000, 999, np.random.default_rng([run, 7]))
        made = epoch_costs(*patterns, **options).updates
        ends.append(len(made))
        updates.append(made.sum() / 1000)
    assert found.end == pytest.approx(np.median(ends), rel=scatter)
    assert found.updates == pytest.approx(np.mean(updates), rel=0.05)


def test_what_decays_before_it_consolidates_is_not_learnt():
    """Weights that never reach the threshold: patterns are forgotten as fast as they are learnt."""
    found = decaying_curve(500, 500, 60, 200, epochs=9, samples=4000, synapses=2000)
    runs = [
        epoch_costs(
            *random_patterns(500, 499, np.random.default_rng([run, 3])),
            threshold=60,
            tau=200,
            max_epochs=9,
        ).updates
        for run in range(20)
    ]
    assert math.isinf(found.end)
    assert found.persistent_norm.max() == 0
    late = np.mean(runs, axis=0)[3:].mean() / 500  # with a standard error of 0.002
    assert found.probability[3:].mean() == pytest.approx(late, abs=0.008)


def test_energies_are_sums_until_the_end():
    found = decaying_curve(400, 1000, 3, 2000, epochs=12, samples=4000)
    assert 5 < found.end < 9
    assert found.updates == pytest.approx(found.probability.sum(), rel=0.01)
    last = math.ceil(found.end) - 1
    least = found.consolidation.sum() + found.left[last]
    assert found.energy(0.0) == pytest.approx(least, rel=0.01)
    maintenance = found.energy(0.01) - found.energy(0.0)
    assert 0.01 * found.held[:last].sum() < maintenance < 0.01 * found.held[: last + 1].sum()


def test_the_same_seed_gives_the_same_curve():
    options = {"epochs": 3, "samples": 500, "synapses": 201, "seed": 4}
    first, second = (decaying_curve(400, 501, 3, 500, **options) for _ in range(2))
    assert (first.probability == second.probability).all()
    assert (first.held == second.held).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"P": 100}, "P must be a whole number >= 200, got 100"),
        ({"N": 500.5}, "N must be a whole number >= 115, got 500.5"),
        ({"P": 2000}, "P/N must be a number <= 1.75, got 2"),
        ({"threshold": -1}, "threshold must be a finite number >= 0, got -1"),
        ({"tau": 1}, "tau must be a number > 1, which infinity may be, got 1"),
        ({"tau": math.nan}, "tau must be a number > 1, which infinity may be, got nan"),
        ({"trigger": "all"}, "trigger must be one of ('local', 'any', 'total'), got 'all'"),
        ({"epochs": 2}, "epochs must be a whole number >= 3, got 2"),
        ({"blocks": 5}, "blocks must be an even number, got 5"),
        ({"synapses": 10}, "synapses must be a whole number >= 100, got 10"),
        ({"runs": 1}, "runs must be a whole number >= 2, got 1"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        decaying_curve(**{"P": 1000, "N": 1000, "threshold": 5, "tau": 500} | arguments)
