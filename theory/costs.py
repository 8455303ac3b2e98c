"""Cost models: what writing, changing and holding weights costs, and what caching saves under each.

A `Cost` is a list of prices. It prices the ledger of a run, and its fields are arguments of the
formulas here: ``total_energy(n, K, T, N, **vars(cost))``. Caching is local and without decay, as in
`theory.lattice`, whose energies are those of ``Cost(b=b, c=c)``.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from theory import lattice
from theory.formula import SYMBOLS, formula
from theory.formula.arithmetic import arithmetic
from theory.formula.conversion import numbers, single
from theory.formula.domain import above, positive, positive_integer
from theory.special.moments import persistent_size, triangular_moment


class Priceable(Protocol):
    """What a run wrote and held: see `montecarlo.perceptron.ledger.Ledger`."""

    @property
    def amounts(self) -> npt.NDArray[np.float64]:
        """The different changes of persistent weights, never zero."""

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """How often each was made."""

    @property
    def changed(self) -> float:
        """Sum of the sizes of the changes of transient weights that stayed transient."""

    @property
    def transient_sum(self) -> float:
        """Sum over presentations and synapses of the sizes of transient weights."""

    @property
    def persistent_sum(self) -> float:
        """The same of persistent weights."""


@dataclass(frozen=True)
class Cost:
    """What plasticity costs.

    Attributes
    ----------
    alpha : float
        Exponent: a change w of a persistent weight costs abs(w)^alpha times the price of its sign,
        from 0 (every change the same) to 2. No change costs nothing, whatever the exponent.
    potentiation, depression : float
        Prices of changes upwards and downwards.
    b : float
        Cost per unit of change of a transient weight, unless that is consolidated at once.
    c, d : float
        Costs of holding, per presentation and unit of transient and of persistent weight.

    Raises
    ------
    ValueError
        If alpha is no number between 0 and 2, or a price no finite number >= 0.

    Examples
    --------
    >>> Cost(alpha=0).write([0, 0.5, -3])
    array([0., 1., 1.])
    >>> Cost(alpha=2, depression=0).write([0, 0.5, -3])
    array([0.  , 0.25, 0.  ])
    """

    alpha: float = 1.0
    potentiation: float = 1.0
    depression: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0

    def __post_init__(self) -> None:
        """Check the prices."""
        for name, price in vars(self).items():
            single(name, price, SYMBOLS[name].domain)

    def write(self, change: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """What each change of a persistent weight costs.

        Parameters
        ----------
        change : array_like
            Changes in units of weight, with their signs, of any shape.

        Returns
        -------
        ndarray, of the shape of ``change``
            Energies in the unit of the prices.

        Raises
        ------
        ValueError
            If the changes are no plain numbers.
        """
        amount = numbers("change", change, "real numbers")
        price = np.where(amount > 0, self.potentiation, self.depression) * (amount != 0)
        return np.asarray(price * np.abs(amount) ** self.alpha)

    def energy(self, ledger: Priceable) -> float:
        """What a run costs in all: writing, changing and holding.

        Parameters
        ----------
        ledger : Priceable
            What the run wrote and held, as made by `montecarlo.perceptron.accounting`.

        Returns
        -------
        float
            Energy in the unit of the prices.
        """
        return float(
            self.write(ledger.amounts) @ ledger.counts
            + self.b * ledger.changed
            + self.c * ledger.transient_sum
            + self.d * ledger.persistent_sum
        )


@formula(
    "This package; LvR, Methods, for any exponent and price",
    gives="Energy in units of weight to the power alpha.",
    domain={"n": positive_integer},
)
def consolidation_energy(
    n: Any, K: Any, N: Any, alpha: Any, potentiation: Any, depression: Any, eta: Any = 1
) -> Any:
    """Energy of K/n^2 consolidations of n eta a synapse, half of them up, and of the final one.

    Notes
    -----
    Assumes, like LvR, that the transient weights are in their steady state from the start: starting
    at zero takes `theory.lattice.onset` updates off K.

    Examples
    --------
    >>> consolidation_energy(5, 2000, 1000, [0, 1, 2], 1, 1)
    array([  80800.,  401600., 2004000.])
    """
    each = (potentiation + depression) / 2 * N * eta**alpha
    return each * (K * n**alpha / n**2 + triangular_moment(n, alpha))


@formula(
    "This package",
    gives="In units of weight; times d it is the energy of maintaining the persistent weights.",
)
def persistent_sum(n: Any, K: Any, T: Any, N: Any, eta: Any = 1) -> Any:
    """Sum over presentations and synapses of abs(persistent weight) when weights walk at random.

    N T eta sqrt(K) h(sqrt((n^2 - 1)/K)), h(y) = `theory.special.persistent_size`: (2/3)
    sqrt(2/pi) (1 - y^2/2) as long as n is well below sqrt(K).

    Notes
    -----
    The weights start at zero and the K updates are spread evenly over the T presentations. The
    limit of many updates: too small by less than 1/K of itself up to n = sqrt(K).

    Examples
    --------
    >>> persistent_sum([1, 6, 21], 2000, 30000, 1000) / persistent_sum(1, 2000, 30000, 1000)
    array([1.        , 0.9912679 , 0.89289385])
    """
    root = arithmetic(n, K).sqrt
    return persistent_size(root(n - 1) * root(n + 1) / root(K), unit=N * T * eta * root(K))


@formula("This package", gives="Energy in the unit of the prices.", domain={"n": positive_integer})
def total_energy(
    n: Any,
    K: Any,
    T: Any,
    N: Any,
    alpha: Any = 1,
    potentiation: Any = 1,
    depression: Any = 1,
    b: Any = 0,
    c: Any = 0,
    d: Any = 0,
    eta: Any = 1,
) -> Any:
    """Energy with caching under any cost model: of writing, changing and holding weights.

    Notes
    -----
    The sum of `consolidation_energy`, `theory.lattice.change_energy`,
    `theory.lattice.maintenance_energy` and d times `persistent_sum`, with their assumptions.

    Examples
    --------
    >>> cost = Cost(alpha=0, depression=0, c=0.001)
    >>> total_energy([1, 5, 10], 2000, 30000, 1000, **vars(cost))
    array([1000000.,   88400.,  109450.])
    """
    return (
        consolidation_energy(n, K, N, alpha, potentiation, depression, eta)
        + lattice.change_energy(n, K, N, b, eta)
        + lattice.maintenance_energy(n, T, N, c, eta)
        + d * persistent_sum(n, K, T, N, eta)
    )


@formula(
    "This package; LvR, Methods, for any exponent",
    gives="Threshold in units of weight.",
    domain={"T": positive, "c": positive},
)
def optimal_threshold(K: Any, T: Any, c: Any, alpha: Any = 1, eta: Any = 1) -> Any:
    """The threshold of least energy in the diffusion limit.

    theta^(3 - alpha) = 3 (2 - alpha) K eta^2/(c T), if changes up and down cost 1 on average. Zero
    at alpha = 2, where caching saves nothing.

    Notes
    -----
    Thresholds much larger than a step; the final consolidation is left out.

    Examples
    --------
    >>> optimal_threshold(2000, 30000, 0.001, [0, 1, 2])
    array([ 7.36..., 14.14...,  0.        ])
    """
    xp = arithmetic(K, T, c, alpha, eta)
    ratio = 3 * (2 - alpha) * K / c / T * (eta**alpha / eta)
    # ratio^(1/(3 - alpha)) would round its exponent.
    return eta * xp.cbrt(ratio) * ratio ** (alpha / (3 * (3 - alpha)))


@formula(
    "This package; 'b >= 1' of LvR, Methods, for any exponent",
    gives="Dimensionless: 1 at alpha = 0, 0 at alpha = 2.",
    domain={"n": above(1)},
)
def break_even(n: Any, alpha: Any = 1) -> Any:
    """The cost b of changes up to which caching pays, over that of writing a step, at c = d = 0.

    (1 - n^(alpha - 2))/(1 - n^(-2)), so n/(n + 1) at alpha = 1.

    Notes
    -----
    The final consolidation, negligible against K consolidations, is left out.

    Examples
    --------
    >>> break_even(2, [0, 1, 2])
    array([1.        , 0.66666667, 0.        ])
    """
    xp = arithmetic(n, alpha)
    steps = xp.log(n)
    return xp.expm1(-(2 - alpha) * steps) / xp.expm1(-2 * steps)
