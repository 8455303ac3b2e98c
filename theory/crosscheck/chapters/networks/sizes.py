"""CP on the energy of plain networks of different sizes (Fig. 1b, c)."""

import math
from collections.abc import Callable

from theory.crosscheck.chapters.networks.experiments import Trainings, cp_sizes
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison, Exponent
from theory.crosscheck.legs.verdict import Verdict

#: Hidden units on MNIST, and on digits.
HUNDRED, THOUSAND = 100, 1000
BY_SIZE = cp_sizes("mnist", (HUNDRED, THOUSAND), 0.95)
THIRTY, MANY_ON_DIGITS = 30, 1000
SIZES_ON_DIGITS = cp_sizes("digits", (THIRTY, MANY_ON_DIGITS), 0.9).replicated(72)
SIZES_COMPARED = "MNIST to 95%, 100 to 1000 hidden units (Fig. 1)"


def _exponent(
    quantity: str, sizes: tuple[int, int] = (HUNDRED, THOUSAND)
) -> Callable[[Trainings], float]:
    """The power by which a quantity grows with the number of hidden units."""
    small, large = sizes

    def exponent(runs: Trainings) -> float:
        growth = getattr(runs[large], quantity) / getattr(runs[small], quantity)
        return math.log(growth) / math.log(large / small)

    return exponent


def _smaller(what: str, quantity: str, words: str) -> Comparison:
    return Comparison(
        f"{what} with {HUNDRED} hidden units over that with {THOUSAND}",
        BY_SIZE,
        observed=lambda runs: float(getattr(runs[HUNDRED], quantity)),
        predicted=lambda runs: float(getattr(runs[THOUSAND], quantity)),
        words=words,
        where=SIZES_COMPARED,
    )


