"""Changes that are cached in transient weights."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np

from montecarlo.checks import as_threshold, require, require_choice, require_tau
from montecarlo.network.cached import CachedLayer, Trigger
from montecarlo.network.learning import Saver

if TYPE_CHECKING:
    from montecarlo.network import Network


@dataclass
class Cache(Saver):
    """Cache changes in transient weights that are consolidated when large.

    The conventions are those of `montecarlo.network.cached`. Source: LvR, Fig. 5; CP, Fig. 4; REV,
    saving method III; the triggers, LvR, Fig. 4.

    Parameters
    ----------
    threshold : float
        Transient weights whose size exceeds it, which is at least 0, are added to the persistent
        weights; with infinity that happens only in the end.
    tau : float
        Decay time (presentations), more than 1; infinity for no decay.
    trigger : {"synapse", "neuron", "layer"}
        What consolidates with a synapse that exceeds the threshold: itself, all synapses onto its
        neuron, or onto its layer.

    Raises
    ------
    ValueError
        If an argument is outside its domain; from `prepare`, if there is a cache already.

    Examples
    --------
    >>> from montecarlo.network.design import CP
    >>> from montecarlo.network import initial_network, present
    >>> rng = np.random.default_rng(1)
    >>> network = initial_network(CP, (5, 8, 3), rng, savers=[Cache(np.inf)], exponents=(0, 1))
    >>> present(network, np.ones((1, 5)), np.array([0]), np.zeros(9, int))
    >>> network.output.spent, network.output.energy[0]  # 27 synapses, consolidated in the end
    (array([0., 0.]), np.float64(27.0))
    """

    threshold: float
    tau: float = math.inf
    trigger: Trigger = "synapse"

    def __post_init__(self) -> None:
        """Check threshold, decay and trigger."""
        as_threshold(self.threshold)
        require_tau(self.tau)
        require_choice("trigger", self.trigger, get_args(Trigger))

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Give both layers transient weights."""
        single = not isinstance(network.hidden, CachedLayer)
        require("savers", network.savers, single, "with one Cache at most")
        network.hidden, network.output = (
            CachedLayer.of(layer, self.threshold, self.tau, self.trigger)
            for layer in (network.hidden, network.output)
        )
