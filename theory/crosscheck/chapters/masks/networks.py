"""CP on masks and subnets in networks that learn, and REV on what they save in V1."""

import math
from collections.abc import Mapping

import numpy as np

from montecarlo.datasets import DataName
from theory import masks
from theory.crosscheck.chapters.masks.brain import V1
from theory.crosscheck.chapters.masks.trials import (
    ALL,
    FRESH,
    JUDGED,
    NEURON_MASK,
    SLOWED,
    SUBNET,
    SYNAPSE_MASK,
    Judged,
    RestrictedRuns,
    Variant,
    restricted,
)
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY, REVIEW
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison

#: Where a ratio lies, by data.
Regions = Mapping[DataName, tuple[float, float]]


def ratio(
    judged: Judged,
    what: str,
    variants: tuple[Variant, Variant],
    quantity: str,
    regions: Regions,
    wrong: tuple[float, ...],
    scale: float = 1.0,
) -> Comparison:
    """A quantity of one variant over ``scale`` times that of another."""
    one, other = variants
    low, high = regions[judged.challenge.data]
    return Comparison(
        f"{what}, {judged.conditions}",
        restricted(judged.challenge.data),
        observed=lambda trial: float(getattr(trial.runs[one], quantity)),
        predicted=lambda trial: scale * float(getattr(trial.runs[other], quantity)),
        low=low,
        high=high,
        wrong=wrong,
        slow=True,
    )


def subnets(data: DataName) -> tuple[Comparison, ...]:
    """What networks have to say on CP.subnet."""
    judged = JUDGED[data]
    k, wide, wider = judged.challenge.required, judged.wide, judged.wider
    required, subnet = Variant(ALL, k), Variant(SUBNET, wide)
    in_small = f"subnet of {k} in {wide} hidden units over a network of {k}"
    return (
        ratio(
            judged,
            f"{in_small}, M_0",
            (subnet, required),
            "updates",
            {"digits": (0.6, 1.5), "mnist": (0.5, 1.55)},
            wrong=(wide / k,),
        ),
        ratio(
            judged,
            f"{in_small}, M_1",
            (subnet, required),
            "path",
            {"digits": (0.55, 1.65), "mnist": (0.5, 1.55)},
            wrong=(wide / k,),
        ),
        ratio(
            judged,
            f"subnet in {wider} over in {wide} hidden units, M_0",
            (Variant(SUBNET, wider), subnet),
            "updates",
            {"digits": (0.6, 1.5), "mnist": (0.6, 1.6)},
            wrong=(wider / k,),
        ),
    )


def random_masks(data: DataName) -> Comparison:
    """What networks have to say on CP.eq1."""
    judged = JUDGED[data]
    k, wide = judged.challenge.required, judged.wide
    return ratio(
        judged,
        f"random masks in {wide} hidden units over Eq. 1 scaled at {k}, M_0",
        (Variant(SYNAPSE_MASK, wide), Variant(ALL, k)),
        "updates",
        {"digits": (0.6, 1.7), "mnist": (1.1, 2.1)},
        wrong=(3, 1 / 3),
        scale=judged.challenge.mask_energy(wide),
    )


def _fresh_masks(judged: Judged) -> Claim:
    k = judged.challenge.required
    fresh = Variant(FRESH, k, 0.5)
    return Claim(
        id="CP.random-mask-each-trial",
        statement="With a different random mask at every trial learning simply slows down and "
        "masking does not save energy.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.EMPIRICAL,
        simulation=(
            ratio(
                judged,
                "M_0 with fresh halves over all plastic",
                (fresh, Variant(ALL, k)),
                "updates",
                {"digits": (0.6, 1.2), "mnist": (0.5, 1.15)},
                wrong=(3, 1 / 3),
            ),
            ratio(
                judged,
                "learning time with fresh halves over that at half the learning rate",
                (fresh, Variant(SLOWED, k, 0.5)),
                "samples",
                {"digits": (0.7, 1.35), "mnist": (0.7, 1.35)},
                wrong=(2, 0.5),
            ),
        ),
        remark=f"A half of the synapses of both layers, {k} hidden units, {judged.conditions}. It "
        "is learning at half the rate, and saves what that does: 6% of M_0 on digits, a quarter on "
        "MNIST, where 0.01 is more than the rate of least time for so small a network.",
    )


