"""Points beside the curve of a formula: what it describes, simulated on demand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from montecarlo.checks import require
from montecarlo.statistics import Budget, Interval
from theory.crosscheck.experiment import Experiment

__all__ = ["Points"]

#: Replicas of a point, and how many moves of a synapse all of them may take: seconds.
POINT_REPLICAS, POINT_MOVES = 8, 5e7
#: Only the standard errors are shown; a median has one if its interval has ends.
ERRORS = Budget(tests=1, false_alarm=0.05)


def _few(**_: float) -> float:
    return 1.0


@dataclass(frozen=True)
class Points:
    """What simulates a formula. All functions take its arguments by name.

    Attributes
    ----------
    experiment : callable
        Gives the experiment at these arguments.
    observed : callable
        Of a record, which comes first: what the formula says, in its unit.
    moves : callable
        About how many times a replica moves a synapse: what takes too long is refused.
    whole : tuple of str
        Arguments that are counts to a simulation, but not to the formula.
    median : bool
        Whether the formula is about the median.

    Examples
    --------
    >>> from theory.crosscheck import BUILT_IN
    >>> point = BUILT_IN.points["lattice.mean_transient"].at(n=3, eta=1)  # 8/9
    >>> abs(point.value - 8 / 9) < 5 * point.error < 0.05
    True
    """

    experiment: Callable[..., Experiment]
    observed: Callable[..., float]
    moves: Callable[..., float] = _few
    whole: tuple[str, ...] = ()
    median: bool = False

    def at(self, seed: int = 0, **arguments: Any) -> Interval:
        """The value at some arguments, the same for the same seed.

        Parameters
        ----------
        seed : int
            An integer >= 0.
        arguments : float
            All those of the formula.

        Returns
        -------
        Interval
            With its standard error; not finite if a replica saw nothing of what is observed.

        Raises
        ------
        ValueError
            If an argument is outside the domain of the simulation, or it would take too long.
        """
        for name in self.whole:
            value = arguments[name]
            require(name, value, float(value).is_integer(), "a whole number to be simulated")
            arguments[name] = int(value)
        moves = POINT_REPLICAS * self.moves(**arguments)
        if not moves <= POINT_MOVES:
            raise ValueError(
                f"too much to be simulated: about {moves:.0e} moves of a synapse, of at most "
                f"{POINT_MOVES:.0e}"
            )
        records = self.experiment(**arguments).records(seed, range(POINT_REPLICAS))
        seen = [self.observed(record, **arguments) for record in records]
        return ERRORS.interval(seen, median=self.median)
