"""Making only the largest of the changes that are proposed for a layer.

Changes that are zero are no changes and do not compete. Of equal ones, such as saturated pixels
propose, those that come first in the weights are taken, row by row.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import get_args

import numpy as np

from montecarlo.arrays import Array
from montecarlo.checks import as_fraction, require_choice
from montecarlo.network.learning import Changes, Saver
from montecarlo.network.synapses import Change, Group, Indices, Positions

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
    >>> [change.power_sum(1) for change in Largest(0.5).restrict(hidden, output)]
    [18.0, 3.0]
    >>> [change.power_sum(1) for change in Largest(0.5, "neuron").restrict(hidden, output)]
    [16.0, 3.0]
    """

    fraction: float
    per: Group = "layer"

    def __post_init__(self) -> None:
        """Check fraction and competitors."""
        as_fraction("fraction", self.fraction)
        require_choice("per", self.per, get_args(Group))

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """Select the largest changes."""
        select = largest_of_layer if self.per == "layer" else largest_of_neurons
        return select(hidden, self.fraction), output


def largest_of_layer(change: Change, fraction: float) -> Change:
    """The largest of all changes.

    Parameters
    ----------
    change : Change
        What is proposed for a layer; it is left as it is.
    fraction : float
        From 0 to 1, of the changes that are not zero. A half is rounded to the even number.

    Returns
    -------
    Change
        The same without the others.

    Examples
    --------
    >>> change = Change(np.array([3.0, -1.0]), np.array([2.0, 0.0, -4.0]))
    >>> sorted(largest_of_layer(change, 0.75).values)  # of 6, -12, -2 and 4
    [np.float64(-12.0), np.float64(4.0), np.float64(6.0)]
    """
    if change.chosen is None:
        by_size = [
            np.argsort(-np.abs(factors), kind="stable")[: np.count_nonzero(factors)]
            for factors in (change.errors, change.activities)
        ]
        n_out, n_in = map(len, by_size)
        count = round(fraction * n_out * n_in)
        rows, columns = (
            order.take(ranks)
            for order, ranks in zip(by_size, _ranks(count, n_out, n_in), strict=True)
        )
    else:
        rows, columns = _that_change(change)
        count = round(fraction * len(rows))
    sizes = np.abs(change.errors.take(rows) * change.activities.take(columns))
    best = _positions_of_largest(sizes, count, rows, columns)
    return replace(change, chosen=(rows[best], columns[best]))


def largest_of_neurons(change: Change, fraction: float) -> Change:
    """The largest changes of each neuron: if all compete, those with the most active inputs.

    Parameters
    ----------
    change : Change
        What is proposed for a layer; it is left as it is.
    fraction : float
        From 0 to 1, of those of the neuron's changes that are not zero. A half is rounded to the
        even number.

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
    if change.chosen is None:
        sizes = np.abs(change.activities)
        count = round(fraction * np.count_nonzero(sizes))
        best = _positions_of_largest(sizes, count, np.arange(len(sizes)))
        activities = np.zeros_like(change.activities)
        activities[best] = change.activities[best]
        return replace(change, activities=activities)
    rows, columns = _that_change(change)
    sizes = np.abs(change.errors.take(rows) * change.activities.take(columns))
    order = np.lexsort((columns, -sizes, rows))
    sorted_rows = rows[order]
    rank = np.arange(len(rows)) - np.searchsorted(sorted_rows, sorted_rows)
    best = order[rank < np.rint(fraction * np.bincount(rows)[sorted_rows])]
    return replace(change, chosen=(rows[best], columns[best]))


def _that_change(change: Change) -> Positions:
    """The chosen synapses whose change is not zero."""
    kept = change.values.nonzero()
    return tuple(indices[kept] for indices in change.chosen or ())


@lru_cache(maxsize=4)
def _ranks(count: int, n_out: int, n_in: int) -> tuple[Indices, Indices]:
    """Where the ``count`` largest products of two falling sequences can be found.

    The product of ranks i and j, from 1 on, has i j - 1 others that are not smaller. So it need not
    be among the largest if i j > ``count``.
    """
    lengths = np.minimum(n_in, count // np.arange(1, n_out + 1))
    first = np.repeat(np.arange(n_out), lengths)
    second = np.arange(len(first)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return first, second


def _positions_of_largest(sizes: Array, count: int, *indices: Indices) -> Indices:
    """Where the largest sizes are; of equal ones those with the lowest indices."""
    if count == 0:
        return np.empty(0, np.intp)
    # Much faster than an indirect partition.
    least = np.partition(sizes, len(sizes) - count)[len(sizes) - count]
    larger = np.flatnonzero(sizes > least)
    equal = np.flatnonzero(sizes == least)
    if len(larger) + len(equal) > count:
        by_index = np.lexsort([index[equal] for index in reversed(indices)])
        equal = equal[by_index[: count - len(larger)]]
    return np.concatenate([larger, equal])
