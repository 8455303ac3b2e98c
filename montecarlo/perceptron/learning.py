"""Perceptron learning with cached synapses, simulated exactly and event by event.

A presentation only changes the weights when it is an *event*: the pattern was wrong, so its update
is made and perhaps consolidated. Correct presentations are never visited one by one:

- without decay (``updates``) the margins of a block of patterns follow from the weights and from
  their overlaps, the next wrong pattern is the next non-zero byte of a vector, and what caching
  would have cost is replayed from the list of updates for as many thresholds as one likes;
- with decay (``decaying``) the margins of a block of coming presentations are known in
  closed form, powers of the decay factor included, and are corrected at every event.

Conventions, as in the simulations of Li & van Rossum (2020): weights start at zero; the last input
is the bias, a synapse like any other; the transient weights decay before the output is computed; a
pattern with ``label * field <= 0`` is wrong; a synapse consolidates when its transient weight
*exceeds* the threshold; maintenance is counted at the end of every presentation, the last,
error-free epoch included; what is left in the transient weights at the end is consolidated.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray
from montecarlo.checks import (
    as_count,
    as_positive,
    as_tau,
    as_threshold,
    checked_patterns,
    in_own_units,
    require_generator,
    threshold_in_steps,
)
from montecarlo.perceptron.decaying import EpochCosts, Totals, learn_decaying
from montecarlo.perceptron.presenting import Tell, unheard
from montecarlo.perceptron.updates import Trajectory, replay, trajectory
from montecarlo.triggers import Trigger, require_trigger

__all__ = ["Learning", "epoch_costs", "learn", "random_patterns"]


@dataclass(frozen=True)
class Learning:
    """The outcome of one perceptron run.

    Attributes
    ----------
    updates, presentations, epochs : int
        K, T and the number of passes over the patterns, the error-free last one included.
    converged : bool
        Whether an epoch without errors was reached within ``max_epochs``.
    weights : ndarray, shape (N + 1,)
        Final weights, persistent plus transient, bias last.
    plain_energy : float
        Energy without caching: the sum over updates and synapses of abs(change).
    minimal_energy : float
        Sum of abs(final weight): the energy of going straight to the final weights.
    consolidation_energy : float
        Energy of all consolidations, the final one included.
    final_consolidation : float
        The part of it that the end of learning caused.
    transient_sum : float
        Sum over presentations and synapses of abs(s); times c it is the maintenance energy.
    """

    updates: int
    presentations: int
    epochs: int
    converged: bool
    weights: FloatArray
    plain_energy: float
    minimal_energy: float
    consolidation_energy: float
    final_consolidation: float
    transient_sum: float


def random_patterns(P: int, N: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Random patterns of +-1 with a bias input, each with a random label.

    Parameters
    ----------
    P, N : int
        Number of patterns and of inputs, at least 1.
    rng : numpy.random.Generator
        Source of all randomness.

    Returns
    -------
    patterns : ndarray, shape (P, N + 1)
        Entries +-1 with equal probability; the last column, the bias input, is 1.
    labels : ndarray, shape (P,)
        Entries +-1 with equal probability.

    Raises
    ------
    ValueError
        If P or N is not a positive integer, or rng no generator.

    Examples
    --------
    >>> patterns, labels = random_patterns(3, 4, np.random.default_rng(1))
    >>> patterns.shape, labels.shape
    ((3, 5), (3,))
    """
    P, N = as_count("P", P), as_count("N", N)
    require_generator(rng)
    signs = np.array([-1.0, 1.0])
    patterns = signs[rng.integers(0, 2, (P, N + 1))]
    patterns[:, -1] = 1
    return patterns, signs[rng.integers(0, 2, P)]


