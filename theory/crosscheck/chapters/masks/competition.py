"""CP on competition: only the largest updates, alone and within a subnet."""

import dataclasses
from operator import attrgetter

import numpy as np

from montecarlo.datasets import DataName
from montecarlo.training import Training
from theory.crosscheck.chapters.masks.experiments import turns
from theory.crosscheck.chapters.masks.networks import Regions, ratio
from theory.crosscheck.chapters.masks.trials import (
    ALL,
    BOTH,
    FIXED,
    JUDGED,
    LAYER,
    NEURON,
    SUBNET,
    SYNAPSE_MASK,
    Judged,
    Variant,
    saturated,
)
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison


def take_turns(data: DataName) -> tuple[Comparison, ...]:
    """What networks have to say on CP.simpson: at the start, and beyond the goal."""
    counted, between = {"digits": (500, 4000), "mnist": (1000, 10_000)}[data]
    regions = {
        "digits": {"start": (5, 11), "end": (3, 8)},
        "mnist": {"start": (5, 11), "end": (7, 15)},
    }[data]
    return tuple(
        Comparison(
            f"inverse Simpson index at the {when} over the synapses updated at once, "
            f"largest 3% of the layer, 100 hidden units, {data}",
            turns(data, 100, 0.03, counted, between),
            observed=attrgetter(when),
            predicted=lambda found: found.plastic,
            low=low,
            high=high,
            # A fixed mask, and synapses chosen at random.
            wrong=(low, 0.25),
            slow=True,
        )
        for when, (low, high) in regions.items()
    )


def _largest(judged: Judged) -> Claim:
    plain, layer = Variant(ALL, judged.wide), Variant(LAYER, judged.wide, judged.per_layer)
    what = f"all plastic over largest {judged.per_layer:.0%} of the layer"
    return Claim(
        id="CP.largest",
        statement="Allowing only the largest synaptic updates per layer saves much of M_0, but "
        "little of M_1.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 3b",
        kind=Kind.EMPIRICAL,
        figures=("CP.3a", "CP.3b"),
        simulation=(
            ratio(
                judged,
                f"{what}, M_0",
                (plain, layer),
                "updates",
                {"digits": (2.5, 5.5), "mnist": (14, 25)},
                wrong=(2, 0.5),
            ),
            ratio(
                judged,
                f"{what}, M_1",
                (plain, layer),
                "path",
                {"digits": (0.8, 1.75), "mnist": (1.4, 2.4)},
                wrong=(3, 1 / 3),
            ),
        ),
        remark=f"{judged.wide} hidden units, {judged.conditions}. M_0 falls by 3.9 ± 0.1 on digits "
        "and 19.4 ± 0.4 on MNIST, M_1 by 1.25 ± 0.06 and 1.89 ± 0.04. On digits the output "
        "synapses, which always learn, are a seventh of all; on MNIST an eightieth.",
    )


def _per_neuron(judged: Judged) -> Claim:
    plain, layer = Variant(ALL, judged.wide), Variant(LAYER, judged.wide, judged.per_layer)
    neuron = Variant(NEURON, judged.wide, judged.per_neuron)
    largest = f"largest {judged.per_neuron:.0%} of each neuron"
    return Claim(
        id="CP.per-neuron-per-layer",
        statement="Updating only the largest per neuron saves energy too, but less than the "
        "largest per layer.",
        source=f"{COMPETITIVE_PLASTICITY}, Fig. 3a, b",
        kind=Kind.EMPIRICAL,
        figures=("CP.3a", "CP.3b"),
        simulation=(
            ratio(
                judged,
                f"all plastic over {largest}, M_0",
                (plain, neuron),
                "updates",
                {"digits": (1.2, 3.0), "mnist": (5, 10)},
                wrong=(0.4, 3),
            ),
            ratio(
                judged,
                f"{largest} over largest {judged.per_layer:.0%} of the layer, M_0",
                (neuron, layer),
                "updates",
                {"digits": (1.3, 2.6), "mnist": (1.8, 3.5)},
                wrong=(0.5, 2),
            ),
        ),
        remark=f"At fractions at which either saves about the most, {judged.conditions}. All "
        "neurons select the same inputs, the most active, since an update is error times input. Of "
        "M_1 both save alike: their ratio is 0.99 ± 0.04 on digits and 1.05 ± 0.04 on MNIST.",
    )


