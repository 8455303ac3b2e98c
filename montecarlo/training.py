"""Training networks until they are accurate enough, with energy and accuracy on the way."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from montecarlo.checks import as_number, require, require_count, require_generator
from montecarlo.datasets import Dataset
from montecarlo.network import Network, accuracy, present

__all__ = ["Curve", "Reading", "readings", "train"]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Reading:
    """Energy and accuracy of a network at one test: a row of a `Curve`.

    Attributes
    ----------
    presented, accuracy, energy, direct_energy, transient_sum
        As in `Curve`, without its first axis.
    final : bool
        Whether training has ended with it.
    """

    presented: int
    accuracy: float
    energy: FloatArray
    direct_energy: FloatArray
    transient_sum: FloatArray
    final: bool


@dataclass(frozen=True)
class Curve:
    """Energy and accuracy of a network, one row for each test. The layers are hidden and output.

    Attributes
    ----------
    presented : ndarray of int, shape (R,)
        Samples that it had seen.
    accuracy : ndarray, shape (R,)
        Fraction of the test set that was classified correctly.
    energy : ndarray, shape (R, 2, len(exponents))
        Energy if learning had ended then, what is left to consolidate included, by layer and
        exponent.
    direct_energy : ndarray, shape (R, 2, len(exponents))
        Energy of one step from the initial weights to those of then.
    transient_sum : ndarray, shape (R, 2)
        Sum over presentations and synapses of abs(transient weight): what their maintenance costs
        at a price of 1.
    """

    presented: IntArray
    accuracy: FloatArray
    energy: FloatArray
    direct_energy: FloatArray
    transient_sum: FloatArray


def readings(
    network: Network,
    data: Dataset,
    rng: np.random.Generator,
    *,
    goal: float = 0.95,
    most_samples: int = 600_000,
    test_every: int = 1000,
) -> Iterator[Reading]:
    """Let a network learn until it is as accurate as it should be, test by test.

    Between tests the network and the generator can be saved and training can go on from there, as
    if nothing had happened.

    Parameters
    ----------
    network : Network
        Changed in place.
    data : Dataset
        To learn from, and to be tested with.
    rng, goal, most_samples, test_every
        As in `train`.

    Yields
    ------
    Reading
        One for each test, the last one with ``final``; energies in units of weight.

    Raises
    ------
    ValueError
        If an argument is outside its domain, or the data do not fit the network.

    Examples
    --------
    >>> from montecarlo.datasets import digits
    >>> from montecarlo.network.design import CP
    >>> from montecarlo.network import initial_network
    >>> rng = np.random.default_rng(1)
    >>> network = initial_network(CP, (64, 30, 10), rng)
    >>> for reading in readings(network, digits(zero_mean=True), rng, most_samples=2000):
    ...     print(reading.presented, reading.final)
    1000 False
    2000 True
    """
    require_generator(rng)
    require_training(goal, most_samples, test_every)
    inputs, labels = data.train_inputs, data.train_labels
    end = network.presented + most_samples
    final = False
    while not final:
        start, count = network.presented, min(test_every, end - network.presented)
        if network.design.order == "in turn":
            samples = np.arange(start, start + count) % len(inputs)
        else:
            samples = rng.integers(len(inputs), size=count)
        layers = (network.hidden, network.output)
        with np.errstate(over="ignore", invalid="ignore"):
            present(network, inputs, labels, samples)
            correct = accuracy(network, data.test_inputs, data.test_labels)
            energy = np.array([layer.energy for layer in layers])
            direct = np.array([layer.direct_energy for layer in layers])
            held = np.array([layer.transient_sum for layer in layers])
            finite = all(bool(np.isfinite(layer.strengths).all()) for layer in layers)
        final = correct >= goal or network.presented == end or not finite
        yield Reading(network.presented, correct, energy, direct, held, final)


def require_training(goal: float, most_samples: int, test_every: int) -> None:
    """Require that training can be ended and tested as is asked for."""
    domain = "a number"
    require("goal", goal, not math.isnan(as_number("goal", goal, domain)), domain)
    require_count("most_samples", most_samples)
    require_count("test_every", test_every)


def train(
    network: Network,
    data: Dataset,
    rng: np.random.Generator,
    *,
    goal: float = 0.95,
    most_samples: int = 600_000,
    test_every: int = 1000,
) -> Curve:
    """Let a network learn until it is as accurate as it should be.

    Parameters
    ----------
    network : Network
        Changed in place. Training goes on where it was, so that it may be interrupted.
    data : Dataset
        To learn from, and to be tested with.
    rng : numpy.random.Generator
        Draws the samples if the design presents them at random.
    goal : float
        Fraction of the test set; the first test with that many correct is the last.
    most_samples : int
        Give up after so many samples, or at the first test at which weights are not finite.
    test_every : int
        Samples between tests.

    Returns
    -------
    Curve
        Energies in units of weight, one row for each test.

    Raises
    ------
    ValueError
        If an argument is outside its domain, or the data do not fit the network.

    Examples
    --------
    >>> from montecarlo.datasets import digits
    >>> from montecarlo.network.design import CP
    >>> from montecarlo.network import initial_network
    >>> rng = np.random.default_rng(1)
    >>> network = initial_network(CP, (64, 30, 10), rng)
    >>> curve = train(network, digits(zero_mean=True), rng, goal=0.9)
    >>> bool(curve.accuracy[-1] >= 0.9), curve.energy.shape == (len(curve.presented), 2, 2)
    (True, True)
    """
    rows = list(
        readings(network, data, rng, goal=goal, most_samples=most_samples, test_every=test_every)
    )
    return Curve(
        *(np.array([getattr(row, column.name) for row in rows]) for column in fields(Curve))
    )
