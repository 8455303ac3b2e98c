"""Networks with one hidden layer, and the rules by which they save energy.

Conventions: the biases are synapses from a unit that is always 1, and cost energy; errors are
propagated back through the weights that made them, before these change; the loss is half the
squared distance of the outputs from their targets, or the cross-entropy of a softmax.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import Array, FloatArray, IntArray
from montecarlo.checks import as_count, as_number, require, require_generator
from montecarlo.masks import Mask
from montecarlo.network.change import PRECISIONS, Change
from montecarlo.network.design import Design
from montecarlo.network.synapses import Layer

__all__ = ["Network", "Saver", "initial_network"]

#: Of the hidden and of the output layer.
Changes = tuple[Change, Change]


class Saver:
    """A rule that saves energy; this one saves nothing, and others override what they do.

    Attributes
    ----------
    plastic : (ndarray of bool, ndarray of bool), optional
        Of a rule that fixes which synapses of the hidden and of the output layer can change: these,
        as in `Change.only`. A network learns fastest if units decide, those that synapses of the
        hidden layer lead to and those that synapses of the output layer come from.

    Examples
    --------
    A saver that learns from every other sample:

    >>> class EveryOther(Saver):
    ...     def learns(self, sample, correct):
    ...         return sample % 2 == 0
    >>> [EveryOther().learns(sample, False) for sample in range(4)]
    [True, False, True, False]
    """

    plastic: tuple[Mask, Mask] | None = None

    @property
    def by_units(self) -> bool:
        """Whether all that `restrict` does is to set errors or activities of units to zero.

        Networks learn far faster then than with a choice of single synapses.
        """
        return False

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Fit to a network that is to learn with the saver, and draw what is random.

        Parameters
        ----------
        network : Network
            As the savers before have left it. What is changed of it is changed in place.
        rng : numpy.random.Generator
            The one that has drawn the weights.

        Raises
        ------
        ValueError
            If the saver does not fit the network.
        """

    def learns(self, sample: int, correct: bool) -> bool:
        """Whether to learn from a sample. The savers are asked until one says no.

        Parameters
        ----------
        sample : int
            Its row of the inputs.
        correct : bool
            Whether the output unit of its label is the largest, or the first of the largest.
        """
        return True

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """What to change, of the changes proposed for the hidden and for the output layer.

        Parameters
        ----------
        hidden, output : Change
            What backpropagation proposes and the savers before have left; they are not changed.

        Returns
        -------
        (Change, Change)
        """
        if self.plastic is None:
            return hidden, output
        return hidden.only(self.plastic[0]), output.only(self.plastic[1])

    @staticmethod
    def restrict_all(savers: Sequence[Saver], hidden: Change, output: Change) -> Changes:
        """The same for networks side by side, each with a saver of its own of one class.

        Savers are not asked about samples from which nothing is learnt. To override it is worth
        while if what is to change of many networks can be found at once.

        Parameters
        ----------
        savers : sequence of Saver
            One for each network.
        hidden, output : Change
            As in `restrict`, with an axis of networks in front.

        Returns
        -------
        (Change, Change)
        """
        apart = list(zip(hidden.apart(), output.apart(), strict=True))
        for place, saver in enumerate(savers):
            if output.errors[place].any():
                apart[place] = saver.restrict(*apart[place])
        return Change.together([it for it, _ in apart]), Change.together([it for _, it in apart])


@dataclass
class Network:
    """A network with one hidden layer, as it is after ``presented`` samples.

    Attributes
    ----------
    design : Design
    hidden, output : Layer
        The synapses onto the hidden and onto the output units.
    savers : tuple of Saver
        The rules by which it saves energy.
    presented : int
        Samples presented to it, whether it learnt from them or not.
    """

    design: Design
    hidden: Layer
    output: Layer
    savers: tuple[Saver, ...] = ()
    presented: int = 0


def initial_network(
    design: Design,
    sizes: tuple[int, int, int],
    rng: np.random.Generator,
    *,
    savers: Sequence[Saver] = (),
    exponents: Sequence[float] = (0, 1),
    dtype: npt.DTypeLike = np.float32,
) -> Network:
    """A network that has learnt nothing yet.

    Parameters
    ----------
    design : Design
        How its units respond and how it learns.
    sizes : (int, int, int)
        Numbers of input, hidden and output units, the units of the biases not counted.
    rng : numpy.random.Generator
        Draws the weights, those onto the hidden units first, and then what the savers need.
    savers : sequence of Saver
        Asked in this order; copies are made.
    exponents : sequence of float
        The alphas >= 0 of the energies M_alpha to be counted.
    dtype : {float32, float64}
        The precision of the weights and of all that is computed with them.

    Returns
    -------
    Network
        With Gaussian weights, and nothing spent.

    Raises
    ------
    ValueError
        If an argument is outside its domain, or the targets of a softmax do not sum to 1.

    Examples
    --------
    >>> from montecarlo.network.design import CP
    >>> network = initial_network(CP, (784, 100, 10), np.random.default_rng(1))
    >>> network.hidden.weights.shape, network.output.weights.shape
    ((100, 785), (10, 101))
    """
    require("sizes", sizes, len(sizes) == 3, "the numbers of input, hidden and output units")
    n_i, n_h, n_o = (
        as_count(f"the number of {name}", size)
        for name, size in zip(("inputs", "hidden units", "outputs"), sizes, strict=True)
    )
    require_generator(rng)
    require("dtype", dtype, np.dtype(dtype) in PRECISIONS, "float32 or float64")
    domain = "finite numbers >= 0"
    alphas = tuple(as_number("exponents", alpha, domain) for alpha in exponents)
    require("exponents", exponents, all(0 <= alpha < math.inf for alpha in alphas), domain)
    total = math.fsum(targets(design, n_o)[0])
    sound = design.output != "softmax" or math.isclose(total, 1)
    require("targets", design.targets, sound, "probabilities of the outputs of a softmax")

    def layer(n_in: int, n_out: int) -> Layer:
        drawn = rng.normal(0, design.initial_std, (n_out, n_in + design.bias))
        return Layer.untrained(drawn.astype(dtype), alphas)

    network = Network(
        design, layer(n_i, n_h), layer(n_h, n_o), tuple(copy.deepcopy(saver) for saver in savers)
    )
    for saver in network.savers:
        saver.prepare(network, rng)
    return network


def targets(design: Design, n_o: int) -> FloatArray:
    """What the outputs should be: one row for each label."""
    off, on = design.targets
    return np.where(np.eye(n_o) == 1, on, off)


def require_fitting(network: Network, inputs: Array, labels: IntArray) -> None:
    """Require one label a sample, and both to fit the network."""
    n_i = network.hidden.weights.shape[1] - network.design.bias
    n_o = len(network.output.weights)
    if inputs.ndim != 2 or inputs.shape[1] != n_i:
        raise ValueError(f"inputs must be of shape (P, {n_i}), got {inputs.shape}")
    if labels.shape != inputs.shape[:1]:
        raise ValueError(f"labels must be of shape {inputs.shape[:1]}, got {labels.shape}")
    for label in labels[(labels < 0) | (labels >= n_o)][:1]:
        require("labels", int(label), False, f"in 0..{n_o - 1}")
