"""The same statement at several loads."""

from collections.abc import Callable, Mapping

from theory.crosscheck.chapters.perceptron.experiments import LEARNT, PerceptronRun
from theory.crosscheck.legs.statements import Comparison


def at_loads(
    what: str,
    observed: Callable[[PerceptronRun], float],
    predicted: Callable[[PerceptronRun], float],
    regions: Mapping[int, tuple[float, float]],
    wrong: tuple[float | Callable[[], float], ...] = (),
) -> tuple[Comparison, ...]:
    """A comparison at each of some numbers of patterns; beyond capacity 1 it takes long.

    Parameters
    ----------
    what : str
        What is compared, without the load.
    observed, predicted : callable
        Of a run.
    regions : dict
        Between which the mean ratio must lie, by the number of patterns.
    wrong : tuple
        Factors that must be rejected at each load.
    """
    return tuple(
        Comparison(
            f"{what} at P = {P}, N = 1000",
            LEARNT[P],
            observed,
            predicted,
            low=low,
            high=high,
            wrong=wrong,
            slow=P > 1000,
        )
        for P, (low, high) in regions.items()
    )
