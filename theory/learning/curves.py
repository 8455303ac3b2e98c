"""Learning curves from the mean field, with their numerical errors."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from theory.formula import Domain
from theory.formula.arrays import FloatArray
from theory.formula.conversion import single
from theory.learning.mean_field import History, Population, field_variance, present

__all__ = ["LearningCurve", "curve"]

#: A curve ends where fewer of the sample patterns are updated in an epoch: they stand for no more.
FEWEST_UPDATED = 50
#: The least of what a curve is found with.
LEAST = {"epochs": 3, "blocks": 4, "samples": 100, "synapses": 100, "runs": 2}
EVEN = ("blocks", "samples")


@dataclass(frozen=True)
class LearningCurve:
    """How infinitely many patterns are learnt, epoch by epoch.

    Attributes
    ----------
    load : float
        P/N.
    updates, updates_error : ndarray, shape (epochs,)
        Updates per pattern by the end of each epoch, and the numerical error.
    probability, probability_error : ndarray, shape (epochs,)
        That a presentation in the epoch causes an update.
    norm, norm_error : ndarray, shape (epochs,)
        abs(w)/N at the end of the epoch, in steps.

    Examples
    --------
    >>> curve(0.25, epochs=4, samples=1000, runs=2).updates.round(1)
    array([0.5, 0.7, 0.7, 0.7])
    """

    load: float
    updates: FloatArray
    updates_error: FloatArray
    probability: FloatArray
    probability_error: FloatArray
    norm: FloatArray
    norm_error: FloatArray

    @property
    def tail(self) -> tuple[float, float]:
        """(A, d) of the law A/(e - d)^2 that the update probability approaches in epoch e."""
        half = slice(len(self.probability) // 2, None)
        epochs, late = np.arange(1, len(self.probability) + 1)[half], self.probability[half]
        # Weighted by the inverse of the errors, if the updates of samples are rare events.
        slope, start = np.polyfit(epochs, late**-0.5, 1, w=late)
        return float(slope**-2), float(-start / slope)

    @property
    def total(self) -> float:
        """K/P: all updates per pattern, those of later epochs by the law of the tail."""
        return float(self.updates[-1] + self._later)

    @property
    def final_norm(self) -> float:
        """The norm when all is learnt: the later updates are like steps of a random walk."""
        return float(np.sqrt(self.norm[-1] ** 2 + self.load * self._later))

    @property
    def _later(self) -> float:
        amplitude, start = self.tail
        return amplitude / (len(self.updates) + 0.5 - start)


def curve(
    load: float,
    *,
    epochs: int = 60,
    blocks: int = 8,
    samples: int = 8000,
    runs: int = 4,
    seed: int = 0,
) -> LearningCurve:
    """The mean field of the perceptron rule: N -> infinity, patterns presented in turn.

    Parameters
    ----------
    load : float
        P/N, up to 1.9. From 1.75 on, the tail begins after hundreds of epochs, and ``total`` means
        nothing before.
    epochs : int
        The most to look at; a curve ends before where the samples are too few to tell more.
    blocks : int
        An even number of pieces of an epoch. Half as many are looked at, too, so that the error of
        their width is known and removed to its leading order.
    samples : int
        An even number of sample patterns of each block.
    runs : int
        At least 2 repetitions, whose scatter is the error of sampling.
    seed : int
        Of the samples: the same seed gives the same curve.

    Returns
    -------
    LearningCurve
        Errors are of one standard deviation.

    Raises
    ------
    ValueError
        If an argument is outside its domain.
    ArithmeticError
        If the samples are too few, or the blocks too wide, for the noise of the response to stay
        small.

    Notes
    -----
    Let z be a pattern times its label, n(t) how often it has been updated, w = sum n z the weights
    and h = z w/N its field. A pattern that is shown is updated if h <= 0. What follows is exact for
    random patterns as N -> infinity at fixed P/N = alpha.

    Cavity. Without a pattern of its own, w is independent of it, and zeta = z w/N is Gaussian, with
    the covariance of w(t) w(s)/N^2. With it, the field is zeta + n at first; that moves the fields
    of all others a little, by n z z'/N, to which they answer with their counts, and back. Summed
    over all paths the field is h(t) = zeta(t) + sum_s G(t, s) n(s), G = 1/(1 - alpha chi), where
    chi(t, s) is the mean response of a count at t to a field at s. It is negative: the others make
    up for a part of what a pattern gains.

    Covariance. The same paths lead from the counts to the noise: <zeta zeta> = alpha G <n n> G^T;
    its value at equal times is abs(w)^2/N^2.

    Response. The count is a functional of Gaussian noise, so that Novikov's theorem (integration by
    parts) gives <n(t) zeta(s)> = sum_s' chi(t, s') <zeta(s') zeta(s)>.

    Numbers. All is causal and solved forward in time, with sample patterns for the averages, as
    counts depend on all of their past. Of the patterns of a block that is presented one half is as
    before and the other as after, which makes the error of second order in the width. The new part
    of the noise is made orthogonal to the past of the samples; it is that of the theory.

    Late in learning the update probability falls as A/(e - d)^2: the density of fields near zero
    has a slope at which every update causes one other update, less what the steps get smaller by.

    Source: this package; the cavity method after Mezard, Parisi and Virasoro.

    Examples
    --------
    >>> found = curve(1.0, epochs=3, samples=1000, runs=2)
    >>> found.probability.round(2)
    array([0.5 , 0.33, 0.24])
    """
    _require(load, epochs=epochs, blocks=blocks, samples=samples, runs=runs)
    found = repeated(
        lambda width, key: _run(load, epochs, width, samples, np.random.default_rng(key)),
        (blocks, runs, seed),
    )
    end = min(it.shape[1] for each in found for it in each)
    # Rows: probability, updates, norm.
    values, errors = without_width(*(np.array([it[:, :end] for it in each]) for each in found))
    return LearningCurve(
        float(load), values[1], errors[1], values[0], errors[0], values[2], errors[2]
    )


def repeated(
    run: Callable[[int, list[int]], FloatArray], repetitions: tuple[int, int, int]
) -> list[list[FloatArray]]:
    """What runs with half as many blocks found, and with all; each has a seed of its own."""
    blocks, runs, seed = repetitions
    return [
        [run(width, [seed, width, number]) for number in range(runs)]
        for width in (blocks // 2, blocks)
    ]


def without_width(coarse: FloatArray, fine: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The means of runs but for the width of blocks, whose effect is of second order; errors."""
    width = (fine.mean(axis=0) - coarse.mean(axis=0)) / 3
    errors: FloatArray = np.hypot(width, fine.std(axis=0, ddof=1) / math.sqrt(len(fine)))
    return fine.mean(axis=0) + width, errors


def _run(
    load: float, epochs: int, blocks: int, samples: int, rng: np.random.Generator
) -> FloatArray:
    """Probability, updates and norm by the end of each epoch, for one choice of samples."""
    population = Population.unlearnt(load, blocks, epochs, samples)
    history = History.empty(blocks * epochs)
    fewest = FEWEST_UPDATED / (samples * blocks)
    found: list[tuple[float, float]] = []
    while len(found) < epochs and (len(found) < 3 or found[-1][0] > fewest):
        times = range(len(found) * blocks, (len(found) + 1) * blocks)
        try:
            with np.errstate(over="raise", invalid="raise"):
                probability = np.mean([present(population, history, it, rng) for it in times])
        except (FloatingPointError, np.linalg.LinAlgError) as error:
            raise ArithmeticError(
                f"the mean field at load {load:g} diverged in epoch {len(found) + 1}: it needs "
                f"more than {samples} samples or {blocks} blocks"
            ) from error
        variance = field_variance(population, history, times.stop)
        found.append((float(probability), variance))
    probabilities, variances = np.transpose(found)
    return np.array([probabilities, np.cumsum(probabilities), np.sqrt(variances)])


def _require(load: float, **counts: int) -> None:
    """Require that a curve can be found."""
    single("load", load, Domain("a number > 0 and <= 1.9", 0, 1.9, open_high=False))
    require_counts(**counts)


def require_counts(**counts: int) -> None:
    """Require that there are enough of what a curve is found with, in pairs where it needs them."""
    for name, count in counts.items():
        single(name, count, whole(LEAST[name]))
        if name in EVEN and count % 2:
            raise ValueError(f"{name} must be an even number, got {count}")


def whole(least: int) -> Domain:
    """The whole numbers from one on."""
    return Domain(f"a whole number >= {least}", least, open_low=False, integer=True)
