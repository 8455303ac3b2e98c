"""CP on what they tried in vain, and on how savers do in larger networks and at other sizes."""

from collections.abc import Callable

import numpy as np

from theory.crosscheck.chapters.masks.attempts import (
    ADAM,
    CACHE_ALONE,
    CLASS_MASK,
    CONSOLIDATED_IN_SUBNET,
    SGD,
    adaptive,
    class_masks,
    consolidated,
    scanned,
)
from theory.crosscheck.chapters.masks.competition import ALL_LEARN, ELM, ELM_UNITS, IN_SUBNET, STDS
from theory.crosscheck.chapters.masks.networks import REQUIRED, ratio, taken
from theory.crosscheck.chapters.masks.trials import (
    ALL,
    FIXED,
    JUDGED,
    NEURON_MASK,
    SUBNET,
    SYNAPSE_MASK,
    RestrictedRuns,
    Variant,
)
from theory.crosscheck.chapters.savings.experiments import SETUPS
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.statements import Comparison, Minimum
from theory.crosscheck.legs.verdict import Verdict

#: Below an optimum, at it, and above.
Places = tuple[float, float, float]
ENERGIES = (("M_0", "updates"), ("M_1", "path"))
CHALLENGE = JUDGED.challenge
#: ADAM's own rate, and the ones on both sides.
ADAPTED = (0.0003, 0.001, 0.003)
RATES = adaptive(CHALLENGE, REQUIRED, ADAPTED)
CLASSES = class_masks(CHALLENGE, REQUIRED, 0.5)
CACHED_ON = SETUPS["mnist"]
#: Networks in which masks of neurons are compared with subnets, and with subnets of many.
VAST, A_THOUSAND = 2000, 1000
IN_LARGE = scanned(CHALLENGE, VAST, masked=(REQUIRED,), subnets=(REQUIRED, A_THOUSAND))
#: On both sides of "50…100".
NEURONS = (25, 70, 200)
#: On both sides of 60 and of 100, in a network of 400.
SUBNETS = scanned(CHALLENGE, JUDGED.wider, subnets=(30, 50, 60, 100, 120, 200))
#: On both sides of the fraction that the counting of paths gives.
FRACTION = CHALLENGE.optimal_mask(JUDGED.wide).hidden
FRACTIONS = (FRACTION / 2, FRACTION, 2 * FRACTION)


def _energy(quantity: str, *variants: Variant) -> Callable[[RestrictedRuns], float]:
    """That of the variant which needs least, of those that learn."""
    return lambda trial: float(np.fmin.reduce([taken(trial.runs[it], quantity) for it in variants]))


def _over(
    what: str, of: Experiment, quantity: str, more: Variant, less: tuple[Variant, ...], words: str
) -> Comparison:
    """What one variant takes over what the best of others does."""
    observed, predicted = _energy(quantity, more), _energy(quantity, *less)
    where = JUDGED.conditions
    return Comparison(what, of, observed, predicted, words, where=where, slow=True)


def _best(
    what: str, of: Experiment, quantity: str, saver: str, n_h: int, places: Places
) -> Minimum:
    """Energy has a minimum between the ends."""
    return Minimum(
        what,
        of,
        cost=lambda trial, place: getattr(trial.runs[Variant(saver, n_h, place)], quantity),
        places=places,
        where=JUDGED.conditions,
        slow=True,
    )


def _cached(name: str, quantity: str) -> Comparison:
    return Comparison(
        f"{name} with caching alone over that with consolidation in a subnet, {CACHED_ON.large} "
        "hidden units",
        consolidated("mnist"),
        observed=lambda runs: taken(runs[CACHE_ALONE], quantity),
        predicted=lambda runs: taken(runs[CONSOLIDATED_IN_SUBNET], quantity),
        words="did not save",
        where=f"MNIST to {CACHED_ON.goal:.0%}, theta = {CACHED_ON.threshold:g} (Fig. 4)",
        slow=True,
    )


