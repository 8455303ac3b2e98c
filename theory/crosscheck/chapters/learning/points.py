"""What simulates the laws of the mean field of learning."""

from typing import Any

from theory import learning
from theory.crosscheck.chapters.learning.experiments import Epochs, by_load
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.points import Points


def _learnt(P: int, N: int, **_: Any) -> Experiment:
    return by_load(N, P / N)


def _moves(P: int, N: int, **_: Any) -> float:
    return float(N * learning.updates(P, N))


def _updates(runs: tuple[Epochs], **_: Any) -> float:
    return float(runs[0].updated.sum())


def _time(runs: tuple[Epochs], P: int, **_: Any) -> float:
    return runs[0].epochs * P


def _norm(runs: tuple[Epochs], N: int, eta: float, **_: Any) -> float:
    return runs[0].norm * N * eta


def _energy(runs: tuple[Epochs], eta: float, **_: Any) -> float:
    return runs[0].minimal_energy * eta


def _inefficiency(runs: tuple[Epochs], **_: Any) -> float:
    return runs[0].inefficiency


POINTS = {
    f"learning.{name}": Points(_learnt, observed, _moves, ("P", "N"), median=observed is _time)
    for name, observed in (
        ("updates", _updates),
        ("learning_time", _time),
        ("weight_norm", _norm),
        ("minimal_energy", _energy),
        ("inefficiency", _inefficiency),
    )
}
