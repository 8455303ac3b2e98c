"""The changes of synapses that samples propose.

A sample proposes ``rate * outer(errors, activities)``, so the sum of abs(change)^alpha over all
synapses is a product of sums over units: energy is counted without looking at a synapse. Arrays may
have further axes in front: those of networks side by side.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from scipy.linalg import blas

from montecarlo.arrays import Array, FloatArray, Indices
from montecarlo.masks import Mask

_GER = {np.dtype(np.float32): blas.sger, np.dtype(np.float64): blas.dger}
_GEMM = {np.dtype(np.float32): blas.sgemm, np.dtype(np.float64): blas.dgemm}
#: Synapses of a network from which on a call of BLAS pays.
FEW_SYNAPSES = 4000
#: The precisions in which a network can compute.
PRECISIONS = tuple(_GER)
#: Made once: to make them for every sample would take as long as what they are for.
ones = lru_cache(maxsize=16)(np.ones)


@dataclass(eq=False)
class Change:
    """The change of a layer that a sample proposes, over the learning rate.

    Attributes
    ----------
    errors : ndarray, shape (..., n_out)
        What the units' fields should change by.
    activities : ndarray, shape (..., n_in)
        What the units are reached by; the bias unit's, if any, is the last.
    plastic : ndarray of bool, shape (..., n_out, n_in), optional
        The only synapses that are to change; without it, all.
    chosen : ndarray of int, optional
        The same of few synapses: where they are, counted through all networks, in order.

    Examples
    --------
    >>> change = Change(np.array([2.0, -1.0]), np.array([1.0, 0.0, 3.0]))
    >>> float(change.power_sum(0)), float(change.power_sum(1))
    (4.0, 12.0)
    >>> change.only(np.array([[False, True, True], [False, True, False]])).values
    array([[ 0.,  0.,  6.],
           [-0., -0., -0.]])
    """

    errors: Array
    activities: Array
    plastic: Mask | None = None
    chosen: Indices | None = None

    @property
    def synapses(self) -> int:
        """Those of one network."""
        return int(self.errors.shape[-1] * self.activities.shape[-1])

    def apart(self) -> list["Change"]:
        """The changes of networks side by side, one by one."""
        nothing = [None] * len(self.errors)
        plastic = nothing if self.plastic is None else self.plastic
        chosen: Sequence[Indices | None] = nothing
        if self.chosen is not None:
            starts = self.synapses * np.arange(len(self.errors))
            parts = np.split(self.chosen, np.searchsorted(self.chosen, starts[1:]))
            chosen = [part - start for part, start in zip(parts, starts, strict=True)]
        return list(map(Change, self.errors, self.activities, plastic, chosen))

    @staticmethod
    def together(changes: Sequence["Change"]) -> "Change":
        """The changes of networks, side by side."""
        errors = np.array([change.errors for change in changes])
        activities = np.array([change.activities for change in changes])
        if any(change.chosen is not None for change in changes):
            chosen = [
                place * it.synapses
                + (np.flatnonzero(it.values) if it.chosen is None else it.chosen)
                for place, it in enumerate(changes)
            ]
            return Change(errors, activities, chosen=np.concatenate(chosen))
        if all(change.plastic is None for change in changes):
            return Change(errors, activities)
        plastic = np.ones((*errors.shape, activities.shape[1]), bool)
        for place, change in enumerate(changes):
            if change.plastic is not None:
                plastic[place] = change.plastic
        return Change(errors, activities, plastic)

    @cached_property
    def values(self) -> Array:
        """The changes of the synapses, zero where they are not plastic."""
        values: Array
        if self.chosen is not None:
            values = np.zeros((*self.errors.shape, self.activities.shape[-1]), self.errors.dtype)
            values.reshape(-1)[self.chosen] = self.amounts
            return values
        values = self.errors[..., :, np.newaxis] * self.activities[..., np.newaxis, :]
        if self.plastic is not None:
            values *= self.plastic
        return values

    @cached_property
    def amounts(self) -> Array:
        """The changes of the synapses that are chosen."""
        n_in = self.activities.shape[-1]
        units = self.chosen // n_in
        inputs = self.chosen - (units - units // self.errors.shape[-1]) * n_in
        amounts: Array = self.errors.reshape(-1)[units] * self.activities.reshape(-1)[inputs]
        return amounts

    @cached_property
    def networks(self) -> Indices:
        """Whose the synapses are that are chosen."""
        return np.asarray(self.chosen) // self.synapses

    def only(self, plastic: Mask | None) -> "Change":
        """What is left of the change if only some synapses are plastic.

        Parameters
        ----------
        plastic : ndarray of bool, shape (..., n_out or 1, n_in or 1), or None
            One column says it of all synapses onto a unit, one row of all those from a unit. None
            is all.

        Examples
        --------
        >>> Change(np.ones(2), np.ones(3)).only(np.array([[True], [False]])).errors
        array([1., 0.])
        """
        if plastic is None:
            return self
        if plastic.shape[-1] == 1:
            return replace(self, errors=self.errors * plastic[..., 0])
        if plastic.shape[-2] == 1:
            return replace(self, activities=self.activities * plastic[..., 0, :])
        if self.chosen is not None:
            shape = (*self.errors.shape, self.activities.shape[-1])
            among = np.broadcast_to(plastic, shape).reshape(-1)[self.chosen]
            return replace(self, chosen=self.chosen[among])
        both = plastic if self.plastic is None else plastic & self.plastic
        left = replace(self, plastic=both)
        if "values" in vars(self):
            left.values = self.values * plastic
        return left

    def add_to(self, weights: Array, rate: float | FloatArray) -> None:
        """Add ``rate`` times the change to weights, in place.

        Parameters
        ----------
        weights : ndarray, shape (..., n_out, n_in)
            In C order, and of the precision of the change.
        rate : float or ndarray, shape (...)

        Examples
        --------
        >>> weights = np.zeros((2, 2))
        >>> Change(np.array([1.0, 2.0]), np.array([1.0, 3.0])).add_to(weights, 0.5)
        >>> weights
        array([[0.5, 1.5],
               [1. , 3. ]])
        """
        if self.chosen is not None:
            steps = np.full(weights.shape[:-2], rate, weights.dtype).reshape(-1)
            each = steps[self.networks] if len(steps) > 1 else steps
            weights.reshape(-1)[self.chosen] += each * self.amounts
            return
        step = np.asarray(rate, weights.dtype)[..., np.newaxis]
        if self.plastic is not None:
            weights += step[..., np.newaxis] * self.values
            return
        if math.prod(weights.shape[-2:]) < FEW_SYNAPSES:
            weights += (step * self.errors)[..., np.newaxis] * self.activities[..., np.newaxis, :]
            return
        ger, (n_out, n_in) = _GER[weights.dtype], weights.shape[-2:]
        # The transpose is in Fortran's order, so that BLAS changes it in place.
        networks = zip(
            np.full(weights.shape[:-2], rate).ravel().tolist(),
            self.activities.reshape(-1, n_in),
            self.errors.reshape(-1, n_out),
            weights.reshape(-1, n_out, n_in).swapaxes(1, 2),
            strict=True,
        )
        for each, activities, errors, transposed in networks:
            ger(each, activities, errors, a=transposed, overwrite_a=True)

    def add_all_to(self, weights: Array, rate: float) -> None:
        """Add ``rate`` times the changes of many samples to weights, in place, by one product.

        Parameters
        ----------
        weights : ndarray, shape (R, n_out, n_in)
            Changed in place. Errors have shape (R, S, n_out), activities (R, S, n_in).
        rate : float
        """
        gemm = _GEMM[weights.dtype]
        for i, matrix in enumerate(weights):
            gemm(
                rate,
                self.activities[i].T,
                self.errors[i].T,
                1.0,
                matrix.T,
                trans_b=True,
                overwrite_c=True,
            )

    def power_sum(self, exponent: float) -> FloatArray:
        """Sum of abs(value)^exponent over the synapses, shape (...); 0^0 is 0."""
        if self.chosen is not None:
            shape = self.errors.shape[:-1]
            terms = powers(self.amounts, exponent)
            sums = np.bincount(self.networks, terms, minlength=math.prod(shape))
            return sums.reshape(shape).astype(float)
        if self.plastic is None:
            return power_sum(self.errors, exponent) * power_sum(self.activities, exponent)
        return power_sum(flat(self.values), exponent)


def flat(synapses: Array) -> Array:
    """An array over synapses, shape (..., n_out, n_in), with these on one axis; a view."""
    return synapses.reshape(*synapses.shape[:-2], -1)


def power_sum(vectors: Array, exponent: float) -> FloatArray:
    """Sum of abs(vectors)^exponent over the last axis, where 0^0 is 0.

    Examples
    --------
    >>> float(power_sum(np.array([0.0, 3.0, -4.0]), 2))
    25.0
    """
    terms = powers(vectors, exponent)
    # A product is a faster sum than that of NumPy.
    total: FloatArray = np.vecdot(terms, ones(terms.shape[-1], terms.dtype)).astype(float)
    return total


def powers(vectors: Array, exponent: float) -> Array:
    """abs(vectors)^exponent, where 0^0 is 0."""
    sizes: Array = (vectors != 0).astype(vectors.dtype) if exponent == 0 else np.abs(vectors)
    return sizes if exponent in {0, 1} else np.power(sizes, exponent)
