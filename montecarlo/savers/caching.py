"""Changes that are cached in transient weights."""

import math
from dataclasses import dataclass
from typing import get_args

import numpy as np

from montecarlo.checks import as_tau, as_threshold, require, require_choice, settle
from montecarlo.network.cached import CachedLayer
from montecarlo.network.network import Network, Saver
from montecarlo.network.synapses import Group
from montecarlo.triggers import Trigger, require_trigger


@dataclass
class Cache(Saver):
    """Cache changes in transient weights that are consolidated when large.

    The conventions are those of `montecarlo.network.cached`. Source: LvR, Fig. 5; CP, Fig. 4; REV,
    saving method III; the triggers, LvR, Fig. 4.

    Parameters
    ----------
    threshold : float
        At least 0; what exceeds it is added to the persistent weights. With infinity that happens
        only in the end.
    tau : float
        Decay time (presentations), more than 1; infinity for no decay.
    trigger : {"local", "any", "total"} or Rule
        "local": a synapse whose transient weight exceeds the threshold in size consolidates itself.
        "any": it makes all synapses of its group consolidate. "total": a group consolidates when
        the sum of its sizes exceeds the threshold. A rule of one's own: see
        `montecarlo.triggers.Rule`.
    per : {"neuron", "layer"}
        The groups: all synapses onto a neuron, or onto its layer. It makes no difference to
        "local".

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
    trigger: Trigger = "local"
    per: Group = "neuron"

    def __post_init__(self) -> None:
        """Check threshold, decay, trigger and groups."""
        settle(self, "threshold", as_threshold(self.threshold))
        settle(self, "tau", as_tau(self.tau))
        require_trigger(self.trigger)
        require_choice("per", self.per, get_args(Group))

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Give both layers transient weights."""
        single = not isinstance(network.hidden, CachedLayer)
        require("savers", network.savers, single, "with one Cache at most")
        network.hidden, network.output = (
            CachedLayer.of(layer, self.threshold, self.tau, self.trigger, self.per)
            for layer in (network.hidden, network.output)
        )
