"""What simulates the lattice of steps."""

import math
from typing import Any

from montecarlo.walk import Walk
from theory.crosscheck.chapters.decay.points import moves, walked
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.points import Points

#: Updates that are rare enough to be simulated fast; only the rate depends on it.
RARE = 0.1


def _walked(n: int, p: float = RARE, **_: Any) -> Experiment:
    return walked(n - 1, math.inf, p, 1)


def _moves(n: int, p: float = RARE, **_: Any) -> float:
    return moves(n - 1, math.inf, p, 1)


def _share(walk: Walk, k: int, n: int) -> Any:
    return walk.occupation.mean[k + n - 1] if abs(k) < n else 0.0  # type: ignore[index]


POINTS = {
    name: Points(_walked, observed, _moves, whole=("n",))
    for name, observed in (
        ("lattice.consolidation_rate", lambda walk, **_: walk.rate.mean),
        ("lattice.mean_transient", lambda walk, eta, **_: eta * walk.mean_transient.mean),
        ("lattice.stationary", _share),
    )
}
