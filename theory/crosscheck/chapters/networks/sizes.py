"""CP on the energy of plain networks: learning rate and size (Fig. 1), and variants (Fig. 6)."""

from __future__ import annotations

import dataclasses
import math

from montecarlo.network.design import CP as PUBLISHED
from montecarlo.runs import Task
from montecarlo.savers import Subnet
from theory.crosscheck.chapters.common import CP
from theory.crosscheck.chapters.networks.experiments import DATA, VARIANTS, Runs, trainings
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.simulation import Comparison
from theory.crosscheck.legs.verdict import Verdict

#: CP's criterion on MNIST, and one that networks of all sizes reach on digits.
GOAL = {"digits": 0.9, "mnist": 0.95}[DATA]
#: Hidden units of a network and of one that is larger.
SIZE, LARGER = {"digits": (30, 1000), "mnist": (100, 1000)}[DATA]
SIZES = trainings("of CP's sizes", {n: Task(n, goal=GOAL) for n in (SIZE, LARGER)}, replicas=32)
#: Two small learning rates, the best of a few, and one that is too high, for two sizes.
SMALLER, SMALL, BEST, TOO_HIGH = {
    "digits": (0.01, 0.02, 0.08, 0.3),
    "mnist": (0.003, 0.006, 0.02, 0.1),
}[DATA]
APART = {"digits": (30, 400), "mnist": (50, 500)}[DATA]
RATES = trainings(
    "at CP's rates",
    {
        (n, rate): Task(
            n,
            design=dataclasses.replace(PUBLISHED, learning_rate=rate),
            goal=0.9,
            most_samples=20_000,
        )
        for n in APART
        for rate in (SMALLER, SMALL, BEST, TOO_HIGH)
    },
    replicas=24,
)
#: Plastic hidden units of 300 that make a subnet.
SUBNET = {"digits": 30, "mnist": 60}[DATA]


def _with_and_without(names: tuple[str, ...]) -> Experiment:
    tasks = {
        (name, savers != ()): dataclasses.replace(VARIANTS[name], savers=savers)
        for name in names
        for savers in ((), (Subnet(SUBNET),))
    }
    return trainings(f"with and without subnets, {', '.join(names)}", tasks, replicas=16)


PUBLISHED_SAVING = _with_and_without(("as published",))
SAVINGS = _with_and_without(tuple(VARIANTS))


def _exponent(runs: Runs, quantity: str) -> float:
    """Of the power law by which a quantity grows with the number of hidden units."""
    large, small = (getattr(runs[n], quantity) for n in (LARGER, SIZE))
    return math.log(large / small) / math.log(LARGER / SIZE)


def _growth(
    what: str,
    quantity: str,
    predicted: float,
    low: float,
    high: float,
    wrong: tuple[float, ...] = (),
) -> Comparison:
    return Comparison(
        f"exponent of {what} from {SIZE} to {LARGER} hidden units over {predicted:g}, on {DATA}",
        SIZES,
        observed=lambda runs: _exponent(runs, quantity),
        predicted=lambda _: predicted,
        low=low,
        high=high,
        wrong=wrong,
    )


def _saving(runs: Runs, name: str, quantity: str) -> float:
    plain, subnet = (getattr(runs[name, with_subnet], quantity) for with_subnet in (False, True))
    return float(plain / subnet)


def _robust(name: str, what: str, quantity: str) -> Comparison:
    return Comparison(
        f"saving of {what} by a subnet, {name}, over that as published, on {DATA}",
        SAVINGS,
        observed=lambda runs: _saving(runs, name, quantity),
        predicted=lambda runs: _saving(runs, "as published", quantity),
        low=0.5,
        high=1.8,
        wrong=(0.25, 4.0),
        slow=True,
    )


def _at_least(n: int, updates: float) -> Comparison:
    return Comparison(
        f"runs with {n} hidden units that need {updates:g} updates or more to {GOAL:.0%}, "
        f"on {DATA}",
        SIZES,
        observed=lambda runs: float(runs[n].updates >= updates),
        predicted=lambda _: 1.0,
    )


