"""REV on savers together: how far what they save multiplies."""

import math

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


ALL_TOGETHER, TOGETHER_ON_DIGITS = SETUPS["mnist"], SETUPS["digits"]


def _all_savers(setup: Setup) -> Experiment:
    return alone_and_together(setup.data, setup.goal)


def _saved(setup: Setup, runs: Trainings, saver: str, energy: str) -> float:
    """The energy without savers over that with one."""
    return energy_ratio(runs["plain"], runs[saver], energy, setup.goals)


def _beyond(energy: str) -> Comparison:
    """What all savers save beyond the best of them."""
    return Comparison(
        f"{ENERGY_SYMBOLS[energy]} saved by all savers, over that of the best alone",
        _all_savers(ALL_TOGETHER),
        observed=lambda runs: _saved(ALL_TOGETHER, runs, "all", energy),
        predicted=lambda runs: max(_saved(ALL_TOGETHER, runs, saver, energy) for saver in ALONE),
        words="more",
        where="MNIST",
        slow=True,
    )


def _product(energy: str) -> Comparison:
    """What all savers save, over the product of what they save alone, as logarithms."""
    return Comparison(
        f"log of {ENERGY_SYMBOLS[energy]} saved by all savers, over 0.8 of the sum for each",
        _all_savers(TOGETHER_ON_DIGITS),
        observed=lambda runs: math.log(_saved(TOGETHER_ON_DIGITS, runs, "all", energy)),
        predicted=lambda runs: (
            0.8 * sum(math.log(_saved(TOGETHER_ON_DIGITS, runs, saver, energy)) for saver in ALONE)
        ),
        words="about",
        slow=True,
    )


def _nearest(factor: float) -> float:
    """In the range of one or two orders of magnitude."""
    return min(max(factor, 10.0), 100.0)


CLAIMS = (
    Claim(
        id="REV.caching",
        statement="The maximum saving is achieved when all updates can be accumulated in the "
        "transient memory at no cost and are only consolidated at the end of learning: the energy "
        "is then 1-2 orders of magnitude smaller.",
        source=f"{REVIEW}, Saving method III",
        kind=Kind.EMPIRICAL,
        simulation=(
            Comparison(
                "M_1 over that of going straight to the final weights, over 10 to 100",
                _all_savers(ALL_TOGETHER),
                observed=lambda runs: runs["plain"].inefficiency,
                predicted=lambda runs: _nearest(runs["plain"].inefficiency),
                words="orders of magnitude",
                where=f"MNIST, {ALL_TOGETHER.large} hidden units to {ALL_TOGETHER.goal:.0%}",
                slow=True,
            ),
        ),
        remark="What is within the range is compared with itself. The digits, learnt to 83% in an "
        "eighth of the presentations, save 8.5 times.",
    ),
    Claim(
        id="REV.complement",
        statement="Each saving algorithm addresses a different inefficiency: skipping the "
        "samples, competition the synapses, caching the path. Combined they save more than the "
        "best of them.",
        source=f"{REVIEW}, Outlook",
        kind=Kind.EMPIRICAL,
        figures=("REV.1",),
        simulation=(_beyond("updates"), _beyond("path")),
        remark="How far their savings multiply says SE.complement.",
    ),
    Claim(
        id="SE.complement",
        statement="On the 8 x 8 digits lazy learning, a subnet, competition and caching save "
        "together about the power 0.8 of the product of what each saves alone, by either energy.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("REV.1",),
        simulation=(_product("updates"), _product("path")),
        remark="The largest 10% of the changes, a subnet of a quarter of the hidden units, LvR's "
        f"decay time of {TAU:g} presentations; maintenance is not counted.",
    ),
)
