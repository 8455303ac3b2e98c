"""Making only the largest of the changes that are proposed for a layer.

Changes that are zero are no changes and do not compete. Of equal ones, such as saturated pixels
propose, those that come first in the weights are taken, row by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from montecarlo.arrays import Array, FloatArray
from montecarlo.checks import as_fraction, require_choice, settle
from montecarlo.masks import Mask
from montecarlo.network.change import Change, flat
from montecarlo.network.network import Changes, Saver
from montecarlo.network.synapses import Group

__all__ = ["Largest", "largest_of_layer", "largest_of_neurons"]


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
           [ -0.,  -0.,   4.]])
    """
    values = change.values
    return change.only(_largest_of_rows(flat(values), fraction).reshape(values.shape))


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
    if change.plastic is None:
        best = _largest_of_rows(change.activities, fraction)
        return change.only(best[..., np.newaxis, :])
    return change.only(_largest_of_rows(change.values, np.asarray(fraction)[..., np.newaxis]))


def _largest_of_rows(values: Array, fraction: float | FloatArray) -> Mask:
    """The largest of each row, whatever axes are in front; fractions broadcast to the rows."""
    rows = np.abs(values).reshape(-1, values.shape[-1])
    fractions = np.broadcast_to(fraction, values.shape[:-1]).ravel().tolist()
    best = [_largest(row, each) for row, each in zip(rows, fractions, strict=True)]
    return np.array(best).reshape(values.shape)


def _largest(sizes: Array, fraction: float) -> Mask:
    """The largest of the sizes that are not zero; of equal ones those that come first."""
    compete = sizes.copy() if sizes.all() else sizes[sizes > 0]
    count = round(fraction * len(compete))
    if count == 0:
        return np.zeros(len(sizes), bool)
    # Whole numbers are in the order of the positive numbers of the same bits, and faster.
    bits = compete.view(f"i{compete.itemsize}")
    bits.partition(len(bits) - count)
    least = compete[len(bits) - count]
    best: Mask = sizes >= least
    surplus = np.count_nonzero(best) - count
    if surplus:
        best[np.flatnonzero(sizes == least)[-surplus:]] = False
    return best
