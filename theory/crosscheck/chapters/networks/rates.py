"""CP on the energy of plain networks at different learning rates (Fig. 1a)."""

from theory.crosscheck.chapters.networks.experiments import cp_rates
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison, Minimum

#: Learning rates on MNIST: two that are small, and the best between two that are not.
SMALLER, LOW, BEST, TOO_HIGH = 0.003, 0.006, 0.02, 0.1
RATE_SIZES = (50, 500)
CP_RATES = cp_rates(
    "mnist", RATE_SIZES, (SMALLER, LOW, BEST, TOO_HIGH), goal=0.95, most=200_000
).replicated(4)
RATES_COMPARED = "MNIST to 95% (Fig. 1a)"


def _best(n: int) -> Minimum:
    return Minimum(
        f"M_0 of {n} hidden units at eta = {LOW:g}, {BEST:g} and {TOO_HIGH:g}",
        CP_RATES,
        cost=lambda runs, rate: runs[n, rate].updates,
        places=(LOW, BEST, TOO_HIGH),
        where=RATES_COMPARED,
    )


CLAIMS = (
    Claim(
        id="CP.eta-M0",
        statement="If the learning rate is too low, learning takes too long; too high and it fails "
        "to converge. An intermediate rate minimizes the learning time and hence M_0.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1a",
        kind=Kind.EMPIRICAL,
        figures=("CP.1a",),
        simulation=tuple(map(_best, RATE_SIZES)),
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
            Comparison(
                f"M_1 at eta = {BEST:g} over that at {SMALLER:g}, {RATE_SIZES[1]} hidden units",
                CP_RATES,
                observed=lambda runs: runs[RATE_SIZES[1], BEST].path,
                predicted=lambda runs: runs[RATE_SIZES[1], SMALLER].path,
                words="larger",
                where=RATES_COMPARED,
            ),
            Comparison(
                f"M_1 at eta = {LOW:g} over that at {SMALLER:g}, {RATE_SIZES[1]} hidden units",
                CP_RATES,
                observed=lambda runs: runs[RATE_SIZES[1], LOW].path,
                predicted=lambda runs: runs[RATE_SIZES[1], SMALLER].path,
                words="independent of",
                where=RATES_COMPARED,
            ),
        ),
        remark="To 95% of MNIST with 100 hidden units M_1 still falls by a fifth from CP's rate, "
        "0.01, to 0.005, and no further to 0.002. At the rate that is best for M_0 it is 1.3 to "
        "1.6 times its minimum.",
    ),
)
