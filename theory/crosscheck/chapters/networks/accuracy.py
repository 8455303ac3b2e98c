"""LvR on networks: energy against accuracy, learning rate, caching and size (Fig. 5)."""

from __future__ import annotations

import dataclasses
import math

from montecarlo.network.design import LVR as PUBLISHED
from montecarlo.runs import Task
from montecarlo.savers import Cache
from theory.crosscheck.chapters.networks.experiments import DATA, NetworkRun, trainings
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.simulation import Comparison
from theory.crosscheck.legs.verdict import Verdict

LVR = "LvR, Synaptic caching in multilayer networks"

#: Learning rates: LvR's on MNIST and a faster one on digits, and others for LvR's Fig. 5a.
RATE = {"digits": 0.5, "mnist": 0.1}[DATA]
LOW, HIGHER, TOO_HIGH = {"digits": (0.5, 1.0, 2.0), "mnist": (0.03, 0.1, 1.0)}[DATA]
#: The accuracy at which energies of different rates are compared.
COMPARED = {"digits": 0.9, "mnist": 0.85}[DATA]
RATES = trainings(
    "at LvR's rates",
    {
        rate: Task(
            design=dataclasses.replace(PUBLISHED, learning_rate=rate),
            goal=0.95 if rate == RATE else COMPARED,
        )
        for rate in (LOW, HIGHER, TOO_HIGH)
    },
    replicas=24,
)
#: Too few hidden units, enough and many, the accuracy they are to reach, and how long few try.
TOO_FEW, ENOUGH, MANY = {"digits": (4, 8, 100), "mnist": (5, 15, 100)}[DATA]
ACCURACY = 0.85
VAIN = {"digits": 14_000, "mnist": 60_000}[DATA]
#: Hidden units that are few and more, and a higher accuracy, at which the few have become too few.
FEW, MORE = {"digits": (5, 10), "mnist": (15, 30)}[DATA]
MODEST, HIGHER_ACCURACY = {"digits": (0.7, 0.85), "mnist": (0.85, 0.93)}[DATA]


def _of_sizes(name: str, goal: float, sizes: tuple[int, ...]) -> Experiment:
    design = dataclasses.replace(PUBLISHED, learning_rate=RATE)
    tasks = {n: Task(n, (), design, goal, VAIN if n == TOO_FEW else 200_000) for n in sizes}
    return trainings(name, tasks, replicas=16)


HIDDEN_UNITS = _of_sizes("of LvR's sizes", ACCURACY, (TOO_FEW, ENOUGH, MANY))
FEW_UNITS = _of_sizes("of few hidden units", HIGHER_ACCURACY, (FEW, MORE))
#: Caching for 500 samples: without it, with weights consolidated once, and with all at once.
CACHED = trainings(
    "caching for a while",
    {
        name: Task(30, savers, PUBLISHED, goal=math.inf, most_samples=500)
        for name, savers in {
            "without": (),
            "once": (Cache(math.inf),),
            "at once": (Cache(0.0, 1000),),
        }.items()
    },
    replicas=8,
)


def _rate(run: NetworkRun, low: float, high: float) -> float:
    """How fast log M_1 grows with accuracy."""
    first, last = run.until(low), run.until(high)
    gain = last.curve.accuracy[-1] - first.curve.accuracy[-1]
    return math.log(last.path / first.path) / float(gain)


def _power(run: NetworkRun, low: float, high: float) -> float:
    """How fast log M_1 grows with minus the log of the error."""
    first, last = run.until(low), run.until(high)
    errors = 1 - first.curve.accuracy[-1], 1 - last.curve.accuracy[-1]
    return math.log(last.path / first.path) / math.log(errors[0] / errors[1])


def _over_minimum(
    accuracy: float, predicted: float, low: float, high: float, wrong: tuple[float, ...] = ()
) -> Comparison:
    return Comparison(
        f"M_1 over its minimum at an accuracy of {accuracy:.0%}, over {predicted:g}, on {DATA}",
        RATES,
        observed=lambda runs: runs[RATE].until(accuracy).inefficiency,
        predicted=lambda _: predicted,
        low=low,
        high=high,
        wrong=wrong,
    )


