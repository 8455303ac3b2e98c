"""Making only the largest of the changes that are proposed for a layer.

Changes that are zero are no changes and do not compete. Of equal ones, such as saturated pixels
propose, those that come first in the weights are taken, row by row.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from montecarlo.arrays import Array, FloatArray, Indices
from montecarlo.checks import as_fraction, require_choice, settle
from montecarlo.masks import Mask
from montecarlo.network.change import Change
from montecarlo.network.network import Changes, Saver
from montecarlo.network.synapses import Group

__all__ = ["Largest", "largest_of_layer", "largest_of_neurons"]

#: Sizes by which is guessed what the largest of many exceed, and standard errors to be safe.
SAMPLED, SPARE = 4000, 4


@dataclass
class Largest(Saver):
    """Of the changes proposed for the hidden layer make only the largest.

    The output layer learns as ever. Source: CP, Fig. 3; REV, saving method II.

    Parameters
    ----------
    fraction : float
        From 0 to 1, of the changes that are not zero.
    per : {"layer", "neuron"}
        Whether all synapses of the layer compete, or those onto each neuron.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Examples
    --------
    >>> hidden = Change(np.array([3.0, -1.0]), np.array([2.0, 4.0]))  # 6, 12, -2, -4
    >>> output = Change(np.ones(1), np.ones(3))
    >>> [float(change.power_sum(1)) for change in Largest(0.5).restrict(hidden, output)]
    [18.0, 3.0]
    >>> [float(change.power_sum(1)) for change in Largest(0.5, "neuron").restrict(hidden, output)]
    [16.0, 3.0]
    """

    fraction: float
    per: Group = "layer"

    def __post_init__(self) -> None:
        """Check fraction and competitors."""
        settle(self, "fraction", as_fraction("fraction", self.fraction))
        require_choice("per", self.per, get_args(Group))

    @property
    def by_units(self) -> bool:
        """Of the changes of a neuron the largest are those by its most active inputs."""
        return self.per == "neuron"

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Select the largest changes."""
        select = largest_of_layer if self.per == "layer" else largest_of_neurons
        return select(hidden, self.fraction), output

    @staticmethod
    def restrict_all(savers: Sequence[Saver], hidden: Change, output: Change) -> Changes:
        """The same for networks side by side, in which the same synapses compete."""
        first, *_ = competitors = [saver for saver in savers if isinstance(saver, Largest)]
        fractions = np.array([saver.fraction for saver in competitors])
        select = largest_of_layer if first.per == "layer" else largest_of_neurons
        return select(hidden, fractions), output


def largest_of_layer(change: Change, fraction: float | FloatArray) -> Change:
    """The largest of all changes.

    Parameters
    ----------
    change : Change
        What is proposed for a layer; it is left as it is.
    fraction : float or ndarray
        From 0 to 1, of the changes that are not zero, of each of the networks side by side. A half
        is rounded to the even number.

    Returns
    -------
    Change
        The same without the others.

    Examples
    --------
    >>> change = Change(np.array([3.0, -1.0]), np.array([2.0, 0.0, -4.0]))
    >>> largest_of_layer(change, 0.75).values  # of 6, -12, -2 and 4
    array([[  6.,   0., -12.],
           [  0.,   0.,   4.]])
    """
    networks = change.apart() if change.errors.ndim > 1 else [change]
    fractions = np.broadcast_to(fraction, change.errors.shape[:-1]).reshape(-1).tolist()
    best = [
        place * change.synapses + _largest_of_one(one, each)
        for place, (one, each) in enumerate(zip(networks, fractions, strict=True))
    ]
    return replace(change, plastic=None, chosen=np.concatenate(best))


def _largest_of_one(change: Change, fraction: float) -> Indices:
    """The largest changes of one network."""
    if change.plastic is not None or change.chosen is not None:
        return _largest(np.abs(change.values).reshape(-1), fraction)
    # Units without an error do not compete, which are most where only a subnet learns.
    units = np.flatnonzero(change.errors)
    sizes = np.abs(change.errors[units])[:, np.newaxis] * np.abs(change.activities)
    rows, inputs = np.divmod(_largest(sizes.reshape(-1), fraction), len(change.activities))
    best: Indices = units[rows] * len(change.activities) + inputs
    return best


def largest_of_neurons(change: Change, fraction: float | FloatArray) -> Change:
    """The largest changes of each neuron: if all compete, those with the most active inputs.

    Parameters
    ----------
    change : Change
        What is proposed for a layer; it is left as it is.
    fraction : float or ndarray
        From 0 to 1, of those of the neuron's changes that are not zero, of each of the networks
        side by side. A half is rounded to the even number.

    Returns
    -------
    Change
        The same without the others.

    Examples
    --------
    >>> change = Change(np.array([3.0, -1.0]), np.array([2.0, 0.0, -4.0]))
    >>> largest_of_neurons(change, 0.5).activities
    array([ 0.,  0., -4.])
    """
    if change.plastic is None and change.chosen is None:
        best = _largest_of_rows(change.activities, fraction)
        return change.only(best[..., np.newaxis, :])
    return change.only(_largest_of_rows(change.values, np.asarray(fraction)[..., np.newaxis]))


def _largest_of_rows(values: Array, fraction: float | FloatArray) -> Mask:
    """The largest of each row, whatever axes are in front; fractions broadcast to the rows."""
    rows = np.abs(values).reshape(-1, values.shape[-1])
    best = np.zeros(rows.shape, bool)
    fractions = np.broadcast_to(fraction, values.shape[:-1]).reshape(-1).tolist()
    for chosen, row, each in zip(best, rows, fractions, strict=True):
        chosen[_largest(row, each)] = True
    return best.reshape(values.shape)


def _largest(sizes: Array, fraction: float) -> Indices:
    """Where the largest of the sizes that are not zero are; of equal ones those that come first."""
    compete = len(sizes) if sizes.min(initial=np.inf) > 0 else np.count_nonzero(sizes)
    count = round(fraction * compete)
    if count == 0:
        return np.empty(0, np.intp)
    among = _above_a_guess(sizes, count)
    # Whole numbers are in the order of the positive numbers of the same bits, and faster.
    bits = sizes[among].view(f"i{sizes.itemsize}")
    least = np.partition(bits, len(bits) - count)[len(bits) - count]
    best = among[bits >= least]
    surplus = len(best) - count
    if surplus:
        equal = np.flatnonzero(bits[bits >= least] == least)
        best = np.delete(best, equal[-surplus:])
    return np.asarray(best)


def _above_a_guess(sizes: Array, count: int) -> Indices:
    """Where more than the ``count`` largest sizes are; those of a sample say above what."""
    sample = sizes[:: -(-len(sizes) // SAMPLED)]
    rank = count * len(sample) / len(sizes)
    beyond = round(rank + SPARE * math.sqrt(rank) + 1)
    if len(sizes) > 2 * SAMPLED and beyond < len(sample):
        guess = np.partition(sample, len(sample) - beyond)[len(sample) - beyond]
        above: Indices = np.flatnonzero(sizes >= guess)
        if len(above) >= count:
            return above
    return np.arange(len(sizes))
