"""Estimates with error bars, sample sizes and one error budget for a whole run.

A test asks whether the mean of independent Gaussian replicas is compatible with a value. A budget
fixes in advance how often a whole run may raise a false alarm; it is split evenly (Bonferroni).
"""

import math
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr, stdtrit

from montecarlo import checks
from montecarlo.arrays import FloatArray

__all__ = ["Budget", "Estimate", "Interval", "estimate", "generator"]


@dataclass(frozen=True)
class Estimate:
    """A mean over independent replicas and the standard error of that mean.

    Attributes
    ----------
    mean : float or ndarray
        Over the replicas.
    standard_error : float or ndarray
        Of the mean, of its shape.
    replicas : int
        How many there are.
    """

    mean: float | FloatArray
    standard_error: float | FloatArray
    replicas: int


def estimate(samples: npt.ArrayLike, axis: int = 0) -> Estimate:
    """Mean and standard error over independent replicas along ``axis``.

    Parameters
    ----------
    samples : array_like
        At least one replica.
    axis : int
        The axis of the replicas.

    Returns
    -------
    Estimate
        Of the samples' shape without that axis. With a single replica the standard error is
        infinite.

    Raises
    ------
    ValueError
        If there are no replicas.

    Examples
    --------
    >>> estimate([1.0, 2.0, 3.0])
    Estimate(mean=2.0, standard_error=0.577..., replicas=3)
    """
    values = checks.as_numbers("samples", samples, "numbers")
    replicas = values.shape[axis] if values.ndim else 0
    checks.require("samples", f"shape {values.shape}", replicas > 0, "at least one replica")
    mean = values.mean(axis=axis)
    spread = values.std(axis=axis, ddof=1) if replicas > 1 else np.full_like(mean, np.inf)
    error = spread / np.sqrt(replicas)
    if mean.ndim == 0:
        return Estimate(float(mean), float(error), replicas)
    return Estimate(mean, error, replicas)


@dataclass(frozen=True)
class Interval:
    """An average over independent replicas, and where it lies but for a false alarm.

    Attributes
    ----------
    value : float
        The mean or the median.
    error : float
        Its standard error.
    low, high : float
        Ends of the interval.
    replicas : int
        How many there are.
    """

    value: float
    error: float
    low: float
    high: float
    replicas: int


