"""The mean fields of Figs. 3 and 3S1; ``python -m theory.crosscheck.chapters.decay.mean_fields``.

That writes ``mean_fields.csv``: for each decay time and threshold the epochs until all is learnt,
and of a synapse the energy of the consolidations, the last one included, and the sum of abs(s) over
the presentations. Where it has no answer, or none within 60 epochs,
there are infinitely many. It takes a quarter of an hour.
"""

import csv
import math
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from theory.crosscheck.chapters.decay.experiments import Grid
from theory.learning import decaying_curve
from theory.learning.tables import write

MEAN_FIELDS_FILE = Path(__file__).with_name("mean_fields.csv")
#: Patterns and synapses.
SIZE = 1000
#: Curves are looked at as long as in this many epochs.
CURVE_EPOCHS = 60


@dataclass(frozen=True)
class MeanField:
    """What learning with a decay time and a threshold comes to, as the table has it."""

    tau: float
    threshold: float
    epochs: float
    consolidation: float
    held: float

    def energy(self, c: float) -> float:
        """Consolidation and maintenance, per synapse."""
        return self.consolidation + c * self.held

    @classmethod
    def of(cls, tau: float, threshold: float) -> "MeanField":
        """Found anew; any synapse makes all consolidate."""
        try:
            found = decaying_curve(
                SIZE, SIZE, threshold, tau,
                trigger="any", epochs=CURVE_EPOCHS, samples=6000, synapses=2 * SIZE,
            )  # fmt: skip
        except ArithmeticError:  # more samples than these would be needed
            return cls(tau, threshold, math.inf, math.nan, math.nan)
        consolidation = found.energy(0.0)
        return cls(tau, threshold, found.end, consolidation, found.energy(1.0) - consolidation)


def grid() -> Grid:
    """The decay times and thresholds of Figs. 3 and 3S1.

    The highest threshold rises with the decay time: above it most runs never end.
    """
    taus = (1e5, 3e4, 1e4, 5e3, 2e3, 1e3, 500.0, 200.0, 100.0, 30.0, 10.0)
    thresholds = (1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0, 56.0)
    return (
        (math.inf, (0.0, *thresholds)),
        *((tau, tuple(level for level in thresholds if level <= 2 + tau / 100)) for tau in taus),
    )


@cache
def mean_fields() -> dict[tuple[float, float], MeanField]:
    """Those of the table in which all is learnt, by decay time and threshold."""
    with MEAN_FIELDS_FILE.open(encoding="utf-8") as file:
        rows = [MeanField(*map(float, row)) for row in list(csv.reader(file))[1:]]
    return {(row.tau, row.threshold): row for row in rows if math.isfinite(row.epochs)}


def _rows() -> Iterator[tuple[float, ...]]:
    for tau, thresholds in grid():
        yield from (astuple(MeanField.of(tau, threshold)) for threshold in thresholds)


if __name__ == "__main__":
    write(MEAN_FIELDS_FILE, (column.name for column in fields(MeanField)), _rows())
