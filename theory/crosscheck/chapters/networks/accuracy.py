"""LvR on networks: energy against accuracy, at some learning rates and with caching (Fig. 5)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from montecarlo.datasets import DataName
from montecarlo.training import Training
from theory.crosscheck.chapters.networks.experiments import PLAIN, lvr_caches, lvr_rates
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.verdict import Verdict

MULTILAYER = "LvR, Synaptic caching in multilayer networks"


@dataclass(frozen=True)
class LvRScale:
    """Where LvR's networks are judged on some data.

    Attributes
    ----------
    data : {"digits", "mnist"}
    rate : float
        Learning rate: LvR's on MNIST and a faster one on digits.
    rates : (float, float, float)
        A low, a higher and a too high learning rate.
    compared : float
        Accuracy at which their energies are compared.
    """

    data: DataName
    rate: float
    rates: tuple[float, float, float]
    compared: float

    @property
    def by_rate(self) -> Experiment:
        """Networks at all learning rates; one of them learns on, to 95%."""
        return lvr_rates(
            self.data, {rate: 0.95 if rate == self.rate else self.compared for rate in self.rates}
        )


LVR_SCALES: Mapping[DataName, LvRScale] = {
    "digits": LvRScale("digits", 0.5, rates=(0.5, 1.0, 2.0), compared=0.9),
    "mnist": LvRScale("mnist", 0.1, rates=(0.03, 0.1, 1.0), compared=0.85),
}


def _rate(run: Training, low: float, high: float) -> float:
    """How fast log M_1 grows with accuracy."""
    first, last = run.until(low), run.until(high)
    return math.log(last.path / first.path) / float(last.accuracy[-1] - first.accuracy[-1])


def _power(run: Training, low: float, high: float) -> float:
    """How fast log M_1 grows with minus the log of the error."""
    first, last = run.until(low), run.until(high)
    errors = (1 - first.accuracy[-1]) / (1 - last.accuracy[-1])
    return math.log(last.path / first.path) / math.log(errors)


def _faster(
    scale: LvRScale, rate: float, low: float, high: float, wrong: tuple[float, ...]
) -> Comparison:
    """The energy at a learning rate over that at the lowest."""
    least, goal = scale.rates[0], scale.compared
    return Comparison(
        f"M_1 to {goal:.0%} at eta = {rate:g} over that at {least:g}, on {scale.data}",
        scale.by_rate,
        observed=lambda runs: runs[rate].until(goal).path,
        predicted=lambda runs: runs[least].until(goal).path,
        low=low,
        high=high,
        wrong=wrong,
    )


def _over_minimum(
    scale: LvRScale,
    accuracy: float,
    predicted: float,
    low: float,
    high: float,
    wrong: tuple[float, ...] = (),
) -> Comparison:
    return Comparison(
        f"M_1 over its minimum at an accuracy of {accuracy:.0%}, over {predicted:g}, "
        f"on {scale.data}",
        scale.by_rate,
        observed=lambda runs: runs[scale.rate].until(accuracy).inefficiency,
        predicted=lambda _: predicted,
        low=low,
        high=high,
        wrong=wrong,
    )


def _learning_rate(scale: LvRScale) -> Claim:
    low, higher, too_high = scale.rates
    return Claim(
        id="LvR.fig5a",
        statement="The energy is independent of the learning rate if that is small, and goes up "
        "at larger rates.",
        source=f"{MULTILAYER}, Fig. 5a",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            _faster(scale, higher, low=0.9, high=1.4, wrong=(higher / low, low / higher)),
            _faster(scale, too_high, low=1.1, high=4.0, wrong=(4.0,)),
        ),
        remark="On digits energies agree within 10% from 0.02 to 0.5; on MNIST M_1 is 33 thousand "
        "at 0.01, 37 at 0.03, 46 at 0.1 and 77 at 1. At 3 networks never learn MNIST to 90%, and "
        "at 5 learning digits takes twice the energy.",
    )


def _exponential(scale: LvRScale) -> Claim:
    return Claim(
        id="LvR.fig5a-exponential",
        statement="Energy rises approximately exponentially with accuracy.",
        source=f"{MULTILAYER}, Fig. 5a",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            Comparison(
                "growth rate of log M_1 from 80% to 95% over that from 50% to 80%, "
                f"on {scale.data}",
                scale.by_rate,
                observed=lambda runs: _rate(runs[scale.rate], 0.8, 0.95),
                predicted=lambda runs: _rate(runs[scale.rate], 0.5, 0.8),
                low=0.5,
                high=2.0,
            ),
        ),
        expected=Verdict.FAILS,
        remark="Each percent costs a larger factor than the one before: the growth rate is four "
        "to five times as high. Between 90% and 96% of MNIST alone an exponential fits.",
        correction="SE.energy-accuracy",
    )


def _power_law(scale: LvRScale) -> Claim:
    return Claim(
        id="SE.energy-accuracy",
        statement="Energy rises nearly as a power of the inverse error, with an exponent that "
        "itself rises: from 0.5 between 50% and 80% to 0.7 between 80% and 95% on digits, and from "
        "1.1 to 1.8 on MNIST.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            Comparison(
                f"exponent from 80% to 95%, on {scale.data}",
                scale.by_rate,
                observed=lambda runs: _power(runs[scale.rate], 0.8, 0.95),
                predicted=lambda _: {"digits": 0.66, "mnist": 1.83}[scale.data],
                low=0.75,
                high=1.3,
                wrong=(0.55, 1.8),
            ),
            Comparison(
                f"exponent from 80% to 95% over that from 50% to 80%, on {scale.data}",
                scale.by_rate,
                observed=lambda runs: _power(runs[scale.rate], 0.8, 0.95),
                predicted=lambda runs: _power(runs[scale.rate], 0.5, 0.8),
                low=0.8,
                high=2.0,
                wrong=(1 / 3, 3.0),
            ),
        ),
        remark="If the energy were exponential, the exponents would have a ratio of a third.",
    )


def _twenty_times(scale: LvRScale) -> Claim:
    return Claim(
        id="LvR.fig5b",
        statement="Learning without caching expends at least about 20 times more energy than the "
        "minimum, whatever the accuracy.",
        source=f"{MULTILAYER}, Fig. 5b",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5b",),
        simulation=(
            _over_minimum(scale, 0.95, 20, low=0.95, high=2.5, wrong=(3.0,)),
            _over_minimum(scale, 0.8, 20, low=0.95, high=2.5),
        ),
        expected=Verdict.FAILS,
        remark="At 95% it does, at 80% it does not. The authors' script sends the error back "
        "without the slope of the output, y(1 - y), and then needs half the samples and more "
        "energy; M_1 is then 11 times the minimum at 80% of MNIST, 19 times at 90% and 34 times "
        "at 95%: no more in favour of the sentence.",
        correction="SE.network-inefficiency",
    )


def _inefficiency(scale: LvRScale) -> Claim:
    times = {
        "digits": {0.8: 15.6, 0.9: 17.4, 0.95: 21.4},
        "mnist": {0.8: 11.9, 0.9: 20.2, 0.95: 38.5},
    }[scale.data]
    return Claim(
        id="SE.network-inefficiency",
        statement="The inefficiency of a network grows with accuracy: on MNIST M_1 is 12 times its "
        "minimum at 80%, 20 times at 90% and 39 times at 95%; on digits 16, 17 and 21 times.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5b",),
        simulation=tuple(
            _over_minimum(scale, accuracy, predicted, low=0.9, high=1.1, wrong=(0.75, 4 / 3))
            for accuracy, predicted in times.items()
        ),
        remark="On digits at eta = 0.5; at 0.1 they have 18, 20 and 22, and more at first: 25 at "
        "50%. Networks of CP have 8, 12 and 20 on digits, and 16, 31 and 78 on MNIST.",
    )


def _caching(scale: LvRScale) -> Claim:
    once, at_once = "consolidated once", "consolidated at once"
    n = 30
    cached = lvr_caches(scale.data, (n,), (PLAIN, once, at_once), math.inf, most=500)
    return Claim(
        id="LvR.fig5b-caching",
        statement="With synaptic caching the energy of a network ranges from as little as the "
        "minimum to as much as the energy required without caching.",
        source=f"{MULTILAYER}, Fig. 5b",
        kind=Kind.LIMIT,
        figures=("LvR.5b",),
        simulation=(
            Comparison(
                f"M_1 if consolidated once over the minimum without caching, on {scale.data}",
                cached,
                observed=lambda runs: runs[n, once].path,
                predicted=lambda runs: runs[n, PLAIN].direct,
                low=0.9999,
                high=1.0001,
                wrong=(0.9, 1.1),
            ),
            Comparison(
                f"M_1 if consolidated at once over that without caching, on {scale.data}",
                cached,
                observed=lambda runs: runs[n, at_once].path,
                predicted=lambda runs: runs[n, PLAIN].path,
                low=0.9999,
                high=1.0001,
                wrong=(0.9, 1.1),
            ),
        ),
        remark="The minimum asks for transient weights that neither decay nor cost anything; "
        "learning is then the same, sample by sample.",
    )


def claims(data: DataName) -> tuple[Claim, ...]:
    """What LvR says on the energy of networks, judged on some data."""
    scale = LVR_SCALES[data]
    return (
        _learning_rate(scale),
        _exponential(scale),
        _power_law(scale),
        _twenty_times(scale),
        _inefficiency(scale),
        _caching(scale),
    )


CLAIMS = claims("digits")
