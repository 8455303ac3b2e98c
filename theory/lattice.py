"""Synaptic caching without decay, exact for steps of +-eta.

A synapse whose transient weight *exceeds* the threshold is consolidated, so it takes n =
floor(theta/eta) + 1 steps in one direction to get there, and the transient weight is a random walk
on the multiples k eta, abs(k) < n, that returns to zero from +-n. Energies assume that this walk
has reached its steady state. At n = 1 they are those of consolidating every update.
"""

from typing import Any

from theory.formula import formula
from theory.formula.arithmetic import arithmetic
from theory.formula.domain import between, non_negative, positive_integer
from theory.formula.steps import threshold_in_steps


@formula(
    "This package; replaces ceil(theta/eta) of LvR, Methods",
    gives="n, at least 1.",
    domain={"theta": non_negative},
)
def steps_to_threshold(theta: Any, eta: Any = 1) -> Any:
    """Steps n in one direction until a synapse is consolidated, floor(theta/eta) + 1.

    Notes
    -----
    A transient weight that equals theta is not consolidated: it has to exceed it. A quotient that
    is whole but for rounding, such as 0.3/0.1, is whole: see
    ``theory.formula.steps.threshold_in_steps``.

    Examples
    --------
    >>> steps_to_threshold([0, 0.5, 1, 5]), steps_to_threshold(0.3, 0.1)
    (array([1., 1., 2., 6.]), 4.0)
    """
    return arithmetic(theta, eta).floor(threshold_in_steps(theta, eta)) + 1


@formula("This package", gives="Probability; 0 for abs(k) >= n.", domain={"n": positive_integer})
def stationary(k: Any, n: Any) -> Any:
    """Probability that the transient weight is k eta: the triangle (n - abs(k))/n^2, abs(k) < n.

    Notes
    -----
    Of the walk in its steady state, after an update and the consolidation that it may cause.

    Examples
    --------
    >>> stationary([-2, -1, 0, 1, 2], 2)
    array([0.  , 0.25, 0.5 , 0.25, 0.  ])
    """
    return arithmetic(k, n).maximum(n - abs(k), 0) / n / n


@formula("This package", gives="Rate per presentation.", domain={"p": between(0, 1)})
def consolidation_rate(n: Any, p: Any) -> Any:
    """Consolidations per synapse and presentation, p/n^2.

    Notes
    -----
    In the steady state; a walk takes n^2 updates on average from 0 to +-n.

    Examples
    --------
    >>> consolidation_rate(5, 0.5)
    0.02
    """
    return p / n**2


@formula("This package", gives="Updates.")
def onset(n: Any) -> Any:
    """Updates by which starting at zero delays consolidation, (n^2 - 1)/6.

    Notes
    -----
    A walk from zero has been consolidated K/n^2 - (n^2 - 1)/(6 n^2) times in the mean after K
    updates, up to terms of the order exp(-2 pi^2 K/n^2).

    Examples
    --------
    >>> onset([1, 5])
    array([0., 4.])
    """
    return (n - 1) * (n + 1) / 6


@formula("This package; theta/3 of LvR, Methods, to all orders", gives="In units of weight.")
def mean_transient(n: Any, eta: Any = 1) -> Any:
    """Mean size of a transient weight, eta (n^2 - 1)/(3 n).

    Notes
    -----
    In the steady state: the mean of abs(k) over `stationary`.

    Examples
    --------
    >>> mean_transient(2)
    0.5
    """
    return eta * (n - 1) * ((n + 1) / n) / 3


@formula("This package", gives="Energy in units of weight.")
def consolidation_energy(n: Any, K: Any, N: Any, eta: Any = 1) -> Any:
    """Energy of all consolidations, eta N K/n, and of the final one, N times `mean_transient`.

    Notes
    -----
    The walk is taken to be in its steady state from the start; starting at zero takes `onset`
    updates off K.

    Examples
    --------
    >>> consolidation_energy(1, 2000, 1000)
    2000000.0
    """
    return N * (eta * K / n + mean_transient(n, eta))


