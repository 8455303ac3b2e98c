"""CP on caching in networks: their size and the threshold (Fig. 4)."""

import math

from montecarlo.datasets import DataName
from montecarlo.training import Training
from theory.crosscheck.chapters.networks.experiments import TAU
from theory.crosscheck.chapters.savings.experiments import SETUPS, Setup, by_threshold, by_width
from theory.crosscheck.chapters.savings.together import ENERGY_SYMBOLS
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.verdict import Verdict


def _both_widths(setup: Setup) -> Experiment:
    """The same number of presentations in both networks.

    It has less noise than the same accuracy, which the large network reaches a little sooner.
    """
    sizes = (setup.small, setup.large)
    return by_width(setup.data, sizes, setup.small, setup.threshold, math.inf, setup.samples)


def _grown(
    setup: Setup, saver: str, energy: str, exponent: float, low: float, high: float, *wrong: float
) -> Comparison:
    """An energy in the large network over that in the small one."""
    small, large = setup.small, setup.large
    what = {
        "plain": "without caching",
        "cached": "with caching",
        "cached in subnet": "with caching in a subnet",
    }[saver]
    return Comparison(
        f"{ENERGY_SYMBOLS[energy]} {what}, {large} hidden units over {small}, over "
        f"{large / small:g}^{exponent:g}, {setup.samples} presentations, on {setup.data}",
        _both_widths(setup),
        observed=lambda runs: getattr(runs[saver, large], energy),
        predicted=lambda runs: (large / small) ** exponent * getattr(runs[saver, small], energy),
        low=low,
        high=high,
        wrong=wrong,
        slow=True,
    )


def _events(run: Training) -> float:
    """Consolidations, without those at the end."""
    return run.updates - run.synapses


def _widths(setup: Setup) -> Claim:
    return Claim(
        id="CP.caching",
        statement="Synaptic caching saves a substantial amount of energy; M_1 is then virtually "
        "independent of network size.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 4b",
        kind=Kind.EMPIRICAL,
        figures=("CP.4b",),
        simulation=(
            _grown(setup, "plain", "path", 0.5, 0.8, 1.25, 0.5, 2.0),
            _grown(setup, "cached", "path", 0.1, 0.7, 1.3, 0.5, 2.0),
            Comparison(
                f"M_1 without caching over that with it, {setup.large} hidden units, over 20, on "
                f"{setup.data}",
                _both_widths(setup),
                observed=lambda runs: runs["plain", setup.large].path,
                predicted=lambda runs: 20 * runs["cached", setup.large].path,
                low=0.5,
                high=2.0,
                wrong=(1 / 20, 6.0),
                slow=True,
            ),
        ),
        remark="Exponents of 0.22 (digits) and -0.06 (MNIST), 0.54 and 0.49 without caching. "
        "Maintenance is not counted; it grows with the number of synapses.",
    )


def _events_by_width(setup: Setup) -> Claim:
    return Claim(
        id="CP.caching-M0",
        statement="M_0 still increases with network size; restricting transient and persistent "
        "plasticity to a subnet eliminates this increase.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 4b",
        kind=Kind.EMPIRICAL,
        figures=("CP.4b",),
        simulation=(
            _grown(
                setup,
                "cached",
                "updates",
                {"digits": 0.55, "mnist": 0.22}[setup.data],
                0.85,
                1.15,
                {"digits": 0.5, "mnist": 0.7}[setup.data],
                2.0,
            ),
            _grown(setup, "cached in subnet", "updates", 0.0, 0.85, 1.15, 0.7, 4),
        ),
        remark="With a similar dependence as without caching, as CP have it, only where thresholds "
        "are high: SE.cached-events.",
    )


def _similar(setup: Setup) -> Claim:
    return Claim(
        id="CP.caching-M0-similar",
        statement="With caching M_0 increases with a similar dependence on network size as in the "
        "standard network.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 4b",
        kind=Kind.EMPIRICAL,
        figures=("CP.4b",),
        simulation=(_grown(setup, "cached", "updates", 1.0, 0.8, 1.25, 0.5, 2.0),),
        expected=Verdict.FAILS,
        remark="Exponents of 0.55 (digits) and 0.22 (MNIST), at thresholds for which learning is "
        "at most twice as long.",
        correction="SE.cached-events",
    )


def _events_at_the_end(setup: Setup) -> Claim:
    return Claim(
        id="SE.cached-events",
        statement="What grows with network size in M_0 with caching is the consolidation of every "
        "synapse at the end of learning. Before that, the number of consolidations does not "
        "depend on size.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("CP.4b",),
        simulation=(
            Comparison(
                f"consolidations before the end, {setup.large} hidden units over {setup.small}, on "
                f"{setup.data}",
                _both_widths(setup),
                observed=lambda runs: _events(runs["cached", setup.large]),
                predicted=lambda runs: _events(runs["cached", setup.small]),
                low=0.75,
                high=1.25,
                wrong=(0.6, 2.0),
                slow=True,
            ),
        ),
    )


def _thresholds(setup: Setup) -> Claim:
    theta, too_high = setup.threshold, 20 * setup.threshold
    most = 8 * int(TAU)
    thresholds = by_threshold(
        setup.data, setup.small, setup.goal, (theta / 2, theta, too_high), most
    )
    return Claim(
        id="CP.caching-threshold",
        statement="With caching M_0 just counts consolidation events. It is lowest at a high "
        "consolidation threshold; at even higher thresholds learning no longer converges.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 4a",
        kind=Kind.EMPIRICAL,
        figures=("CP.4a",),
        simulation=(
            Comparison(
                f"M_0 at theta = {theta:g} over that at half of it, to {setup.goal:.0%} "
                f"on {setup.data}",
                thresholds,
                observed=lambda runs: runs[theta].updates,
                predicted=lambda runs: runs[theta / 2].updates,
                low={"digits": 0.3, "mnist": 0.2}[setup.data],
                high={"digits": 0.8, "mnist": 0.5}[setup.data],
                wrong=(0.5, 2.5),
                slow=True,
            ),
            Comparison(
                f"best accuracy at theta = {too_high:g} in {most:g} presentations, "
                f"over {setup.goal:.0%}, on {setup.data}",
                thresholds,
                observed=lambda runs: float(runs[too_high].accuracy.max()),
                predicted=lambda _: setup.goal,
                low=0.8,
                high=0.995,
                wrong=(0.75, 1.3),
                slow=True,
            ),
        ),
        remark="Where no synapse ever consolidates, the network knows what transient weights "
        "retain of the last tau presentations, and no more.",
    )


def claims(data: DataName) -> tuple[Claim, ...]:
    """What CP says on caching in networks, judged on some data."""
    setup = SETUPS[data]
    return (
        _widths(setup),
        _events_by_width(setup),
        _similar(setup),
        _events_at_the_end(setup),
        _thresholds(setup),
    )


CLAIMS = claims("digits")
