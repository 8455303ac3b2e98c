"""What simulates the steady state of transient weights that decay."""

from typing import Any

from montecarlo.walk import Walk
from theory.crosscheck.chapters.decay.experiments import leaky_walk
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.points import Points


def walked(theta: float, tau: float, p: float, eta: float, **_: Any) -> Experiment:
    """The walk, whose thresholds are in steps."""
    return leaky_walk(theta / eta, tau, p)


def moves(theta: float, tau: float, p: float, eta: float, **_: Any) -> float:
    """Of 300 synapses, with a warm-up of ten relaxation times."""
    steps = theta / eta + 1
    return 300 * p * (8192 + 10 * min(steps * steps / p, tau))


def _rate(walk: Walk, **_: Any) -> Any:
    return walk.rate.mean


def _amount(walk: Walk, eta: float, **_: Any) -> Any:
    return eta * walk.mean_consolidated.mean


def _size(walk: Walk, eta: float, **_: Any) -> Any:
    return eta * walk.mean_transient.mean


def _maintenance(walk: Walk, N: float, c: float, eta: float, **_: Any) -> Any:
    return c * N * _size(walk, eta)


def _consolidation(walk: Walk, N: float, eta: float, **_: Any) -> Any:
    # Without a consolidation there is no amount.
    return N * walk.rate.mean * _amount(walk, eta) if walk.rate.mean else 0.0


POINTS = {
    f"decay.{name}": Points(walked, observed, moves)
    for observed, names in (
        (_rate, "consolidation_rate corrected_rate weak_decay_rate rare_consolidation_rate"),
        (_amount, "mean_consolidated"),
        (_size, "mean_transient corrected_mean weak_decay_mean"),
        (_maintenance, "maintenance_power corrected_maintenance_power"),
        (_consolidation, "consolidation_power corrected_consolidation_power"),
    )
    for name in names.split()
}