CLAIMS = (
    Claim(
        id="CP.fig1b-M0",
        statement="M_0 scales sub-linearly with network size.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1b",
        kind=Kind.APPROXIMATION,
        figures=("CP.1b",),
        simulation=(
            Comparison(
                "1 over the exponent of M_0 in the number of hidden units",
                BY_SIZE,
                observed=lambda _: 1.0,
                predicted=_exponent("updates"),
                words="sub-linearly",
                where=SIZES_COMPARED,
            ),
        ),
        remark="The paper's figure is lost in the text we have. Measured: 0.77 to 90% of digits, "
        "0.85 to 95%; on MNIST 0.74 from 100 to 1000 and 0.71 from there to 10,000.",
    ),
    Claim(
        id="CP.fig1b-M1",
        statement="M_1 grows approximately with the square root of network size.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1b",
        kind=Kind.APPROXIMATION,
        figures=("CP.1b",),
        simulation=(
            Exponent(
                "exponent of M_1 in the number of hidden units",
                BY_SIZE,
                observed=_exponent("path"),
                predicted=lambda _: 0.5,
                words="approximately",
                where=SIZES_COMPARED,
            ),
        ),
        expected=Verdict.FAILS,
        remark="It grows more slowly, as learning time falls. On MNIST the exponent is 0.27 from "
        "100 to 1000 hidden units, with initial weights of standard deviation 0.01 and 0.03 "
        "alike, 0.34 from there to 3000 and 0.46 to 10,000, where the square root begins.",
        correction="SE.M1-size",
    ),
    Claim(
        id="SE.M1-size",
        statement="M_1 grows less than with the square root of the number of hidden units: from "
        "100 to 1000 on MNIST, from 30 to 1000 on the 8 x 8 digits.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("CP.1b",),
        simulation=(
            Comparison(
                "half over the exponent of M_1 on MNIST, to 95%",
                BY_SIZE,
                observed=lambda _: 0.5,
                predicted=_exponent("path"),
                words="less",
            ),
            Comparison(
                "half over the exponent of M_1 on digits, to 90%",
                SIZES_ON_DIGITS,
                observed=lambda _: 0.5,
                predicted=_exponent("path", (THIRTY, MANY_ON_DIGITS)),
                words="less",
                slow=True,
            ),
        ),
        remark="The exponent is 0.31. To 95% of digits it is 0.40, and 0.43 from 100 to 1000; to "
        "95% of MNIST 0.27.",
    ),
    Claim(
        id="CP.fig1c-T",
        statement="Larger networks learn a bit quicker than smaller ones.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1c",
        kind=Kind.EMPIRICAL,
        figures=("CP.1c",),
        simulation=(_smaller("presentations", "samples", "a bit"),),
        expected=Verdict.FAILS,
        correction="SE.time-size",
        remark="They are quicker, by more than a bit. The text we have has lost a symbol behind "
        "the sentence; it is judged over the sizes of Fig. 1, 100 to 1000 hidden units.",
    ),
    Claim(
        id="SE.time-size",
        statement="Networks of 1000 hidden units learn substantially faster than networks of 100 "
        "on MNIST, and of 30 on the 8 x 8 digits.",
        source="This package",
        kind=Kind.EMPIRICAL,
        figures=("CP.1c",),
        simulation=(
            Comparison(
                f"presentations with {HUNDRED} hidden units over those with {THOUSAND}, MNIST",
                BY_SIZE,
                observed=lambda runs: float(runs[HUNDRED].samples),
                predicted=lambda runs: float(runs[THOUSAND].samples),
                words="substantially",
            ),
            Comparison(
                "presentations with 30 hidden units over those with 1000, digits to 90%",
                SIZES_ON_DIGITS,
                observed=lambda runs: float(runs[THIRTY].samples),
                predicted=lambda runs: float(runs[MANY_ON_DIGITS].samples),
                words="substantially",
                slow=True,
            ),
        ),
    ),
    Claim(
        id="CP.fig1c-step",
        statement="The mean absolute weight update is smaller in larger networks.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1c",
        kind=Kind.EMPIRICAL,
        figures=("CP.1c",),
        simulation=(_smaller("mean abs(dw)", "mean_update", "smaller"),),
        remark="With an exponent of -0.42 on digits and of -0.47 on MNIST up to 1000 hidden units, "
        "-0.37 from there to 3000 and -0.26 to 10,000.",
    ),
    Claim(
        id="CP.final-norm",
        statement="The final individual weights have smaller norm in large networks, whose "
        "solutions are closer to the initial weights.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.EMPIRICAL,
        simulation=(
            Comparison(
                f"net change of a synapse with {HUNDRED} hidden units over that with {THOUSAND}",
                BY_SIZE,
                observed=lambda runs: runs[HUNDRED].direct / runs[HUNDRED].synapses,
                predicted=lambda runs: runs[THOUSAND].direct / runs[THOUSAND].synapses,
                words="smaller",
                where=SIZES_COMPARED,
            ),
        ),
        remark="Read as how far from its initial value learning takes a weight, on average.",
    ),
    Claim(
        id="CP.less-steeply",
        statement="M_1 increases with network size, too, albeit less steeply.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 1b",
        kind=Kind.EMPIRICAL,
        figures=("CP.1b",),
        simulation=(
            Comparison(
                f"M_1 with {THOUSAND} hidden units over that with {HUNDRED}",
                BY_SIZE,
                observed=lambda runs: runs[THOUSAND].path,
                predicted=lambda runs: runs[HUNDRED].path,
                words="increases",
                where=SIZES_COMPARED,
            ),
            Comparison(
                "growth of M_0 over that of M_1",
                BY_SIZE,
                observed=lambda runs: runs[THOUSAND].updates / runs[HUNDRED].updates,
                predicted=lambda runs: runs[THOUSAND].path / runs[HUNDRED].path,
                words="less",
                where=SIZES_COMPARED,
            ),
        ),
    ),
    Claim(
        id="CP.1e8",
        statement="Learning MNIST to 95% accuracy requires at least 1e8 synaptic updates.",
        source=f"{COMPETITIVE_PLASTICITY}, Abstract",
        kind=Kind.EMPIRICAL,
        simulation=(
            Comparison(
                f"M_0 with {HUNDRED} hidden units over 1e8",
                BY_SIZE,
                observed=lambda runs: float(runs[HUNDRED].updates),
                predicted=lambda _: 1e8,
                words="at least",
                where=SIZES_COMPARED,
            ),
        ),
        remark="The text we have has lost the number, which is read as 1e8. Plain networks need "
        "3e9.",
    ),
)