def _neuron_masks(judged: Judged) -> Claim:
    k, wide = judged.challenge.required, judged.wide
    few, many = Variant(NEURON_MASK, wide, k), Variant(NEURON_MASK, wide, 3 * k)
    return Claim(
        id="CP.neuron-mask",
        statement="With a mask of neurons M_0 is minimal at a lower number of plastic units than "
        "M_1: it prefers fewer, but larger updates.",
        source=f"{COMPETITIVE_PLASTICITY}, Results and Fig. 2c",
        kind=Kind.EMPIRICAL,
        figures=("CP.2c",),
        simulation=(
            ratio(
                judged,
                f"{3 * k} plastic neurons of {wide} over {k}, M_0",
                (many, few),
                "updates",
                {"digits": (1.15, 2.2), "mnist": (1.6, 3.2)},
                wrong=(2.5, 0.5),
            ),
            ratio(
                judged,
                f"mean size of updates with {k} plastic neurons of {wide} over {3 * k}",
                (few, many),
                "mean_update",
                {"digits": (1.15, 1.45), "mnist": (1.45, 1.8)},
                wrong=(2, 0.5),
            ),
        ),
        remark="The text has lost which measure is which; the networks tell. What is judged is "
        "why: updates get smaller with their number, so that M_0 rises faster with it than M_1. "
        "The paper's 50 to 100 units for M_1, on MNIST to 95%, are not judged; Fig. CP.2c has "
        "88 ± 13 at 200, 400 and 1000 hidden units, and 50 for M_0. To 90% about "
        "30 are best for M_1 on MNIST, 20 to 50 on digits.",
    )


def _subnet_size(judged: Judged) -> Claim:
    k, wide = judged.challenge.required, judged.wide
    small, large = Variant(SUBNET, wide), Variant(SUBNET, wide, 2)
    return Claim(
        id="CP.subnet-size",
        statement="The optimal size of the plastic subnet weakly depends on the energy measure, "
        "about 60 for M_0 and 100 for M_1.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.EMPIRICAL,
        simulation=(
            ratio(
                judged,
                f"subnet of {2 * k} over one of {k}, M_0",
                (large, small),
                "updates",
                {"digits": (1.2, 2.2), "mnist": (1.1, 2.5)},
                wrong=(3, 1 / 3),
            ),
            ratio(
                judged,
                f"mean size of updates with a subnet of {k} over one of {2 * k}",
                (small, large),
                "mean_update",
                {"digits": (1.25, 1.55), "mnist": (1.25, 1.55)},
                wrong=(2, 0.5),
            ),
        ),
        remark="What is judged is that M_0 asks for a smaller subnet than M_1, as its updates are "
        "larger. The sizes are those of MNIST to 95%, where networks of 50, 70, 100 and 150 hidden "
        "units have M_0 of 2.45, 2.58, 2.92 and 3.90 times 1e9 and M_1 of 6.8, 6.2, 6.1 and 6.6 "
        "times 1e4 (three runs each). To 90% about 25 are best on MNIST, 15 on digits.",
    )


def _orders(
    judged: Judged, what: str, quantity: str, predicted: int, low: float, high: float, wrong: float
) -> Comparison:
    """Orders of magnitude from what is required to V1, all plastic, by the power law measured."""

    def orders(trial: RestrictedRuns) -> float:
        small = trial.runs[Variant(ALL, judged.challenge.required)]
        large = trial.runs[Variant(ALL, judged.wider)]
        growth = math.log(getattr(large, quantity) / getattr(small, quantity))
        exponent = growth / math.log(large.synapses / small.synapses)
        return float(np.log10(masks.extrapolation(V1, small.synapses, exponent)))

    return Comparison(
        f"orders of magnitude of {what}, {judged.conditions}",
        restricted(judged.challenge.data),
        observed=orders,
        predicted=lambda _: predicted,
        low=low,
        high=high,
        wrong=(wrong, 1 / wrong),
        slow=True,
    )


def _brain(judged: Judged) -> Claim:
    k, wider = judged.challenge.required, judged.wider
    return Claim(
        id="REV.restrict",
        statement="By restricting plasticity energy requirements can be reduced by 3 orders of "
        "magnitude for a V1-sized network.",
        source=f"{REVIEW}, Restricting plasticity",
        kind=Kind.APPROXIMATION,
        formulas=("masks.extrapolation",),
        figures=("CP.5",),
        simulation=(
            _orders(judged, "M_1, by the power law measured, over 3", "path", 3, 0.4, 1.5, wrong=4),
            _orders(judged, "M_0 over 6", "updates", 6, 0.8, 1.4, wrong=2),
        ),
        remark=f"From {k} to {wider} hidden units the exponents are 0.33 ± 0.03 (digits) and "
        "0.363 ± 0.013 (MNIST) for M_1, 0.78 ± 0.02 and 0.824 ± 0.013 for M_0. So three orders "
        "are near those of M_1; M_0 would be reduced by six. MNIST to 95% gives 1.7 and "
        "4.7. A power law of a factor of ten is "
        "taken over a factor of ten million.",
    )


def claims(data: DataName) -> tuple[Claim, ...]:
    """What CP and REV say on restricted networks, judged on some data."""
    judged = JUDGED[data]
    return (_fresh_masks(judged), _neuron_masks(judged), _subnet_size(judged), _brain(judged))


CLAIMS = claims("digits")
