"""The Monte Carlo experiments with restricted plasticity in networks, for claims and figures."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt

from montecarlo.masks import simpson_index
from montecarlo.network import Network, initial_network, present
from montecarlo.network.design import CP, Design
from montecarlo.network.learning import Changes
from montecarlo.network.synapses import Change
from montecarlo.runs import DataName, Task, dataset
from montecarlo.savers import Largest, NeuronMask, Saver, Subnet, SynapseMask
from theory import masks
from theory.crosscheck.chapters.networks.experiments import DATA, trainings
from theory.crosscheck.experiment import Experiment

OUTPUTS = 10
#: Synapses of macaque V1.
V1 = 300e9


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
    """

    data: DataName
    inputs: int
    goal: float
    required: int
    design: Design = CP

    def task(self, n_h: int, *savers: Saver, **changes: float) -> Task:
        """To learn it with some hidden units, by some rules, the design changed in some ways."""
        design = dataclasses.replace(self.design, **changes)  # type: ignore[arg-type]
        return Task(n_h, savers, design, goal=self.goal)

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
DIGITS = Challenge(
    "digits", 64, goal=0.9, required=20, design=dataclasses.replace(CP, learning_rate=0.03)
)
#: As in CP.
MNIST = Challenge("mnist", 784, goal=0.95, required=100)
#: What claims are judged on. To 95% MNIST would take minutes.
JUDGED = {"digits": DIGITS, "mnist": Challenge("mnist", 784, goal=0.9, required=30)}[DATA]


@dataclass
class FreshMask(Saver):
    """At every presentation let another half of the synapses be plastic, chosen at random.

    A synapse, in whatever layer, is in it with probability 1/2, by itself.
    """

    _rng: np.random.Generator = field(init=False, repr=False)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
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
        return Change(change.errors, change.activities, mask.nonzero())


@dataclass
class Tally(Saver):
    """Count how often each synapse onto the hidden units is updated, after the rules before it."""

    counts: npt.NDArray[np.int64] = field(init=False, repr=False)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Start at zero."""
        self.counts = np.zeros(network.hidden.weights.shape, int)

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Count the chosen synapses."""
        self.counts[hidden.chosen] += 1
        return hidden, output


@dataclass(frozen=True)
class Turns:
    """How many synapses onto the hidden units take turns, by the inverse Simpson index.

    Attributes
    ----------
    synapses : int
        All of them.
    plastic : int
        Those that each presentation updates.
    presentations : int
        Over which updates were counted, at the start and at the end.
    start, end : float
        Inverse Simpson indices.
    """

    synapses: int
    plastic: int
    presentations: int
    start: float
    end: float

    @property
    def by_chance(self) -> float:
        """The index of as many synapses that are chosen at random at each presentation."""
        return float(1 / masks.simpson_index(self.synapses, self.plastic, self.presentations))


def _turns(
    n_h: int,
    fraction: float,
    counted: int,
    between: int,
    data: DataName,
    rng: np.random.Generator,
) -> Turns:
    images = dataset(Task(data=data))
    sizes = images.train_inputs.shape[1], n_h, OUTPUTS
    network = initial_network(CP, sizes, rng, savers=(Largest(fraction), Tally()))
    tally = network.savers[-1]
    assert isinstance(tally, Tally)
    indices = []
    for presentations in (counted, between, counted):
        tally.counts[:] = 0
        samples = rng.integers(len(images.train_labels), size=presentations)
        present(network, images.train_inputs, images.train_labels, samples)
        indices.append(1 / simpson_index(tally.counts))
    plastic = int(tally.counts.sum()) // counted
    return Turns(tally.counts.size, plastic, counted, indices[0], indices[-1])


def turns(
    n_h: int, fraction: float, counted: int, between: int, replicas: int, data: DataName
) -> Experiment:
    """Who is updated if only the largest updates of the layer are made.

    Counted over so many presentations at the start, and over as many after those between.
    """
    name = f"turns n_h={n_h} fraction={fraction} counted={counted} between={between} on {data}"
    return Experiment(name, partial(_turns, n_h, fraction, counted, between, data), replicas)


#: Hidden units of the networks that claims are judged on.
WIDE, WIDER = {"digits": (100, 200), "mnist": (300, 600)}[DATA]
#: Fractions of updates, per layer and per neuron, that save about the most.
PER_LAYER, PER_NEURON = {"digits": (0.1, 0.3), "mnist": (0.03, 0.1)}[DATA]
#: Standard deviation of fixed input weights with which learning is cheapest.
TUNED = {"digits": 0.1, "mnist": 0.03}[DATA]

_k = JUDGED.required
#: All rules on networks of one size, and some on larger ones.
RULES = trainings(
    "with restricted plasticity",
    {
        "required": JUDGED.task(_k),
        "plain": JUDGED.task(WIDE),
        "wider": JUDGED.task(WIDER),
        "subnet": JUDGED.task(WIDE, Subnet(_k)),
        "subnet, wider": JUDGED.task(WIDER, Subnet(_k)),
        "subnet, large": JUDGED.task(WIDE, Subnet(2 * _k)),
        "mask": JUDGED.task(WIDE, JUDGED.optimal_mask(WIDE)),
        "neurons": JUDGED.task(WIDE, NeuronMask(_k)),
        "neurons, many": JUDGED.task(WIDE, NeuronMask(3 * _k)),
        "layer": JUDGED.task(WIDE, Largest(PER_LAYER)),
        "neuron": JUDGED.task(WIDE, Largest(PER_NEURON, "neuron")),
        "both": JUDGED.task(WIDE, Subnet(_k), Largest(PER_LAYER)),
        "both, wider": JUDGED.task(WIDER, Subnet(_k), Largest(PER_LAYER)),
        "fixed": JUDGED.task(WIDER, NeuronMask(0), initial_std=TUNED),
        "fresh": JUDGED.task(_k, FreshMask()),
        "half rate": JUDGED.task(_k, learning_rate=JUDGED.design.learning_rate / 2),
    },
    replicas=6,
)
#: A small network, presentations beyond which little is gained, and the plastic fraction.
SMALL, SATURATED, PLASTIC = {"digits": (30, 4000, 0.03), "mnist": (100, 30_000, 0.03)}[DATA]
IMAGES = {"digits": None, "mnist": 5000}[DATA]
SATURATION = trainings(
    "trained to saturation",
    {
        name: Task(
            SMALL, savers, JUDGED.design, goal=math.inf, most_samples=SATURATED, images=IMAGES
        )
        for name, savers in {
            "plain": (),
            "mask": (SynapseMask(PLASTIC),),
            "layer": (Largest(PLASTIC),),
        }.items()
    },
    replicas=4,
)
#: At the start, and after learning to the goal and beyond.
TURNS = turns(
    100, 0.03, *{"digits": (500, 4000), "mnist": (1000, 10_000)}[DATA], replicas=4, data=DATA
)