CLAIMS = (
    Claim(
        id="CP.ADAM",
        statement="Adaptive learning schemes such as ADAM do not save substantial energy.",
        source=f"{COMPETITIVE_PLASTICITY}, Methods",
        kind=Kind.EMPIRICAL,
        simulation=tuple(
            _over(
                f"{name} of SGD over that of ADAM at the best of three rates",
                RATES,
                quantity,
                Variant(SGD, REQUIRED),
                tuple(Variant(ADAM, REQUIRED, rate) for rate in ADAPTED),
                "not save",
            )
            for name, quantity in ENERGIES
        ),
        remark=f"SGD has CP's rate, 0.01, ADAM one of {ADAPTED}; {REQUIRED} hidden units.",
    ),
    Claim(
        id="CP.mask-per-class",
        statement="Using a different mask for each output class did not save energy.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.EMPIRICAL,
        simulation=tuple(
            _over(
                f"{name} of all plastic over that with a random half for each class",
                CLASSES,
                quantity,
                Variant(ALL, REQUIRED),
                (Variant(CLASS_MASK, REQUIRED),),
                "did not save",
            )
            for name, quantity in ENERGIES
        ),
        remark=f"Masks of the hidden layer, half of whose synapses are plastic; {REQUIRED} hidden "
        "units, as in CP.random-mask-each-trial.",
    ),
    Claim(
        id="CP.small-increase",
        statement="Combining largest updates and subnets leads to substantial energy savings while "
        "only incurring a small increase in learning time.",
        source=f"{COMPETITIVE_PLASTICITY}, Abstract",
        kind=Kind.EMPIRICAL,
        figures=("CP.3b",),
        simulation=(
            *(
                ratio(
                    f"all plastic over {IN_SUBNET.saver}, {name}",
                    (ALL_LEARN, IN_SUBNET),
                    quantity,
                    "substantial",
                )
                for name, quantity in ENERGIES
            ),
            ratio(
                f"learning time with {IN_SUBNET.saver} over all plastic",
                (IN_SUBNET, ALL_LEARN),
                "samples",
                "small increase",
            ),
        ),
        expected=Verdict.FAILS,
        correction="SE.largest",
        remark="With 3% of the updates learning takes 2.27 ± 0.04 times as long.",
    ),
    Claim(
        id="CP.consolidation-only",
        statement="Transient plasticity all over the network, of which only consolidation is "
        "coordinated, did not save energy.",
        source=f"{COMPETITIVE_PLASTICITY}, Results, Combining mask with synaptic caching",
        kind=Kind.EMPIRICAL,
        simulation=tuple(_cached(name, quantity) for name, quantity in ENERGIES),
        remark=f"Of {CACHED_ON.large} hidden units, {CACHED_ON.small} consolidate what exceeds the "
        "threshold; of the others transient weights decay, and are consolidated in the end. It is "
        "held against caching without coordination.",
    ),
    Claim(
        id="CP.mask-opt-numerical",
        statement="Numerical optimization of the fraction of plastic synapses in the input layer "
        "gave similar results as the counting of paths.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.EMPIRICAL,
        formulas=("masks.optimal_input_fraction",),
        figures=("CP.2b",),
        simulation=tuple(
            _best(
                f"{name} with {', '.join(f'{it:g}' for it in FRACTIONS)} of the synapses plastic",
                scanned(CHALLENGE, JUDGED.wide, fractions=FRACTIONS),
                quantity,
                SYNAPSE_MASK,
                JUDGED.wide,
                FRACTIONS,
            )
            for name, quantity in ENERGIES
        ),
        remark=f"Of {JUDGED.wide} hidden units, judged as an optimum beside which half and twice "
        "the fraction that counting gives cost more.",
    ),
    Claim(
        id="CP.neuron-mask-large",
        statement="With a mask of neurons, the lack of coordination between plasticity of input "
        "and output layers again wastes energy in large networks.",
        source=f"{COMPETITIVE_PLASTICITY}, Results and Fig. 2a",
        kind=Kind.EMPIRICAL,
        figures=("CP.2a",),
        simulation=tuple(
            _over(
                f"{name} of {REQUIRED} plastic neurons of {VAST} over that of such a subnet",
                IN_LARGE,
                quantity,
                Variant(NEURON_MASK, VAST, REQUIRED),
                (Variant(SUBNET, VAST, REQUIRED),),
                "wastes",
            )
            for name, quantity in ENERGIES
        ),
    ),
    Claim(
        id="CP.neuron-mask-size",
        statement="The optimal number of plastic units in the hidden layer is around 50…100, "
        "irrespective of network size.",
        source=f"{COMPETITIVE_PLASTICITY}, Results and Fig. 2c",
        kind=Kind.EMPIRICAL,
        figures=("CP.2c",),
        simulation=tuple(
            _best(
                f"M_1 with {', '.join(map(str, NEURONS))} plastic neurons of {n_h}",
                scanned(CHALLENGE, n_h, masked=NEURONS),
                "path",
                NEURON_MASK,
                n_h,
                NEURONS,
            )
            for n_h in (JUDGED.wider, A_THOUSAND)
        ),
        remark="The text has lost which energy it is; the other is minimal at fewer neurons, so it "
        "is M_1 (CP.neuron-mask). A minimum at 71, the middle of the range, means that a third as "
        "many and three times as many cost more.",
    ),
    Claim(
        id="CP.subnet-size",
        statement="The optimal size of the plastic subnet weakly depends on the energy measure: "
        "about 60 for one and 100 for the other.",
        source=f"{COMPETITIVE_PLASTICITY}, Results, Coordination of plasticity: subnets",
        kind=Kind.EMPIRICAL,
        figures=("CP.2a",),
        simulation=tuple(
            _best(
                f"{name} with subnets of {', '.join(map(str, sizes))} in {JUDGED.wider}",
                SUBNETS,
                quantity,
                SUBNET,
                JUDGED.wider,
                sizes,
            )
            for (name, quantity), sizes in zip(
                ENERGIES, ((30, 60, 120), (50, 100, 200)), strict=True
            )
        ),
        remark="The text has lost which is which; M_0 prefers fewer plastic neurons "
        "(CP.neuron-mask). An optimum at a size means that half and twice of it cost more.",
    ),
    Claim(
        id="CP.subnet-1000",
        statement="Using 1000 neurons for the subnet does not dramatically increase energy.",
        source=f"{COMPETITIVE_PLASTICITY}, Results, Coordination of plasticity: subnets",
        kind=Kind.EMPIRICAL,
        figures=("CP.2a",),
        simulation=tuple(
            _over(
                f"{name} of a subnet of {A_THOUSAND} over that of {REQUIRED}, {VAST} hidden units",
                IN_LARGE,
                quantity,
                Variant(SUBNET, VAST, A_THOUSAND),
                (Variant(SUBNET, VAST, REQUIRED),),
                "not dramatically",
            )
            for name, quantity in ENERGIES
        ),
    ),
    Claim(
        id="CP.elm-tuning",
        statement="Learning of the outputs alone requires a precise tuning of the variance of the "
        "weights onto the hidden units.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.EMPIRICAL,
        simulation=(
            _best(
                f"M_0 with standard deviations of {', '.join(map(str, STDS))}",
                ELM,
                "updates",
                FIXED,
                ELM_UNITS,
                STDS,
            ),
        ),
        remark=f"An optimum, with {ELM_UNITS} hidden units: half of it, and twice, cost more.",
    ),
)
