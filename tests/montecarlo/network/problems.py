"""Networks of all designs, and samples for them."""

import itertools
from typing import get_args

import numpy as np

from montecarlo.network import design, initial_network
from montecarlo.network.design import Design

EXPONENTS = (0, 0.5, 1, 2)
DESIGNS = [
    Design(hidden, output, bias, (0.05, 0.8), 0.05, 0.7, "in turn")
    for hidden, output, bias in itertools.product(
        get_args(design.Hidden), get_args(design.Output), (False, True)
    )
]
SIZES = (7, 5, 5)


def problem(design, dtype=np.float64, samples=30):
    """A network with all kinds of weights, and samples of which many inputs are zero."""
    rng = np.random.default_rng(7)
    made = initial_network(design, SIZES, rng, exponents=EXPONENTS, dtype=dtype)
    inputs = rng.normal(size=(samples, SIZES[0])) * (rng.random((samples, SIZES[0])) < 0.7)
    return made, inputs.astype(dtype), rng.integers(0, SIZES[2], samples)


def weights(net):
    return [net.hidden.weights, net.output.weights]


def name(design):
    return f"{design.hidden}, {design.output}, {'' if design.bias else 'no '}bias"
