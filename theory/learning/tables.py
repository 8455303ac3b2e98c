"""The tables behind `theory.learning`; ``python -m theory.learning.tables`` writes them.

``tables.csv`` has a row for each load: K/P and the norm when all is learnt, the law of the tail,
with errors, and the update probability in some epochs, zero where the curve has ended before. The
first row is the limit of small loads, of which no sample is taken. It takes an hour.

``stops.csv`` says how many epochs it takes until a finite number of patterns is learnt, P/N to 0.
"""

import csv
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from theory.learning.curves import LearningCurve, curve
from theory.learning.few_patterns import learn_few
from theory.learning.small_load import small_load

LOADS_FILE, STOPS_FILE = (Path(__file__).with_name(name) for name in ("tables.csv", "stops.csv"))
#: The epochs whose update probability is tabulated.
EPOCHS = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256, 320)
TABLE_COLUMNS = (
    "load",
    "updates",
    "updates_error",
    "norm",
    "norm_error",
    "amplitude",
    "start",
    *(f"p{epoch}" for epoch in EPOCHS),
)
#: Loads, with the epochs and the sample patterns of a block that they need.
SETTINGS = {
    **dict.fromkeys((0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5), (30, 80_000)),
    **dict.fromkeys((0.6, 0.75, 0.9, 1.0, 1.1, 1.25), (100, 30_000)),
    **dict.fromkeys((1.4, 1.5), (160, 12_000)),
    **dict.fromkeys((1.6, 1.7, 1.75), (320, 6000)),
}

#: Numbers of patterns, and of runs of each.
RUNS = {
    300: 4000,
    1000: 4000,
    3000: 2000,
    10_000: 1000,
    30_000: 600,
    100_000: 400,
    300_000: 200,
    1_000_000: 120,
}


def row(found: LearningCurve) -> list[float]:
    """What the table says of a curve."""
    probability = [
        found.probability[epoch - 1] if epoch <= len(found.probability) else 0.0 for epoch in EPOCHS
    ]
    return [
        found.load,
        found.total,
        found.updates_error[-1],
        found.final_norm,
        found.norm_error[-1],
        *found.tail,
        *probability,
    ]


def rows() -> Iterator[list[float]]:
    """The rows of the table, from the smallest load on."""
    limit = small_load(EPOCHS[-1])
    probability = [limit.probability[epoch - 1] for epoch in EPOCHS]
    yield [0.0, limit.updates, 0.0, 0.0, 0.0, math.nan, math.nan, *probability]
    for load, (epochs, samples) in SETTINGS.items():
        yield row(curve(load, epochs=epochs, samples=samples))


def median_epochs(patterns: int, runs: int) -> float:
    """The median of the epochs until all patterns are learnt, between whole numbers."""
    ends = np.sort(
        [learn_few(patterns, np.random.default_rng([patterns, run])).epochs for run in range(runs)]
    )
    middle = ends[runs // 2]
    below, to = np.searchsorted(ends, [middle, middle + 1]) / runs
    return float(middle - 0.5 + (0.5 - below) / (to - below))


def write(file: Path, header: Iterable[str], lines: Iterable[Iterable[float]]) -> None:
    """Write a table, row by row."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        for values in lines:
            writer.writerow([f"{np.float64(value):.5g}" for value in values])
            out.flush()


if __name__ == "__main__":
    ends = ((patterns, median_epochs(patterns, runs)) for patterns, runs in RUNS.items())
    write(STOPS_FILE, ("patterns", "epochs"), ends)
    write(LOADS_FILE, TABLE_COLUMNS, rows())
