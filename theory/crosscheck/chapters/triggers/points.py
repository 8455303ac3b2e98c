"""What simulates walks of which any makes all consolidate."""

from theory import triggers
from theory.crosscheck.chapters.triggers.experiments import walks_together
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.points import Points


def _together(n: int, N: int) -> Experiment:
    return walks_together(N, n - 1.0, "any")


def _moves(n: int, N: int) -> float:
    """Of the cycles of a replica."""
    return max(100 * N, 20_000) * float(triggers.first_of_many(n, N))


POINTS = {
    "triggers.first_of_many": Points(
        _together, lambda cycle, **_: cycle.updates, _moves, whole=("n", "N")
    )
}
