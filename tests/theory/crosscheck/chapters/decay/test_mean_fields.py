"""The table behind Figs. 3 and 3S1: a part is made again, and all of the grid is there."""

import csv

import pytest

from theory.crosscheck.chapters.decay.mean_fields import (
    MEAN_FIELDS_FILE,
    MeanField,
    grid,
    mean_fields,
)


@pytest.mark.slow
def test_a_row_is_made_again():
    """The end scatters by 6% or more, and what is held with it."""
    kept, found = mean_fields()[1000, 7], MeanField.of(1000, 7)
    assert found.consolidation == pytest.approx(kept.consolidation, rel=0.05)
    assert found.epochs == pytest.approx(kept.epochs, rel=0.2)
    assert found.energy(0.01) == pytest.approx(kept.energy(0.01), rel=0.2)


def test_there_is_a_row_for_all_of_the_grid():
    with MEAN_FIELDS_FILE.open(encoding="utf-8") as file:
        found = [(float(row["tau"]), float(row["threshold"])) for row in csv.DictReader(file)]
    assert found == [(tau, threshold) for tau, thresholds in grid() for threshold in thresholds]
    assert 0 < len(mean_fields()) < len(found)
