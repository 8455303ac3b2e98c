"""A part of the tables is made again."""

import csv

import numpy as np
import pytest

from theory.learning import curve, small_load
from theory.learning.tables import (
    EPOCHS,
    LOADS_FILE,
    STOPS_FILE,
    TABLE_COLUMNS,
    median_epochs,
    row,
    write,
)

with LOADS_FILE.open(encoding="utf-8") as file:
    ROWS = {float(line["load"]): line for line in csv.DictReader(file)}


def test_the_limit_of_small_loads_is_made_again():
    found = small_load(12)
    for epoch in (1, 2, 3, 10):
        assert float(ROWS[0][f"p{epoch}"]) == pytest.approx(found.probability[epoch - 1], rel=1e-4)
    assert float(ROWS[0]["updates"]) == pytest.approx(found.updates, rel=2e-5)


@pytest.mark.parametrize(("load", "epochs"), [(0.1, 12), (0.5, 12)])
def test_rows_are_made_again(load, epochs):
    values = row(curve(load, epochs=epochs, samples=2000, runs=3, seed=7))
    found = dict(zip(TABLE_COLUMNS, values, strict=True))
    kept = {name: float(value) for name, value in ROWS[load].items()}
    for name in ("updates", "norm", "p2", "p3", "p4"):
        assert found[name] == pytest.approx(kept[name], rel=0.03, abs=1e-3)


def test_all_loads_up_to_the_highest_have_a_row():
    loads = sorted(ROWS)
    assert loads[0] == 0
    assert loads[-1] == 1.75
    assert EPOCHS[0] == 1


def test_epochs_until_few_patterns_are_learnt_are_found_again():
    with STOPS_FILE.open(encoding="utf-8") as file:
        kept = {float(line["patterns"]): float(line["epochs"]) for line in csv.DictReader(file)}
    assert median_epochs(1000, 600) == pytest.approx(kept[1000], rel=0.05)


def test_a_table_is_written_row_by_row(tmp_path):
    file = tmp_path / "table.csv"
    write(file, ("a", "b"), [[1.0, np.pi]])
    assert file.read_text(encoding="utf-8") == "a,b\n1,3.1416\n"
