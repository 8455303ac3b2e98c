"""LvR on networks: energy against the number of hidden units (Fig. 5c)."""

from theory.crosscheck.chapters.networks.accuracy import MULTILAYER
from theory.crosscheck.chapters.networks.experiments import lvr_sizes
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Always, Comparison

UNITS_RATE = 0.1
#: To 85%: too few hidden units and for how many presentations they try, enough, and many.
TOO_FEW, ENOUGH, MANY = 5, 15, 100
VAIN = 60_000
BY_UNITS = lvr_sizes(
    "mnist", UNITS_RATE, 0.85, {TOO_FEW: VAIN, ENOUGH: 200_000, MANY: 200_000}
).replicated(4)
#: To 93%, which few hidden units barely reach.
FEW, NOT_FEW = 15, 30
BARELY = lvr_sizes("mnist", UNITS_RATE, 0.93, {FEW: 200_000, NOT_FEW: 200_000}).replicated(4)
UNITS_COMPARED = "MNIST, eta = 0.1 (Fig. 5c)"

CLAIMS = (
    Claim(
        id="LvR.fig5c",
        statement="The network fails to reach the desired accuracy if the number of hidden units "
        "is too small, and very large networks require more energy: there is an optimal number, "
        "which is larger for higher accuracy.",
        source=f"{MULTILAYER}, Fig. 5c",
        kind=Kind.EMPIRICAL,
        figures=("LvR.5c",),
        simulation=(
            Always(
                f"{TOO_FEW} hidden units do not reach 85% in {VAIN} samples",
                BY_UNITS,
                lambda runs: not runs[TOO_FEW].learnt,
                where=UNITS_COMPARED,
            ),
            Comparison(
                f"M_1 with {MANY} hidden units over that with {ENOUGH}, to 85%",
                BY_UNITS,
                observed=lambda runs: runs[MANY].path,
                predicted=lambda runs: runs[ENOUGH].path,
                words="more",
                where=UNITS_COMPARED,
            ),
            Comparison(
                f"M_1 with {FEW} over that with {NOT_FEW} hidden units, to 93% over to 85%",
                BARELY,
                observed=lambda runs: runs[FEW].path / runs[NOT_FEW].path,
                predicted=lambda runs: runs[FEW].until(0.85).path / runs[NOT_FEW].until(0.85).path,
                words="larger",
                where=UNITS_COMPARED,
            ),
        ),
        remark="What too few units spend in vain is no energy of learning. On MNIST about 15 "
        "hidden units are best for 85% and 25 for 93%; on digits 5 to 10 for 70%, 8 to 10 for 85% "
        "and 10 to 12 for 95%.",
    ),
)
