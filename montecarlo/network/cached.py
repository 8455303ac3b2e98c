"""Synapses with a transient weight that caches their changes until it is consolidated.

Source: LvR, Fig. 5; CP, Fig. 4.

Conventions: transient weights decay before the output of a presentation; those that exceed the
threshold then, the change by the presentation included, are consolidated; what is left is
maintained, also in presentations that change nothing; in the end the rest is consolidated.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from montecarlo.arrays import Array, FloatArray, Indices
from montecarlo.masks import Mask
from montecarlo.network.change import Change, flat, ones, power_sum
from montecarlo.network.synapses import Group, Layer
from montecarlo.triggers import Rule, Trigger, due

__all__ = ["CachedLayer"]


@dataclass(kw_only=True)
class CachedLayer(Layer):
    """Synapses onto a layer that put their changes into transient weights first.

    Attributes
    ----------
    transient : ndarray, shape (..., n_out, n_in)
        What is not consolidated.
    threshold : ndarray, shape (...)
        What the trigger compares the sizes of transient weights with.
    retention : ndarray, shape (...)
        What is left of a transient weight in the next presentation.
    trigger : {"local", "any", "total"} or Rule
        Whether a synapse that exceeds the threshold consolidates itself or all of its group, or
        the group consolidates when the sum of its sizes does; or a rule of one's own.
    per : {"neuron", "layer"}
        The groups, but for "local": the synapses onto each neuron, or onto the layer.

    Examples
    --------
    Two changes by 0.25, with a tenth lost in between: the first stays transient, and with the
    second the weight exceeds the threshold.

    >>> from montecarlo.network.synapses import Layer
    >>> plain = Layer.untrained(np.zeros((1, 1)), (0, 1))
    >>> layer = CachedLayer.of(plain, threshold=0.4, tau=10, trigger="local")
    >>> for _ in range(2):
    ...     layer.begin()
    ...     layer.learn(0.25, Change(np.ones(1), np.ones(1)))
    ...     print(layer.weights[0, 0], layer.strengths[0, 0], layer.spent)
    0.0 0.25 [0. 0.]
    0.475 0.475 [1.    0.475]
    >>> float(layer.transient_sum)
    0.25
    """

    transient: Array
    threshold: FloatArray
    retention: FloatArray
    trigger: Trigger
    per: Group

    STATE: ClassVar = (*Layer.STATE, "transient")
    FIXED: ClassVar = (*Layer.FIXED, "threshold", "retention")

    @classmethod
    def of(
        cls, layer: Layer, threshold: float, tau: float, trigger: Trigger, per: Group = "neuron"
    ) -> "CachedLayer":
        """The synapses of a layer, with empty caches.

        Parameters
        ----------
        layer : Layer
            Its weights and energies are taken over, not copied.
        threshold : float
            At least 0.
        tau : float
            Decay time (presentations), more than 1; infinity for no decay.
        trigger : {"local", "any", "total"} or Rule
        per : {"neuron", "layer"}
        """
        dtype = layer.weights.dtype
        return cls(
            **vars(layer),
            transient=np.zeros_like(layer.weights),
            threshold=np.array(min(threshold, float(np.finfo(dtype).max)), dtype),
            retention=np.array(1 - 1 / float(tau), dtype),
            trigger=trigger,
            per=per,
        )

    @property
    def kind(self) -> Hashable:
        """What layers must share to be stacked."""
        return super().kind, type(self.trigger), repr(self.trigger), self.per

    @property
    def strengths(self) -> Array:
        """The persistent and the transient weights together, shape (..., n_out, n_in)."""
        return self.weights + self.transient

    @property
    def energy(self) -> FloatArray:
        """The energies M_alpha, if learning ended now and the rest were consolidated."""
        rest = flat(self.transient)
        consolidated = [power_sum(rest, alpha) for alpha in self.exponents]
        total: FloatArray = self.spent + np.stack(consolidated, axis=-1)
        return total

    def begin(self) -> None:
        """Let the transient weights decay."""
        if self.decays:
            self.transient *= self.retention[..., np.newaxis, np.newaxis]

    @cached_property
    def decays(self) -> bool:
        """Whether there is any decay."""
        return bool((self.retention < 1).any())

    def fields(self, activities: Array) -> Array:
        """The summed inputs of the units, shape (..., n_out), from activities, (..., n_in)."""
        summed: Array = super().fields(activities) + np.matvec(self.transient, activities)
        return summed

    def propagate(self, errors: Array) -> Array:
        """What errors, shape (..., n_out), send back through the synapses, (..., n_in)."""
        sent: Array = super().propagate(errors) + np.vecmat(errors, self.transient)
        return sent

    def learn(self, rate: float, change: Change) -> None:
        """Cache ``rate`` times what is proposed, and consolidate what has become too large.

        Once a presentation, with a change of zero if nothing is learnt: what is left in the caches
        then costs maintenance.
        """
        change.add_to(self.transient, rate)
        sizes = flat(np.abs(self.transient, out=self._sizes))
        over = self._over()
        if over.any():
            local = self.trigger == "local"
            synapses = sizes > self.threshold[..., np.newaxis] if local else over
            self._consolidate(np.flatnonzero(synapses))
        self.transient_sum += np.vecdot(sizes, ones(sizes.shape[-1], sizes.dtype))

    @cached_property
    def _sizes(self) -> Array:
        """Room for the sizes of transient weights: to get it anew for every sample takes longer."""
        return np.empty_like(self.transient)

    def _over(self) -> Mask:
        """The networks in which synapses consolidate; if not each by itself, the synapses."""
        if self.trigger == "local":
            over: Mask = flat(self._sizes).max(axis=-1) > self.threshold
        else:
            groups = self._sizes if self.per == "neuron" else flat(self._sizes)[..., np.newaxis, :]
            limits = self.threshold[..., np.newaxis]
            if isinstance(self.trigger, Rule):
                return due(self.trigger, groups, limits[..., np.newaxis])
            reach = groups.sum(axis=-1) if self.trigger == "total" else groups.max(axis=-1)
            over = (reach > limits)[..., np.newaxis] & (groups > 0)
        return over

    def _consolidate(self, synapses: Indices) -> None:
        """Move transient weights, counted through all networks, into persistent ones."""
        transient, networks = self.transient.ravel(), self.threshold.size
        amounts = transient[synapses]
        self.weights.ravel()[synapses] += amounts
        transient[synapses] = 0
        self._sizes.ravel()[synapses] = 0
        network = synapses // (transient.size // networks)
        for i, alpha in enumerate(self.exponents):
            powers = None if alpha == 0 else np.abs(amounts) ** alpha
            spent = np.bincount(network, powers, minlength=networks)
            self.spent[..., i] += spent.reshape(self.threshold.shape)
