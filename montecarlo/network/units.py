"""How the units of a network respond, and how errors pass through them."""

from collections.abc import Callable

import numpy as np

from montecarlo.arrays import Array

#: The slope of a leaky ReLU below zero, as in CP.
LEAK = 0.1

#: What units make of their fields; the last axis is that of the units.
Response = Callable[[Array], Array]
#: Errors in the fields, from two other vectors.
Errors = Callable[[Array, Array], Array]


def _logistic(fields: Array) -> Array:
    """Faster than SciPy's in single precision; far below zero the exponential overflows."""
    activities: Array = 1 / (1 + np.exp(-fields))
    return activities


def _softmax(fields: Array) -> Array:
    powers = np.exp(fields - fields.max(axis=-1, keepdims=True))  # no overflow
    normalised: Array = powers / powers.sum(axis=-1, keepdims=True)
    return normalised


#: Of hidden units: the activities for given fields, and the errors in the fields for given errors
#: in the activities and given activities.
HIDDEN: dict[str, tuple[Response, Errors]] = {
    "logistic": (_logistic, lambda errors, h: errors * h * (1 - h)),
    "leaky ReLU": (
        lambda fields: np.maximum(fields, LEAK * fields),
        lambda errors, h: errors * np.maximum(np.sign(h), LEAK),
    ),
    "ReLU": (lambda fields: np.maximum(fields, 0), lambda errors, h: errors * (h > 0)),
}
#: Of output units: the outputs for given fields, and minus the gradient of the loss with respect to
#: the fields for given outputs and targets.
OUTPUT: dict[str, tuple[Response, Errors]] = {
    "logistic": (_logistic, lambda y, target: (target - y) * y * (1 - y)),
    "linear": (lambda fields: fields, lambda y, target: target - y),
    "softmax": (_softmax, lambda y, target: target - y),
}
