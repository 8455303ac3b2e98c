"""Networks learn one sample at a time, side by side.

A network whose savers choose no single synapses anew for every sample learns in blocks of time,
exactly. Otherwise every sample goes through the synapses.

Conventions: the biases are synapses from a unit that is always 1, and cost energy; errors are
propagated back through the weights that made them, before these change; the loss is half the
squared distance of the outputs from their targets, or the cross-entropy of a softmax.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from montecarlo.arrays import Array, IntArray
from montecarlo.network.blocks import learn_in_blocks
from montecarlo.network.lesson import Lesson, choosing, left
from montecarlo.network.network import Network, require_fitting
from montecarlo.network.synapses import Change, Layer

__all__ = ["kind", "present", "present_together"]

#: Synapses of all networks side by side, if single ones have masks.
MASKED_SYNAPSES = 80_000
#: Samples whose inputs are looked up at once.
SAMPLES_SHOWN = 32


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
    learn = learn_in_blocks if in_blocks(networks[0]) else _learn_by_sample
    if learn is _learn_by_sample and type(hidden) is Layer:
        # Masks of single synapses are arrays that should stay in a processor's cache.
        most = max(1, MASKED_SYNAPSES // hidden.weights.size)
    for start in range(0, len(networks), most):
        few = slice(start, start + most)
        layers = [[getattr(it, name) for it in networks[few]] for name in ("hidden", "output")]
        stacks = [type(alike[0]).stack(alike) for alike in layers]
        lesson = Lesson(networks[few], inputs, labels, samples[few])
        # A logistic unit overflows on its way to 0.
        with np.errstate(over="ignore"):
            learn(lesson, *stacks)
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
    into, out_of = left(network)
    # The masks that units do not decide.
    dense = into.shape[1] > 1 and into.shape, out_of.shape[0] > 1 and out_of.shape
    # Whether they choose single synapses depends on the class of savers, and on who competes.
    choose = [(type(saver), vars(saver).get("per")) for saver in choosing(network)]
    return network.design, network.hidden.kind, network.output.kind, dense, tuple(choose)


def in_blocks(network: Network) -> bool:
    """Whether a network learns in blocks: if it has no caches and nobody chooses synapses anew."""
    if type(network.hidden) is not Layer:
        return False
    into, _ = left(network)
    choose = choosing(network)
    return not choose or (into.shape[1] == 1 and all(saver.by_units for saver in choose))


def _learn_by_sample(lesson: Lesson, hidden: Layer, output: Layer) -> None:
    for start in range(0, lesson.samples.shape[1], SAMPLES_SHOWN):
        shown = lesson.shown(slice(start, start + SAMPLES_SHOWN))
        for t in range(shown.shape[1]):
            x = shown[:, t]
            h = np.ones((len(x), output.weights.shape[2]), x.dtype)
            hidden.begin()
            output.begin()
            deltas, errors = lesson.backpropagate(start + t, hidden.fields(x), h, output)
            proposed = (
                Change(deltas, x).only(lesson.fixed[0]),
                Change(errors, h).only(lesson.fixed[1]),
            )
            changes = lesson.restrict(proposed)
            hidden.learn(lesson.rate, changes[0])
            output.learn(lesson.rate, changes[1])
