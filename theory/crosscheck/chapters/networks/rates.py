"""CP on the energy of plain networks at different learning rates (Fig. 1a)."""

from collections.abc import Mapping
from dataclasses import dataclass

from montecarlo.datasets import DataName
from theory.crosscheck.chapters.networks.experiments import Trainings, cp_rates
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.statements import Comparison


@dataclass(frozen=True)
class RateScale:
    """At which learning rates CP's networks are judged on some data.

    Attributes
    ----------
    data : {"digits", "mnist"}
    smaller, small, best, too_high : float
        Two rates that are small, the best of a few and one that is too high.
    sizes : (int, int)
        Hidden units of a small and of a large network.
    """

    data: DataName
    smaller: float
    small: float
    best: float
    too_high: float
    sizes: tuple[int, int]

    @property
    def experiment(self) -> Experiment:
        """Both networks at all rates."""
        rates = (self.smaller, self.small, self.best, self.too_high)
        return cp_rates(self.data, self.sizes, rates, goal=0.9, most=20_000)

    def confirmed(self, runs: Trainings, n: int) -> bool:
        """Whether the rate that is to be the best for a network is."""
        others = (runs[n, rate].updates for rate in (self.small, self.too_high))
        return bool(runs[n, self.best].updates < min(others))


RATE_SCALES: Mapping[DataName, RateScale] = {
    "digits": RateScale("digits", 0.01, 0.02, 0.08, 0.3, sizes=(30, 400)),
    "mnist": RateScale("mnist", 0.003, 0.006, 0.02, 0.1, sizes=(50, 500)),
}


def _intermediate(scale: RateScale) -> Claim:
    def of_size(n: int) -> Comparison:
        return Comparison(
            f"runs in which {n} hidden units need less M_0 to 90% at eta = {scale.best:g} than at "
            f"{scale.small:g} and {scale.too_high:g}, on {scale.data}",
            scale.experiment,
            observed=lambda runs: float(scale.confirmed(runs, n)),
            predicted=lambda _: 1.0,
        )

    return Claim(
        id="CP.eta-M0",
        statement="If the learning rate is too low, learning takes too long; too high and it fails "
        "to converge. An intermediate rate minimizes the learning time and hence M_0.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=tuple(map(of_size, scale.sizes)),
        remark="With 100 hidden units the best rates are 0.05 to 0.1 on digits, and 0.02 to 0.03 "
        "to 95% of MNIST. MNIST is not learnt at 0.1, digits are not at 0.5.",
    )


def _small(scale: RateScale) -> Claim:
    smaller, small, too_high, n = scale.smaller, scale.small, scale.too_high, scale.sizes[1]
    return Claim(
        id="CP.eta-M1",
        statement="M_1 is smallest at small learning rates, and there independent of them.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=(
            Comparison(
                f"runs in which M_1 to 90% is smaller at eta = {smaller:g} than half that at "
                f"{too_high:g}, {n} hidden units, on {scale.data}",
                scale.experiment,
                observed=lambda runs: float(runs[n, smaller].path < runs[n, too_high].path / 2),
                predicted=lambda _: 1.0,
            ),
            Comparison(
                f"M_1 to 90% at eta = {small:g} over that at {smaller:g}, {n} hidden units, "
                f"on {scale.data}",
                scale.experiment,
                observed=lambda runs: runs[n, small].path,
                predicted=lambda runs: runs[n, smaller].path,
                low=0.7,
                high=1.7,
                wrong=(0.4, 2.5),
                slow=True,
            ),
        ),
        remark="To 95% of MNIST with 100 hidden units M_1 still falls by a fifth from CP's rate, "
        "0.01, to 0.005, and no further to 0.002. At the rate that is best for M_0 it is 1.3 to "
        "1.6 times its minimum.",
    )


def _of_any_size(scale: RateScale) -> Claim:
    one, other = scale.sizes
    return Claim(
        id="CP.eta-size",
        statement="The optimal learning rate is in good approximation independent of network size.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=(
            Comparison(
                f"runs in which eta = {scale.best:g} needs less M_0 to 90% than {scale.small:g} "
                f"and {scale.too_high:g} both with {one} and with {other} hidden units, "
                f"on {scale.data}",
                scale.experiment,
                observed=lambda runs: float(all(scale.confirmed(runs, n) for n in scale.sizes)),
                predicted=lambda _: 1.0,
            ),
        ),
        remark="So it changes by a factor of four at most while size changes by ten or more.",
    )


def claims(data: DataName) -> tuple[Claim, ...]:
    """What CP says on learning rates, judged on some data."""
    scale = RATE_SCALES[data]
    return (_intermediate(scale), _small(scale), _of_any_size(scale))


CLAIMS = claims("digits")
