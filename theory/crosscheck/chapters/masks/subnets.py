"""CP on subnets: coordinated plasticity, and the least energy of all masks."""

import sympy as sp

from theory import masks
from theory.crosscheck.chapters.masks.counting import BALANCED, CAPPED, decided
from theory.crosscheck.chapters.masks.experiments import COUNTED, Masks, mask_paths
from theory.crosscheck.chapters.masks.networks import subnets
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.crosscheck.legs.verdict import Verdict

h, u, v, n_i, n_h, n_o, p, q = sp.symbols("h u v n_i n_h n_o p q", positive=True)


def _coordinated(_: Masks) -> float:
    return COUNTED["n_i"] * COUNTED["n_h"] * COUNTED["n_o"] * COUNTED["p_i"]


def _subnet() -> Claim:
    return Claim(
        id="CP.subnet",
        statement="With coordinated plasticity of a neuron's incoming and outgoing synapses the "
        "energy is that of a network of the subnet's size, independent of network size.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.IDENTITY,
        formulas=("masks.subnet_energy", "masks.plastic_synapses", "masks.mask_energy"),
        figures=("CP.2a",),
        symbolic=(
            Identity(
                "a fraction h_c/n_h of the neurons has the paths that are needed",
                lambda: masks.plastic_paths(n_h, n_i, n_o, 1, 1) * (h / n_h),
                lambda: masks.plastic_paths(h, n_i, n_o, 1, 1),
            ),
            Identity(
                "and an energy without n_h",
                lambda: masks.plastic_synapses(n_h, n_i, n_o, h / n_h, h / n_h),
                lambda: masks.subnet_energy(n_i, n_o, h),
            ),
            Positive(
                "less than of uncoordinated masks, below the crossover",
                lambda: decided(masks.mask_energy(*CAPPED)) - masks.subnet_energy(*CAPPED[1:]),
            ),
            Positive(
                "and above it",
                lambda: decided(masks.mask_energy(*BALANCED)) - masks.subnet_energy(*BALANCED[1:]),
            ),
        ),
        simulation=(
            Comparison(
                "paths of a random subnet over n_i n_h n_o p",
                mask_paths(),
                observed=lambda run: run.coordinated,
                predicted=_coordinated,
                wrong=(COUNTED["p_i"],),
            ),
            *subnets(),
        ),
        expected=Verdict.UNDECIDED,
        remark="By counting paths, with which networks that learn agree: the M_0 of subnets is "
        "1.04 ± 0.03 of that of a network of their size on digits, 1.01 ± 0.03 on MNIST, where 32 "
        "networks do not decide whether that is unchanged within 10%. Too small "
        "ones the fixed units disturb, as they transmit: for 10 units in 100 it is 1.6 ± 0.2.",
    )


def _no_other_mask() -> Claim:
    return Claim(
        id="SE.subnet-least",
        statement="No mask at all, random or not, has n_i h_c n_o plastic paths with fewer plastic "
        "synapses than the coordinated subnet, (n_i + n_o) h_c.",
        source="This package",
        kind=Kind.IDENTITY,
        formulas=("masks.subnet_energy",),
        symbolic=(
            Positive(
                "a neuron with a of its inputs and b of its outputs plastic has a b paths: it "
                "needs more synapses per path than one that is plastic throughout",
                lambda: (
                    (p + q) / (p * q) - masks.subnet_energy(p + u, q + v, 1) / ((p + u) * (q + v))
                ),
            ),
            Identity(
                "which is the subnet",
                lambda: masks.subnet_energy(n_i, n_o, 1) / (n_i * n_o) * (n_i * h * n_o),
                lambda: masks.subnet_energy(n_i, n_o, h),
            ),
        ),
        remark="Summed over neurons: a_j + b_j >= a_j b_j (n_i + n_o)/(n_i n_o), whatever they "
        "are, with equality only for neurons that are plastic throughout, or not at all.",
    )


CLAIMS = (_subnet(), _no_other_mask())
