"""The diffusion limit corrected for finite steps: a synapse consolidates more than theta.

A step carries the weight beyond the threshold, on average by half a step if decay has smeared the
weights between whole steps, by less if decay pulls back hard between updates, and by a whole number
of steps less theta if there is no decay. The diffusion formulas at the mean consolidated amount are
close to `theory.decay.exact`; the claims SE.overshoot-* say how close, and where.
"""

from typing import Any

from theory.decay.diffusion import consolidation_power, consolidation_rate, mean_transient
from theory.formula import formula
from theory.formula.arithmetic import Arithmetic, arithmetic
from theory.formula.steps import threshold_in_steps
from theory.special.ladder import ladder_overshoot, sawtooth

_SOURCE = "This package, docs/results/decay.md"


def _spread(theta: Any, tau: Any, p: Any, eta: Any) -> Any:
    """(theta + eta/2)^3/(tau p eta^3): by how many steps decay moves a weight off the lattice."""
    return (2 * theta / eta + 1) ** 3 / (8 * tau * p)


def _cached(xp: Arithmetic, level: Any) -> Any:
    """1, but 0 for thresholds below a step, where every update is consolidated at once."""
    return xp.minimum(xp.floor(level), 1)


@formula(
    _SOURCE,
    gives="In units of weight; at least eta, and n eta without decay, n = floor(theta/eta) + 1.",
)
def mean_consolidated(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """Mean amount that a synapse consolidates, theta plus the overshoot.

    Notes
    -----
    The overshoot is eta (o + W): o for weights smeared over all fractions of a step, from the drift
    theta/(tau p eta) between two updates; W for what is left of the lattice of whole steps after
    its smearing by decay, see `theory.special.ladder_overshoot` and
    `theory.special.sawtooth`.

    Examples
    --------
    >>> mean_consolidated(5, 500, 0.3)  # 5.627 with `theory.decay.exact`
    5.64...
    """
    level = threshold_in_steps(theta, eta)
    smeared = ladder_overshoot(level / (tau * p))
    coherent = sawtooth(level, _spread(theta, tau, p, eta))
    xp = arithmetic(theta, tau, p, eta)
    return eta * (1 + _cached(xp, level) * (xp.maximum(level + smeared + coherent, 1) - 1))


@formula(_SOURCE, gives="Rate per presentation.")
def corrected_rate(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """Consolidations per synapse and presentation: the diffusion limit at the mean amount.

    Exact without decay.

    Notes
    -----
    It falls with theta, but for places where the approximate amount does, and it rises by up to 2%.
    The claim SE.overshoot says how close it is to `steady_state`, and where.

    Examples
    --------
    >>> corrected_rate(5, 500, 0.3)  # 0.00881 with `theory.decay.exact`, 0.01134 for small steps
    0.0087...
    """
    return consolidation_rate(mean_consolidated(theta, tau, p, eta), tau, p, eta)


@formula(_SOURCE, gives="In units of weight.")
def corrected_mean(theta: Any, tau: Any, p: Any, eta: Any = 1) -> Any:
    """Mean size of a transient weight: the diffusion limit at the mean amount A, less its corner.

    Exact without decay. Zero for theta < eta, where nothing is left in the transient weight.

    Notes
    -----
    The density of small steps has a corner at zero. That of finite steps has none, if smeared,
    which takes a part eta^2/(2 A^2) off the mean; on the lattice of whole steps twice that. Between
    the two, exp(-S/2) of the spread S is an interpolation that fits.

    Examples
    --------
    >>> corrected_mean(5, 500, 0.3)  # 1.828 with `theory.decay.exact`, 1.657 for small steps
    1.8...
    """
    xp = arithmetic(theta, tau, p, eta)
    amount = mean_consolidated(theta, tau, p, eta)
    step = eta / amount
    # Of the corner: 1 - (1 + exp(-S/2)) step^2/2, without loss of digits where it is near zero.
    smeared = -xp.expm1(-_spread(theta, tau, p, eta) / 2)
    left = (1 - step) * (1 + step) + smeared * step**2 / 2
    return _cached(xp, threshold_in_steps(theta, eta)) * mean_transient(amount, tau, p, eta) * left


@formula(_SOURCE, gives="Energy per presentation, in units of weight.")
def corrected_maintenance_power(theta: Any, tau: Any, p: Any, N: Any, c: Any, eta: Any = 1) -> Any:
    """Energy per presentation of maintaining the transient weights, c N times `corrected_mean`.

    Notes
    -----
    As close to `steady_state` as `corrected_mean`.

    Examples
    --------
    >>> corrected_maintenance_power(5, 500, 0.3, 1000, 0.01)
    18...
    """
    return c * N * corrected_mean(theta, tau, p, eta)


@formula(_SOURCE, gives="Energy per presentation, in units of weight.")
def corrected_consolidation_power(theta: Any, tau: Any, p: Any, N: Any, eta: Any = 1) -> Any:
    """Energy per presentation of consolidations, N times `corrected_rate` times the mean amount.

    Notes
    -----
    The limit of small steps, `consolidation_power`, with `mean_consolidated` for theta.

    Examples
    --------
    >>> corrected_consolidation_power(5, 500, 0.3, 1000)
    49...
    """
    return consolidation_power(mean_consolidated(theta, tau, p, eta), tau, p, N, eta)
