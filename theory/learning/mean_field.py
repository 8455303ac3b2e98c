"""The mean field of the perceptron rule: how random patterns are learnt, epoch by epoch.

See `curve`, whose notes derive the equations. Here an epoch is cut into blocks; the patterns of a
block are presented at its middle. Times count blocks, and a sample of patterns stands for each.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from theory.formula.arrays import FloatArray
from theory.learning.gaussian import appended, fresh, not_positive, solved

#: Of the load; added to the variance of fields where responses to them are solved for, as what is
#: smaller is noise.
RIDGE = 1e-5


@dataclass(frozen=True)
class Population:
    """Sample patterns of each block, and what is known of them.

    Attributes
    ----------
    load : float
        P/N.
    counts : ndarray, shape (blocks, epochs + 1, samples)
        How often a pattern has been updated, before each of its presentations.
    noise : ndarray, shape (blocks, epochs, samples)
        The independent normal numbers that its fields are made of.
    factor, ridged : ndarray, shape (blocks, epochs, epochs)
        Cholesky factors of the covariance of its fields, and with the ridge.
    moments : ndarray, shape (blocks, epochs + 1, epochs + 1)
        Mean products of its counts.
    correlation : ndarray, shape (blocks, epochs)
        Mean products of its count and its noise.
    """

    load: float
    counts: npt.NDArray[np.float32]
    noise: npt.NDArray[np.float32]
    factor: FloatArray
    ridged: FloatArray
    moments: FloatArray
    correlation: FloatArray

    @classmethod
    def unlearnt(cls, load: float, blocks: int, epochs: int, samples: int) -> "Population":
        """Nothing has been presented."""
        square = (blocks, epochs, epochs)
        return cls(
            load,
            np.zeros((blocks, epochs + 1, samples), np.float32),
            np.zeros((blocks, epochs, samples), np.float32),
            np.zeros(square),
            np.zeros(square),
            np.zeros((blocks, epochs + 1, epochs + 1)),
            np.zeros(square[:2]),
        )


@dataclass(frozen=True)
class History:
    """What all patterns together have done: functions of two times, of which the first is later.

    Attributes
    ----------
    second : ndarray, shape (times, times)
        Mean products of counts, of the patterns of all blocks.
    settled : ndarray, shape (times + 1,)
        The next row of it, as far as it is known.
    response : ndarray, shape (times, times)
        What a field becomes of a field that enters.
    susceptibility : ndarray, shape (times,)
        What the mean count becomes of it.
    """

    second: FloatArray
    settled: FloatArray
    response: FloatArray
    susceptibility: FloatArray

    @classmethod
    def empty(cls, times: int) -> "History":
        """Nothing has happened."""
        square = (times, times)
        return cls(np.zeros(square), np.zeros(times + 1), np.zeros(square), np.zeros(times))


@dataclass(frozen=True)
class Expected:
    """What to expect of a presentation, given the past of each sample pattern.

    Attributes
    ----------
    field, wrong : ndarray, shape (samples,)
        The field but for what is new in it, and the probability that it is not positive.
    spread : float
        The standard deviation of what is new.
    moments : ndarray, shape (presentations + 2,)
        Of the count after it with all counts before, and with itself.
    correlation, susceptibility : ndarray, shape (presentations + 1,)
        Of that count with the noise, and with the fields at all presentations.
    """

    field: npt.NDArray[np.float32]
    wrong: npt.NDArray[np.float32]
    spread: float
    moments: FloatArray
    correlation: FloatArray
    susceptibility: FloatArray


def present(population: Population, history: History, time: int, rng: np.random.Generator) -> float:
    """Present the patterns of a block once; population and history are changed in place.

    Returns
    -------
    float
        The probability that a pattern of the block is updated.
    """
    blocks = len(population.counts)
    block, epoch = time % blocks, time // blocks
    seen = history.susceptibility[block:time:blocks].copy()
    before = population.moments[block, epoch, : epoch + 1]
    guess = np.append(before, before[-1]), np.append(seen, 0.0)
    if epoch == 0:
        guess = np.array([0.0, 0.5]), guess[1]
    # The other patterns of the block, half of which came before, depend on what is to be found.
    about = _expected(population, history, time, seen, *guess)
    expected = _expected(population, history, time, seen, about.moments, about.susceptibility)
    counts, noise = population.counts[block], population.noise[block]
    known = [np.ones_like(expected.field), expected.field, expected.wrong, counts[epoch]]
    noise[epoch] = fresh(np.stack([*known, noise[max(epoch - 1, 0)]]).astype(float), rng)
    wrong = expected.field + np.float32(expected.spread) * noise[epoch] <= 0
    counts[epoch + 1] = counts[epoch] + wrong
    found = counts[: epoch + 2] @ counts[epoch + 1] / np.float32(counts.shape[1])
    population.moments[block, epoch + 1, : epoch + 2] = found
    population.moments[block, : epoch + 2, epoch + 1] = found
    population.correlation[block, : epoch + 1] = expected.correlation
    history.susceptibility[block : time + 1 : blocks] = expected.susceptibility
    _rows(population, history, time, seen, (found.astype(float), expected.susceptibility))
    _settle(population, history, time, found.astype(float))
    return float(expected.wrong.mean(dtype=float))


def _before(times: npt.NDArray[np.int64], block: int, blocks: int) -> Any:
    """Presentations of a block before times, and up to them."""
    before = np.maximum((times - block + blocks - 1) // blocks, 0)
    return before, before + (times % blocks == block)


def _rows(
    population: Population, history: History, time: int, seen: FloatArray, guess: Any
) -> None:
    """The rows of a time: of the mean products of counts, and of the response.

    Of the patterns of the block that is presented one half is as before, the other as it will be.
    """
    blocks = len(population.counts)
    block, epoch = time % blocks, time // blocks
    moments, susceptibility = guess
    _, after = _before(np.arange(time + 1), block, blocks)
    old = np.append(population.moments[block, epoch, : epoch + 1], moments[epoch])
    row = history.settled[: time + 1].copy()
    row[:time] += (moments[after[:time]] - old[after[:time]]) / (2 * blocks)
    row[time] += (moments[epoch + 1] - old[epoch]) / (2 * blocks)
    history.second[time, : time + 1] = history.second[: time + 1, time] = row
    reached = history.susceptibility[:time].copy()
    reached[block:time:blocks] = (seen + susceptibility[:epoch]) / 2
    own = 1 / (1 - population.load * susceptibility[epoch] / 2)
    history.response[time, time] = own
    history.response[time, :time] = (
        population.load * own * (reached @ history.response[:time, :time])
    )


def _expected(
    population: Population,
    history: History,
    time: int,
    seen: FloatArray,
    moments: FloatArray,
    susceptibility: FloatArray,
) -> Expected:
    """What to expect of a presentation, if its moments and susceptibility are about these."""
    load, blocks = population.load, len(population.counts)
    block, epoch = time % blocks, time // blocks
    _rows(population, history, time, seen, (moments, susceptibility))
    response = history.response[time, : time + 1]
    spread_to = history.response[block : time + 1 : blocks, : time + 1]
    covariance = load * spread_to @ (history.second[: time + 1, : time + 1] @ response)
    factor = appended(population.factor[block], covariance, 0.0)
    ridged = appended(population.ridged[block], covariance, RIDGE * load)
    counts, noise = population.counts[block], population.noise[block]
    weights = _weights(response, block, blocks)
    # A pattern of the block that came before saw, an epoch ago, the count of before.
    lag = load / 4 * (susceptibility[:epoch] - seen)
    weights[:epoch] += lag
    weights[1:] -= lag
    field = weights.astype(np.float32) @ counts[: epoch + 1]
    field += factor[epoch, :epoch].astype(np.float32) @ noise[:epoch]
    spread = float(factor[epoch, epoch])
    wrong, correlation = not_positive(field, spread, noise[:epoch])
    correlation[:epoch] += population.correlation[block, :epoch]
    now = population.moments[block, epoch, : epoch + 1]
    new = now + counts[: epoch + 1] @ wrong / len(wrong)
    itself = now[-1] + 2 * (new[-1] - now[-1]) + float(wrong.mean(dtype=float))
    answer = solved(ridged, factor[: epoch + 1, : epoch + 1] @ correlation) / blocks
    return Expected(field, wrong, spread, np.append(new, itself), correlation, answer)


def _weights(response: FloatArray, block: int, blocks: int) -> FloatArray:
    """How the counts of a pattern, from its first presentation on, enter its field.

    The patterns of its own block saw, one half each, the count of before and that of after.
    """
    own = np.arange(block, len(response), blocks)
    total = np.concatenate(([0.0], np.cumsum(response)))
    first = np.concatenate(([0], own[:-1] + 1))
    weights = total[own] - total[first] + response[own] / 2
    weights[1:] += response[own[:-1]] / 2
    weights[-1] += response[own[-1]] / 2
    return weights


def _settle(population: Population, history: History, time: int, found: FloatArray) -> None:
    """After the presentation all patterns of the block are as they will be for an epoch."""
    blocks = len(population.counts)
    block, epoch = time % blocks, time // blocks
    before, after = _before(np.arange(time + 1), block, blocks)
    old = np.append(population.moments[block, epoch, : epoch + 1], found[epoch])
    history.settled[: time + 1] += (found[before] + found[after] - old[before] - old[after]) / (
        2 * blocks
    )
    ends = [_before(np.array(time), it, blocks) for it in range(blocks)]
    history.settled[time] = sum(
        population.moments[it, after, before] + population.moments[it, after, after]
        for it, (before, after) in enumerate(ends)
    ) / (2 * blocks)
    history.settled[time + 1] = (
        sum(population.moments[it, after, after] for it, (_, after) in enumerate(ends)) / blocks
    )


def field_variance(population: Population, history: History, time: int) -> float:
    """The variance of the field of a new pattern at a time, which is abs(w)^2/N^2."""
    load, settled = population.load, history.settled
    reached = load * (history.susceptibility[:time] @ history.response[:time, :time])
    within = reached @ (history.second[:time, :time] @ reached + 2 * settled[:time])
    return float(load * (within + settled[time]))
