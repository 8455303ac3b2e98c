"""REV on savers together: how far what they save multiplies."""

import math

from montecarlo.datasets import DataName
from theory.crosscheck.chapters.networks.experiments import TAU, Trainings
from theory.crosscheck.chapters.savings.experiments import (
    SETUPS,
    Setup,
    alone_and_together,
    energy_ratio,
)
from theory.crosscheck.chapters.sources import REVIEW
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.statements import Comparison

ALONE = ("skip", "subnet", "largest", "cache")
ENERGY_SYMBOLS = {"updates": "M_0", "path": "M_1"}


def _all_savers(setup: Setup) -> Experiment:
    return alone_and_together(setup.data, setup.goal)


def _saved(setup: Setup, runs: Trainings, saver: str, energy: str) -> float:
    """Logarithm of the energy without savers over that with one."""
    return math.log(energy_ratio(runs["plain"], runs[saver], energy, setup.goals))


def _beyond(setup: Setup, energy: str, low: float, high: float) -> Comparison:
    """What all savers save beyond the best of them, as logarithms."""
    return Comparison(
        f"log of {ENERGY_SYMBOLS[energy]} saved by all savers, over that of the best alone, "
        f"on {setup.data}",
        _all_savers(setup),
        observed=lambda runs: _saved(setup, runs, "all", energy),
        predicted=lambda runs: max(_saved(setup, runs, saver, energy) for saver in ALONE),
        low=low,
        high=high,
        wrong=(0.7, 1.8),
        slow=True,
    )


def _product(setup: Setup, energy: str) -> Comparison:
    """What all savers save, over the product of what they save alone, as logarithms."""
    return Comparison(
        f"log of {ENERGY_SYMBOLS[energy]} saved by all savers, over 0.8 of the sum for each, "
        f"on {setup.data}",
        _all_savers(setup),
        observed=lambda runs: _saved(setup, runs, "all", energy),
        predicted=lambda runs: 0.8 * sum(_saved(setup, runs, saver, energy) for saver in ALONE),
        low=0.8,
        high=1.2,
        wrong=(0.6, 1.25 / 0.8),
        slow=True,
    )


def _at_the_end(setup: Setup) -> Claim:
    inefficiency = {"digits": 8.5, "mnist": 30.0}[setup.data]
    return Claim(
        id="REV.caching",
        statement="The maximum saving is achieved when all updates can be accumulated in the "
        "transient memory at no cost and are only consolidated at the end of learning: the energy "
        "is then 1-2 orders of magnitude smaller.",
        source=f"{REVIEW}, Saving method III",
        kind=Kind.EMPIRICAL,
        simulation=(
            Comparison(
                f"M_1 over that of going straight to the final weights, over {inefficiency:g}, "
                f"{setup.goal:.0%} on {setup.data}",
                _all_savers(setup),
                observed=lambda runs: runs["plain"].path,
                predicted=lambda runs: inefficiency * runs["plain"].direct,
                low=0.8,
                high=1.25,
                wrong=(0.5, 2.0),
                slow=True,
            ),
        ),
        remark="Of MNIST, where 120 hidden units save 30 times at 90%; the digits, learnt to "
        "83% in an eighth of the presentations, save 8.5 times.",
    )


def _complementary(setup: Setup) -> Claim:
    return Claim(
        id="REV.complement",
        statement="Each saving algorithm addresses a different inefficiency: skipping the samples, "
        "competition the synapses, caching the path. This complementarity opens the possibility to "
        "combine them.",
        source=f"{REVIEW}, Outlook",
        kind=Kind.EMPIRICAL,
        figures=("REV.1",),
        simulation=(_beyond(setup, "updates", 1.03, 1.35), _beyond(setup, "path", 1.03, 1.6)),
        remark="How far their savings multiply says SE.complement.",
    )


def _powers(setup: Setup) -> Claim:
    return Claim(
        id="SE.complement",
        statement="Lazy learning, a subnet, competition and caching save together about the power "
        "0.8 of the product of what each saves alone, by either energy.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("REV.1",),
        simulation=(_product(setup, "updates"), _product(setup, "path")),
        remark="The largest 10% of the changes, a subnet of a quarter of the hidden units, LvR's "
        f"decay time of {TAU:g} presentations; maintenance is not counted.",
    )


def claims(data: DataName) -> tuple[Claim, ...]:
    """What REV says on savers together, judged on some data."""
    setup = SETUPS[data]
    return (_at_the_end(setup), _complementary(setup), _powers(setup))


CLAIMS = claims("digits")
