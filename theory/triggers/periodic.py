"""What "any" and "total" become as N grows: consolidation of all synapses every m updates.

The number of updates between two consolidations then hardly fluctuates, and depends on no single
synapse. For "any" that takes very many, since it grows as n^2/(2 log N).
"""

from typing import Any

from theory.formula import formula
from theory.formula.arithmetic import arithmetic
from theory.formula.domain import at_least_one
from theory.special.implicit import wright_omega
from theory.triggers.walks import mean_distance


@formula("This package", gives="In units of weight.")
def periodic_transient(m: Any, eta: Any = 1) -> Any:
    """Mean size of a transient weight over m updates: eta E abs(S_m) (2 m - 1)/(3 m) if m is even.

    If m is odd, 2 m - 2 stands for 2 m - 1.

    Notes
    -----
    The mean over the ends of updates of independent steps of +-eta, without decay. It tends to 2/3
    of what is consolidated.

    Examples
    --------
    >>> periodic_transient([1, 2, 3, 4])
    array([0.        , 0.5       , 0.66666667, 0.875     ])
    """
    xp = arithmetic(m, eta)
    odd = m - 2 * xp.floor(m / 2)
    return eta * mean_distance(m) * ((2 * m - 1 - odd) / m) / 3


@formula("This package", gives="Energy in units of weight.")
def periodic_energy(m: Any, K: Any, T: Any, N: Any, c: Any, eta: Any = 1) -> Any:
    """Energy if all synapses consolidate every m updates, the final consolidation included.

    Notes
    -----
    At its least it is 2/sqrt(pi), 12.8%, above the least with local consolidation, if it takes many
    updates.

    Steps are independent and there is no decay; the final consolidation costs `periodic_transient`
    a synapse.

    Examples
    --------
    >>> periodic_energy(1, 2000, 30000, 1000, 0.001)
    2000000.0
    """
    consolidated = eta * mean_distance(m) / m
    return N * (K * consolidated + (1 + c * T) * periodic_transient(m, eta))


@formula("This package", gives="Updates.", domain={"N": at_least_one})
def first_of_many(n: Any, N: Any) -> Any:
    """Updates until the first of many walks reaches +-n: n^2/(2 y) (1 + pi^2/(6 a^2 y^2)) + y/3.

    Notes
    -----
    The expected number of walks that have got there by n^2/(2 y) updates is 2 N exp(-y)/sqrt(pi y),
    one at y_0 = W(8 N^2/pi)/2. Then the first is Gumbel-distributed, with a = 1 + 1/(2 y_0) and y =
    y_0 + gamma/a, gamma Euler's constant. The last term is the lattice's. This is for n well above
    log(N), `any_cycle` for all others.

    Examples
    --------
    >>> first_of_many(60, 1e6)  # by any_cycle 141.9
    141.7...
    """
    xp = arithmetic(n, N)
    one = wright_omega(xp.log(8 / xp.pi) + 2 * xp.log(N)) / 2
    a = 1 + 1 / (2 * one)
    y = one + xp.euler / a
    return (n / y) * n / 2 * (1 + (xp.pi / (a * y)) ** 2 / 6) + y / 3
