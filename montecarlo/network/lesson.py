"""What networks side by side learn from, sample by sample, and what savers leave of it."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from montecarlo.arrays import Array, IntArray
from montecarlo.masks import Mask
from montecarlo.network.network import Changes, Network, Saver, targets
from montecarlo.network.synapses import Layer
from montecarlo.network.units import HIDDEN, OUTPUT

#: A mask that all synapses are in.
EVERY = np.ones((1, 1), bool)


class Lesson:
    """What networks side by side learn from, how their units respond, and what savers say.

    Attributes
    ----------
    rate : float
        That of their design.
    samples : ndarray of int, shape (R, S)
        The rows of the inputs to be presented to each network.
    fixed : list of (ndarray of bool or None)
        What is plastic of the hidden and of the output layer, shape (R, n_out or 1, n_in or 1),
        before any saver chooses anew; None is all.
    choosing : list of tuple of Saver
        Those that choose anew for every sample, one of each network, in their order.
    """

    def __init__(
        self, networks: Sequence[Network], inputs: Array, labels: IntArray, samples: IntArray
    ) -> None:
        design, weights = networks[0].design, networks[0].output.weights
        self.rate, self._bias = design.learning_rate, int(design.bias)
        self._activate, self._through = HIDDEN[design.hidden]
        self._respond, self._error = OUTPUT[design.output]
        self._inputs, self.samples, self._labels = inputs, samples, labels[samples]
        self._targets = targets(design, len(weights)).astype(weights.dtype)[self._labels]
        asked = [[each for each in network.savers if asks(each, "learns")] for network in networks]
        self._asked = [(place, savers) for place, savers in enumerate(asked) if savers]
        self.choosing = list(zip(*map(choosing, networks), strict=True))
        layers = [np.broadcast_arrays(*layer) for layer in zip(*map(left, networks), strict=True)]
        self.fixed = [None if np.all(layer) else np.stack(layer) for layer in layers]

    def shown(self, steps: slice) -> Array:
        """The activities of the input units in some steps, shape (R, steps, n_in)."""
        samples, n_i = self.samples[:, steps], self._inputs.shape[1]
        shown = np.ones((*samples.shape, n_i + self._bias), self._targets.dtype)
        shown[..., :n_i] = self._inputs[samples]
        return shown

    def backpropagate(self, t: int, fields: Array, h: Array, output: Layer) -> tuple[Array, Array]:
        """The errors of hidden and of output units in a step, zero where nothing is learnt.

        The activities ``h`` of hidden units are filled in, from their fields.
        """
        n_h = fields.shape[1]
        h[:, :n_h] = self._activate(fields)
        response = self._respond(output.fields(h))
        errors = self._error(response, self._targets[:, t])
        if self._asked:
            right = response.argmax(axis=1) == self._labels[:, t]
            for place, savers in self._asked:
                sample, correct = int(self.samples[place, t]), bool(right[place])
                if not all(saver.learns(sample, correct) for saver in savers):
                    errors[place] = 0
        return self._through(output.propagate(errors)[:, :n_h], h[:, :n_h]), errors

    def restrict(self, changes: Changes) -> Changes:
        """What savers that choose anew for every sample leave of its changes."""
        for savers in self.choosing:
            changes = savers[0].restrict_all(savers, *changes)
        return changes


def asks(saver: Saver, question: str) -> bool:
    """Whether a saver answers a question in a way of its own."""
    return getattr(type(saver), question) is not getattr(Saver, question)


def choosing(network: Network) -> tuple[Saver, ...]:
    """The savers of a network from the first on that chooses anew for every sample."""
    choose = [asks(saver, "restrict") for saver in network.savers]
    return network.savers[choose.index(True) :] if any(choose) else ()


def left(network: Network) -> tuple[Mask, Mask]:
    """What the savers before those leave plastic of the hidden and of the output layer."""
    savers = network.savers[: len(network.savers) - len(choosing(network))]
    masks = [(EVERY, EVERY), *(saver.plastic for saver in savers if saver.plastic is not None)]
    into, out_of = (reduce(np.logical_and, layer) for layer in zip(*masks, strict=True))
    return into, out_of