@formula("This package", gives="Energy in units of weight.")
def maintenance_energy(n: Any, T: Any, N: Any, c: Any, eta: Any = 1) -> Any:
    """Energy of maintaining the transient weights, c N T times `mean_transient`.

    Notes
    -----
    The walk is taken to be in its steady state from the start.

    Examples
    --------
    >>> maintenance_energy(2, 1000, 10, 0.01)
    50.0
    """
    return c * N * T * mean_transient(n, eta)


@formula(
    "LvR, Methods, the cost b (with n for the ceiling and the missing eta)",
    gives="Energy in units of weight.",
)
def change_energy(n: Any, K: Any, N: Any, b: Any, eta: Any = 1) -> Any:
    """Energy of changing the transient weights, b eta N K (1 - 1/n^2).

    Notes
    -----
    The updates that cause a consolidation, a fraction 1/n^2, do not cost it.

    Examples
    --------
    >>> change_energy(2, 100, 10, 1)
    750.0
    """
    return b * eta * N * K * ((n - 1) / n) * ((n + 1) / n)


@formula("This package", gives="Energy in units of weight.")
def total_energy(n: Any, K: Any, T: Any, N: Any, c: Any, b: Any = 0, eta: Any = 1) -> Any:
    """Energy with caching: N eta [(K - (1 + c T)/3)/n + (1 + c T) n/3], and the cost of changes.

    Notes
    -----
    The sum of `consolidation_energy`, `maintenance_energy` and `change_energy`. The walk is taken
    to be in its steady state from the start.

    Examples
    --------
    >>> total_energy(1, 2000, 30000, 1000, 0.001)
    2000000.0
    """
    return (
        consolidation_energy(n, K, N, eta)
        + maintenance_energy(n, T, N, c, eta)
        + change_energy(n, K, N, b, eta)
    )


@formula("This package; the clamp of LvR, Methods, explained", gives="n, dimensionless.")
def optimal_steps(K: Any, T: Any, c: Any, integer: bool = False) -> Any:
    """Steps to the threshold of least energy (b = 0): n^2 = 3 K/(1 + c T) - 1, but at least 1.

    Parameters
    ----------
    integer : bool
        Whether to give the best whole number: the n with n (n - 1) <= 3 K/(1 + c T) - 1 < n (n +
        1).

    Notes
    -----
    Minimises `total_energy` over n, that is of the steady state. For runs that start at zero the
    best n is larger where c T is below about 30: `theory.from_zero.optimum`.

    Examples
    --------
    >>> round(optimal_steps(2000, 30000, 0.001), 3), optimal_steps(2000, 30000, 0.001, integer=True)
    (13.876, 14.0)
    """
    xp = arithmetic(K, T, c)
    square = xp.maximum(3 * K / (1 + c * T) - 1, 1)
    return xp.floor((1 + xp.sqrt(1 + 4 * square)) / 2) if integer else xp.sqrt(square)


@formula("This package", gives="Energy in units of weight; never more than eta N K.")
def optimal_energy(K: Any, T: Any, N: Any, c: Any, eta: Any = 1, integer: bool = False) -> Any:
    """Energy at `optimal_steps` (b = 0): (2/3) N eta sqrt((1 + c T) (3 K - 1 - c T)) while n > 1.

    Parameters
    ----------
    integer : bool
        Whether n is to be a whole number.

    Notes
    -----
    `total_energy` at `optimal_steps`.

    Examples
    --------
    >>> round(optimal_energy(2000, 30000, 1000, 0.001))
    286774
    """
    return total_energy(optimal_steps(K, T, c, integer), K, T, N, c, 0, eta)


@formula("This package; sharpens 'b >= 1' of LvR, Methods")
def caching_pays(n: Any, b: Any) -> Any:
    """Whether caching costs less than consolidating every update: n > 1 and b < n/(n + 1) (c = 0).

    Returns
    -------
    bool or array of bool
        False where both cost the same.

    Notes
    -----
    The final consolidation, negligible against K consolidations, is left out.

    Examples
    --------
    >>> caching_pays(2, [0.6, 0.7])
    array([ True, False])
    """
    return (n > 1) & (b * (n + 1) < n)
