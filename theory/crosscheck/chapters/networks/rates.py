"""CP on the energy of plain networks at different learning rates (Fig. 1a)."""

import math

import numpy as np

from theory.crosscheck.chapters.networks.experiments import Trainings, cp_rates
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Always, Comparison
from theory.crosscheck.legs.verdict import Verdict

#: Learning rates on MNIST: two that are small, one that is best for learning fast, one too high.
SMALLER, LOW, BEST, TOO_HIGH = 0.003, 0.006, 0.02, 0.1
RATE_UNITS, RATE_GOAL, IN_VAIN = 100, 0.95, 30_000
CP_RATES = cp_rates("mnist", (RATE_UNITS,), (SMALLER, LOW, BEST), RATE_GOAL, most=300_000)
AT_HIGH_RATE = cp_rates("mnist", (RATE_UNITS,), (TOO_HIGH,), RATE_GOAL, most=IN_VAIN)
#: On both sides of the best rate, for a small and a large network.
SIZES, BESIDE = (100, 1000), (0.01, 0.02, 0.04)
RATES_COMPARED = f"MNIST to 95%, {RATE_UNITS} hidden units (Fig. 1a)"


def _against(rate: float, other: float, measure: str, quantity: str, words: str) -> Comparison:
    """What learning at a rate takes over what it takes at another."""
    return Comparison(
        f"{measure} at eta = {rate:g} over that at {other:g}",
        CP_RATES,
        observed=lambda runs: float(getattr(runs[RATE_UNITS, rate], quantity)),
        predicted=lambda runs: float(getattr(runs[RATE_UNITS, other], quantity)),
        words=words,
        where=RATES_COMPARED,
    )


def _best_rate(runs: Trainings, n_h: int) -> float:
    """Where a parabola through the logarithms of learning time and rate is least."""
    times = [math.log(runs[n_h, rate].samples) for rate in BESIDE]
    square, slope, _ = np.polyfit(np.log(BESIDE), times, 2)
    return math.exp(-slope / (2 * square))


CLAIMS = (
    Claim(
        id="CP.eta-size",
        statement="The optimal learning rate is in good approximation independent of network size.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=(
            Comparison(
                f"the rate at which learning is fastest, {SIZES[1]} hidden units over {SIZES[0]}",
                cp_rates("mnist", SIZES, BESIDE, RATE_GOAL, most=100_000),
                observed=lambda runs: _best_rate(runs, SIZES[1]),
                predicted=lambda runs: _best_rate(runs, SIZES[0]),
                words="in good approximation",
                where="MNIST to 95% (Fig. 1a)",
                median=True,
                slow=True,
            ),
        ),
        expected=Verdict.UNDECIDED,
        remark="9 ± 7% higher by the median of 48 pairs of networks, each by a parabola through "
        f"the learning times at {', '.join(map(str, BESIDE))}.",
    ),
    Claim(
        id="CP.eta-M0",
        statement="If the learning rate is too low, learning takes too long; too high and it fails "
        "to converge. An intermediate rate, where it is smaller, minimizes the learning time and "
        "hence M_0.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=(
            Always(
                f"{RATE_GOAL:.0%} is not reached in {IN_VAIN} presentations at eta = {TOO_HIGH:g}",
                AT_HIGH_RATE,
                lambda runs: float(runs[RATE_UNITS, TOO_HIGH].accuracy.max()) < RATE_GOAL,
                where=RATES_COMPARED,
            ),
            _against(SMALLER, BEST, "learning time", "samples", "smaller"),
            _against(SMALLER, BEST, "M_0", "updates", "smaller"),
            _against(LOW, BEST, "M_0", "updates", "smaller"),
        ),
        remark="With 100 hidden units the best rates are 0.05 to 0.1 on digits, and 0.02 to 0.03 "
        "to 95% of MNIST. MNIST is not learnt at 0.1, digits are not at 0.5.",
    ),
    Claim(
        id="CP.eta-M1",
        statement="M_1 is smallest in the limit of small learning rates, where it becomes "
        "independent of the learning rate; it is larger at high ones.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=(
            _against(BEST, SMALLER, "M_1", "path", "larger"),
            _against(LOW, SMALLER, "M_1", "path", "independent of"),
        ),
        expected=Verdict.UNDECIDED,
        remark="It is larger at a high rate, 1.6 times at the one that is best for M_0. Whether it "
        "is independent of small ones is not decided: at 0.006 it is 9(2)% more than at 0.003, "
        "where 10% are allowed.",
    ),
)
