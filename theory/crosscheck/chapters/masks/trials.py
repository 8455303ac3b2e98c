"""Networks whose plasticity is restricted: by masks, to subnets, or to the largest updates."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from montecarlo.datasets import DataName
from montecarlo.network import Network
from montecarlo.network.design import CP, Design
from montecarlo.network.network import Changes
from montecarlo.network.synapses import Change
from montecarlo.savers import Largest, NeuronMask, Saver, Subnet, SynapseMask
from montecarlo.tasks import Task
from montecarlo.training import Training
from theory import masks
from theory.crosscheck.chapters.networks.experiments import Rngs, trained
from theory.crosscheck.experiment import experiment

OUTPUTS = 10
ALL, SYNAPSE_MASK, NEURON_MASK, SUBNET = "all plastic", "synapse mask", "neuron mask", "subnet"
LAYER, NEURON, BOTH = "largest of the layer", "largest of each neuron", "largest of a subnet"
#: Further networks that claims are about.
FIXED, FRESH = "fixed hidden units", "fresh masks"
MOST_ACTIVE, ERRING = "most active neurons", "neurons of largest error"


@dataclass(frozen=True)
class Challenge:
    """What is to be learnt, and by how many hidden units it can be.

    Attributes
    ----------
    data : {"digits", "mnist"}
    inputs : int
    goal : float
        Accuracy on the test set.
    required : int
        CP's h_c: about the number of hidden units that costs least.
    design : Design
    most_samples : int
        Presentations after which a network is given up.
    images : int, optional
        How many there are to learn from; without it, all.
    """

    data: DataName
    inputs: int
    goal: float
    required: int
    design: Design = CP
    most_samples: int = 100_000
    images: int | None = None

    def task(self, n_h: int, *savers: Saver, **changes: float) -> Task:
        """To learn it with some hidden units and some savers, the design changed in some ways."""
        design = dataclasses.replace(self.design, **changes)  # type: ignore[arg-type]
        return Task(n_h, savers, design, self.goal, self.most_samples, self.images)

    def optimal_mask(self, n_h: int) -> SynapseMask:
        """The random mask of least energy, by CP's counting of paths."""
        network = {"n_h": n_h, "n_i": self.inputs, "n_o": OUTPUTS, "h_c": self.required}
        return SynapseMask(
            float(masks.optimal_input_fraction(**network)),
            float(masks.optimal_output_fraction(**network)),
        )

    def mask_energy(self, n_h: float) -> float:
        """M_0 with that mask over M_0 with the hidden units required, by Eq. 1."""
        least = masks.mask_energy(n_h, self.inputs, OUTPUTS, self.required)
        return float(least / masks.subnet_energy(self.inputs, OUTPUTS, self.required))


#: CP's learning rate is that for MNIST's 784 inputs; digits are learnt with a third of the samples.
ON_DIGITS = Challenge(
    "digits", 64, goal=0.9, required=20, design=dataclasses.replace(CP, learning_rate=0.03)
)
#: As in CP.
ON_MNIST = Challenge("mnist", 784, goal=0.95, required=100)


@dataclass(frozen=True)
class Judged:
    """What claims are judged on.

    Attributes
    ----------
    challenge : Challenge
    wide, wider : int
        Hidden units.
    per_layer, per_neuron : float
        Fractions of updates that save about the most.
    tuned : float
        Standard deviation of fixed input weights with which learning is cheapest.
    """

    challenge: Challenge
    wide: int
    wider: int
    per_layer: float
    per_neuron: float
    tuned: float

    @property
    def data(self) -> str:
        """What is learnt."""
        return self.challenge.data

    @property
    def conditions(self) -> str:
        """For statements and remarks."""
        goal, rate = self.challenge.goal, self.challenge.design.learning_rate
        return f"{self.challenge.data} to {goal:.0%} at eta = {rate:g}"


#: As in CP, and the 8 x 8 digits.
JUDGED = Judged(ON_MNIST, 200, 400, per_layer=0.03, per_neuron=0.1, tuned=0.03)
JUDGED_ON_DIGITS = Judged(ON_DIGITS, 100, 200, per_layer=0.1, per_neuron=0.3, tuned=0.1)


@dataclass
class FreshMask(Saver):
    """At every presentation let another half of the synapses be plastic, chosen at random.

    A synapse, in whatever layer, is in it with probability 1/2, by itself.
    """

    _rng: np.random.Generator = field(init=False, repr=False)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:  # noqa: ARG002
        """Take a generator that leaves the other random numbers of a training as they are."""
        (self._rng,) = rng.spawn(1)

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Change a random half."""
        return self._half(hidden), self._half(output)

    def _half(self, change: Change) -> Change:
        shape = len(change.errors), len(change.activities)
        # Single bits, because a number for each synapse would take longer than all the rest.
        bits = np.frombuffer(self._rng.bytes(-(-shape[0] * shape[1] // 8)), np.uint8)
        mask = np.unpackbits(bits, count=shape[0] * shape[1]).reshape(shape)
        return change.only(mask.astype(bool))


@dataclass
class SelectedNeurons(Saver):
    """At every presentation only some hidden neurons are plastic, their inputs and outputs.

    Attributes
    ----------
    number : int
    by : {"activity", "error"}
        They are those with the largest activities, or backpropagated errors, in absolute value.
    """

    number: int
    by: Literal["activity", "error"]
    by_units = True

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Change the synapses of the neurons selected, and the biases of the outputs."""
        sizes = np.abs(hidden.errors if self.by == "error" else output.activities[:-1])
        chosen = np.zeros(len(sizes) + 1, bool)
        chosen[np.argpartition(sizes, -self.number)[-self.number :]] = True
        chosen[-1] = True
        return hidden.only(chosen[:-1, np.newaxis]), output.only(chosen[np.newaxis])


