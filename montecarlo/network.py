"""Networks with one hidden layer that learn digits one sample at a time, and what that costs.

For each sample and layer, BLAS goes through the weights twice, to compute the fields and to update
in place, and for the output layer once more, to propagate the errors back.

Conventions: the biases are synapses from a unit that is always 1, and cost energy; errors are
propagated back through the weights that made them, before these change; the loss is half the
squared distance of the outputs from their targets, or the cross-entropy of a softmax.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from montecarlo.checks import (
    as_number,
    require,
    require_choice,
    require_count,
    require_generator,
    require_positive,
)
from montecarlo.synapses import PRECISIONS, Layer
from montecarlo.units import HIDDEN, OUTPUT, Array

__all__ = [
    "CP",
    "LVR",
    "Design",
    "Network",
    "accuracy",
    "initial_network",
    "outputs",
    "present",
]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Hidden = Literal["logistic", "leaky ReLU", "ReLU"]
Output = Literal["logistic", "linear", "softmax"]
Order = Literal["in turn", "at random"]


@dataclass(frozen=True)
class Design:
    """How the units of a network respond, and how it learns.

    Attributes
    ----------
    hidden : {"logistic", "leaky ReLU", "ReLU"}
        The hidden units. A leaky ReLU has slope 0.1 below zero.
    output : {"logistic", "linear", "softmax"}
        The output units. The loss is the cross-entropy for a softmax, otherwise half the sum of
        squared errors.
    bias : bool
        Whether a unit that is always 1 projects to the hidden and to the output units.
    targets : (float, float)
        What an output unit should be for other digits, and for its own.
    learning_rate : float
        Step size eta > 0.
    initial_std : float
        Standard deviation >= 0 of the Gaussian initial weights, biases included.
    order : {"in turn", "at random"}
        Whether samples are presented one after another, again and again, or drawn with
        replacement.

    Raises
    ------
    ValueError
        If one of them is outside its domain.
    """

    hidden: Hidden
    output: Output
    bias: bool
    targets: tuple[float, float]
    learning_rate: float
    initial_std: float
    order: Order

    def __post_init__(self) -> None:
        """Check all values."""
        require_choice("hidden", self.hidden, get_args(Hidden))
        require_choice("output", self.output, get_args(Output))
        require_choice("order", self.order, get_args(Order))
        require_positive("learning_rate", self.learning_rate)
        domain = "two finite numbers"
        values = [as_number("targets", target, domain) for target in self.targets]
        sound = len(values) == 2 and all(map(math.isfinite, values))
        require("targets", self.targets, sound, domain)
        domain = "a finite number >= 0"
        std = as_number("initial_std", self.initial_std, domain)
        require("initial_std", self.initial_std, 0 <= std < math.inf, domain)


#: The networks of Li & van Rossum (2020), Fig. 5. The standard deviation of the weights and the
#: targets are those of the authors' script.
LVR = Design(
    hidden="logistic",
    output="logistic",
    bias=False,
    targets=(0.01, 0.99),
    learning_rate=0.1,
    initial_std=0.01,
    order="in turn",
)
#: Those of van Rossum (2023). The authors scanned standard deviations from 0.01 to 0.03.
CP = Design(
    hidden="leaky ReLU",
    output="linear",
    bias=True,
    targets=(0.0, 1.0),
    learning_rate=0.01,
    initial_std=0.01,
    order="at random",
)


@dataclass
class Network:
    """A network with one hidden layer, as it is after ``presented`` samples.

    Attributes
    ----------
    design : Design
    hidden, output : Layer
        The synapses onto the hidden and onto the output units.
    presented : int
        Samples that it has learnt from.
    """

    design: Design
    hidden: Layer
    output: Layer
    presented: int = 0


def initial_network(
    design: Design,
    sizes: tuple[int, int, int],
    rng: np.random.Generator,
    *,
    exponents: Sequence[float] = (0, 1),
    dtype: npt.DTypeLike = np.float32,
) -> Network:
    """A network that has learnt nothing yet.

    Parameters
    ----------
    design : Design
    sizes : (int, int, int)
        Numbers of input, hidden and output units, the units of the biases not counted.
    rng : numpy.random.Generator
        Draws the weights, those onto the hidden units first.
    exponents : sequence of float
        The alphas >= 0 of the energies M_alpha to be counted.
    dtype : {float32, float64}
        The precision of the weights and of all that is computed with them.

    Raises
    ------
    ValueError
        If an argument is outside its domain, or the targets of a softmax do not sum to 1.

    Examples
    --------
    >>> network = initial_network(CP, (784, 100, 10), np.random.default_rng(1))
    >>> network.hidden.weights.shape, network.output.weights.shape
    ((100, 785), (10, 101))
    """
    require("sizes", sizes, len(sizes) == 3, "the numbers of input, hidden and output units")
    for name, size in zip(("inputs", "hidden units", "outputs"), sizes, strict=True):
        require_count(f"the number of {name}", size)
    require_generator(rng)
    require("dtype", dtype, np.dtype(dtype) in PRECISIONS, "float32 or float64")
    domain = "finite numbers >= 0"
    alphas = tuple(as_number("exponents", alpha, domain) for alpha in exponents)
    require("exponents", exponents, all(0 <= alpha < math.inf for alpha in alphas), domain)
    total = math.fsum(_targets(design, sizes[2])[0])
    sound = design.output != "softmax" or math.isclose(total, 1)
    require("targets", design.targets, sound, "probabilities of the outputs of a softmax")

    def layer(n_in: int, n_out: int) -> Layer:
        drawn = rng.normal(0, design.initial_std, (n_out, n_in + design.bias)).astype(dtype)
        return Layer(drawn, drawn.copy(), alphas, np.zeros(len(alphas)))

    n_i, n_h, n_o = sizes
    return Network(design, hidden=layer(n_i, n_h), output=layer(n_h, n_o))


def outputs(network: Network, inputs: Array) -> Array:
    """What the output units respond to many inputs.

    Parameters
    ----------
    network : Network
    inputs : ndarray, shape (P, n_i)

    Returns
    -------
    ndarray, shape (P, n_o)

    Examples
    --------
    >>> network = initial_network(CP, (64, 5, 10), np.random.default_rng(1))
    >>> outputs(network, np.zeros((3, 64), np.float32)).shape
    (3, 10)
    """
    activate, _ = HIDDEN[network.design.hidden]
    respond, _ = OUTPUT[network.design.output]
    return respond(_fields(network.output, activate(_fields(network.hidden, inputs))))


def accuracy(network: Network, inputs: Array, labels: IntArray) -> float:
    """The fraction of inputs whose largest output is that of their label.

    Parameters
    ----------
    network : Network
    inputs : ndarray, shape (P, n_i)
    labels : ndarray of int, shape (P,)

    Raises
    ------
    ValueError
        If inputs and labels do not fit each other or the network.

    Examples
    --------
    >>> network = initial_network(CP, (2, 3, 2), np.random.default_rng(1))
    >>> inputs, labels = np.eye(2), np.arange(2)
    >>> for _ in range(1000):
    ...     present(network, inputs, labels, labels)
    >>> accuracy(network, inputs, labels)
    1.0
    """
    _require_fitting(network, inputs, labels)
    return float(np.mean(outputs(network, inputs).argmax(axis=1) == labels))


def present(network: Network, inputs: Array, labels: IntArray, samples: IntArray) -> None:
    """Let a network learn from samples, one after another.

    Parameters
    ----------
    network : Network
        Changed in place.
    inputs : ndarray, shape (P, n_i)
    labels : ndarray of int, shape (P,)
        Numbers of the output units that stand for the inputs.
    samples : ndarray of int
        The rows of ``inputs`` to be presented.

    Raises
    ------
    ValueError
        If inputs and labels do not fit each other or the network.

    Examples
    --------
    >>> from montecarlo.datasets import digits
    >>> data = digits(zero_mean=True)
    >>> network = initial_network(CP, (64, 5, 10), np.random.default_rng(1))
    >>> present(network, data.train_inputs, data.train_labels, np.arange(100))
    >>> network.hidden.energy[0] == 100 * 5 * 65  # every sample changes every synapse
    np.True_
    """
    _require_fitting(network, inputs, labels)
    rate = network.design.learning_rate
    activate, through = HIDDEN[network.design.hidden]
    respond, error = OUTPUT[network.design.output]
    hidden, output = network.hidden, network.output
    n_i, n_h = inputs.shape[1], len(hidden.weights)
    # What is beyond the inputs and the hidden units is the unit of the biases, always 1.
    x = np.ones(hidden.weights.shape[1], hidden.weights.dtype)
    h = np.ones(output.weights.shape[1], output.weights.dtype)
    targets = _targets(network.design, len(output.weights)).astype(h.dtype)
    for sample, label in zip(samples.tolist(), labels[samples].tolist(), strict=True):
        x[:n_i] = inputs[sample]
        h[:n_h] = activate(hidden.weights.dot(x))
        output_errors = error(respond(output.weights.dot(h)), targets[label])
        hidden_errors = through(output_errors.dot(output.weights)[:n_h], h[:n_h])
        output.learn(rate, output_errors, h)
        hidden.learn(rate, hidden_errors, x)
    network.presented += len(samples)


def _fields(layer: Layer, activities: Array) -> Array:
    """The summed inputs of the units of a layer, for many samples; a missing column is biases."""
    n_in = activities.shape[1]
    biases = layer.weights[:, n_in:].sum(axis=1)
    fields: Array = activities @ layer.weights[:, :n_in].T + biases
    return fields


def _targets(design: Design, n_o: int) -> FloatArray:
    """What the outputs should be: one row for each label."""
    off, on = design.targets
    return np.where(np.eye(n_o) == 1, on, off)


def _require_fitting(network: Network, inputs: Array, labels: IntArray) -> None:
    n_i = network.hidden.weights.shape[1] - network.design.bias
    n_o = len(network.output.weights)
    if inputs.ndim != 2 or inputs.shape[1] != n_i:
        raise ValueError(f"inputs must be of shape (P, {n_i}), got {inputs.shape}")
    if labels.shape != inputs.shape[:1]:
        raise ValueError(f"labels must be of shape {inputs.shape[:1]}, got {labels.shape}")
    for label in labels[(labels < 0) | (labels >= n_o)][:1]:
        require("labels", int(label), False, f"in 0..{n_o - 1}")