CLAIMS = (
    Claim(
        id="LvR.fig5a",
        statement="The energy is independent of the learning rate if that is small, and goes up "
        "at larger rates.",
        source=f"{LVR}, Fig. 5a",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            Comparison(
                f"M_1 to {COMPARED:.0%} at eta = {HIGHER:g} over that at {LOW:g}, on {DATA}",
                RATES,
                observed=lambda runs: runs[HIGHER].until(COMPARED).path,
                predicted=lambda runs: runs[LOW].until(COMPARED).path,
                low=0.9,
                high=1.4,
                wrong=(HIGHER / LOW, LOW / HIGHER),
            ),
            Comparison(
                f"M_1 to {COMPARED:.0%} at eta = {TOO_HIGH:g} over that at {LOW:g}, on {DATA}",
                RATES,
                observed=lambda runs: runs[TOO_HIGH].until(COMPARED).path,
                predicted=lambda runs: runs[LOW].until(COMPARED).path,
                low=1.1,
                high=4.0,
                wrong=(4.0,),
            ),
        ),
        remark="On digits energies agree within 10% from 0.02 to 0.5; on MNIST M_1 is 33 thousand "
        "at 0.01, 37 at 0.03, 46 at 0.1 and 77 at 1. At 3 networks never learn MNIST to 90%, and "
        "at 5 learning digits takes twice the energy.",
    ),
    Claim(
        id="LvR.fig5a-exponential",
        statement="Energy rises approximately exponentially with accuracy.",
        source=f"{LVR}, Fig. 5a",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            Comparison(
                f"growth rate of log M_1 from 80% to 95% over that from 50% to 80%, on {DATA}",
                RATES,
                observed=lambda runs: _rate(runs[RATE], 0.8, 0.95),
                predicted=lambda runs: _rate(runs[RATE], 0.5, 0.8),
                low=0.5,
                high=2.0,
            ),
        ),
        expected=Verdict.FAILS,
        remark="Each percent costs a larger factor than the one before: the growth rate is four "
        "to five times as high. Between 90% and 96% of MNIST alone an exponential fits.",
        correction="SE.energy-accuracy",
    ),
    Claim(
        id="SE.energy-accuracy",
        statement="Energy rises nearly as a power of the inverse error, with an exponent that "
        "itself rises: from 0.5 between 50% and 80% to 0.7 between 80% and 95% on digits, and from "
        "1.1 to 1.8 on MNIST.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            Comparison(
                f"exponent from 80% to 95%, on {DATA}",
                RATES,
                observed=lambda runs: _power(runs[RATE], 0.8, 0.95),
                predicted=lambda _: {"digits": 0.66, "mnist": 1.83}[DATA],
                low=0.75,
                high=1.3,
                wrong=(0.55, 1.8),
            ),
            Comparison(
                f"exponent from 80% to 95% over that from 50% to 80%, on {DATA}",
                RATES,
                observed=lambda runs: _power(runs[RATE], 0.8, 0.95),
                predicted=lambda runs: _power(runs[RATE], 0.5, 0.8),
                low=0.8,
                high=2.0,
                wrong=(1 / 3, 3.0),
            ),
        ),
        remark="If the energy were exponential, the exponents would have a ratio of a third.",
    ),
    Claim(
        id="LvR.fig5b",
        statement="Learning without caching expends at least about 20 times more energy than the "
        "minimum, whatever the accuracy.",
        source=f"{LVR}, Fig. 5b",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5b",),
        simulation=(
            _over_minimum(0.95, 20, low=0.95, high=2.5, wrong=(3.0,)),
            _over_minimum(0.8, 20, low=0.95, high=2.5),
        ),
        expected=Verdict.FAILS,
        remark="At 95% it does, at 80% it does not. The authors' script sends the error back "
        "without the slope of the output, y(1 - y), and then needs half the samples and more "
        "energy; M_1 is then 11 times the minimum at 80% of MNIST, 19 times at 90% and 34 times "
        "at 95%: no more in favour of the sentence.",
        correction="SE.network-inefficiency",
    ),
    Claim(
        id="SE.network-inefficiency",
        statement="The inefficiency of a network grows with accuracy: on MNIST M_1 is 12 times its "
        "minimum at 80%, 20 times at 90% and 39 times at 95%; on digits 16, 17 and 21 times.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5b",),
        simulation=tuple(
            _over_minimum(
                accuracy,
                {"digits": on_digits, "mnist": on_mnist}[DATA],
                low=0.9,
                high=1.1,
                wrong=(0.75, 4 / 3),
            )
            for accuracy, on_digits, on_mnist in (
                (0.8, 15.6, 11.9),
                (0.9, 17.4, 20.2),
                (0.95, 21.4, 38.5),
            )
        ),
        remark="On digits at eta = 0.5; at 0.1 they have 18, 20 and 22, and more at first: 25 at "
        "50%. Networks of CP have 8, 12 and 20 on digits, and 16, 31 and 78 on MNIST.",
    ),
    Claim(
        id="LvR.fig5b-caching",
        statement="With synaptic caching the energy of a network ranges from as little as the "
        "minimum to as much as the energy required without caching.",
        source=f"{LVR}, Fig. 5b",
        kind=Kind.LIMIT,
        figures=("LvR.5b",),
        simulation=(
            Comparison(
                f"M_1 if consolidated once over the minimum without caching, on {DATA}",
                CACHED,
                observed=lambda runs: runs["once"].path,
                predicted=lambda runs: runs["without"].direct,
                low=0.9999,
                high=1.0001,
                wrong=(0.9, 1.1),
            ),
            Comparison(
                f"M_1 if consolidated at once over that without caching, on {DATA}",
                CACHED,
                observed=lambda runs: runs["at once"].path,
                predicted=lambda runs: runs["without"].path,
                low=0.9999,
                high=1.0001,
                wrong=(0.9, 1.1),
            ),
        ),
        remark="The minimum asks for transient weights that neither decay nor cost anything; "
        "learning is then the same, sample by sample.",
    ),
    Claim(
        id="LvR.fig5c",
        statement="The network fails to reach the desired accuracy if the number of hidden units "
        "is too small, and very large networks require more energy: there is an optimal number, "
        "which is larger for higher accuracy.",
        source=f"{LVR}, Fig. 5c",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5c",),
        simulation=(
            Comparison(
                f"runs that do not reach {ACCURACY:.0%} with {TOO_FEW} hidden units in {VAIN} "
                f"samples, on {DATA}",
                HIDDEN_UNITS,
                observed=lambda runs: float(not runs[TOO_FEW].learnt),
                predicted=lambda _: 1.0,
            ),
            Comparison(
                f"M_1 spent on that in vain over that with {ENOUGH} hidden units, on {DATA}",
                HIDDEN_UNITS,
                observed=lambda runs: runs[TOO_FEW].path,
                predicted=lambda runs: runs[ENOUGH].path,
                low=1.0,
                high=3.0,
                wrong=(4.0,),
                slow=True,
            ),
            Comparison(
                f"M_1 with {MANY} over that with {ENOUGH} hidden units, on {DATA}",
                HIDDEN_UNITS,
                observed=lambda runs: runs[MANY].path,
                predicted=lambda runs: runs[ENOUGH].path,
                low=1.5,
                high=6.0,
                wrong=(0.2,),
            ),
            Comparison(
                f"M_1 with {FEW} over that with {MORE} hidden units, to {HIGHER_ACCURACY:.0%} over "
                f"to {MODEST:.0%}, on {DATA}",
                FEW_UNITS,
                observed=lambda runs: runs[FEW].path / runs[MORE].path,
                predicted=lambda runs: runs[FEW].until(MODEST).path / runs[MORE].until(MODEST).path,
                low=1.05,
                high=3.5,
                wrong=(4.0,),
                slow=True,
            ),
        ),
        remark="On MNIST about 15 hidden units are best for 85% and 25 for 93%; on digits 5 to 10 "
        "for 70%, 8 to 10 for 85% and 10 to 12 for 95%.",
    ),
)
