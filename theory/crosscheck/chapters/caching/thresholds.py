"""The same statement at several thresholds."""

from collections.abc import Callable, Mapping

from theory.crosscheck.chapters.caching.experiments import CachedRun, cached
from theory.crosscheck.legs.statements import Comparison


def cached_costs(
    name: str,
    predicted: Callable[[float, CachedRun], float],
    regions: Mapping[float, tuple[float, float]],
) -> tuple[Comparison, ...]:
    """A cost of the cached perceptron over what a formula says, at some thresholds.

    Parameters
    ----------
    name : str
        Of an entry of `Caching`.
    predicted : callable
        Of the threshold and the run.
    regions : dict
        Between which the mean ratio must lie, by the threshold.
    """

    def at(threshold: float, low: float, high: float) -> Comparison:
        return Comparison(
            f"{name.replace('_', ' ')} at theta = {threshold:g} eta, P = N = 1000",
            cached(),
            observed=lambda run: run.cost(name, threshold),
            predicted=lambda run: predicted(threshold, run),
            low=low,
            high=high,
            wrong=(0.8, 1.25),
        )

    return tuple(at(threshold, low, high) for threshold, (low, high) in regions.items())
