"""Networks learn one sample at a time, side by side.

Where the savers of a network let all synapses of a unit change together, it learns in blocks of
time, exactly: the fields of a block follow from the weights at its start and the overlaps of its
samples, and the weights at its end from the errors, by products of matrices. Otherwise every
sample goes through the synapses.

Conventions: the biases are synapses from a unit that is always 1, and cost energy; errors are
propagated back through the weights that made them, before these change; the loss is half the
squared distance of the outputs from their targets, or the cross-entropy of a softmax.
"""

from collections.abc import Hashable, Sequence
from functools import reduce

import numpy as np

from montecarlo.arrays import Array, IntArray
from montecarlo.masks import Mask
from montecarlo.network.network import Network, Saver, require_fitting, targets
from montecarlo.network.synapses import Change, Layer
from montecarlo.network.units import HIDDEN, OUTPUT

__all__ = ["kind", "present", "present_together"]

#: A mask that all synapses are in.
EVERY = np.ones((1, 1), bool)
#: Synapses onto hidden units that no cache of a processor holds.
MANY_SYNAPSES = 2**18
#: Synapses of all networks side by side, if single ones have masks.
MASKED_SYNAPSES = 80_000
#: Samples whose fields are computed at once.
SAMPLES_IN_BLOCK = 32


def present(network: Network, inputs: Array, labels: IntArray, samples: IntArray) -> None:
    """Let a network learn from samples, one after another.

    Parameters
    ----------
    network : Network
        Changed in place.
    inputs : ndarray, shape (P, n_i)
        One input a row.
    labels : ndarray of int, shape (P,)
        Numbers of the output units that stand for the inputs.
    samples : ndarray of int, shape (S,)
        The rows of ``inputs`` to be presented.

    Raises
    ------
    ValueError
        If inputs and labels do not fit each other or the network.

    Examples
    --------
    >>> from montecarlo.datasets import digits
    >>> from montecarlo.network import CP, initial_network
    >>> data = digits(zero_mean=True)
    >>> network = initial_network(CP, (64, 5, 10), np.random.default_rng(1))
    >>> present(network, data.train_inputs, data.train_labels, np.arange(100))
    >>> network.hidden.energy[0] == 100 * 5 * 65  # every sample changes every synapse
    np.True_
    """
    present_together([network], inputs, labels, samples[np.newaxis])


