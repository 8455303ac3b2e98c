"""The synapses of one layer of a network, and what changing them costs.

A sample proposes to change them by ``rate * outer(errors, activities)``, so the sum of
abs(change)^alpha over all synapses is a product of sums over units: energy is counted without
looking at a synapse.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.linalg import blas

from montecarlo.arrays import Array, FloatArray

__all__ = ["Change", "Layer"]

#: Where entries of an array are.
Indices = npt.NDArray[np.intp]
#: Synapses, as rows and columns of the weights.
Positions = tuple[Indices, ...]
#: Synapses that consolidate or compete together: all onto the layer, or those onto each neuron.
Group = Literal["layer", "neuron"]

_GER = {np.dtype(np.float32): blas.sger, np.dtype(np.float64): blas.dger}
#: The precisions in which a network can compute.
PRECISIONS = tuple(_GER)


@dataclass(eq=False)
class Change:
    """The change of a layer that a sample proposes, over the learning rate.

    A saver that wants another makes one by ``dataclasses.replace``.

    Attributes
    ----------
    errors : ndarray, shape (n_out,)
        What the units' fields should change by.
    activities : ndarray, shape (n_in,)
        What the units are reached by; the bias unit's, if any, is the last.
    chosen : (rows, columns), optional
        The only synapses that are to change, each once and in any order; without it, all.

    Examples
    --------
    >>> change = Change(np.array([2.0, -1.0]), np.array([1.0, 0.0, 3.0]))
    >>> change.power_sum(0), change.power_sum(1)
    (4.0, 12.0)
    >>> Change(change.errors, change.activities, (np.array([1]), np.array([2]))).values
    array([-3.])
    """

    errors: Array
    activities: Array
    chosen: Positions | None = None

    @cached_property
    def values(self) -> Array:
        """The changes of the chosen synapses, one by one."""
        if self.chosen is None:
            return np.outer(self.errors, self.activities).ravel()
        rows, columns = self.chosen
        values: Array = self.errors.take(rows) * self.activities.take(columns)
        return values

    def add_to(self, weights: Array, rate: float) -> None:
        """Add ``rate`` times the change to weights, in place.

        Parameters
        ----------
        weights : ndarray, shape (n_out, n_in)
            In C order, and of the precision of the change.
        rate : float

        Examples
        --------
        >>> weights = np.zeros((2, 2))
        >>> Change(np.array([1.0, 2.0]), np.array([1.0, 3.0])).add_to(weights, 0.5)
        >>> weights
        array([[0.5, 1.5],
               [1. , 3. ]])
        """
        if self.chosen is None:
            # The transpose is in Fortran's order, so that BLAS changes it in place.
            ger = _GER[weights.dtype]
            ger(rate, self.activities, self.errors, a=weights.T, overwrite_a=True)
        else:
            rows, columns = self.chosen
            # Three times as fast as by rows and columns.
            weights.ravel()[rows * weights.shape[1] + columns] += (
                weights.dtype.type(rate) * self.values
            )

    def power_sum(self, exponent: float) -> float:
        """Sum of abs(value)^exponent over the synapses to be changed; 0^0 is 0."""
        if self.chosen is None:
            return power_sum(self.errors, exponent) * power_sum(self.activities, exponent)
        return power_sum(self.values, exponent)


@dataclass
class Layer:
    """The synapses onto a layer of units, and what changing them has cost.

    Attributes
    ----------
    weights : ndarray, shape (n_out, n_in)
        Persistent weights, in C order; those of the bias unit, if any, are the last column.
    initial : ndarray, shape (n_out, n_in)
        The weights before learning.
    exponents : tuple of float
        The alphas >= 0 of the energies M_alpha.
    spent : ndarray, shape (len(exponents),)
        M_alpha: the sum over changes of persistent weights of abs(change)^alpha. M_0 counts changes
        other than zero, M_1 adds up their sizes.
    transient_sum : float
        Sum over presentations and synapses of abs(transient weight) at the end of each.

    Examples
    --------
    Of two changes of the same synapse, to and fro, M_0 counts two and M_1 adds up both sizes; to
    go straight to where it is now costs nothing.

    >>> layer = Layer(np.zeros((1, 2)), np.zeros((1, 2)), (0, 1), np.zeros(2))
    >>> for error in (1.0, -1.0):
    ...     layer.learn(0.5, Change(np.array([error]), np.array([0.0, 1.0])))
    >>> layer.energy, layer.direct_energy
    (array([2., 1.]), array([0., 0.]))
    """

    weights: Array
    initial: Array
    exponents: tuple[float, ...]
    spent: FloatArray
    transient_sum: float = 0.0

    @property
    def strengths(self) -> Array:
        """What the synapses transmit with, shape (n_out, n_in)."""
        return self.weights

    @property
    def energy(self) -> FloatArray:
        """The energies M_alpha, if learning ended now; a copy."""
        return self.spent.copy()

    @property
    def direct_energy(self) -> FloatArray:
        """The energies of one step from the initial strengths to those of now.

        For alpha = 1 no path between them costs less: it is the minimal energy.
        """
        # So many single precision numbers must not be summed in single precision.
        change = np.subtract(self.strengths, self.initial, dtype=float).ravel()
        return np.array([power_sum(change, exponent) for exponent in self.exponents])

    def begin(self) -> None:
        """Let time go on to the next presentation; persistent weights do not change by it."""

    def fields(self, activities: Array) -> Array:
        """The summed inputs of the units, shape (n_out,), from activities, shape (n_in,)."""
        summed: Array = self.weights.dot(activities)
        return summed

    def propagate(self, errors: Array) -> Array:
        """What errors, shape (n_out,), send back through the synapses, shape (n_in,)."""
        sent: Array = errors.dot(self.weights)
        return sent

    def learn(self, rate: float, change: Change) -> None:
        """Change the weights by ``rate`` times what is proposed, and count the energy."""
        change.add_to(self.weights, rate)
        for i, alpha in enumerate(self.exponents):
            self.spent[i] += rate**alpha * change.power_sum(alpha)

    def end(self) -> None:
        """Count what it took to hold the weights this long; persistent ones cost nothing."""


def power_sum(vector: Array, exponent: float) -> float:
    """Sum of abs(vector)^exponent, where 0^0 is 0.

    Examples
    --------
    >>> power_sum(np.array([0.0, 3.0, -4.0]), 2)
    25.0
    """
    if exponent == 0:
        return float(np.count_nonzero(vector))
    sizes = np.abs(vector)
    return float((sizes if exponent == 1 else sizes**exponent).sum())
