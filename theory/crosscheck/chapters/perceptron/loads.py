"""The same statement at several loads."""

from collections.abc import Callable, Iterable

from theory.crosscheck.chapters.perceptron.experiments import LEARNT, PerceptronRun
from theory.crosscheck.legs.statements import Comparison


def at_loads(
    what: str,
    observed: Callable[[PerceptronRun], float],
    predicted: Callable[[PerceptronRun], float],
    words: str,
    loads: Iterable[int] = (100, 500, 1000, 1500),
) -> tuple[Comparison, ...]:
    """A comparison at each of some numbers of patterns; beyond capacity 1 it takes long.

    Parameters
    ----------
    what : str
        What is compared, without the load.
    observed, predicted : callable
        Of a run.
    words : str
        Those of the sentence that say how exact it is.
    loads : iterable of int
        Numbers of patterns for 1000 synapses.
    """
    return tuple(
        Comparison(
            f"{what} at P = {P}, N = 1000",
            LEARNT[P],
            observed,
            predicted,
            words,
            where="N = 1000 (Fig. 1)",
            slow=P > 1000,
        )
        for P in loads
    )
