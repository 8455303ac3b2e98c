"""Gaussian variables one after another: covariances by rows, and samples without chance in them."""

import numpy as np
import numpy.typing as npt
import scipy  # its linear algebra is loaded when a curve is asked for
from scipy.special import ndtr

from theory.formula.arrays import FloatArray


def appended(factor: FloatArray, covariance: FloatArray, ridge: float) -> FloatArray:
    """A Cholesky factor with one more row, of covariances with what is before and with itself."""
    last = len(covariance) - 1
    row = covariance[:-1]
    if last:
        row = scipy.linalg.solve_triangular(
            factor[:last, :last], row, lower=True, check_finite=False
        )
    factor[last, :last] = row
    left = covariance[-1] + ridge - row @ row
    factor[last, last] = np.sqrt(max(left, 1e-12 + ridge))
    return factor


def solved(factor: FloatArray, vector: FloatArray) -> FloatArray:
    """What a covariance with this factor makes the vector of."""
    found: FloatArray = scipy.linalg.cho_solve((factor[: len(vector), : len(vector)], True), vector)
    return found


def not_positive(
    field: npt.NDArray[np.float32], spread: float, noise: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], FloatArray]:
    """How probable it is that what is new brings fields to zero or below.

    With it come the mean products of that with the noise of before and, last, with the new one.
    """
    place = -field / np.float32(spread)
    chance = ndtr(place)
    density = np.exp(-(place**2) / 2) / np.sqrt(2 * np.pi)
    surplus = chance - np.float32(chance.mean(dtype=float))
    return chance, np.append(noise @ surplus / len(field), -density.mean(dtype=float))


def fresh(past: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Normal numbers, in whose sample as in theory nothing of the past is to be seen."""
    samples = past.shape[1]
    half = rng.standard_normal((samples + 1) // 2)
    found = rng.permutation(np.concatenate((half, -half)))[:samples]
    products = past @ past.T / samples
    found -= np.linalg.lstsq(products, past @ found / samples, rcond=1e-9)[0] @ past
    scaled: FloatArray = found / found.std()
    return scaled
