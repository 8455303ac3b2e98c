"""Synapses with a transient weight that caches their changes until it is consolidated.

The transient weights are kept as one number that decays times an array that does not, so that
their decay takes no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.linalg import blas

from montecarlo.synapses import Change, FloatArray, Layer, power_sum
from montecarlo.units import Array

__all__ = ["CachedLayer", "Trigger"]

#: What a synapse that exceeds the threshold consolidates: itself, the synapses onto its neuron, or
#: those onto its layer.
Trigger = Literal["synapse", "neuron", "layer"]

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
        Transient weights whose size exceeds it are added to the persistent ones.
    retention : float
        What is left of a transient weight in the next presentation.
    trigger : {"synapse", "neuron", "layer"}
        What consolidates together, if one of its transient weights exceeds the threshold.
    scale : float
    """

    scaled: Array
    threshold: float
    retention: float
    trigger: Trigger
    scale: float = 1.0

    @classmethod
    def of(cls, layer: Layer, threshold: float, tau: float, trigger: Trigger) -> CachedLayer:
        """The synapses of a layer, with empty caches."""
        return cls(
            layer.weights,
            layer.initial,
            layer.exponents,
            layer.spent,
            scaled=np.zeros_like(layer.weights),
            threshold=threshold,
            retention=1 - 1 / tau,
            trigger=trigger,
        )

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
        """The summed inputs of the units, shape (n_out,)."""
        summed: Array = self.weights.dot(activities) + self.scale * self.scaled.dot(activities)
        return summed

    def propagate(self, errors: Array) -> Array:
        """Errors sent back through the synapses, shape (n_in,)."""
        sent: Array = errors.dot(self.weights) + self.scale * errors.dot(self.scaled)
        return sent

    def learn(self, rate: float, change: Change) -> None:
        """Cache ``rate`` times what is proposed, and consolidate what has become too large."""
        change.add_to(self.scaled, rate / self.scale)
        level = self.threshold / self.scale
        flat = self.scaled.ravel()
        if abs(flat[_IAMAX[flat.dtype](flat)]) <= level:
            return
        if self.trigger == "layer":
            due = np.flatnonzero(flat)
        elif self.trigger == "synapse":
            due = np.flatnonzero(np.abs(flat) > level)
        else:
            rows = np.abs(self.scaled).max(axis=1) > level
            due = np.flatnonzero(rows[:, np.newaxis] & (self.scaled != 0))
        amounts = self.scale * flat[due]
        self.weights.ravel()[due] += amounts
        flat[due] = 0
        for i, alpha in enumerate(self.exponents):
            self.spent[i] += power_sum(amounts, alpha)

    def end(self) -> None:
        """Count what the transient weights that are held now cost to maintain."""
        self.transient_sum += self.scale * power_sum(self.scaled.ravel(), 1)
