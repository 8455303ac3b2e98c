"""Random masks and their paths, choices of synapses, and who takes turns in a network."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from montecarlo.datasets import DataName
from montecarlo.masks import fixed_mask, plastic_paths, random_mask, simpson_index
from montecarlo.network import Network, initial_network, present
from montecarlo.network.design import CP
from montecarlo.network.network import Changes
from montecarlo.network.synapses import Change
from montecarlo.savers import Largest, Saver
from montecarlo.tasks import Task, dataset
from theory import masks
from theory.crosscheck.chapters.masks.trials import ON_MNIST, OUTPUTS
from theory.crosscheck.experiment import experiment

#: A network, and plastic fractions of its masks.
COUNTED = {"n_h": 1000, "n_i": 60, "n_o": 8, "p_i": 0.3, "p_o": 0.625}
#: Synapses, how many of them each presentation changes, and presentations.
CHOICE = {"N": 2000, "plastic": 100, "T": 40}
#: MNIST: the optimal mask for h_c = 100.
POOREST = {"n_h": 1000, "n_i": 784, "n_o": 10, "h_c": 100}


@dataclass(frozen=True)
class Masks:
    """Plastic synapses and paths of masks of one network, drawn in different ways."""

    synapses: int
    independent: float
    per_layer: float
    per_neuron: float
    coordinated: float


@experiment(replicas=24)
def mask_paths(rng: np.random.Generator) -> Masks:
    """Masks of one network."""
    n_h, n_i, n_o = (int(COUNTED[name]) for name in ("n_h", "n_i", "n_o"))
    p_i, p_o = COUNTED["p_i"], COUNTED["p_o"]
    inputs, outputs = random_mask(n_i, n_h, p_i, rng), random_mask(n_h, n_o, p_o, rng)
    layers = [
        fixed_mask(1, rows * columns, round(p * rows * columns), rng).reshape(rows, columns)
        for rows, columns, p in ((n_i, n_h, p_i), (n_h, n_o, p_o))
    ]
    neurons = [
        fixed_mask(n_i, n_h, round(p_i * n_h), rng),
        fixed_mask(n_h, n_o, round(p_o * n_o), rng),
    ]
    chosen = fixed_mask(1, n_h, round(p_i * n_h), rng)
    subnet = np.repeat(chosen, n_i, axis=0), np.repeat(chosen.T, n_o, axis=1)
    return Masks(
        synapses=int(inputs.sum() + outputs.sum()),
        independent=plastic_paths(inputs, outputs).sum(),
        per_layer=plastic_paths(*layers).sum(),
        per_neuron=plastic_paths(*neurons).sum(),
        coordinated=plastic_paths(*subnet).sum(),
    )


@experiment(replicas=24)
def choices(rng: np.random.Generator) -> float:
    """Simpson index of synapses chosen at random at every presentation."""
    N, plastic, T = CHOICE.values()
    return simpson_index(fixed_mask(T, N, plastic, rng).sum(axis=0))


@experiment(replicas=16)
def poorest_pair(rng: np.random.Generator) -> float:
    """The fewest paths between an input and an output: all outputs are plastic."""
    n_h, n_i, _, h_c = POOREST.values()
    return float(random_mask(n_i, n_h, h_c / n_h, rng).sum(axis=1).min())


@dataclass(frozen=True)
class Drawn:
    """Optimal random masks: the plastic fractions, and the plastic paths of inputs to outputs."""

    n_h: int
    inputs: float
    outputs: float
    mean_paths: float
    fewest_paths: float


@experiment(replicas=4)
def drawn(rng: np.random.Generator, widths: Sequence[int]) -> tuple[Drawn, ...]:
    """The masks of Fig. 2b, for MNIST; nothing is trained."""
    found = []
    for n_h in widths:
        saver = ON_MNIST.optimal_mask(n_h)
        inputs = random_mask(ON_MNIST.inputs, n_h, saver.hidden, rng)
        outputs = random_mask(n_h, OUTPUTS, saver.output, rng)
        paths = plastic_paths(inputs, outputs)
        found.append(
            Drawn(n_h, inputs.mean(), outputs.mean(), float(paths.mean()), float(paths.min()))
        )
    return tuple(found)


@dataclass
class Tally(Saver):
    """Count how often each synapse onto the hidden units is updated, after the savers before it."""

    counts: npt.NDArray[np.int64] = field(init=False, repr=False)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Start at zero."""
        self.counts = np.zeros(network.hidden.weights.shape, int)

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Count what changes."""
        self.counts += hidden.values != 0
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


@experiment(replicas=4)
def turns(
    rng: np.random.Generator, data: DataName, n_h: int, fraction: float, counted: int, between: int
) -> Turns:
    """Who is updated if only the largest updates of the layer are made.

    Counted over so many presentations at the start, and over as many after those between.
    """
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
