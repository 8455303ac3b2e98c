"""What a network responds to many inputs at once, and how often it is right."""

import numpy as np

from montecarlo.arrays import Array, IntArray
from montecarlo.network.network import Network, require_fitting
from montecarlo.network.synapses import Layer
from montecarlo.network.units import HIDDEN, OUTPUT

__all__ = ["accuracy", "outputs"]


def outputs(network: Network, inputs: Array) -> Array:
    """What the output units respond to many inputs.

    Parameters
    ----------
    network : Network
        As it is, with transient and persistent weights together.
    inputs : ndarray, shape (P, n_i)
        One input a row.

    Returns
    -------
    ndarray, shape (P, n_o)
        One response a row.

    Examples
    --------
    >>> from montecarlo.network import CP, initial_network
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
        As it is, with transient and persistent weights together.
    inputs : ndarray, shape (P, n_i)
        One input a row.
    labels : ndarray of int, shape (P,)
        Numbers of the output units that stand for the inputs.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If inputs and labels do not fit each other or the network.

    Examples
    --------
    >>> from montecarlo.network import CP, initial_network, present
    >>> network = initial_network(CP, (2, 3, 2), np.random.default_rng(1))
    >>> inputs, labels = np.eye(2), np.arange(2)
    >>> for _ in range(1000):
    ...     present(network, inputs, labels, labels)
    >>> accuracy(network, inputs, labels)
    1.0
    """
    require_fitting(network, inputs, labels)
    return float(np.mean(outputs(network, inputs).argmax(axis=1) == labels))


def _fields(layer: Layer, activities: Array) -> Array:
    """The summed inputs of the units of a layer, for many samples; a missing column is biases."""
    n_in = activities.shape[1]
    strengths = layer.strengths
    fields: Array = activities @ strengths[:, :n_in].T + strengths[:, n_in:].sum(axis=1)
    return fields
