"""Figures from simulations of a fraction of a second."""

import dataclasses
import math

from montecarlo.network.design import LVR
from montecarlo.runs import Task
from montecarlo.savers import Subnet
from theory.crosscheck.chapters import FIGURES
from theory.crosscheck.chapters.caching.experiments import correlated_loads
from theory.crosscheck.chapters.costs.experiments import learnt
from theory.crosscheck.chapters.decay import figures as decaying
from theory.crosscheck.chapters.decay.experiments import power, scan
from theory.crosscheck.chapters.masks.experiments import Challenge
from theory.crosscheck.chapters.masks.trials import (
    competing,
    drawn,
    masked,
    saturated,
)
from theory.crosscheck.chapters.networks import figures as networks
from theory.crosscheck.chapters.networks import size_figures as network_sizes
from theory.crosscheck.chapters.networks.experiments import trainings
from theory.crosscheck.chapters.perceptron.experiments import loads
from theory.crosscheck.chapters.savings import figures as saving
from theory.crosscheck.chapters.spiking.experiments import spiking_loads
from theory.crosscheck.chapters.triggers.experiments import by_trigger
from theory.crosscheck.figures.figure import Setting

TINY_GRID = (
    (math.inf, (0.0, 2.0, 5.0)),
    *((tau, (2.0, 5.0)) for tau in decaying.SOME_TAUS if tau < math.inf),
)
#: LvR's networks, learning as fast as they can.
FAST = dataclasses.replace(LVR, learning_rate=2.0)


def tiny_networks(choices, goal):
    """Networks of some sizes that cache in some ways."""
    tasks = {
        key: Task(n, networks.CACHES[name], FAST, goal, most_samples=2000)
        for key, (n, name) in choices.items()
    }
    return trainings("tiny", tasks, 3, "digits")


#: Digits to an accuracy that is soon reached.
EASY = Challenge("digits", 64, goal=0.4, required=20)
TINY_LOADS = loads(10, 60, N=60).replicated(3)
TINY = {
    "LvR.1C": TINY_LOADS,
    "LvR.1D": TINY_LOADS,
    "SE.walk": correlated_loads(30, 60, thresholds=(2.0, 5.0), N=60).replicated(3),
    "LvR.1S1": learnt(0.0, math.inf, P=40, N=40).replicated(3),
    "LvR.2S1": spiking_loads((1, 2), neurons=2).replicated(3),
    "LvR.3": scan(40, TINY_GRID, max_epochs=60).replicated(3),
    "LvR.3S1": scan(40, TINY_GRID, max_epochs=60).replicated(3),
    **dict.fromkeys(("LvR.2B", "LvR.2C", "LvR.4B"), by_trigger(60, 60).replicated(4)),
    "LvR.5a": networks.of_rates((1.0, 2.0), 0.8, 4000, 3, "digits"),
    "LvR.5b": tiny_networks({name: (10, name) for name in networks.CACHES}, 0.6),
    "LvR.5c": tiny_networks(
        {(n, name): (n, name) for n in (9, 11) for name in (networks.PLAIN, "cached, 0.005")}, 0.85
    ),
    "CP.1a": network_sizes.of_rates((10, 20), (0.03, 0.06), 0.6, 3, "digits"),
    **dict.fromkeys(("CP.1b", "CP.1c"), network_sizes.of_sizes((10, 100, 200), 0.6, 3, "digits")),
    "CP.6": trainings(
        "tiny variants",
        {
            (name, n): dataclasses.replace(
                task, hidden=20, goal=0.4, savers=() if n is None else (Subnet(n),)
            )
            for name, task in network_sizes.VARIANTS.items()
            for n in (None, 5, 10)
        },
        3,
        "digits",
    ),
    **dict.fromkeys(("CP.2a", "CP.2c", "CP.5"), masked(EASY, (20, 40, 80), (10, 20), replicas=2)),
    "CP.2b": drawn((100, 300), replicas=2),
    **dict.fromkeys(
        ("CP.3a", "CP.3b"), competing(EASY, (20, 40), (0.2, 0.5), (0.5,), (0.5,), replicas=2)
    ),
    "CP.3d": saturated(EASY, 5, (0.3,), 200, None, replicas=2),
    "CP.4a": saving.by_threshold("digits", 30, 0.4, (0.01, 0.02), 5000, replicas=3),
    "CP.4b": saving.by_width("digits", (5, 10), 5, 0.4, 0.01, replicas=3),
    "REV.1": saving.with_all_rules("digits", 0.5, replicas=3),
    "SE.lazy": saving.by_images("digits", (100, 400), 0.5, 1200, replicas=3),
    "LvR.6": power(60, 60, threshold=3.0, tau=30.0, epochs=12).replicated(4),
}


def tiny(name):
    """The figure with simulations of a fraction of a second."""
    return dataclasses.replace(FIGURES[name], full=Setting(TINY[name], "tiny"))


def records(figure, seed=0):
    return [figure.full.experiment.record(seed, replica) for replica in range(figure.full.replicas)]
