"""What CP say of in a sentence: masks of classes, ADAM, consolidation alone, and scans of sizes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from montecarlo.arrays import Array, IntArray
from montecarlo.datasets import DataName
from montecarlo.masks import Mask, random_mask
from montecarlo.network import Network
from montecarlo.network.cached import CachedLayer
from montecarlo.network.network import Changes
from montecarlo.network.synapses import Change
from montecarlo.savers import NeuronMask, Saver, Subnet, SynapseMask
from montecarlo.savers.caching import Cache
from montecarlo.tasks import Task, dataset
from montecarlo.triggers import Rule
from theory.crosscheck.chapters.masks.trials import (
    ALL,
    FIXED,
    NEURON_MASK,
    OUTPUTS,
    SUBNET,
    SYNAPSE_MASK,
    Challenge,
    RestrictedRuns,
    Variant,
)
from theory.crosscheck.chapters.networks.experiments import TAU, Rngs, Trainings, trained
from theory.crosscheck.chapters.savings.experiments import SETUPS
from theory.crosscheck.experiment import experiment

CLASS_MASK, ADAM, SGD = "a mask per class", "ADAM", "SGD"
CACHE_ALONE, BOTH_IN_SUBNET = "cached", "cached subnet"
CONSOLIDATED_IN_SUBNET = "consolidated in subnet"


@dataclass
class ClassMask(Saver):
    """For samples of each class let another random part of the hidden layer be plastic.

    Attributes
    ----------
    fraction : float
        The probability that a synapse is.
    data : {"digits", "mnist"}
        Whose labels say which class it is.
    """

    fraction: float
    data: DataName
    _masks: Sequence[Mask] = field(init=False, repr=False, default=())
    _labels: IntArray = field(init=False, repr=False)
    _shown: int = field(init=False, repr=False, default=0)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Draw a mask for each class."""
        n_h, n_i = network.hidden.weights.shape
        self._masks = [random_mask(n_h, n_i, self.fraction, rng) for _ in range(OUTPUTS)]
        self._labels = dataset(Task(data=self.data)).train_labels

    def learns(self, sample: int, correct: bool) -> bool:  # noqa: ARG002
        """Learn from every sample, and remember its class."""
        self._shown = int(self._labels[sample])
        return True

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Change what is in the mask of the class, and all synapses onto the outputs."""
        return hidden.only(self._masks[self._shown]), output


@dataclass
class Adam(Saver):
    """Adapt the rate of every synapse to the first two moments of its gradient.

    Source: Kingma & Ba 2015, Algorithm 1, with its values of the constants.
    """

    _moments: list[list[Array]] = field(init=False, repr=False, default_factory=list)
    _steps: int = field(init=False, repr=False, default=0)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:  # noqa: ARG002
        """Start from moments of zero."""
        shapes = [layer.weights for layer in (network.hidden, network.output)]
        self._moments = [[np.zeros_like(it), np.zeros_like(it)] for it in shapes]

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """The steps of both layers, over the learning rate."""
        self._steps += 1
        return tuple(map(self._step, (hidden, output), self._moments))  # type: ignore[return-value]

    @staticmethod
    def restrict_all(savers: Sequence[Saver], hidden: Change, output: Change) -> Changes:
        """The same of networks side by side."""
        together = zip(savers, hidden.apart(), output.apart(), strict=True)
        layers = zip(*(saver.restrict(*proposed) for saver, *proposed in together), strict=True)
        return tuple(  # type: ignore[return-value]
            _dense(change, np.array([step.values for step in steps]))
            for change, steps in zip((hidden, output), layers, strict=True)
        )

    def _step(self, proposed: Change, moments: list[Array]) -> Change:
        gradient, (mean, square) = proposed.values, moments
        mean += 0.1 * (gradient - mean)
        square += 0.001 * (gradient**2 - square)
        shares = 1 - 0.9**self._steps, (1 - 0.999**self._steps) ** 0.5
        return _dense(proposed, mean / shares[0] / (np.sqrt(square) / shares[1] + 1e-8))


def _dense(proposed: Change, values: Array) -> Change:
    """A change whose values are no product of errors and activities."""
    change = Change(proposed.errors, proposed.activities, np.ones((1, 1), bool))
    change.values = values
    return change


class OntoFirst(Rule):
    """Consolidate above the threshold, but only the synapses onto the first neurons."""

    def __init__(self, neurons: int) -> None:
        """Say how many."""
        self.neurons = neurons

    def due(self, sizes: Array, threshold: Array) -> Mask:
        """Those of groups that are the synapses onto a neuron each."""
        first = np.arange(sizes.shape[-2]) < self.neurons
        return (sizes > threshold) & first[:, np.newaxis]


class FromFirst(OntoFirst):
    """The same of the synapses from the first neurons, and from the bias unit."""

    def due(self, sizes: Array, threshold: Array) -> Mask:
        """Those of groups that are the synapses onto a neuron each."""
        first = np.arange(sizes.shape[-1]) < self.neurons
        first[-1] = True
        return (sizes > threshold) & first


@dataclass
class ConsolidatedSubnet(Cache):
    """Transient weights everywhere, of which only those of a subnet are consolidated in time.

    Attributes
    ----------
    neurons : int
        Of the subnet. It is the first ones: hidden units are alike.
    """

    neurons: int = 0

    def prepare(self, network: Network, rng: np.random.Generator) -> None:  # noqa: ARG002
        """Give both layers transient weights."""
        rules = OntoFirst(self.neurons), FromFirst(self.neurons)
        network.hidden, network.output = (
            CachedLayer.of(layer, self.threshold, self.tau, rule)
            for layer, rule in zip((network.hidden, network.output), rules, strict=True)
        )


@experiment(replicas=4, together=True)
def class_masks(
    rngs: Rngs, challenge: Challenge, n_h: int, fraction: float
) -> list[RestrictedRuns]:
    """All plastic, and a random mask of the hidden layer for each class."""
    tasks = {
        Variant(ALL, n_h): challenge.task(n_h),
        Variant(CLASS_MASK, n_h): challenge.task(n_h, ClassMask(fraction, challenge.data)),
    }
    return _runs(rngs, challenge, tasks)


@experiment(replicas=4, together=True)
def adaptive(
    rngs: Rngs, challenge: Challenge, n_h: int, rates: Sequence[float]
) -> list[RestrictedRuns]:
    """Plain learning, and ADAM at some learning rates."""
    tasks = {Variant(SGD, n_h): challenge.task(n_h)} | {
        Variant(ADAM, n_h, rate): challenge.task(n_h, Adam(), learning_rate=rate) for rate in rates
    }
    return _runs(rngs, challenge, tasks)


@experiment(replicas=4, together=True)
def consolidated(rngs: Rngs, data: DataName, most: int = 100_000) -> list[Trainings]:
    """Caches, in a subnet, and everywhere with consolidation in a subnet alone."""
    setup = SETUPS[data]
    cache = Cache(setup.threshold, TAU)
    savers: dict[str, tuple[Saver, ...]] = {
        CACHE_ALONE: (cache,),
        BOTH_IN_SUBNET: (Subnet(setup.small), cache),
        CONSOLIDATED_IN_SUBNET: (ConsolidatedSubnet(setup.threshold, TAU, neurons=setup.small),),
    }
    tasks = {
        name: Task(setup.large, it, goal=setup.goal, most_samples=most)
        for name, it in savers.items()
    }
    return trained(rngs, data, tasks)


@experiment(replicas=4, together=True)
def scanned(
    rngs: Rngs,
    challenge: Challenge,
    n_h: int,
    masked: Sequence[int] = (),
    subnets: Sequence[int] = (),
    fractions: Sequence[float] = (),
    fixed: Sequence[float] = (),
) -> list[RestrictedRuns]:
    """Neuron masks and subnets of some sizes, synapse masks of some fractions, fixed units."""
    tasks = {Variant(NEURON_MASK, n_h, k): challenge.task(n_h, NeuronMask(k)) for k in masked}
    tasks |= {Variant(SUBNET, n_h, k): challenge.task(n_h, Subnet(k)) for k in subnets}
    tasks |= {Variant(SYNAPSE_MASK, n_h, p): challenge.task(n_h, SynapseMask(p)) for p in fractions}
    tasks |= {
        Variant(FIXED, n_h, std): challenge.task(n_h, NeuronMask(0), initial_std=std)
        for std in fixed
    }
    return _runs(rngs, challenge, tasks)


def _runs(rngs: Rngs, challenge: Challenge, tasks: dict[Variant, Task]) -> list[RestrictedRuns]:
    """All variants trained, from the same seed."""
    return [RestrictedRuns(challenge, runs) for runs in trained(rngs, challenge.data, tasks)]
