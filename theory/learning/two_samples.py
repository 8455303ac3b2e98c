"""Both samples at work: patterns are presented, block by block, and kick the synapses if wrong.

See `theory.learning.decaying_curve`, whose notes derive the equations.
"""

import numpy as np

from theory.formula.arrays import FloatArray
from theory.learning.gaussian import fresh
from theory.learning.patterns import Outlook, Patterns, draw, look
from theory.learning.synapses import Consolidating, Synapses

#: The least that the second half of a block does, of what is looked at in its middle.
LEAST_LATER = 0.1


def learnt(
    P: float,
    rule: tuple[int, float, float, Consolidating],
    shape: tuple[int, int, int],
    samples: int,
    seed: list[int],
) -> FloatArray:
    """What a curve says of each epoch, for one choice of samples.

    Parameters
    ----------
    P : float
        How many patterns there are.
    rule : tuple
        N, the threshold, what a presentation leaves of transient weights, and the trigger.
    shape : tuple
        How many blocks, epochs and sample synapses.
    samples : int
        Sample patterns of each block.
    seed : list of int

    Returns
    -------
    ndarray, shape (6, epochs)
        Update probability; of a synapse, what was consolidated, the sum of abs(s) over the
        presentations, and abs(s) in the end; abs(l)/N and abs(l + s)/N. It ends where less than one
        update is to be expected.
    """
    rng = np.random.default_rng(seed)
    blocks, epochs, members = shape
    synapses = Synapses.unlearnt(rule, shape)
    patterns = Patterns.unlearnt(P / rule[0], blocks, epochs, samples)
    rows: list[tuple[float, ...]] = []
    while len(rows) < epochs and (not rows or P * rows[-1][0] >= 1):
        synapses.consolidated = synapses.held = 0.0
        try:
            with np.errstate(over="raise", invalid="raise"):
                found = [
                    _learn(patterns, synapses, P, block, len(rows), rng) for block in range(blocks)
                ]
        except (FloatingPointError, np.linalg.LinAlgError, OverflowError) as error:
            raise ArithmeticError(
                f"the mean field with P = {P:g}, N = {rule[0]} diverged in epoch {len(rows) + 1}: "
                f"it needs more than {samples} samples, {members} synapses or {blocks} blocks"
            ) from error
        sums = np.array([synapses.consolidated, synapses.held, np.abs(synapses.transient).sum()])
        squares = np.mean([synapses.persistent**2, synapses.weights**2], axis=1)
        rows.append((float(np.mean(found)), *sums / members, *np.sqrt(squares / rule[0])))
    return np.transpose(rows)


def _learn(
    patterns: Patterns,
    synapses: Synapses,
    P: float,
    block: int,
    epoch: int,
    rng: np.random.Generator,
) -> float:
    """Present the patterns of a block once; the probability that one is updated.

    Its first half kicks as is foreseen at its start, and its second half so that both together
    kick as is foreseen in its middle.
    """
    half = P / (2 * len(patterns.wrong))
    share = half / synapses.N
    synapses.mark(0, block, epoch)
    surprises = synapses.surprises[:, block, :epoch].sum(axis=0)
    past = np.vstack(
        [np.ones_like(synapses.transient), synapses.persistent, synapses.transient, surprises]
    )
    normal = fresh(past, rng)
    before = _look(patterns, synapses, block, epoch)
    early, _ = synapses.foretold(block, epoch, share, before.memory, before.pull)
    first = synapses.kick(before.probability, before.variance, early, half, rng, normal)
    memory = before.memory @ synapses.surprises[0, block, :epoch]
    found = _look(patterns, synapses, block, epoch, (first - early, memory))
    found = draw(patterns, block, epoch, found, rng)
    expected = synapses.foretold(block, epoch, share, found.memory, found.pull)
    probability, variance = (
        max(2 * now - once, LEAST_LATER * now)
        for now, once in (
            (found.probability, before.probability),
            (found.variance, before.variance),
        )
    )
    later, normal = expected.sum(axis=0) - early, fresh(np.vstack([past, normal]), rng)
    second = synapses.kick(probability, variance, later, half, rng, normal)
    synapses.settle(block, epoch, np.stack((first, second)) - expected, found.memory)
    return found.probability


def _look(
    patterns: Patterns,
    synapses: Synapses,
    block: int,
    epoch: int,
    so_far: tuple[FloatArray, FloatArray] | None = None,
) -> Outlook:
    """What to expect of the patterns of a block if they are presented now."""
    covariance = synapses.covariance(block, epoch)
    return look(patterns, block, epoch, covariance, synapses.response(block, epoch, so_far))
