"""Synaptic caching without decay, of runs whose transient weights start at zero.

`theory.lattice` takes the walk of a transient weight to be in its steady state, which it is not
before n^2 updates. Here its distribution is followed update by update.
"""

from dataclasses import dataclass

import numpy as np

from theory.formula import ALGORITHMS, Domain, formula

FEW_UPDATES = Domain(
    "an integer >= 1 and <= 10000", 1, 1e4, open_low=False, open_high=False, integer=True
)


@dataclass(frozen=True)
class FromZero:
    """The best threshold of a run that starts at zero, and what it costs.

    Attributes
    ----------
    steps : int
        n, to the threshold in one direction.
    energy : float
        Per synapse and in steps, the consolidation at the end included.
    """

    steps: int
    energy: float


@formula(
    "This package",
    gives="Of thresholds that do the same, one.",
    domain={"K": FEW_UPDATES},
    registry=ALGORITHMS,
)
def optimum(K: float, T: float, c: float) -> FromZero:
    """The threshold at which caching costs least if the transient weights start at zero.

    Notes
    -----
    Exact for every number of steps that is looked at: the best of a coarse scale, and all between
    its neighbours. `theory.lattice.optimal_steps` is right from c T = 30 on.

    Examples
    --------
    >>> optimum(2000, 30_000, 1 / 30_000)
    FromZero(steps=90, energy=59.2...)
    """

    def cost(n: int) -> float:
        return _energy(n, int(K), T, c)

    # Hardly any walk gets further than that.
    scale = np.unique(np.geomspace(1, 2 + 6 * K**0.5, 24).astype(int)).tolist()
    best = min(range(len(scale)), key=lambda place: cost(scale[place]))
    low, high = scale[max(best - 1, 0)], scale[min(best + 1, len(scale) - 1)]
    steps = min(range(low, high + 1), key=cost)
    return FromZero(steps, cost(steps))


def _energy(n: int, K: int, T: float, c: float) -> float:
    """The energy of K updates with a threshold of n steps, per synapse and in steps."""
    places = np.arange(n)
    sizes = np.zeros(n + 1)  # the probabilities of abs(transient weight), in steps
    sizes[0] = 1
    consolidated = held = 0.0
    for _ in range(K):
        moved = np.zeros(n + 1)
        moved[1:] = sizes[:-1] / 2
        moved[1] += sizes[0] / 2
        moved[:-1] += sizes[1:] / 2
        consolidated += n * moved[n]
        moved[0] += moved[n]
        moved[n] = 0
        sizes = moved
        held += float(places @ sizes[:n])
    return float(consolidated + c * T / K * held + places @ sizes[:n])
