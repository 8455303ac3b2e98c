"""What simulates perceptron learning, and walks of weights that nothing pulls back."""

from typing import Any

import numpy as np

from theory import perceptron
from theory.crosscheck.chapters.perceptron.experiments import endpoints, learnt
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.points import Points


def _learnt(P: int, N: int, **_: Any) -> Experiment:
    """By N synapses, the bias among them."""
    return learnt(P, N - 1)


def _moves(P: int, N: int, **_: Any) -> float:
    return float(perceptron.energy(P, N))


def _inefficiency(ends: Any, K: int, alpha: float) -> float:
    return float(K / np.mean(np.abs(ends) ** alpha))


def _distance(ends: Any, **_: Any) -> float:
    return float(np.mean(np.abs(ends)))


POINTS = {
    f"perceptron.{name}": Points(_learnt, observed, _moves, whole=("P", "N"))
    for name, observed in (
        ("updates", lambda run, **_: run.K),
        ("learning_time", lambda run, **_: run.T),
        ("energy", lambda run, eta, **_: eta * run.plain_energy),
        ("minimal_energy", lambda run, eta, **_: eta * run.minimal_energy),
        ("inefficiency", lambda run, **_: run.inefficiency),
    )
} | {
    "perceptron.inefficiency_from_updates": Points(
        lambda K, **_: endpoints(K=K), _inefficiency, lambda K, **_: K, whole=("K",)
    ),
    "triggers.mean_distance": Points(
        lambda j: endpoints(K=j), _distance, lambda j: j, whole=("j",)
    ),
}
