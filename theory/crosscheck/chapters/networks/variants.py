"""CP on what subnets save in variants of the network (Fig. 6)."""

from theory.crosscheck.chapters.networks.experiments import (
    AS_PUBLISHED,
    CP_DESIGNS,
    Trainings,
    cp_variants,
)
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.verdict import Verdict


def _saving(runs: Trainings, name: str, quantity: str) -> float:
    """What all synapses need over what a subnet needs."""
    plastic, subnet = (getattr(runs[key], quantity) for key in runs if key[0] == name)
    return float(plastic / subnet)


VARIANTS = cp_variants("mnist", tuple(CP_DESIGNS), (60,))
VARIANTS_COMPARED = "MNIST to 90%, 300 hidden units (Fig. 6)"


def _robust(name: str, what: str, quantity: str, reference: str = "") -> Comparison:
    return Comparison(
        f"saving of {what} by a subnet, {name}, over that as published",
        VARIANTS,
        observed=lambda runs: _saving(runs, AS_PUBLISHED if reference else name, quantity),
        predicted=lambda runs: _saving(runs, AS_PUBLISHED, reference or quantity),
        words="not substantially",
        where=VARIANTS_COMPARED,
    )


CLAIMS = (
    Claim(
        id="CP.fig6",
        statement="The savings are not substantially affected by the mean of the data, "
        "rectified linear units, the loss, or a cost of potentiation only.",
        source=f"{COMPETITIVE_PLASTICITY}, Methods and Fig. 6",
        kind=Kind.EMPIRICAL,
        figures=("CP.6",),
        simulation=(
            _robust("if only potentiation costs", "M_1", "upward", "path"),
            *(
                _robust(name, what, quantity)
                for name in list(CP_DESIGNS)[1:]
                for what, quantity in (("M_0", "updates"), ("M_1", "path"))
            ),
        ),
        expected=Verdict.UNDECIDED,
        remark="Judged on subnets. 32 trainings do not decide: savings differ by 2(3) to 8(4)%. "
        "Saving by largest updates is not as robust: on digits it lowers M_1 by 1.8 with "
        "cross-entropy, and raises it otherwise.",
    ),
)