@dataclass(frozen=True)
class Budget:
    """False alarms and misses allowed to a whole run, split evenly over its tests.

    Attributes
    ----------
    tests : int
        Tests in the run.
    false_alarm : float
        Probability that any test of the run rejects a true value.
    miss : float
        Probability with which a single test may overlook the smallest deviation it has to see.
    """

    tests: int
    false_alarm: float = 1e-6
    miss: float = 1e-3

    def __post_init__(self) -> None:
        """Check the numbers."""
        checks.settle(self, "tests", checks.as_count("tests", self.tests))
        for name in ("false_alarm", "miss"):
            checks.settle(self, name, checks.as_open_fraction(name, getattr(self, name)))

    def critical_value(self, replicas: int) -> float:
        """Standard errors that a mean over so many replicas may deviate before it is rejected.

        Parameters
        ----------
        replicas : int
            With fewer than two nothing is rejected.

        Returns
        -------
        float
            In standard errors, infinite for fewer than two replicas.

        Examples
        --------
        >>> round(Budget(tests=100).critical_value(1000), 2)
        5.78
        """
        if replicas < 2:
            return math.inf
        return float(-stdtrit(replicas - 1, self.false_alarm / self.tests / 2))

    def interval(self, samples: npt.ArrayLike, *, median: bool = False) -> Interval:
        """Where the mean of what the replicas are drawn from lies, or its median.

        That of a mean follows from Student's t, that of a median from the ranks of the replicas.

        Parameters
        ----------
        samples : array_like
            A number of each replica.
        median : bool
            Whether the median is asked for.

        Returns
        -------
        Interval
            Without ends if there are too few replicas. The standard error of a median is the
            width of its interval over that of one in standard errors.

        Raises
        ------
        ValueError
            If there are no replicas.

        Examples
        --------
        >>> Budget(tests=1, false_alarm=0.05).interval([1.0, 2.0, 3.0]).high
        4.48...
        >>> Budget(tests=1, false_alarm=0.05).interval(range(101), median=True)
        Interval(value=50.0, error=5.04..., low=40.0, high=60.0, replicas=101)
        """
        if not median:
            mean = estimate(samples)
            return self.around(float(mean.mean), float(mean.standard_error), mean.replicas)
        ordered = np.sort(np.asarray(samples, dtype=float))
        replicas = checks.as_count("the number of replicas", ordered.size)
        # So many replicas are below the median, or above it, with no more than this probability.
        below = bdtr(np.arange(replicas), replicas, 0.5)
        rank = int(np.searchsorted(below, self.false_alarm / self.tests / 2)) - 1
        middle = float(np.median(ordered))
        if rank < 0:
            return Interval(middle, math.inf, -math.inf, math.inf, replicas)
        low, high = float(ordered[rank]), float(ordered[-1 - rank])
        error = (high - low) / 2 / self.critical_value(replicas)
        return Interval(middle, error, low, high, replicas)

    def around(self, value: float, error: float, replicas: int) -> Interval:
        """Where the mean lies if that of the replicas and its standard error are these.

        Parameters
        ----------
        value, error : float
            With an error of zero the interval is a point.
        replicas : int
            How many there are.

        Returns
        -------
        Interval
            Without ends for fewer than two replicas.

        Examples
        --------
        >>> Budget(tests=100).around(1.0, 0.01, replicas=1000).low
        0.942...
        """
        margin = self.critical_value(replicas) * error if replicas > 1 else math.inf
        return Interval(value, error, value - margin, value + margin, replicas)

    def detectable(self, estimated: Estimate) -> float:
        """The smallest deviation that the test rejects except with probability ``miss``.

        Parameters
        ----------
        estimated : Estimate
            A single mean with its error.

        Returns
        -------
        float
            In the units of the mean.

        Examples
        --------
        >>> round(Budget(tests=100).detectable(Estimate(1.0, 0.01, replicas=1000)), 3)
        0.089
        """
        if estimated.replicas < 2:
            return math.inf
        power = float(-stdtrit(estimated.replicas - 1, self.miss))
        return (self.critical_value(estimated.replicas) + power) * float(estimated.standard_error)

    def replicas_needed(self, spread: float, deviation: float) -> int:
        """Replicas after which a deviation is detectable, for a standard deviation ``spread``.

        Parameters
        ----------
        spread : float
            Standard deviation of a replica, >= 0.
        deviation : float
            The smallest that has to be seen, > 0, in the same units.

        Returns
        -------
        int
            At least 2.

        Raises
        ------
        ValueError
            If one of them is outside its domain.

        Examples
        --------
        >>> Budget(tests=100).replicas_needed(spread=0.1, deviation=0.05)
        336
        """
        spread = checks.as_non_negative("spread", spread)
        deviation = checks.as_number("deviation", deviation, "a number > 0")
        checks.require("deviation", deviation, deviation > 0, "a number > 0")
        replicas = 2
        while self.detectable(Estimate(0.0, spread / math.sqrt(replicas), replicas)) > deviation:
            replicas = math.ceil(replicas * 1.05) + 1
        return replicas


def generator(seed: int, name: str, replica: int) -> np.random.Generator:
    """The generator of one replica of a named experiment, the same whoever asks for it and when.

    Parameters
    ----------
    seed : int
        Of the run.
    name : str
        Of the experiment.
    replica : int
        Its number.

    Returns
    -------
    numpy.random.Generator
        Independent of those of all other seeds, names and replicas.

    Raises
    ------
    ValueError
        If seed or replica is no integer >= 0.

    Examples
    --------
    >>> [generator(1, "walk", replica).integers(100) for replica in (0, 0, 1)]
    [np.int64(97), np.int64(97), np.int64(51)]
    """
    start, place = (checks.as_count(*it, 0) for it in (("seed", seed), ("replica", replica)))
    sequence = np.random.SeedSequence(start, spawn_key=(zlib.crc32(name.encode()), place))
    return np.random.default_rng(sequence)
