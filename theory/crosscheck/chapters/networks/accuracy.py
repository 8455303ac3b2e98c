"""LvR on networks: energy against accuracy, at some learning rates and with caching (Fig. 5)."""

import math

from montecarlo.training import Training
from theory.crosscheck.chapters.networks.experiments import PLAIN, Trainings, lvr_caches, lvr_rates
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Always, Comparison
from theory.crosscheck.legs.verdict import Verdict

MULTILAYER = "LvR, Synaptic caching in multilayer networks"


#: On MNIST: LvR's rate, smaller ones and one that is too high, and where they are compared.
LVR_RATE, SMALL_RATES, HIGH_RATE = 0.1, (0.01, 0.03), 1.0
COMPARED = 0.9
#: The accuracies of LvR's Fig. 5b.
LOWEST, MEDIUM, HIGHEST = 0.9, 0.94, 0.97
LVR_ON_MNIST = "MNIST, 100 hidden units (Fig. 5)"
#: Networks at all learning rates; one of them learns on.
BY_RATE = lvr_rates(
    "mnist", dict.fromkeys((*SMALL_RATES, HIGH_RATE), COMPARED) | {LVR_RATE: HIGHEST}, most=300_000
)
#: The same of the digits, which are learnt fast.
RATES_ON_DIGITS = lvr_rates("digits", {0.5: 0.95})


ONCE, AT_ONCE = "consolidated once", "consolidated at once"
LVR_CACHED = lvr_caches("digits", (30,), (PLAIN, ONCE, AT_ONCE), math.inf, most=500)
#: Hidden units that are barely sufficient, about the best, and many; with two caches and without.
SCARCE, FITTING, AMPLE = 8, 12, 100
LOW_CACHE, HIGH_CACHE = "cached, 0.005", "cached, 0.02"
CACHED_ON_MNIST = lvr_caches(
    "mnist", (SCARCE, FITTING, AMPLE), (PLAIN, LOW_CACHE, HIGH_CACHE), 0.85, 100_000, LVR_RATE
)
#: The maintenance cost of LvR's Fig. 5b, per presentation, and what its caches have in common.
MAINTENANCE_COST = 0.001
CACHES_COMPARED = "MNIST to 85%, eta = 0.1, tau = 1000"


def total_energy(run: Training) -> float:
    """M_1 with what maintenance takes of it."""
    return run.path + MAINTENANCE_COST * run.held


def _between(runs: Trainings) -> bool:
    """Whether caching takes less than learning without, and more than the minimum."""
    cached, plain = runs[AMPLE, LOW_CACHE], runs[AMPLE, PLAIN]
    return cached.direct < total_energy(cached) < plain.path


def _rate(run: Training, low: float, high: float) -> float:
    """How fast log M_1 grows with accuracy."""
    first, last = run.until(low), run.until(high)
    return math.log(last.path / first.path) / float(last.accuracy[-1] - first.accuracy[-1])


def _faster(rate: float, words: str) -> Comparison:
    """The energy at a learning rate over that at the lowest."""
    least = SMALL_RATES[0]
    return Comparison(
        f"M_1 to {COMPARED:.0%} at eta = {rate:g} over that at {least:g}",
        BY_RATE,
        observed=lambda runs: runs[rate].until(COMPARED).path,
        predicted=lambda runs: runs[least].until(COMPARED).path,
        words=words,
        where=LVR_ON_MNIST,
    )


def _over_minimum(accuracy: float) -> Comparison:
    return Comparison(
        f"M_1 over its minimum at an accuracy of {accuracy:.0%}",
        BY_RATE,
        observed=lambda runs: runs[LVR_RATE].until(accuracy).inefficiency,
        predicted=lambda _: 20.0,
        words="at least",
        where=f"{LVR_ON_MNIST}, eta = 0.1",
    )


