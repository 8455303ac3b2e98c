"""Synapses with a transient weight that caches their changes until it is consolidated.

Source: LvR, Fig. 5; CP, Fig. 4. The transient weights are kept as one number that decays times an
array that does not, so that their decay takes no time.

Conventions: transient weights decay before the output of a presentation; those that exceed the
threshold then, the change by the presentation included, are consolidated; what is left is
maintained, also in presentations that change nothing; in the end the rest is consolidated.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from montecarlo.arrays import Array, FloatArray
from montecarlo.masks import Mask
from montecarlo.network.synapses import (
    Change,
    Group,
    Indices,
    Layer,
    applied,
    flat,
    power_sum,
    sent_back,
)
from montecarlo.triggers import Trigger

__all__ = ["CachedLayer"]

#: Below this scale the array would become too large.
_LEAST_SCALE = 1e-3


@dataclass(kw_only=True)
class CachedLayer(Layer):
    """Synapses onto a layer that put their changes into transient weights first.

    Attributes
    ----------
    scaled : ndarray, shape (..., n_out, n_in)
        The transient weights over ``scale``.
    threshold : ndarray, shape (...)
        What the trigger compares the sizes of transient weights with.
    retention : ndarray, shape (...)
        What is left of a transient weight in the next presentation.
    trigger : {"local", "any", "total"}
        Whether a synapse that exceeds the threshold consolidates itself or all of its group, or
        the group consolidates when the sum of its sizes does.
    per : {"neuron", "layer"}
        The groups of "any" and "total": the synapses onto each neuron, or onto the layer.
    scale : ndarray, shape (...)
        By how much the transient weights have decayed since they were last multiplied out.

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

    scaled: Array
    threshold: FloatArray
    retention: FloatArray
    trigger: Trigger
    per: Group
    scale: FloatArray

    STATE: ClassVar = (*Layer.STATE, "scaled", "scale")
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
        trigger : {"local", "any", "total"}
        per : {"neuron", "layer"}
        """
        return cls(
            **vars(layer),
            scaled=np.zeros_like(layer.weights),
            threshold=np.array(threshold, float),
            retention=np.array(1 - 1 / float(tau)),
            trigger=trigger,
            per=per,
            scale=np.ones(()),
        )

    @property
    def kind(self) -> Hashable:
        """What layers must share to be stacked."""
        return super().kind, self.trigger, self.per

    @property
    def strengths(self) -> Array:
        """The persistent and the transient weights together, shape (..., n_out, n_in)."""
        scale = self.scale.astype(self.weights.dtype)
        total: Array = self.weights + scale[..., np.newaxis, np.newaxis] * self.scaled
        return total

    @property
    def energy(self) -> FloatArray:
        """The energies M_alpha, if learning ended now and the rest were consolidated."""
        rest = flat(self.scaled)
        consolidated = [self.scale**alpha * power_sum(rest, alpha) for alpha in self.exponents]
        total: FloatArray = self.spent + np.stack(consolidated, axis=-1)
        return total

    def begin(self) -> None:
        """Let the transient weights decay."""
        self.scale *= self.retention
        low = self.scale < _LEAST_SCALE
        if low.any():
            decay = np.where(low, self.scale, 1).astype(self.scaled.dtype)
            self.scaled *= decay[..., np.newaxis, np.newaxis]
            self.scale[low] = 1

    def fields(self, activities: Array) -> Array:
        """The summed inputs of the units, shape (..., n_out), from activities, (..., n_in)."""
        cached = applied(self.scaled, activities)
        cached *= self.scale.astype(cached.dtype)[..., np.newaxis]
        cached += applied(self.weights, activities)
        return cached

    def propagate(self, errors: Array) -> Array:
        """What errors, shape (..., n_out), send back through the synapses, (..., n_in)."""
        cached = sent_back(errors, self.scaled)
        cached *= self.scale.astype(cached.dtype)[..., np.newaxis]
        cached += sent_back(errors, self.weights)
        return cached

    def learn(self, rate: float, change: Change) -> None:
        """Cache ``rate`` times what is proposed, and consolidate what has become too large.

        Once a presentation, with a change of zero if nothing is learnt: what is left in the caches
        then costs maintenance.
        """
        change.add_to(self.scaled, rate / self.scale)
        sizes = np.abs(self.scaled)
        level = self.threshold / self.scale
        if np.any(self._reach(sizes).max(axis=-1) > level):
            due = np.flatnonzero(self._due(sizes, level))
            self._consolidate(due)
            sizes.ravel()[due] = 0
        # A product is a faster sum than that of NumPy.
        held = np.vecdot(flat(sizes), np.ones(sizes.shape[-2] * sizes.shape[-1], sizes.dtype))
        self.transient_sum += self.scale * held

    def _reach(self, sizes: Array) -> Array:
        """What the groups of synapses compare with the level, shape (..., groups)."""
        by_neuron = self.per == "neuron" and self.trigger != "local"
        groups = sizes if by_neuron else flat(sizes)[..., np.newaxis, :]
        reach: Array = groups.sum(axis=-1) if self.trigger == "total" else groups.max(axis=-1)
        return reach

    def _due(self, sizes: Array, level: FloatArray) -> Mask:
        """The synapses that consolidate, from the sizes of the transient weights over ``scale``."""
        if self.trigger == "local":
            due: Mask = flat(sizes) > level[..., np.newaxis]
            return due
        groups = sizes if self.per == "neuron" else flat(sizes)[..., np.newaxis, :]
        over = self._reach(sizes) > level[..., np.newaxis]
        due = (groups > 0) & over[..., np.newaxis]
        return due

    def _consolidate(self, due: Indices) -> None:
        """Move transient weights, at places in ``scaled.ravel()``, into the persistent ones."""
        scaled, scale = self.scaled.ravel(), self.scale.ravel()
        network = due // (scaled.size // scale.size)
        amounts = scale.astype(scaled.dtype)[network] * scaled[due]
        self.weights.ravel()[due] += amounts
        scaled[due] = 0
        sizes = np.abs(amounts)
        for i, alpha in enumerate(self.exponents):
            spent = np.bincount(network, sizes**alpha, minlength=scale.size)
            self.spent[..., i] += spent.reshape(self.scale.shape)
