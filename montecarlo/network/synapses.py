"""The synapses of one layer of a network, and what changing them costs.

Arrays may have further axes in front: those of networks side by side.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np

from montecarlo.arrays import Array, FloatArray
from montecarlo.network.change import Change, flat, power_sum

__all__ = ["Change", "Layer"]

#: Synapses that consolidate or compete together: all onto the layer, or those onto each neuron.
Group = Literal["layer", "neuron"]


@dataclass
class Layer:
    """The synapses onto a layer of units, and what changing them has cost.

    Attributes
    ----------
    weights : ndarray, shape (..., n_out, n_in)
        Persistent weights, in C order; those of the bias unit, if any, are the last column.
    initial : ndarray, shape (..., n_out, n_in)
        The weights before learning.
    exponents : tuple of float
        The alphas >= 0 of the energies M_alpha.
    spent : ndarray, shape (..., len(exponents))
        M_alpha: the sum over changes of persistent weights of abs(change)^alpha. M_0 counts changes
        other than zero, M_1 adds up their sizes.
    transient_sum : ndarray, shape (...)
        Sum over presentations and synapses of abs(transient weight) at the end of each.

    Examples
    --------
    Of two changes of the same synapse, to and fro, M_0 counts two and M_1 adds up both sizes; to
    go straight to where it is now costs nothing.

    >>> layer = Layer.untrained(np.zeros((1, 2)), (0, 1))
    >>> for error in (1.0, -1.0):
    ...     layer.learn(0.5, Change(np.array([error]), np.array([0.0, 1.0])))
    >>> layer.energy, layer.direct_energy
    (array([2., 1.]), array([0., 0.]))
    """

    weights: Array
    initial: Array
    exponents: tuple[float, ...]
    spent: FloatArray
    transient_sum: FloatArray

    #: What differs between networks side by side, and changes.
    STATE: ClassVar[tuple[str, ...]] = ("weights", "spent", "transient_sum")
    #: What differs and stays.
    FIXED: ClassVar[tuple[str, ...]] = ("initial",)

    @classmethod
    def untrained(cls, weights: Array, exponents: tuple[float, ...]) -> "Layer":
        """Synapses that have not changed yet."""
        return Layer(weights, weights.copy(), exponents, np.zeros(len(exponents)), np.zeros(()))

    @classmethod
    def stack(cls, layers: Sequence[Self]) -> Self:
        """The layers of networks side by side, as one with an axis in front; copies."""
        names = (*cls.STATE, *cls.FIXED)
        arrays = {name: np.stack([getattr(layer, name) for layer in layers]) for name in names}
        return replace(layers[0], **arrays)  # type: ignore[arg-type]

    def unstack(self, layers: Sequence[Self]) -> None:
        """Give the layers of a stack the state that it has now."""
        for name in self.STATE:
            for layer, state in zip(layers, getattr(self, name), strict=True):
                getattr(layer, name)[...] = state

    @property
    def kind(self) -> Hashable:
        """What layers must share to be stacked."""
        return type(self), self.weights.shape, self.weights.dtype, self.exponents

    @property
    def strengths(self) -> Array:
        """What the synapses transmit with, shape (..., n_out, n_in)."""
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
        change = flat(np.subtract(self.strengths, self.initial, dtype=float))
        return np.stack([power_sum(change, exponent) for exponent in self.exponents], axis=-1)

    def begin(self) -> None:
        """Let time go on to the next presentation; persistent weights do not change by it."""

    def fields(self, activities: Array) -> Array:
        """The summed inputs of the units, shape (..., n_out), from activities, (..., n_in)."""
        fields: Array = np.matvec(self.weights, activities)
        return fields

    def propagate(self, errors: Array) -> Array:
        """What errors, shape (..., n_out), send back through the synapses, (..., n_in)."""
        sent: Array = np.vecmat(errors, self.weights)
        return sent

    def learn(self, rate: float, change: Change) -> None:
        """Change the weights by ``rate`` times what is proposed, and count the energy.

        Once a presentation, with a change of zero if nothing is learnt.
        """
        change.add_to(self.weights, rate)
        self.pay(rate, change)

    def pay(self, rate: float, change: Change) -> None:
        """Count the energy of ``rate`` times a change, or of those of many samples."""
        for i, alpha in enumerate(self.exponents):
            sums = change.power_sum(alpha).reshape(*self.transient_sum.shape, -1)
            self.spent[..., i] += rate**alpha * sums.sum(axis=-1)
