"""What a network responds to many inputs, against each of them alone."""

import dataclasses

import numpy as np
import pytest

from montecarlo.network import accuracy, outputs
from montecarlo.network.design import CP
from tests.montecarlo.network import reference
from tests.montecarlo.network.problems import DESIGNS, name, problem, weights


@pytest.mark.parametrize("design", DESIGNS, ids=name)
def test_outputs_of_many_inputs_are_those_of_each(design):
    net, inputs, labels = problem(design)
    expected = np.array(
        [
            reference.respond(design.output, reference.forward(design, weights(net), x)[-1])
            for x in inputs
        ]
    )
    np.testing.assert_allclose(outputs(net, inputs), expected, rtol=1e-12, atol=1e-15)
    correct = [row.argmax() == label for row, label in zip(expected, labels, strict=True)]
    assert 0 < sum(correct) < len(correct)
    assert accuracy(net, inputs, labels) == sum(correct) / len(correct)


def test_softmax_of_large_fields_does_not_overflow():
    net, inputs, _ = problem(dataclasses.replace(CP, output="softmax"))
    net.output.weights[:] *= 1e7
    fields = [reference.forward(net.design, weights(net), x)[-1] for x in inputs]
    assert np.max(fields) > 1000  # exp overflows from 710
    found = outputs(net, inputs)
    assert np.array_equal(found.argmax(axis=1), np.argmax(fields, axis=1))
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found.sum(axis=1), 1)
