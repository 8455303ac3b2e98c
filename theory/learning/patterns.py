"""A sample of patterns that stands for all, beside the sample of synapses where weights decay.

See `theory.learning.decaying_curve`, whose notes derive the equations.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from theory.formula.arrays import FloatArray
from theory.learning.gaussian import appended, fresh, not_positive, solved
from theory.learning.mean_field import RIDGE


@dataclass(frozen=True)
class Patterns:
    """Sample patterns of each block, and what is known of them.

    Attributes
    ----------
    load : float
        P/N.
    wrong, noise : ndarray, shape (blocks, epochs, samples)
        Whether a pattern was updated, 1 or 0; the normal numbers that its fields are made of.
    factor, ridged, repeated : ndarray, shape (blocks, epochs, epochs)
        Cholesky factors: of the covariance of fields, also with the ridge, and of the probabilities
        to be updated in two epochs.
    """

    load: float
    wrong: npt.NDArray[np.float32]
    noise: npt.NDArray[np.float32]
    factor: FloatArray
    ridged: FloatArray
    repeated: FloatArray

    @classmethod
    def unlearnt(cls, load: float, blocks: int, epochs: int, samples: int) -> "Patterns":
        """Nothing has been presented."""
        fields = np.zeros((2, blocks, epochs, samples), np.float32)
        return cls(load, *fields, *np.zeros((3, blocks, epochs, epochs)))


@dataclass(frozen=True)
class Outlook:
    """What to expect of the patterns of a block when they are presented.

    Attributes
    ----------
    field, chance : ndarray, shape (samples,)
        Fields but for what is new in them; how probable it is that they are not positive.
    spread : float
        The standard deviation of what is new.
    pull : ndarray, shape (epochs + 1,)
        The response of being updated to the fields in the epochs up to this.
    variance : float
        Of the kick by a pattern, given its past.
    memory : ndarray, shape (epochs,)
        How much of earlier surprises comes back.
    """

    field: npt.NDArray[np.float32]
    chance: npt.NDArray[np.float32]
    spread: float
    pull: FloatArray
    variance: float
    memory: FloatArray

    @property
    def probability(self) -> float:
        """That a pattern is updated."""
        return float(self.chance.mean(dtype=float))


def look(
    patterns: Patterns, block: int, epoch: int, covariance: FloatArray, response: FloatArray
) -> Outlook:
    """What to expect if the patterns of a block are presented now.

    Parameters
    ----------
    patterns : Patterns
        The last rows of its factors are changed in place.
    block, epoch : int
    covariance : ndarray, shape (epochs + 1,)
        Of the field with those in the epochs up to this.
    response : ndarray, shape (epochs,)
        What the updates in earlier epochs have left in the field.
    """
    wrong, noise = patterns.wrong[block], patterns.noise[block]
    samples = wrong.shape[1]
    if not covariance[epoch]:  # the first presentations of all: fields are zero
        half = np.full(samples, 0.5, np.float32)
        return Outlook(0 * half, half, 0.0, np.zeros(epoch + 1), 0.5, np.zeros(epoch))
    factor = appended(patterns.factor[block], covariance, 0.0)
    ridged = appended(patterns.ridged[block], covariance, RIDGE * patterns.load)
    spread = float(factor[epoch, epoch])
    field = response.astype(np.float32) @ wrong[:epoch]
    field += factor[epoch, :epoch].astype(np.float32) @ noise[:epoch]
    chance, correlation = not_positive(field, spread, noise[:epoch])
    pull = solved(ridged, factor[: epoch + 1, : epoch + 1] @ correlation)
    repeated = np.append(wrong[:epoch] @ chance / samples, chance.mean(dtype=float))
    return Outlook(field, chance, spread, pull, *_remembered(patterns, block, repeated))


def draw(
    patterns: Patterns, block: int, epoch: int, outlook: Outlook, rng: np.random.Generator
) -> Outlook:
    """Present the patterns of a block, and look again at what comes back of earlier kicks."""
    wrong, noise = patterns.wrong[block], patterns.noise[block]
    samples = wrong.shape[1]
    past = [np.ones(samples), outlook.field, outlook.chance, wrong[:epoch].sum(axis=0)]
    noise[epoch] = fresh(np.stack([*past, noise[epoch - 1]]).astype(float), rng)
    wrong[epoch] = outlook.field + np.float32(outlook.spread) * noise[epoch] <= 0
    repeated = (wrong[: epoch + 1] @ wrong[epoch]).astype(float)
    repeated[epoch] += 1  # keeps apart epochs in which the same samples were updated
    variance, memory = _remembered(patterns, block, repeated / samples)
    return replace(outlook, variance=variance, memory=memory)


def _remembered(patterns: Patterns, block: int, repeated: FloatArray) -> tuple[float, FloatArray]:
    """The variance of a kick by a pattern given its past, and how much of earlier ones is in it."""
    factor, last = appended(patterns.repeated[block], repeated, 0.0), len(repeated) - 1
    return float(factor[last, last] ** 2), factor[last, :last] / np.diagonal(factor)[:last]