def present_together(
    networks: Sequence[Network], inputs: Array, labels: IntArray, samples: IntArray
) -> None:
    """Let networks learn side by side, each from its own samples, one after another.

    Parameters
    ----------
    networks : sequence of Network
        R networks of one ``kind``, changed in place: of one design and shape, and with savers that
        restrict them in the same way, whatever their parameters.
    inputs : ndarray, shape (P, n_i)
        One input a row.
    labels : ndarray of int, shape (P,)
        Numbers of the output units that stand for the inputs.
    samples : ndarray of int, shape (R, S)
        The rows of ``inputs`` to be presented to each network.

    Raises
    ------
    ValueError
        If inputs and labels do not fit each other or the networks, or these not each other.

    Examples
    --------
    >>> from montecarlo.datasets import digits
    >>> from montecarlo.network import CP, initial_network
    >>> data = digits(zero_mean=True)
    >>> networks = [initial_network(CP, (64, 5, 10), np.random.default_rng(i)) for i in range(3)]
    >>> samples = np.arange(300).reshape(3, 100)
    >>> present_together(networks, data.train_inputs, data.train_labels, samples)
    >>> [network.presented for network in networks]
    [100, 100, 100]
    """
    require_fitting(networks[0], inputs, labels)
    if len(set(map(kind, networks))) != 1 or samples.shape[:1] != (len(networks),):
        raise ValueError("networks must be of one kind, and have a row of samples each")
    hidden, most = networks[0].hidden, len(networks)
    learn = _learn_in_blocks if in_blocks(networks[0]) else _learn_by_sample
    if learn is _learn_by_sample and type(hidden) is Layer:
        # Masks of single synapses are arrays that should stay in a processor's cache.
        most = max(1, MASKED_SYNAPSES // hidden.weights.size)
    for start in range(0, len(networks), most):
        few = slice(start, start + most)
        layers = [[getattr(it, name) for it in networks[few]] for name in ("hidden", "output")]
        stacks = [type(alike[0]).stack(alike) for alike in layers]
        lesson = _Lesson(networks[few], inputs, labels, samples[few])
        # A logistic unit overflows on its way to 0.
        with np.errstate(over="ignore"):
            learn(lesson, networks[few], *stacks)
        for stack, alike in zip(stacks, layers, strict=True):
            stack.unstack(alike)
    for network in networks:
        network.presented += samples.shape[1]


def kind(network: Network) -> Hashable:
    """What is the same of all networks that can learn side by side; the rest may differ.

    Examples
    --------
    >>> from montecarlo.network import CP, initial_network
    >>> from montecarlo.savers import Cache, Largest, Subnet
    >>> rng = np.random.default_rng(1)
    >>> savers = [(), (Subnet(3),), (Largest(0.1),), (Cache(0.1),), (Cache(0.2),)]
    >>> kinds = [kind(initial_network(CP, (64, 5, 10), rng, savers=it)) for it in savers]
    >>> kinds[0] == kinds[1], kinds[0] == kinds[2], kinds[3] == kinds[4]
    (True, False, True)
    """
    into, out_of = _left(network)
    # The masks that units do not decide.
    dense = into.shape[1] > 1 and into.shape, out_of.shape[0] > 1 and out_of.shape
    # Whether they choose single synapses depends on the class of savers, and on who competes.
    choosing = [(type(saver), vars(saver).get("per")) for saver in _choosing(network)]
    return network.design, network.hidden.kind, network.output.kind, dense, tuple(choosing)


def in_blocks(network: Network) -> bool:
    """Whether a network learns in blocks: if it has no caches, and units decide what changes."""
    into, out_of = _left(network)
    by_units = into.shape[1] == out_of.shape[0] == 1 and not _choosing(network)
    return by_units and type(network.hidden) is Layer


class _Lesson:
    """What networks side by side learn from, how their units respond, and what savers say."""

    def __init__(
        self, networks: Sequence[Network], inputs: Array, labels: IntArray, samples: IntArray
    ) -> None:
        design, weights = networks[0].design, networks[0].output.weights
        self.rate, self.bias = design.learning_rate, int(design.bias)
        self.activate, self.through = HIDDEN[design.hidden]
        self.respond, self.error = OUTPUT[design.output]
        self.inputs, self.samples, self.labels = inputs, samples, labels[samples]
        self.targets = targets(design, len(weights)).astype(weights.dtype)[self.labels]
        asked = [[each for each in network.savers if _asks(each, "learns")] for network in networks]
        self.asked = [(place, savers) for place, savers in enumerate(asked) if savers]

    def shown(self, steps: slice) -> Array:
        """The activities of the input units in some steps, shape (R, steps, n_in)."""
        samples, n_i = self.samples[:, steps], self.inputs.shape[1]
        shown = np.ones((*samples.shape, n_i + self.bias), self.targets.dtype)
        shown[..., :n_i] = self.inputs[samples]
        return shown

    def backpropagate(self, t: int, fields: Array, h: Array, output: Layer) -> tuple[Array, Array]:
        """The errors of hidden and of output units in a step, zero where nothing is learnt.

        The activities ``h`` of hidden units are filled in, from their fields.
        """
        n_h = fields.shape[1]
        h[:, :n_h] = self.activate(fields)
        response = self.respond(output.fields(h))
        errors = self.error(response, self.targets[:, t])
        if self.asked:
            right = response.argmax(axis=1) == self.labels[:, t]
            for place, savers in self.asked:
                sample, correct = int(self.samples[place, t]), bool(right[place])
                if not all(saver.learns(sample, correct) for saver in savers):
                    errors[place] = 0
        return self.through(output.propagate(errors)[:, :n_h], h[:, :n_h]), errors


def _asks(saver: Saver, question: str) -> bool:
    """Whether a saver answers a question in a way of its own."""
    return getattr(type(saver), question) is not getattr(Saver, question)


def _learn_in_blocks(
    lesson: _Lesson, networks: Sequence[Network], hidden: Layer, output: Layer
) -> None:
    into, out_of = _fixed(networks)
    # Weights that no cache holds are worth reading less often.
    length = SAMPLES_IN_BLOCK if hidden.weights[0].size < MANY_SYNAPSES else 4 * SAMPLES_IN_BLOCK
    for start in range(0, lesson.samples.shape[1], length):
        x = lesson.shown(slice(start, start + length))
        fields = x @ hidden.weights.swapaxes(1, 2)
        overlaps = (lesson.rate * x) @ x.swapaxes(1, 2)
        deltas = np.empty_like(fields)
        errors = np.empty((*x.shape[:2], output.weights.shape[1]), x.dtype)
        h = np.ones((*x.shape[:2], output.weights.shape[2]), x.dtype)
        for t in range(x.shape[1]):
            # Earlier samples have changed the weights: those of earlier blocks, and of this one.
            first = t - t % SAMPLES_IN_BLOCK
            if t == first > 0:
                last = slice(first - SAMPLES_IN_BLOCK, first)
                fields[:, t:] += overlaps[:, t:, last] @ deltas[:, last]
            fields[:, t] += np.vecmat(overlaps[:, t, first:t], deltas[:, first:t])
            deltas[:, t], errors[:, t] = lesson.backpropagate(
                start + t, fields[:, t], h[:, t], output
            )
            if into is not None:
                deltas[:, t] *= into[..., 0]
            if out_of is not None:
                h[:, t] *= out_of[:, 0]
            Change(errors[:, t], h[:, t]).add_to(output.weights, lesson.rate)
        Change(deltas, x).add_all_to(hidden.weights, lesson.rate)
        hidden.pay(lesson.rate, Change(deltas, x))
        output.pay(lesson.rate, Change(errors, h))


def _learn_by_sample(
    lesson: _Lesson, networks: Sequence[Network], hidden: Layer, output: Layer
) -> None:
    fixed = _fixed(networks)
    choosing = list(zip(*map(_choosing, networks), strict=True))
    for start in range(0, lesson.samples.shape[1], SAMPLES_IN_BLOCK):
        shown = lesson.shown(slice(start, start + SAMPLES_IN_BLOCK))
        for t in range(shown.shape[1]):
            x = shown[:, t]
            h = np.ones((len(x), output.weights.shape[2]), x.dtype)
            hidden.begin()
            output.begin()
            deltas, errors = lesson.backpropagate(start + t, hidden.fields(x), h, output)
            changes = Change(deltas, x).only(fixed[0]), Change(errors, h).only(fixed[1])
            for savers in choosing:
                changes = savers[0].restrict_all(savers, *changes)
            hidden.learn(lesson.rate, changes[0])
            output.learn(lesson.rate, changes[1])


def _choosing(network: Network) -> tuple[Saver, ...]:
    """The savers of a network from the first on that chooses anew for every sample."""
    choose = [_asks(saver, "restrict") for saver in network.savers]
    return network.savers[choose.index(True) :] if any(choose) else ()


def _left(network: Network) -> tuple[Mask, Mask]:
    """What the savers before those leave plastic of the hidden and of the output layer."""
    savers = network.savers[: len(network.savers) - len(_choosing(network))]
    masks = [(EVERY, EVERY), *(saver.plastic for saver in savers if saver.plastic is not None)]
    into, out_of = (reduce(np.logical_and, layer) for layer in zip(*masks, strict=True))
    return into, out_of


def _fixed(networks: Sequence[Network]) -> list[Mask | None]:
    """The same of networks side by side; None is all."""
    layers = zip(*map(_left, networks), strict=True)
    stacks = [np.stack(np.broadcast_arrays(*layer)) for layer in layers]
    return [None if plastic.all() else plastic for plastic in stacks]