CLAIMS = (
    Claim(
        id="LvR.fig5a",
        statement="The energy is independent of the learning rate if that is small, and goes up "
        "steeply at larger rates.",
        source=f"{MULTILAYER}, Fig. 5a",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(_faster(SMALL_RATES[1], "independent of"), _faster(HIGH_RATE, "steeply")),
        expected=Verdict.UNDECIDED,
        remark="It goes up steeply. Whether it is independent is not decided by 32 trainings: at "
        "0.03 it is 12.0(5)% more than at 0.01, where 10% are allowed. On digits energies agree "
        "within 10% from 0.02 to 0.5. At 3 networks never learn MNIST to 90%, and at 5 learning "
        "digits takes twice the energy.",
    ),
    Claim(
        id="LvR.fig5a-exponential",
        statement="Energy rises approximately exponentially with accuracy.",
        source=f"{MULTILAYER}, Fig. 5a",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            Comparison(
                "growth rate of log M_1 from 94% to 97% over that from 90% to 94%",
                BY_RATE,
                observed=lambda runs: _rate(runs[LVR_RATE], MEDIUM, HIGHEST),
                predicted=lambda runs: _rate(runs[LVR_RATE], LOWEST, MEDIUM),
                words="approximately",
                where=f"{LVR_ON_MNIST}, accuracy 0.90 to 0.97, as the authors' script plots it",
            ),
        ),
        expected=Verdict.UNDECIDED,
        remark="Not decided by 32 trainings: the rate is 16(2)% higher, where 25% are allowed. "
        "Over a wider range, from 50% on, each percent costs a larger factor than the one before "
        "(SE.energy-accuracy).",
    ),
    Claim(
        id="SE.energy-accuracy",
        statement="On the 8 x 8 digits the energy rises faster than exponentially with accuracy: "
        "the growth rate of its logarithm is larger from 80% to 95% than from 50% to 80%.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5a",),
        simulation=(
            Comparison(
                "growth rate from 80% to 95% over that from 50% to 80%",
                RATES_ON_DIGITS,
                observed=lambda runs: _rate(runs[0.5], 0.8, 0.95),
                predicted=lambda runs: _rate(runs[0.5], 0.5, 0.8),
                words="larger",
                slow=True,
            ),
        ),
        remark="Nearly as a power of the inverse error, with an exponent that rises from 0.5 to "
        "0.7; on MNIST from 1.1 to 1.8.",
    ),
    Claim(
        id="LvR.fig5b",
        statement="Learning without caching expends at least ~20 times more energy than the "
        "minimum, whatever the accuracy.",
        source=f"{MULTILAYER}, Fig. 5b",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5b",),
        simulation=tuple(map(_over_minimum, (LOWEST, MEDIUM, HIGHEST))),
        remark="Judged at the accuracies that the authors' script plots, 90% and more. At 80% it "
        "is 12 times. The script sends the error back without the slope of the output, y(1 - y), "
        "and then needs half the samples and more energy.",
    ),
    Claim(
        id="SE.network-inefficiency",
        statement="On the 8 x 8 digits the inefficiency of a network is higher at 95% than at 80%.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5b",),
        simulation=(
            Comparison(
                "M_1 over its minimum at 95%, over that at 80%",
                RATES_ON_DIGITS,
                observed=lambda runs: runs[0.5].until(0.95).inefficiency,
                predicted=lambda runs: runs[0.5].until(0.8).inefficiency,
                words="higher",
                slow=True,
            ),
        ),
        remark="16 times at 80%, 21 at 95%; on MNIST 12 times at 80%, 20 at 90% and 39 at 95%. "
        "Networks of CP have 8, 12 and 20 on digits, and 16, 31 and 78 on MNIST.",
    ),
    Claim(
        id="LvR.fig5b-caching",
        statement="With synaptic caching the energy of a network ranges from as little as the "
        "minimum to as much as the energy required without caching.",
        source=f"{MULTILAYER}, Fig. 5b",
        kind=Kind.LIMIT,
        figures=("LvR.5b",),
        simulation=(
            Comparison(
                "M_1 if consolidated once over the minimum without caching, on digits",
                LVR_CACHED,
                observed=lambda runs: runs[30, ONCE].path,
                predicted=lambda runs: runs[30, PLAIN].direct,
                wrong=(0.9, 1.1),
            ),
            Comparison(
                "M_1 if consolidated at once over that without caching, on digits",
                LVR_CACHED,
                observed=lambda runs: runs[30, AT_ONCE].path,
                predicted=lambda runs: runs[30, PLAIN].path,
                wrong=(0.9, 1.1),
            ),
            Always(
                f"theta = 0.005 takes more than the minimum and less than no cache, {AMPLE} units",
                CACHED_ON_MNIST,
                _between,
                where=f"{CACHES_COMPARED}, c = {MAINTENANCE_COST:g} (Fig. 5b)",
                slow=True,
            ),
        ),
        remark="Both ends are exact, whatever is learnt: transient weights that neither decay nor "
        "cost anything, and a threshold of zero. Between them it is judged on MNIST, with the "
        "decay and the maintenance cost of the paper's figure.",
    ),
    Claim(
        id="LvR.fig5b-manifold",
        statement="Depending on the cost of transient plasticity, synaptic caching can reduce the "
        "energy that a network needs manifold.",
        source=f"{MULTILAYER}, Fig. 5b",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5b",),
        simulation=(
            Comparison(
                f"M_1 without a cache over that with theta = 0.02, {AMPLE} hidden units",
                CACHED_ON_MNIST,
                observed=lambda runs: runs[AMPLE, PLAIN].path,
                predicted=lambda runs: runs[AMPLE, HIGH_CACHE].path,
                words="manifold",
                where=f"{CACHES_COMPARED}, c = 0",
                slow=True,
            ),
        ),
        remark="Transient weights decay here, but cost nothing, as in the most favourable curve of "
        "the figure. At c = 0.001 maintaining them takes more than half of the saving away.",
    ),
)
