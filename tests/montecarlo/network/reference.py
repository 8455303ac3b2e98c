"""Learning of a network by the definitions, synapse by synapse and in double precision."""

import numpy as np


def respond(kind, fields):
    """What one layer of units makes of its fields."""
    if kind == "logistic":
        return 1 / (1 + np.exp(-fields))
    if kind == "softmax":
        return np.exp(fields) / np.exp(fields).sum()
    slopes = {"linear": 1.0, "leaky ReLU": 0.1, "ReLU": 0.0}
    return np.array([field if field > 0 else slopes[kind] * field for field in fields])


def slope(kind, fields):
    """The derivative of a unit's response, by its formula."""
    if kind == "logistic":
        return np.exp(-fields) / (1 + np.exp(-fields)) ** 2
    return np.where(fields > 0, 1.0, {"linear": 1.0, "leaky ReLU": 0.1, "ReLU": 0.0}[kind])


def forward(design, layers, x):
    """The extended inputs, the hidden fields, the extended hidden activities, the output fields."""
    one = [1.0] * design.bias
    extended = np.concatenate([x, one])
    hidden_fields = layers[0] @ extended
    activities = np.concatenate([respond(design.hidden, hidden_fields), one])
    return extended, hidden_fields, activities, layers[1] @ activities


def loss(design, layers, x, label):
    """What learning descends on."""
    fields = forward(design, layers, x)[-1]
    target = np.full(len(fields), design.targets[0])
    target[label] = design.targets[1]
    outputs = respond(design.output, fields)
    if design.output == "softmax":
        return -np.sum(target * np.log(outputs))
    return np.sum((outputs - target) ** 2) / 2


def backward(design, layers, x, label):
    """The outputs, and for each layer the errors of its units and the activities that reach it."""
    extended, hidden_fields, activities, fields = forward(design, layers, x)
    outputs = respond(design.output, fields)
    target = np.full(len(fields), design.targets[0])
    target[label] = design.targets[1]
    errors = target - outputs
    if design.output == "logistic":
        errors = errors * slope("logistic", fields)
    n_h = len(hidden_fields)
    back = [sum(errors[k] * layers[1][k, j] for k in range(len(errors))) for j in range(n_h)]
    hidden_errors = np.array(back) * slope(design.hidden, hidden_fields)
    return outputs, ((hidden_errors, extended), (errors, activities))


def learn(design, layers, inputs, labels, exponents):
    """New layers, and the energies (layers, exponents), after one presentation of each input.

    Every change of every synapse is made into a number of its own.
    """
    layers = [layer.astype(float) for layer in layers]
    energy = np.zeros((2, len(exponents)))
    for x, label in zip(np.asarray(inputs, float), labels, strict=True):
        _, factors = backward(design, layers, x, label)
        for i, (error, activity) in enumerate(factors):
            change = design.learning_rate * np.outer(error, activity)
            layers[i] += change
            for j, exponent in enumerate(exponents):
                changed = change[change != 0]
                energy[i, j] += np.sum(np.abs(changed) ** exponent)
    return layers, energy
