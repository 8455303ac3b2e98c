"""The same statement at several thresholds."""

from collections.abc import Callable, Iterable

from theory.crosscheck.chapters.caching.experiments import CachedRun, cached
from theory.crosscheck.legs.statements import Comparison


def cached_costs(
    name: str,
    predicted: Callable[[float, CachedRun], float],
    words: str,
    thresholds: Iterable[float],
) -> tuple[Comparison, ...]:
    """A cost of the cached perceptron over what a formula says, at some thresholds.

    Parameters
    ----------
    name : str
        Of an entry of `Caching`.
    predicted : callable
        Of the threshold and the run.
    words : str
        Those of the sentence that say how exact it is.
    thresholds : iterable of float
        In steps.
    """

    def at(threshold: float) -> Comparison:
        return Comparison(
            f"{name.replace('_', ' ')} at theta = {threshold:g} eta",
            cached(),
            observed=lambda run: run.cost(name, threshold),
            predicted=lambda run: predicted(threshold, run),
            words=words,
            where="P = N = 1000 (Fig. 2)",
        )

    return tuple(map(at, thresholds))
