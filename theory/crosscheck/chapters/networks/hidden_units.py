"""LvR on networks: energy against the number of hidden units (Fig. 5c)."""

from collections.abc import Mapping
from dataclasses import dataclass

from montecarlo.datasets import DataName
from theory.crosscheck.chapters.networks.accuracy import LVR_SCALES, MULTILAYER
from theory.crosscheck.chapters.networks.experiments import lvr_sizes
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison


@dataclass(frozen=True)
class WidthScale:
    """Which numbers of hidden units are compared on some data.

    Attributes
    ----------
    data : {"digits", "mnist"}
    rate : float
        Learning rate.
    sizes : (int, int, int)
        Too few hidden units to 85%, enough and many.
    vain : int
        Presentations for which too few try.
    few, more : int
        Hidden units that both reach the high accuracy.
    modest, high : float
        Accuracies. Few hidden units have become too few at the high one.
    """

    data: DataName
    rate: float
    sizes: tuple[int, int, int]
    vain: int
    few: int
    more: int
    modest: float
    high: float


WIDTH_SCALES: Mapping[DataName, WidthScale] = {
    "digits": WidthScale(
        "digits", LVR_SCALES["digits"].rate, (4, 8, 100), 14_000, 5, 10, modest=0.7, high=0.85
    ),
    "mnist": WidthScale(
        "mnist", LVR_SCALES["mnist"].rate, (5, 15, 100), 60_000, 15, 30, modest=0.85, high=0.93
    ),
}


def _size(scale: WidthScale) -> Claim:
    return Claim(
        id="LvR.fig5c",
        statement="The network fails to reach the desired accuracy if the number of hidden units "
        "is too small, and very large networks require more energy: there is an optimal number, "
        "which is larger for higher accuracy.",
        source=f"{MULTILAYER}, Fig. 5c",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5c",),
        simulation=(*_of_sizes(scale), _of_few_units(scale)),
        remark="On MNIST about 15 hidden units are best for 85% and 25 for 93%; on digits 5 to 10 "
        "for 70%, 8 to 10 for 85% and 10 to 12 for 95%.",
    )


def _of_sizes(scale: WidthScale) -> tuple[Comparison, ...]:
    too_few, enough, many = scale.sizes
    goal = 0.85
    limits = {too_few: scale.vain, enough: 200_000, many: 200_000}
    sizes = lvr_sizes(scale.data, scale.rate, goal, limits)
    return (
        Comparison(
            f"runs that do not reach {goal:.0%} with {too_few} hidden units in {scale.vain} "
            f"samples, on {scale.data}",
            sizes,
            observed=lambda runs: float(not runs[too_few].learnt),
            predicted=lambda _: 1.0,
        ),
        Comparison(
            f"M_1 spent on that in vain over that with {enough} hidden units, on {scale.data}",
            sizes,
            observed=lambda runs: runs[too_few].path,
            predicted=lambda runs: runs[enough].path,
            low=1.0,
            high=3.0,
            wrong=(4.0,),
            slow=True,
        ),
        Comparison(
            f"M_1 with {many} over that with {enough} hidden units, on {scale.data}",
            sizes,
            observed=lambda runs: runs[many].path,
            predicted=lambda runs: runs[enough].path,
            low=1.5,
            high=6.0,
            wrong=(0.2,),
        ),
    )


def _of_few_units(scale: WidthScale) -> Comparison:
    few, more, modest = scale.few, scale.more, scale.modest
    return Comparison(
        f"M_1 with {few} over that with {more} hidden units, to {scale.high:.0%} over to "
        f"{modest:.0%}, on {scale.data}",
        lvr_sizes(scale.data, scale.rate, scale.high, {few: 200_000, more: 200_000}),
        observed=lambda runs: runs[few].path / runs[more].path,
        predicted=lambda runs: runs[few].until(modest).path / runs[more].until(modest).path,
        low=1.05,
        high=3.5,
        wrong=(4.0,),
        slow=True,
    )


def claims(data: DataName) -> tuple[Claim, ...]:
    """What LvR says on the size of networks, judged on some data."""
    return (_size(WIDTH_SCALES[data]),)


CLAIMS = claims("digits")
