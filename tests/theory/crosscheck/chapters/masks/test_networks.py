"""Energies of networks are compared only if both have learnt."""

import dataclasses
import math

import numpy as np
import pytest

from montecarlo.tasks import Task
from theory.crosscheck.chapters.masks.networks import ratio, taken
from theory.crosscheck.chapters.masks.trials import ALL, JUDGED_ON_DIGITS, RestrictedRuns, Variant
from theory.crosscheck.chapters.networks.experiments import trained

LEARNS, GIVEN_UP = Variant(ALL, 8), Variant(ALL, 2)


@pytest.fixture(scope="module")
def trial():
    """Two hidden units do not learn ten digits."""
    task = Task(8, goal=0.6, most_samples=5000)
    tasks = {LEARNS: task, GIVEN_UP: dataclasses.replace(task, hidden=2, most_samples=500)}
    (runs,) = trained([np.random.default_rng(1)], "digits", tasks)
    return RestrictedRuns(JUDGED_ON_DIGITS.challenge, runs)


def test_what_was_given_up_took_no_number(trial):
    assert taken(trial.runs[LEARNS], "updates") == trial.runs[LEARNS].updates > 0
    assert trial.runs[GIVEN_UP].updates > 0
    assert math.isnan(taken(trial.runs[GIVEN_UP], "updates"))
    assert taken(trial.runs[GIVEN_UP], "updates", given_up=math.inf) == math.inf


@pytest.mark.parametrize("variants", [(LEARNS, GIVEN_UP), (GIVEN_UP, LEARNS)])
def test_a_ratio_to_what_was_given_up_is_no_number(trial, variants):
    assert ratio("itself", (LEARNS, LEARNS), "updates", "little").value(trial) == 1
    assert math.isnan(ratio("the other", variants, "updates", "little").value(trial))