def _best(runs: Runs, n: int) -> bool:
    """Whether the rate that is to be the best is."""
    return runs[n, BEST].updates < min(runs[n, rate].updates for rate in (SMALL, TOO_HIGH))


CLAIMS = (
    Claim(
        id="CP.eta-M0",
        statement="If the learning rate is too low, learning takes too long; too high and it fails "
        "to converge. An intermediate rate minimizes the learning time and hence M_0.",
        source=f"{CP}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=tuple(
            Comparison(
                f"runs in which {n} hidden units need less M_0 to 90% at eta = {BEST:g} than at "
                f"{SMALL:g} and {TOO_HIGH:g}, on {DATA}",
                RATES,
                observed=lambda runs, n=n: float(_best(runs, n)),  # type: ignore[misc]
                predicted=lambda _: 1.0,
            )
            for n in APART
        ),
        remark="With 100 hidden units the best rates are 0.05 to 0.1 on digits, and 0.02 to 0.03 "
        "to 95% of MNIST. MNIST is not learnt at 0.1, digits are not at 0.5.",
    ),
    Claim(
        id="CP.eta-M1",
        statement="M_1 is smallest at small learning rates, and there independent of them.",
        source=f"{CP}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=(
            Comparison(
                f"runs in which M_1 to 90% is smaller at eta = {SMALLER:g} than half that at "
                f"{TOO_HIGH:g}, {APART[1]} hidden units, on {DATA}",
                RATES,
                observed=lambda runs: float(
                    runs[APART[1], SMALLER].path < runs[APART[1], TOO_HIGH].path / 2
                ),
                predicted=lambda _: 1.0,
            ),
            Comparison(
                f"M_1 to 90% at eta = {SMALL:g} over that at {SMALLER:g}, {APART[1]} hidden units, "
                f"on {DATA}",
                RATES,
                observed=lambda runs: runs[APART[1], SMALL].path,
                predicted=lambda runs: runs[APART[1], SMALLER].path,
                low=0.7,
                high=1.7,
                wrong=(0.4, 2.5),
                slow=True,
            ),
        ),
        remark="To 95% of MNIST with 100 hidden units M_1 still falls by a fifth from CP's rate, "
        "0.01, to 0.005, and no further to 0.002. At the rate that is best for M_0 it is 1.3 to "
        "1.6 times its minimum.",
    ),
    Claim(
        id="CP.eta-size",
        statement="The optimal learning rate is in good approximation independent of network size.",
        source=f"{CP}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=(
            Comparison(
                f"runs in which eta = {BEST:g} needs less M_0 to 90% than {SMALL:g} and "
                f"{TOO_HIGH:g} both with {APART[0]} and with {APART[1]} hidden units, on {DATA}",
                RATES,
                observed=lambda runs: float(all(_best(runs, n) for n in APART)),
                predicted=lambda _: 1.0,
            ),
        ),
        remark="So it changes by a factor of four at most while size changes by ten or more.",
    ),
    Claim(
        id="CP.fig1b-M0",
        statement="M_0 scales sub-linearly with network size.",
        source=f"{CP}, Fig. 1b",
        kind=Kind.APPROXIMATION,
        figures=("CP.1b",),
        simulation=(_growth("M_0", "updates", 1.0, low=0.5, high=0.95, wrong=(0.6, 2.0)),),
        remark="The paper's figure is lost in the text we have. Measured: 0.77 to 90% of digits, "
        "0.85 to 95%; on MNIST 0.74 from 100 to 1000 and 0.71 from there to 10,000.",
    ),
    Claim(
        id="CP.fig1b-M1",
        statement="M_1 grows approximately with the square root of network size.",
        source=f"{CP}, Fig. 1b",
        kind=Kind.APPROXIMATION,
        figures=("CP.1b",),
        simulation=(_growth("M_1", "path", 0.5, low=0.95, high=1.05),),
        expected=Verdict.FAILS,
        remark="It grows more slowly, as learning time falls. On MNIST the exponent is 0.27 from "
        "100 to 1000 hidden units, with initial weights of standard deviation 0.01 and 0.03 "
        "alike, 0.34 from there to 3000 and 0.46 to 10,000, where the square root begins.",
        correction="SE.M1-size",
    ),
    Claim(
        id="SE.M1-size",
        statement="M_1 grows with network size with an exponent of about 0.3: 0.34 to 90% of "
        "digits from 30 to 1000 hidden units, 0.27 to 95% of MNIST from 100 to 1000.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("CP.1b",),
        simulation=(
            _growth(
                "M_1",
                "path",
                {"digits": 0.34, "mnist": 0.27}[DATA],
                low=0.5,
                high=1.45,
                wrong=(3.2, 0.3),
            ),
        ),
        remark="To 95% of digits it is 0.40, and 0.43 from 100 to 1000.",
    ),
    Claim(
        id="CP.fig1c-T",
        statement="Larger networks learn a bit quicker than smaller ones.",
        source=f"{CP}, Fig. 1c",
        kind=Kind.EMPIRICAL,
        figures=("CP.1c",),
        simulation=(
            Comparison(
                f"presentations with {LARGER} over those with {SIZE} hidden units, on {DATA}",
                SIZES,
                observed=lambda runs: runs[LARGER].samples,
                predicted=lambda runs: runs[SIZE].samples,
                low=0.25,
                high=0.8,
                wrong=(0.25, 3.0),
            ),
        ),
    ),
    Claim(
        id="CP.fig1c-step",
        statement="The mean absolute weight update is smaller in larger networks.",
        source=f"{CP}, Fig. 1c",
        kind=Kind.EMPIRICAL,
        figures=("CP.1c",),
        simulation=(
            _growth(
                "mean abs(dw)",
                "mean_update",
                -0.45,
                low=0.85,
                high=1.15,
                wrong=(0.5, 2.0),
            ),
        ),
        remark="With an exponent of -0.42 on digits and of -0.47 on MNIST up to 1000 hidden units, "
        "-0.37 from there to 3000 and -0.26 to 10,000.",
    ),
    Claim(
        id="CP.1e8",
        statement="Learning MNIST to 95% accuracy requires at least 1e8 synaptic updates.",
        source=f"{CP}, Abstract",
        kind=Kind.EMPIRICAL,
        simulation=tuple(_at_least(n, {"digits": 4e6, "mnist": 1e8}[DATA]) for n in (SIZE, LARGER)),
        remark="The figure is about MNIST, whose plain networks need 3e9 at least, with 50 to 100 "
        "hidden units. Digits have a figure of their own, 4e6 to 90%.",
    ),
    Claim(
        id="CP.fig6",
        statement="The savings are not substantially affected by the mean of the data, rectified "
        "linear units, the loss, or a cost of potentiation only.",
        source=f"{CP}, Methods and Fig. 6",
        kind=Kind.EMPIRICAL,
        figures=("CP.6",),
        simulation=(
            Comparison(
                f"saving of M_1 by a subnet if only potentiation costs, over that if both do, "
                f"on {DATA}",
                PUBLISHED_SAVING,
                observed=lambda runs: _saving(runs, "as published", "upward"),
                predicted=lambda runs: _saving(runs, "as published", "path"),
                low=0.95,
                high=1.05,
                wrong=(0.9, 1.1),
            ),
            *(
                _robust(name, what, quantity)
                for name in ("raw inputs", "ReLU", "cross-entropy")
                for what, quantity in (("M_0", "updates"), ("M_1", "path"))
            ),
        ),
        remark="A subnet of a tenth or a fifth of 300 hidden units, trained to 90%. Saving by "
        "largest updates is not as robust: on digits it lowers M_1 by 1.8 with cross-entropy, and "
        "raises it otherwise.",
    ),
)
