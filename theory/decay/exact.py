"""The steady state for steps of +-eta themselves, solved numerically, with an error estimate.

The chain of weights right after an update is followed on a grid of abs(s). A step is a shift by
whole cells. Decay moves a node to between two others, which share its weight such that the mean is
kept (the mean square grows by less than a cell squared). Between two updates lies a geometric
number of decays, which is a triangular system. Left to solve is one linear equation for the visits
between two consolidations.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse

from theory.formula import ALGORITHMS, formula
from theory.formula.arrays import FloatArray, IntArray
from theory.formula.steps import threshold_in_steps

COARSEST = 32  # cells per step
DIRECT = 256  # and as many of them are solved for by elimination, beyond by iteration
MOST_NODES = 2**16
RAREST = 1e-15  # consolidations per update, below which rounding hides them


@dataclass(frozen=True)
class SteadyState:
    """A cached synapse in the steady state, in units of weight and presentations.

    Attributes
    ----------
    rate : float
        Consolidations per presentation.
    mean_transient : float
        Mean of abs(s) over the ends of presentations.
    mean_consolidated : float
        Amount per consolidation, above theta by the overshoot.
    relative_error : float
        Estimate, for the least certain of the three.
    """

    rate: float
    mean_transient: float
    mean_consolidated: float
    relative_error: float


@formula(
    "This package",
    gives="In units of weight and presentations, with an estimate of the error.",
    where=lambda theta, eta, tau: theta < eta * tau,
    registry=ALGORITHMS,
)
def steady_state(
    theta: float, tau: float, p: float, eta: float = 1, tolerance: float = 1e-5
) -> SteadyState:
    """Rate, mean size and consolidated amount for steps of +-eta, decay 1 - 1/tau before each step.

    A size strictly above theta is consolidated; none can reach eta tau.

    Raises
    ------
    ValueError
        If theta is above 1024 eta with decay, or less than one update in 1e15 consolidates, or so
        few that no digit of the result is right.

    Notes
    -----
    Without decay the result is that of `theory.lattice`. With decay the grid is refined until the
    estimated error is below the tolerance or there are 65536 nodes. The estimate has two parts:
    what the last refinements changed, and how far from proportional to the cell the effect of
    moving the threshold by a cell is. That reveals weights that crowd at the threshold, closer than
    a cell: the result is a discontinuous function of theta there, in weak decay at whole theta/eta.

    Examples
    --------
    >>> steady_state(5, 500, 0.1).rate  # 0.00336 in the diffusion limit
    0.00274...
    """
    level = threshold_in_steps(theta, eta)
    if level < 1:  # every update is consolidated
        return SteadyState(rate=p, mean_transient=0.0, mean_consolidated=eta, relative_error=0.0)
    if math.isinf(tau):
        values = _between_consolidations(math.floor(level), 1, 1.0, p)
        error = level**2 * float(np.finfo(float).eps)  # the equation's condition number
    elif 2 * COARSEST * level > MOST_NODES:
        most = MOST_NODES // (2 * COARSEST)
        raise ValueError(f"theta must be at most {most} eta with decay, got {level} eta")
    else:
        values, error = _refined(level, 1 - 1 / tau, p, tolerance)
        if not error < 1:
            raise ValueError(
                f"rounding hides all digits at a threshold of {level:g} eta, tau = {tau:g} and p = "
                f"{p:g}; see rare_consolidation_rate"
            )
    rate, mean_transient, mean_consolidated = values.tolist()
    return SteadyState(rate, eta * mean_transient, eta * mean_consolidated, error)


def _refined(level: float, decay: float, p: float, tolerance: float) -> tuple[FloatArray, float]:
    """The three results in units of the step, and the estimate of their relative error."""
    cells = COARSEST
    values, effect = _at_threshold(level, decay, p, cells)
    change = math.inf
    while True:
        cells *= 2
        coarse_values, coarse_effect, coarse_change = values, effect, change
        values, effect = _at_threshold(level, decay, p, cells)
        both = np.abs(values - coarse_values) + np.abs(effect - coarse_effect / 2)
        change = float(np.max(both / values))
        error = max(change, coarse_change / 2)  # one small change can be chance
        if error < tolerance or 2 * cells * level > MOST_NODES:
            return values, error


def _at_threshold(
    level: float, decay: float, p: float, cells: int
) -> tuple[FloatArray, FloatArray]:
    """The results at a threshold between two nodes, and what moving it by a cell changes.

    A threshold halfway between two nodes is one that the grid has.
    """
    last = max(math.floor(level * cells - 1 / 2), cells)
    below, above = (_between_consolidations(node, cells, decay, p) for node in (last, last + 1))
    return below + (above - below) * (level * cells - 1 / 2 - last), above - below


def _between_consolidations(last: int, cells: int, decay: float, p: float) -> FloatArray:
    """Rate, mean size and consolidated amount if weights beyond the last node are consolidated."""
    waiting, updated = transitions(last, cells, decay, p)
    from scipy.sparse.linalg import LinearOperator, gmres, splu  # as slow to load as NumPy

    nodes = last + 1
    # Visits of nodes right after an update: the first comes from zero, all others from visits.
    first = np.zeros(nodes)
    first[cells] = 1
    waited = splu(waiting, permc_spec="NATURAL", diag_pivot_thresh=0)
    if cells <= DIRECT:
        visits = waiting @ splu(waiting - updated[:nodes]).solve(first)
    else:
        chain = LinearOperator(
            (nodes, nodes), lambda v: v - (updated @ waited.solve(v))[:nodes], dtype=float
        )
        coarse = _on_coarse_grid(last, cells, decay, p)
        visits, _ = gmres(chain, first, M=coarse, rtol=1e-12, atol=0, restart=100, maxiter=3)
    consolidated = (updated @ waited.solve(visits))[nodes:]
    if not consolidated.sum() > RAREST * visits.sum():
        raise ValueError(
            f"fewer than {RAREST:g} consolidations per update are hidden by rounding, got a "
            f"threshold of {last / cells:g} eta; see rare_consolidation_rate"
        )
    presentations = (visits.sum() + 1) / p  # a waiting time for every visit and for the reset
    sizes = np.arange(nodes + cells) / cells
    size_sum = visits @ sizes[:nodes] / (1 - (1 - p) * decay)
    return np.array(
        [
            consolidated.sum() / presentations,
            size_sum / presentations,
            consolidated @ sizes[nodes:] / consolidated.sum(),
        ]
    )


def transitions(last: int, cells: int, decay: float, p: float) -> tuple[Any, Any]:
    """Sparse W and U such that U W^-1 leads from one update to the next, beyond the last node too.

    U W^-1 = p S sum_k (1 - p)^k D^(k + 1) with D the decay of a presentation and S the step.
    """
    node = np.arange(last + 1)
    decayed = _shared(decay * node, last)
    half = np.full(last + 1, 1 / 2)
    stepped = _sparse(
        [node + cells, np.abs(node - cells)], [half, half], (last + 1 + cells, last + 1)
    )
    waiting = scipy.sparse.identity(last + 1, format="csc") - (1 - p) * decayed
    return waiting, p * (stepped @ decayed)


def _on_coarse_grid(last: int, cells: int, decay: float, p: float) -> Any:
    """A preconditioner: what relaxes slowly is solved for on a coarse grid."""
    from scipy.sparse.linalg import LinearOperator, splu

    coarse_last = -(-last * COARSEST // cells)
    waiting, updated = transitions(coarse_last, COARSEST, decay, p)
    solved = splu(waiting - updated[: coarse_last + 1])
    restricted = _shared(np.arange(last + 1) * (COARSEST / cells), coarse_last)

    def corrected(residual: FloatArray) -> FloatArray:
        coarse = restricted @ residual
        change = waiting @ solved.solve(coarse) - coarse
        spread: FloatArray = restricted.T @ change * (COARSEST / cells)
        return residual + spread

    return LinearOperator((last + 1, last + 1), corrected, dtype=float)


def _shared(places: npt.NDArray[np.floating[Any]], last: int) -> Any:
    """A matrix that gives each column to the two nodes around its place, keeping the mean."""
    lower = places.astype(int)
    share = places - lower
    rows = [lower, np.minimum(lower + 1, last)]
    return _sparse(rows, [1 - share, share], (last + 1, len(places)))


def _sparse(rows: list[IntArray], values: list[FloatArray], shape: tuple[int, int]) -> Any:
    """A matrix that sends each column to as many rows as there are lists."""
    columns = np.tile(np.arange(shape[1]), len(rows))
    entries = (np.concatenate(values), (np.concatenate(rows), columns))
    return scipy.sparse.csc_matrix(entries, shape=shape)
