"""The perceptron rule: how long it learns, what it spends and what it could have spent.

P random patterns are taught to N synapses that start at zero. Each update moves every synapse by
+-eta and costs eta a synapse (cost exponent 1). Energies are in units of weight; eta is the step
size.
"""

from typing import Any

from theory.formula import formula
from theory.formula.arithmetic import SYMPY, arithmetic
from theory.special.implicit import gardner_margin, lambert_gap


def _below_capacity(P: Any, N: Any) -> Any:
    """The condition under which weights exist that get all patterns right."""
    return P < 2 * N


def _free_capacity(P: Any, N: Any) -> Any:
    """2 - P/N; in numbers so that nothing cancels near capacity, where N - P/2 is exact."""
    return 2 - P / N if arithmetic(P, N) is SYMPY else (N - P / 2) / N * 2


@formula("LvR, Methods (after Opper 1988)", gives="K.", where=_below_capacity)
def updates(P: Any, N: Any) -> Any:
    """Updates K until all patterns are right: 2 P / (2 - P/N)^2.

    Notes
    -----
    An empirical fit for random patterns, whose exponent is the one of Opper's divergence at
    capacity P = 2 N. `theory.learning.updates` derives K.

    Examples
    --------
    >>> updates(1000, 1000)
    2000.0
    """
    return 2 * P / _free_capacity(P, N) ** 2


@formula("LvR, Methods", gives="T.", where=_below_capacity)
def learning_time(P: Any, N: Any) -> Any:
    """Presentations T until all patterns are right: P^(3/2) / (2 - P/N)^2.

    Notes
    -----
    An empirical fit for random patterns; simulations count the error-free last epoch too.
    `theory.learning.learning_time` derives T.

    Examples
    --------
    >>> learning_time(400, 400)
    8000.0
    """
    return P * arithmetic(P, N).sqrt(P) / _free_capacity(P, N) ** 2


@formula(
    "LvR, Methods, M_perc = N K eta", gives="Energy in units of weight.", where=_below_capacity
)
def energy(P: Any, N: Any, eta: Any = 1) -> Any:
    """Energy of perceptron learning without caching, N K eta.

    Notes
    -----
    Every update changes all N weights by eta, and the cost exponent is 1; K is that of `updates`.

    Examples
    --------
    >>> energy(1000, 1000)
    2000000.0
    """
    return N * updates(P, N) * eta


@formula("LvR, Eq. 2 and Methods", gives="Energy in units of weight.", where=_below_capacity)
def minimal_energy(P: Any, N: Any, eta: Any = 1) -> Any:
    """Energy of going straight to the final weights, eta N sqrt(2 K/pi).

    Notes
    -----
    Assumes that the weights walked at random, so that they are Gaussian with variance K eta^2. They
    are in fact smaller, see `first_epoch_norm`.

    Examples
    --------
    >>> round(minimal_energy(1000, 1000))
    35682
    """
    xp = arithmetic(P, N, eta)
    return eta * N * xp.sqrt(2 * updates(P, N) / xp.pi)


@formula("LvR, Eq. 3", gives="M_perc / M_min, dimensionless.", where=_below_capacity)
def inefficiency(P: Any, N: Any) -> Any:
    """Energy of perceptron learning over the least possible, sqrt(pi P) / (2 - P/N).

    Notes
    -----
    The quotient of `energy` and `minimal_energy`, which takes the final weights for Gaussian and as
    large as a random walk makes them.

    Examples
    --------
    >>> inefficiency(1900, 1000)
    772.59...
    """
    xp = arithmetic(P, N)
    return xp.sqrt(xp.pi * P) / _free_capacity(P, N)


@formula(
    "LvR, Fig. 1 supplement 1 (no formula given); derived from Eq. 1 for Gaussian weights",
    gives="Energy over minimal energy, dimensionless.",
)
def inefficiency_from_updates(K: Any, alpha: Any = 1) -> Any:
    """Inefficiency for the cost abs(change)^alpha, when weights are Gaussian with variance K eta^2.

    sqrt(pi) K^(1 - alpha/2) / (2^(alpha/2) Gamma((1 + alpha)/2)). The exponents 0, 1 and 2 give K,
    sqrt(pi K/2) and 1: with a quadratic cost a random walk wastes nothing.

    Examples
    --------
    >>> inefficiency_from_updates(100, 0), inefficiency_from_updates(100, 2)
    (100.0, 1.0)
    """
    xp = arithmetic(K, alpha)
    moment = 2 ** (alpha / 2) * xp.gamma((1 + alpha) / 2) / xp.sqrt(xp.pi)
    return K * K ** (-alpha / 2) / moment  # K^(1 - alpha/2) would round its exponent


@formula("This package: exact for N to infinity, notes in docs", gives="v, dimensionless.")
def first_epoch_norm(kappa: Any) -> Any:
    """Squared weights v = abs(w)^2 / (eta N)^2 after K = kappa N updates of the first epoch.

    Notes
    -----
    Every update is made at a wrong output, which pulls the weights back: dv/dkappa =
    1 - 2 sqrt(2 v/pi), from v(0) = 0. A random walk would give v = kappa; v saturates at pi/8.

    Examples
    --------
    >>> round(first_epoch_norm(0.5), 4)
    0.221
    """
    xp = arithmetic(kappa)
    return xp.pi / 8 * lambert_gap(4 * kappa / xp.pi) ** 2


@formula(
    "This package: exact for N to infinity, notes in docs", gives="Dimensionless; at most 1/2."
)
def first_epoch_mean_weight(kappa: Any) -> Any:
    """Mean abs(weight) over eta sqrt(N) in the first epoch: sqrt(2 v/pi) for Gaussian weights.

    Notes
    -----
    v is that of `first_epoch_norm`.

    Examples
    --------
    >>> round(first_epoch_mean_weight(0.5), 4)
    0.3751
    """
    return lambert_gap(4 * kappa / arithmetic(kappa).pi) / 2


@formula(
    "Gardner 1987, the optimal stability of random patterns",
    gives="kappa, dimensionless; 0 at capacity.",
    where=_below_capacity,
)
def optimal_margin(P: Any, N: Any) -> Any:
    """The largest margin kappa that weights can give all of P random patterns (N to infinity).

    Solves N/P = (1 + kappa^2) Phi(kappa) + kappa phi(kappa), in units in which the field of a
    pattern has unit variance over patterns.

    Examples
    --------
    >>> round(optimal_margin(1000, 1000), 4)
    0.4707
    """
    return gardner_margin((N - P / 2) / P)


@formula("Novikoff 1962 with Gardner's margin", gives="Bound on K.", where=_below_capacity)
def maximal_updates(P: Any, N: Any) -> Any:
    """Bound on the updates of large perceptrons, N / kappa^2, kappa the optimal margin.

    Notes
    -----
    Novikoff's bound (R/margin)^2 with abs(x)^2 = N for patterns of +-1. It is proved for each set
    of patterns with that set's own margin; Gardner's is the margin of random patterns for N to
    infinity, which at finite N some sets fall short of.

    Examples
    --------
    >>> round(maximal_updates(1000, 1000))
    4514
    """
    return N / optimal_margin(P, N) ** 2