@dataclass(frozen=True, order=True)
class Variant:
    """A network of n_h hidden units with a saver and its parameter.

    That is the number of neurons in a mask or selected, the size of a subnet over that required, or
    a fraction of synapses or updates.
    """

    saver: str
    n_h: int
    parameter: float = 1.0


@dataclass(frozen=True)
class RestrictedRuns:
    """One training of each variant."""

    challenge: Challenge
    runs: Mapping[Variant, Training]


def _runs(rngs: Rngs, challenge: Challenge, tasks: Mapping[Variant, Task]) -> list[RestrictedRuns]:
    """All variants trained, from the same seed, until they have learnt or are given up."""
    return [RestrictedRuns(challenge, runs) for runs in trained(rngs, challenge.data, tasks)]


@experiment(replicas=4, together=True)
def masked(
    rngs: Rngs, challenge: Challenge, widths: Sequence[int], neurons: Sequence[int]
) -> list[RestrictedRuns]:
    """Masks of synapses and of neurons, of some numbers of them, and subnets (CP, Fig. 2)."""
    tasks = {Variant(ALL, n_h): challenge.task(n_h) for n_h in widths}
    for n_h in (width for width in widths if width > challenge.required):
        tasks[Variant(SYNAPSE_MASK, n_h)] = challenge.task(n_h, challenge.optimal_mask(n_h))
        tasks[Variant(SUBNET, n_h)] = challenge.task(n_h, Subnet(challenge.required))
        for k in neurons:
            tasks[Variant(NEURON_MASK, n_h, k)] = challenge.task(n_h, NeuronMask(k))
    return _runs(rngs, challenge, tasks)


@experiment(replicas=4, together=True)
def competing(
    rngs: Rngs,
    challenge: Challenge,
    widths: Sequence[int],
    layer: Sequence[float],
    neuron: Sequence[float],
    subnet: Sequence[float],
) -> list[RestrictedRuns]:
    """Fractions of largest updates of the layer, of each neuron and of a subnet (CP, Fig. 3)."""
    tasks = {}
    for n_h in widths:
        tasks[Variant(ALL, n_h)] = challenge.task(n_h)
        for f in layer:
            tasks[Variant(LAYER, n_h, f)] = challenge.task(n_h, Largest(f))
        for f in neuron:
            tasks[Variant(NEURON, n_h, f)] = challenge.task(n_h, Largest(f, "neuron"))
        for f in subnet if n_h > challenge.required else ():
            tasks[Variant(BOTH, n_h, f)] = challenge.task(
                n_h, Subnet(challenge.required), Largest(f)
            )
    return _runs(rngs, challenge, tasks)


@experiment(replicas=4, together=True)
def saturated(
    rngs: Rngs, challenge: Challenge, n_h: int, fractions: Sequence[float], samples: int
) -> list[RestrictedRuns]:
    """Training that goes on for so many samples, tested once an epoch (CP, Fig. 3d)."""
    endless = dataclasses.replace(challenge, goal=math.inf, most_samples=samples)
    savers = {Variant(ALL, n_h): ()} | {
        Variant(name, n_h, f): (saver,)
        for f in fractions
        for name, saver in (
            (SYNAPSE_MASK, SynapseMask(f)),
            (LAYER, Largest(f)),
            (NEURON, Largest(f, "neuron")),
        )
    }
    tasks = {
        variant: dataclasses.replace(endless.task(n_h, *chosen), test_every=challenge.images)
        for variant, chosen in savers.items()
    }
    return _runs(rngs, challenge, tasks)


@experiment(replicas=4, together=True)
def restricted(rngs: Rngs, judged: Judged) -> list[RestrictedRuns]:
    """All savers on networks of one size, and some on larger ones: what claims are judged on."""
    challenge, wide, wider = judged.challenge, judged.wide, judged.wider
    k, layer, neuron = challenge.required, judged.per_layer, judged.per_neuron
    std, task = judged.tuned, challenge.task
    tasks = {
        Variant(ALL, k): task(k),
        Variant(ALL, wide): task(wide),
        Variant(ALL, wider): task(wider),
        Variant(SUBNET, wide): task(wide, Subnet(k)),
        Variant(SUBNET, wider): task(wider, Subnet(k)),
        Variant(SUBNET, wide, 2): task(wide, Subnet(2 * k)),
        Variant(SYNAPSE_MASK, wide): task(wide, challenge.optimal_mask(wide)),
        Variant(NEURON_MASK, wide, k): task(wide, NeuronMask(k)),
        Variant(NEURON_MASK, wide, 2 * k): task(wide, NeuronMask(2 * k)),
        Variant(LAYER, wide, layer): task(wide, Largest(layer)),
        Variant(NEURON, wide, neuron): task(wide, Largest(neuron, "neuron")),
        Variant(BOTH, wide, layer): task(wide, Subnet(k), Largest(layer)),
        Variant(BOTH, wider, layer): task(wider, Subnet(k), Largest(layer)),
        Variant(MOST_ACTIVE, wide, k): task(wide, SelectedNeurons(k, "activity")),
        Variant(ERRING, wide, k): task(wide, SelectedNeurons(k, "error")),
        Variant(FIXED, wider): task(wider, NeuronMask(0), initial_std=std),
        Variant(FRESH, k, 0.5): task(k, FreshMask()),
    }
    return _runs(rngs, challenge, tasks)
