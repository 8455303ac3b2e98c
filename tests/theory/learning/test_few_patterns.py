"""Few patterns, against the literal process."""

import numpy as np
import pytest

from theory.learning import learn_few


def literal(patterns, rng):
    """Updates by epoch: every field is moved at every presentation."""
    fields, seen = np.full(patterns, np.nan), np.zeros(patterns)
    safe, clock, updated = np.zeros(patterns, bool), 0, []
    while not updated or updated[-1]:
        updated.append(0)
        for place in np.flatnonzero(~safe):
            step = np.sqrt((clock - seen[place]) / patterns) * rng.standard_normal()
            # The first field is 0, a tie, whose sign is drawn as if it were not.
            fields[place] = np.nan_to_num(fields[place]) + (step or rng.choice([-1.0, 1.0]) * 1e-9)
            seen[place] = clock
            if fields[place] <= 0:
                safe[place] = True
                clock += 1
                updated[-1] += 1
    return updated


def test_updates_and_epochs_are_those_of_the_literal_process():
    runs = 600
    few = [learn_few(50, np.random.default_rng([1, seed])) for seed in range(runs)]
    plain = [literal(50, np.random.default_rng([2, seed])) for seed in range(runs)]
    for measured, expected in (
        ([run.updates for run in few], [sum(run) / 50 for run in plain]),
        ([run.epochs for run in few], [len(run) for run in plain]),
    ):
        error = np.hypot(np.std(measured), np.std(expected)) / np.sqrt(runs)
        assert abs(np.mean(measured) - np.mean(expected)) < 5 * error


def test_a_run_ends_with_the_first_epoch_without_updates():
    run = learn_few(1000, np.random.default_rng(3))
    assert run.updated[-1] == 0
    assert (run.updated[:-1] > 0).all()
    assert run.epochs == len(run.updated)


@pytest.mark.parametrize("patterns", [0, 1.5, None])
def test_bad_input_is_named(patterns):
    with pytest.raises(ValueError, match="patterns must be an integer >= 1"):
        learn_few(patterns, np.random.default_rng(1))
