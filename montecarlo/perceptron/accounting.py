"""Ledgers of perceptron learning: run once, price afterwards."""

import math

import numpy as np
import numpy.typing as npt

from montecarlo.checks import as_threshold, threshold_in_steps
from montecarlo.perceptron.decaying import NO_SYNAPSES, consolidating, learn_decaying, summed_sizes
from montecarlo.perceptron.learning import checked_options, in_steps
from montecarlo.perceptron.ledger import Book, Ledger
from montecarlo.perceptron.updates import Trajectory
from montecarlo.triggers import Trigger, require_trigger

__all__ = ["Ledger", "learn_ledger", "replay_ledger"]


def replay_ledger(run: Trajectory, threshold: float, trigger: Trigger = "local") -> Ledger:
    """What caching would have written and held along a trajectory.

    A threshold of 0 consolidates every update; an infinite one goes straight to the final weights.
    For consolidated amounts and transient weights alone, `montecarlo.perceptron.replay` is several
    times faster, and takes many thresholds at once.

    Parameters
    ----------
    run : Trajectory
        Of learning without decay.
    threshold : float
        Consolidation threshold >= 0 in the units of the weights.
    trigger : {"local", "any", "total"} or Rule
        What sets consolidation off, see `montecarlo.perceptron.replay`.

    Returns
    -------
    Ledger
        Amounts in units of weight, to be priced under any model of the costs.

    Raises
    ------
    ValueError
        If the threshold is negative or NaN, or the trigger is unknown.

    Examples
    --------
    >>> from montecarlo.perceptron.updates import trajectory
    >>> run = trajectory([[1, 1], [-1, 1]], [1, -1])
    >>> ledger = replay_ledger(run, 0)
    >>> ledger.amounts, ledger.counts
    (array([-1.,  1.]), array([1, 3]))
    >>> replay_ledger(run, math.inf).written
    2.0
    """
    level = float(threshold_in_steps(as_threshold(threshold), run.step))
    require_trigger(trigger)
    # Sums of single precision steps may round, once synapses have consolidated at their own times.
    examples = run.examples.astype(float)
    book = Book(examples)
    state = np.zeros(examples.shape[1])
    waits = np.diff(run.times, append=run.presentations + 1)
    transient_sum = 0.0
    for pattern, time, wait in zip(
        run.updated.tolist(), run.times.tolist(), waits.tolist(), strict=True
    ):
        state += examples[pattern]
        total = summed_sizes(state)
        synapses = consolidating(trigger, state, total, level)
        if synapses is not NO_SYNAPSES:
            book.enter(time - 1, synapses, state[synapses])
            state[synapses] = 0
            total = summed_sizes(state)
        transient_sum += wait * total
    book.consolidate(state)
    updates = np.bincount(run.updated, minlength=len(examples))
    return book.close(updates, run.presentations, transient_sum, run.step)


def learn_ledger(
    patterns: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    threshold: float = 0.0,
    trigger: Trigger = "local",
    tau: float = math.inf,
    learning_rate: float = 1.0,
    max_epochs: int = 10_000,
) -> Ledger:
    """What the run that `montecarlo.perceptron.learn` makes of the same arguments wrote and held.

    The decay of a transient weight is no change that costs anything.

    Parameters
    ----------
    patterns : array_like, shape (P, N + 1)
        Real inputs, the bias among them.
    labels : array_like, shape (P,)
        +1 or -1.
    threshold, trigger, tau, learning_rate, max_epochs
        As in `montecarlo.perceptron.learn`.

    Returns
    -------
    Ledger
        Amounts in units of weight, to be priced under any model of the costs.

    Raises
    ------
    ValueError
        If an argument is outside its domain or the shapes do not match.

    Examples
    --------
    >>> from montecarlo.perceptron import learn, random_patterns
    >>> patterns, labels = random_patterns(50, 100, np.random.default_rng(1))
    >>> ledger = learn_ledger(patterns, labels, threshold=3, tau=200)
    >>> run = learn(patterns, labels, threshold=3, tau=200)
    >>> math.isclose(ledger.written, run.consolidation_energy)
    True
    """
    level, tau, rate, epochs = checked_options(threshold, trigger, tau, learning_rate, max_epochs)
    examples, step = in_steps(patterns, labels, rate)
    steps = float(threshold_in_steps(level, step))
    book = Book(examples)
    totals, _ = learn_decaying(examples, steps, trigger, tau, epochs, book)
    presentations = totals.epochs * len(examples)
    return book.close(totals.updates_of_pattern, presentations, totals.transient_sum, step)
