"""The synapses of one layer of a network, and what changing them costs.

A sample changes them by ``rate * outer(errors, activities)``, so the sum of abs(change)^alpha over
all synapses is a product of sums over units: energy is counted without looking at a synapse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import blas

from montecarlo.units import Array

__all__ = ["Layer"]

FloatArray = npt.NDArray[np.float64]

_GER = {np.dtype(np.float32): blas.sger, np.dtype(np.float64): blas.dger}
_ASUM = {np.dtype(np.float32): blas.sasum, np.dtype(np.float64): blas.dasum}
#: The precisions in which a network can compute.
PRECISIONS = tuple(_GER)


@dataclass
class Layer:
    """The synapses onto a layer of units, and what changing them has cost.

    Attributes
    ----------
    weights : ndarray, shape (n_out, n_in)
        In C order; the biases, if any, are the last column.
    initial : ndarray, shape (n_out, n_in)
        The weights before learning.
    exponents : tuple of float
        The alphas >= 0 of the energies M_alpha.
    energy : ndarray, shape (len(exponents),)
        M_alpha: the sum over updates and synapses of abs(change)^alpha. M_0 counts changes other
        than zero, M_1 adds up their sizes.
    """

    weights: Array
    initial: Array
    exponents: tuple[float, ...]
    energy: FloatArray

    @property
    def direct_energy(self) -> FloatArray:
        """The energies of one step from the initial weights to those of now.

        For alpha = 1 no path between them costs less: it is the minimal energy.
        """
        # So many single precision numbers must not be summed in single precision.
        change = np.subtract(self.weights, self.initial, dtype=float).ravel()
        return np.array([_power_sum(change, exponent) for exponent in self.exponents])

    def learn(self, rate: float, errors: Array, activities: Array) -> None:
        """Add ``rate * outer(errors, activities)`` to the weights, and its energies to theirs."""
        # The transpose is in Fortran's order, so that BLAS changes it in place.
        _GER[self.weights.dtype](rate, activities, errors, a=self.weights.T, overwrite_a=True)
        for i, alpha in enumerate(self.exponents):
            self.energy[i] += (
                rate**alpha * _power_sum(errors, alpha) * _power_sum(activities, alpha)
            )


def _power_sum(vector: Array, exponent: float) -> float:
    """Sum of abs(vector)^exponent, where 0^0 is 0."""
    if exponent == 0:
        return float(np.count_nonzero(vector))
    if exponent == 1:
        return _ASUM[vector.dtype](vector)  # type: ignore[no-any-return]
    return float((np.abs(vector) ** exponent).sum())