def learn(
    patterns: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    threshold: float = 0.0,
    trigger: Trigger = "local",
    tau: float = math.inf,
    learning_rate: float = 1.0,
    max_epochs: int = 10_000,
    tell: Tell = unheard,
) -> Learning:
    """Teach a perceptron with cached synapses and account for its energy.

    Memory grows as P N, some 30 bytes for each entry, and without decay by 30 bytes an update.
    Beyond capacity no epoch is without errors: then ``max_epochs`` bounds memory and time.

    Parameters
    ----------
    patterns : array_like, shape (P, N + 1)
        Real inputs, the bias among them.
    labels : array_like, shape (P,)
        +1 or -1.
    threshold : float
        Consolidation threshold >= 0, in the units of the weights; 0 consolidates every update. 0.3
        is three steps of 0.1: what is whole but for rounding is whole.
    trigger : {"local", "any", "total"} or Rule
        What sets consolidation off, see `montecarlo.perceptron.replay`.
    tau : float
        Decay time of the transient weights in presentations, > 1; infinity: no decay.
    learning_rate : float
        Step size eta > 0.
    max_epochs : int
        Give up after so many passes over the patterns. That is a result (``converged=False``).
    tell : callable
        Is told after each epoch its number, from 1 on, and its updates: to show progress.

    Returns
    -------
    Learning
        Energies in units of weight.

    Raises
    ------
    ValueError
        If an argument is outside its domain or the shapes do not match.

    Examples
    --------
    >>> patterns, labels = random_patterns(50, 100, np.random.default_rng(1))
    >>> run = learn(patterns, labels, threshold=3)
    >>> run.converged, run.plain_energy == run.updates * 101
    (True, True)
    >>> run.minimal_energy <= run.consolidation_energy < run.plain_energy
    True
    """
    level, tau, rate, epochs = checked_options(threshold, trigger, tau, learning_rate, max_epochs)
    if tau == math.inf:
        run = trajectory(patterns, labels, learning_rate=rate, max_epochs=epochs, tell=tell)
        step, sizes = run.step, run.sizes
        totals = _replayed(run, level, trigger)
    else:
        examples, step = in_steps(patterns, labels, rate)
        sizes = np.abs(examples).sum(axis=1)
        steps = float(threshold_in_steps(level, step))
        totals, _ = learn_decaying(examples, steps, trigger, tau, epochs, tell=tell)
    return Learning(
        updates=int(totals.updates_of_pattern.sum()),
        presentations=totals.epochs * len(sizes),
        epochs=totals.epochs,
        converged=totals.converged,
        weights=step * totals.weights,
        plain_energy=step * float(totals.updates_of_pattern @ sizes),
        minimal_energy=step * float(np.abs(totals.weights).sum()),
        consolidation_energy=step * totals.consolidated,
        final_consolidation=step * totals.final_consolidation,
        transient_sum=step * totals.transient_sum,
    )


def epoch_costs(
    patterns: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    threshold: float = 0.0,
    trigger: Trigger = "local",
    tau: float = math.inf,
    learning_rate: float = 1.0,
    max_epochs: int = 10_000,
) -> EpochCosts:
    """What each epoch of the run that `learn` makes of the same arguments costs.

    Parameters
    ----------
    patterns : array_like, shape (P, N + 1)
        Real inputs, the bias among them.
    labels : array_like, shape (P,)
        +1 or -1.
    threshold, trigger, tau, learning_rate, max_epochs
        As in `learn`.

    Returns
    -------
    EpochCosts
        Energies in units of weight.

    Raises
    ------
    ValueError
        If an argument is outside its domain or the shapes do not match.

    Examples
    --------
    >>> patterns, labels = random_patterns(50, 100, np.random.default_rng(1))
    >>> costs = epoch_costs(patterns, labels, threshold=3, tau=200)
    >>> run = learn(patterns, labels, threshold=3, tau=200)
    >>> int(costs.updates.sum()) == run.updates, len(costs.updates) == run.epochs
    (True, True)
    """
    level, tau, rate, epochs = checked_options(threshold, trigger, tau, learning_rate, max_epochs)
    examples, step = in_steps(patterns, labels, rate)
    steps = float(threshold_in_steps(level, step))
    _, costs = learn_decaying(examples, steps, trigger, tau, epochs)
    return EpochCosts(costs.updates, step * costs.consolidation_energy, step * costs.transient_sum)


def checked_options(
    threshold: float, trigger: Trigger, tau: float, learning_rate: float, max_epochs: int
) -> tuple[float, float, float, int]:
    """Threshold, tau, learning rate and most epochs as plain numbers, each in its domain."""
    level = as_threshold(threshold)
    require_trigger(trigger)
    rate = as_positive("learning_rate", learning_rate)
    return level, as_tau(tau), rate, as_count("max_epochs", max_epochs)


def in_steps(
    patterns: npt.ArrayLike, labels: npt.ArrayLike, learning_rate: float
) -> tuple[FloatArray, float]:
    """Patterns times labels in units of their own, and what a step is: learning rate times unit."""
    inputs, signs = checked_patterns(patterns, labels)
    scaled, unit = in_own_units(inputs)
    return scaled * signs[:, None], learning_rate * unit


def _replayed(run: Trajectory, threshold: float, trigger: Trigger) -> Totals:
    """What learning without decay came to, for one threshold."""
    updates_of_pattern = np.bincount(run.updated, minlength=len(run.examples))
    # Single precision sums whole numbers exactly below 2^24.
    exact = run.examples.dtype if updates_of_pattern @ run.sizes < 2**24 else float
    cost = replay(run, [threshold], trigger)
    consolidated, final, transient_sum = (
        float(costs[0]) / run.step
        for costs in (cost.consolidation_energy, cost.final_consolidation, cost.transient_sum)
    )
    return Totals(
        updates_of_pattern=updates_of_pattern,
        epochs=run.epochs,
        converged=run.converged,
        weights=np.einsum("p,pi->i", updates_of_pattern.astype(exact), run.examples).astype(float),
        consolidated=consolidated,
        final_consolidation=final,
        transient_sum=transient_sum,
    )