def _largest_of_subnet(judged: Judged) -> Claim:
    wide, wider, f = judged.wide, judged.wider, judged.per_layer
    both = Variant(BOTH, wide, f)
    return Claim(
        id="CP.largest-subnet",
        statement="Selecting only the largest updates in the subnet further decreases the energy "
        "and makes it independent of network size.",
        source=f"{COMPETITIVE_PLASTICITY}, Results and Fig. 3b",
        kind=Kind.EMPIRICAL,
        figures=("CP.3b",),
        simulation=(
            ratio(
                judged,
                "largest of the layer over largest of the subnet, M_0",
                (Variant(LAYER, wide, f), both),
                "updates",
                {"digits": (1.8, 4.2), "mnist": (3.5, 7)},
                wrong=(0.4, 3),
            ),
            ratio(
                judged,
                "subnet over its largest updates, M_0",
                (Variant(SUBNET, wide), both),
                "updates",
                {"digits": (2.0, 5.0), "mnist": (9, 22)},
                wrong=(0.4, 3),
            ),
            ratio(
                judged,
                f"in {wider} over in {wide} hidden units, M_0",
                (Variant(BOTH, wider, f), both),
                "updates",
                {"digits": (0.5, 1.7), "mnist": (0.5, 1.5)},
                wrong=(4, 0.25),
            ),
        ),
        remark=f"A subnet of {judged.challenge.required}, {judged.conditions}. The whole network's "
        "M_0 is saved by a factor of 11 on digits and 100 on MNIST, its M_1 by 1.6 and 3.4.",
    )


def _fixed_units(judged: Judged) -> Claim:
    return Claim(
        id="CP.elm",
        statement="Fixing all synapses onto the hidden units and learning only the outputs "
        "did not save more energy than these methods.",
        source=f"{COMPETITIVE_PLASTICITY}, Results",
        kind=Kind.EMPIRICAL,
        simulation=(
            ratio(
                judged,
                f"largest of the subnet over {judged.wider} fixed hidden units, tuned, M_0",
                (Variant(BOTH, judged.wide, judged.per_layer), Variant(FIXED, judged.wider)),
                "updates",
                {"digits": (0.2, 0.9), "mnist": (0.08, 0.25)},
                wrong=(4, 0.25),
            ),
        ),
        remark=f"By M_0, and against their combination, {judged.conditions}; subnets alone are no "
        "cheaper than a well tuned fixed layer, nor is M_1 on digits. The variance does need "
        "tuning: with 300 hidden units the updates on digits are 15, 5.4 and 48 million at "
        "standard deviations of 0.03, 0.1 and 0.3; with 1000 on MNIST they are 105 million at "
        "0.03, and 0.06 is too much to learn in 40,000 presentations.",
    )


def _error(run: Training) -> float:
    """Test error, the mean of the last ten tests."""
    return float(1 - np.mean(run.accuracy[-10:]))


def _errors(judged: Judged, what: str, other: str, regions: Regions) -> Comparison:
    """The error with a fixed mask over that with another saver."""
    data, plastic = judged.challenge.data, 0.03
    n_h, samples, images = {"digits": (30, 4000, None), "mnist": (100, 30_000, 5000)}[data]
    challenge = dataclasses.replace(judged.challenge, images=images)
    masked = Variant(SYNAPSE_MASK, n_h, plastic)
    free = Variant(other, n_h) if other == ALL else Variant(other, n_h, plastic)
    low, high = regions[data]
    return Comparison(
        f"test error with a fixed mask over {what}, {n_h} hidden units, {plastic:.0%} plastic, "
        f"{data}",
        saturated(challenge, n_h, (plastic,), samples).replicated(8),
        observed=lambda trial: _error(trial.runs[masked]),
        predicted=lambda trial: _error(trial.runs[free]),
        low=low,
        high=high,
        wrong=(4, 0.25),
        slow=True,
    )


def _capacity(judged: Judged) -> Claim:
    return Claim(
        id="CP.capacity",
        statement="A fixed mask limits the accuracy that a small network reaches in the end; "
        "selecting the largest updates lowers it much less.",
        source=f"{COMPETITIVE_PLASTICITY}, Results and Fig. 3d",
        kind=Kind.EMPIRICAL,
        figures=("CP.3d",),
        simulation=(
            _errors(judged, "all plastic", ALL, {"digits": (3.0, 9.0), "mnist": (1.4, 2.8)}),
            _errors(
                judged, "largest of the layer", LAYER, {"digits": (1.3, 3.6), "mnist": (1.3, 2.5)}
            ),
        ),
        remark="Selection per layer. Per neuron the most active inputs are selected, for all "
        "neurons the same; on digits, whose images fill their frame, that limits accuracy as much "
        "as a fixed mask (Fig. CP.3d).",
    )


def claims(data: DataName) -> tuple[Claim, ...]:
    """What CP says on competition, judged on some data."""
    judged = JUDGED[data]
    return (
        _largest(judged),
        _per_neuron(judged),
        _largest_of_subnet(judged),
        _fixed_units(judged),
        _capacity(judged),
    )


CLAIMS = claims("digits")
