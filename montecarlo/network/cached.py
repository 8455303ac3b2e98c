"""Synapses with a transient weight that caches their changes until it is consolidated.

Source: LvR, Fig. 5; CP, Fig. 4. The transient weights are kept as one number that decays times an
array that does not, so that their decay takes no time.

Conventions: transient weights decay before the output of a presentation; those that exceed the
threshold then, the change by the presentation included, are consolidated; what is left is
maintained, also in presentations that change nothing; in the end the rest is consolidated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import blas

from montecarlo.arrays import Array, FloatArray
from montecarlo.network.synapses import Change, Group, Indices, Layer, power_sum
from montecarlo.triggers import Trigger

__all__ = ["CachedLayer"]

_ASUM = {np.dtype(np.float32): blas.sasum, np.dtype(np.float64): blas.dasum}
_IAMAX = {np.dtype(np.float32): blas.isamax, np.dtype(np.float64): blas.idamax}
#: Below this scale the array would become too large.
_LEAST_SCALE = 1e-3


@dataclass(kw_only=True)
class CachedLayer(Layer):
    """Synapses onto a layer that put their changes into transient weights first.

    Attributes
    ----------
    scaled : ndarray, shape (n_out, n_in)
        The transient weights over ``scale``.
    threshold : float
        What the trigger compares the sizes of transient weights with.
    retention : float
        What is left of a transient weight in the next presentation.
    trigger : {"local", "any", "total"}
        Whether a synapse that exceeds the threshold consolidates itself or all of its group, or
        the group consolidates when the sum of its sizes does.
    per : {"neuron", "layer"}
        The groups of "any" and "total": the synapses onto each neuron, or onto the layer.
    scale : float
        By how much the transient weights have decayed since they were last multiplied out.

    Examples
    --------
    Two changes by 0.25, with a tenth lost in between: the first stays transient, and with the
    second the weight exceeds the threshold.

    >>> from montecarlo.network.synapses import Layer
    >>> plain = Layer(np.zeros((1, 1)), np.zeros((1, 1)), (0, 1), np.zeros(2))
    >>> layer = CachedLayer.of(plain, threshold=0.4, tau=10, trigger="local")
    >>> for _ in range(2):
    ...     layer.begin()
    ...     layer.learn(0.25, Change(np.ones(1), np.ones(1)))
    ...     layer.end()
    ...     print(layer.weights[0, 0], layer.strengths[0, 0], layer.spent)
    0.0 0.25 [0. 0.]
    0.475 0.475 [1.    0.475]
    >>> layer.transient_sum
    0.25
    """

    scaled: Array
    threshold: float
    retention: float
    trigger: Trigger
    per: Group
    scale: float = 1.0

    @classmethod
    def of(
        cls, layer: Layer, threshold: float, tau: float, trigger: Trigger, per: Group = "neuron"
    ) -> CachedLayer:
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
            layer.weights,
            layer.initial,
            layer.exponents,
            layer.spent,
            scaled=_aligned(np.zeros_like(layer.weights)),
            # NumPy's doubles would turn all that they meet into double precision.
            threshold=float(threshold),
            retention=1 - 1 / float(tau),
            trigger=trigger,
            per=per,
        )

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Go on from a copy, which may lie elsewhere in memory."""
        vars(self).update(state, scaled=_aligned(state["scaled"]))

    @property
    def strengths(self) -> Array:
        """The persistent and the transient weights together, shape (n_out, n_in)."""
        total: Array = self.weights + self.weights.dtype.type(self.scale) * self.scaled
        return total

    @property
    def energy(self) -> FloatArray:
        """The energies M_alpha, if learning ended now and the rest were consolidated."""
        rest = self.scaled.ravel()
        consolidated = [self.scale**alpha * power_sum(rest, alpha) for alpha in self.exponents]
        total: FloatArray = self.spent + np.array(consolidated)
        return total

    def begin(self) -> None:
        """Let the transient weights decay."""
        self.scale *= self.retention
        if self.scale < _LEAST_SCALE:
            self.scaled *= self.scale
            self.scale = 1.0

    def fields(self, activities: Array) -> Array:
        """The summed inputs of the units, shape (n_out,), from activities, shape (n_in,)."""
        summed: Array = self.weights.dot(activities) + self.scale * self.scaled.dot(activities)
        return summed

    def propagate(self, errors: Array) -> Array:
        """What errors, shape (n_out,), send back through the synapses, shape (n_in,)."""
        sent: Array = errors.dot(self.weights) + self.scale * errors.dot(self.scaled)
        return sent

    def learn(self, rate: float, change: Change) -> None:
        """Cache ``rate`` times what is proposed, and consolidate what has become too large."""
        change.add_to(self.scaled, rate / self.scale)
        level = self.threshold / self.scale
        flat = self.scaled.ravel()
        if self._reach(flat) <= level:
            return
        due = self._due(flat, level)
        amounts = self.scale * flat[due]
        self.weights.ravel()[due] += amounts
        flat[due] = 0
        for i, alpha in enumerate(self.exponents):
            self.spent[i] += power_sum(amounts, alpha)

    def _reach(self, flat: Array) -> float:
        """The most that a group can compare with the threshold, over ``scale``."""
        if self.trigger == "total":
            return float(_ASUM[flat.dtype](flat))
        return abs(float(flat[_IAMAX[flat.dtype](flat)]))

    def _due(self, flat: Array, level: float) -> Indices:
        """The synapses that consolidate, of a layer whose reach exceeds ``level``."""
        if self.trigger == "local":
            return np.flatnonzero(np.abs(flat) > level)
        if self.per == "layer":
            return np.flatnonzero(flat)
        sizes = np.abs(self.scaled)
        reached = sizes.max(axis=1) if self.trigger == "any" else sizes.sum(axis=1)
        return np.flatnonzero((reached > level)[:, np.newaxis] & (self.scaled != 0))

    def end(self) -> None:
        """Count what the transient weights that are held now cost to maintain."""
        flat = self.scaled.ravel()
        self.transient_sum += self.scale * _ASUM[flat.dtype](flat)


def _aligned(values: Array) -> Array:
    """A copy that starts at a multiple of 64 bytes: on that depends in which order BLAS adds up."""
    room = np.empty(values.nbytes + 63, np.uint8)
    start = -room.ctypes.data % 64
    copy: Array = room[start : start + values.nbytes].view(values.dtype).reshape(values.shape)
    copy[...] = values
    return copy
