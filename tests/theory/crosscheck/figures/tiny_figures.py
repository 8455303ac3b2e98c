"""Figures from simulations of a fraction of a second."""

import copy
import dataclasses
import functools
import math

from montecarlo.network.design import CP
from theory.crosscheck.chapters import FIGURES
from theory.crosscheck.chapters.caching.experiments import correlated_loads
from theory.crosscheck.chapters.costs.experiments import learnt
from theory.crosscheck.chapters.decay import figures as decaying
from theory.crosscheck.chapters.decay.experiments import power, scan
from theory.crosscheck.chapters.learning.experiments import by_load
from theory.crosscheck.chapters.masks.experiments import drawn
from theory.crosscheck.chapters.masks.trials import Challenge, competing, masked, saturated
from theory.crosscheck.chapters.networks import figures as networks
from theory.crosscheck.chapters.networks.experiments import (
    CP_DESIGNS,
    cp_rates,
    cp_sizes,
    cp_variants,
    lvr_caches,
    lvr_rates,
)
from theory.crosscheck.chapters.perceptron.experiments import loads
from theory.crosscheck.chapters.savings.experiments import (
    alone_and_together,
    by_threshold,
    by_width,
    lazy,
)
from theory.crosscheck.chapters.spiking.experiments import spiking_loads
from theory.crosscheck.chapters.triggers.experiments import by_trigger
from theory.crosscheck.figures.figure import Setting

TINY_GRID = (
    (math.inf, (0.0, 2.0, 5.0)),
    *((tau, (2.0, 5.0)) for tau in decaying.SOME_TAUS if tau < math.inf),
)
#: Digits to an accuracy that is soon reached.
EASY = Challenge("digits", 64, goal=0.4, required=20)
SOON = dataclasses.replace(EASY, design=dataclasses.replace(CP, learning_rate=0.03))
TINY_LOADS = loads(10, 60, N=60).replicated(3)
TINY = {
    "LvR.1C": TINY_LOADS,
    "LvR.1D": TINY_LOADS,
    "SE.walk": correlated_loads(30, 60, thresholds=(2.0, 5.0), N=60).replicated(3),
    "SE.learning": by_load(115, 1.0, 1.5).replicated(3),
    "SE.load": by_load(250, 0.8, 1.0, 1.5).replicated(3),
    "LvR.1S1": learnt(0.0, math.inf, P=40, N=40).replicated(3),
    "LvR.2S1": spiking_loads((1, 2), neurons=2).replicated(3),
    "LvR.3": scan(40, TINY_GRID, max_epochs=60).replicated(3),
    "LvR.3S1": scan(40, TINY_GRID, max_epochs=60).replicated(3),
    **dict.fromkeys(("LvR.2B", "LvR.2C", "LvR.4B"), by_trigger(120, 120).replicated(4)),
    "LvR.5a": lvr_rates("digits", {1.0: 0.8, 2.0: 0.8}, 4000).replicated(2),
    # Learning as fast as they can.
    "LvR.5b": lvr_caches("digits", (10,), networks.CACHES_SHOWN, 0.6, 2000, 2.0).replicated(2),
    "LvR.5c": lvr_caches("digits", (9, 11), networks.CACHES_SHOWN[:2], 0.85, 2000, 2.0).replicated(
        2
    ),
    "CP.1a": cp_rates("digits", (10, 20), (0.03, 0.06), 0.6, 40_000).replicated(3),
    **dict.fromkeys(("CP.1b", "CP.1c"), cp_sizes("digits", (10, 100, 200), 0.6).replicated(2)),
    "CP.6": cp_variants("digits", tuple(CP_DESIGNS), (5, 10), 20, 0.4).replicated(2),
    **dict.fromkeys(("CP.2a", "CP.2c", "CP.5"), masked(EASY, (20, 40, 80), (10, 20)).replicated(2)),
    "CP.2b": drawn((100, 300)).replicated(2),
    **dict.fromkeys(
        ("CP.3a", "CP.3b"), competing(SOON, (20, 40), (0.2, 0.5), (0.5,), (0.5,)).replicated(2)
    ),
    "CP.3d": saturated(EASY, 5, (0.3,), 200).replicated(2),
    "CP.4a": by_threshold("digits", 30, 0.4, (None, 0.01, 0.02), 5000).replicated(2),
    "CP.4b": by_width("digits", (5, 10), 5, 0.01, 0.4).replicated(2),
    "REV.1": alone_and_together("digits", 0.3, 100_000).replicated(2),
    "SE.lazy": lazy("digits", ((100, 100), (100, 400)), 0.5, 1200).replicated(3),
    "LvR.6": power(60, 60, threshold=3.0, tau=30.0, epochs=12).replicated(4),
}


def tiny(name):
    """The figure with simulations of a second or so."""
    return dataclasses.replace(FIGURES[name], full=Setting(TINY[name], "tiny"))


def records(figure, seed=0):
    return copy.deepcopy(_simulated(figure.full.experiment, seed))


@functools.cache
def _simulated(experiment, seed):
    """Once for all figures that show it, in all tests; these get copies to spoil."""
    return experiment.records(seed, range(experiment.replicas))
