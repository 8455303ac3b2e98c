"""Restricted plasticity: paths through a hidden layer, the masks of least energy, and size.

A network has n_i inputs, n_h hidden neurons and n_o outputs, all connected. Learning is taken to
need as many plastic paths from input to output as h_c hidden neurons give that are plastic
throughout: n_i h_c n_o of them. Energies are numbers of plastic synapses; the cost of one, taken to
be the same in both layers and at all sizes, is a common factor.
"""

from typing import Any

from theory.formula import formula
from theory.formula.arithmetic import arithmetic
from theory.formula.domain import at_least_one


def _wide_enough(h_c: Any, n_h: Any) -> Any:
    """Fewer hidden neurons have too few paths, even if all synapses are plastic."""
    return h_c <= n_h


@formula("CP, Methods", gives="Synapses.")
def plastic_synapses(n_h: Any, n_i: Any, n_o: Any, p_i: Any = 1, p_o: Any = 1) -> Any:
    """Mean number of plastic synapses, n_h (n_i p_i + n_o p_o).

    Notes
    -----
    Where errors and inputs are never zero, each is updated once a presentation: M_0 is T times
    this.

    Examples
    --------
    >>> plastic_synapses(100, 784, 10)
    79400.0
    """
    return n_h * (n_i * p_i + n_o * p_o)


@formula("CP, Results", gives="Paths.")
def plastic_paths(n_h: Any, n_i: Any, n_o: Any, p_i: Any, p_o: Any) -> Any:
    """Mean number of paths from an input to an output whose two synapses are plastic.

    Notes
    -----
    True of any masks of the two layers that are independent of each other and favour no synapse:
    synapses drawn one by one, or fixed numbers of a layer or of each neuron. If the same hidden
    neurons are chosen for both layers, p_i = p_o = p, there are n_i n_h n_o p paths.

    Examples
    --------
    >>> plastic_paths(1000, 784, 10, 0.1, 1)
    784000.0
    """
    return n_i * n_h * n_o * p_i * p_o


@formula("CP, Results", gives="From h_c/n_h to 1.", where=_wide_enough)
def optimal_input_fraction(n_h: Any, n_i: Any, n_o: Any, h_c: Any) -> Any:
    """The plastic fraction p_i of the input synapses for which random masks cost least.

    The minimum of n_h (n_i p_i + n_o p_o) at n_h p_i p_o >= h_c, 0 <= p_i, p_o <= 1: n_i p_i = n_o
    p_o as far as fractions reach, else 1 for the smaller layer and h_c/n_h for the other.

    Notes
    -----
    Only the mean number of paths is constrained, and masks need not have a whole number of
    synapses.

    Examples
    --------
    >>> optimal_input_fraction([100, 1000, 10000], 784, 10, 100)
    array([1.        , 0.1       , 0.01129385])
    """
    xp = arithmetic(n_h, n_i, n_o, h_c)
    needed = h_c / n_h
    return xp.maximum(needed, xp.minimum(1, xp.sqrt(needed * n_o / n_i)))


@formula("CP, Results", gives="From h_c/n_h to 1.", where=_wide_enough)
def optimal_output_fraction(n_h: Any, n_i: Any, n_o: Any, h_c: Any) -> Any:
    """The plastic fraction p_o of the output synapses for which random masks cost least.

    `optimal_input_fraction` with the layers exchanged.

    Notes
    -----
    The assumptions are those of `optimal_input_fraction`.

    Examples
    --------
    >>> optimal_output_fraction([100, 1000, 10000], 784, 10, 100)
    array([1.        , 1.        , 0.88543774])
    """
    return optimal_input_fraction(n_h, n_o, n_i, h_c)


@formula("CP, Eq. 1", gives="In plastic synapses.", where=_wide_enough)
def mask_energy(n_h: Any, n_i: Any, n_o: Any, h_c: Any) -> Any:
    """The least energy with random masks.

    n_i h_c + n_o n_h up to the `crossover_width`, if n_o <= n_i, and 2 sqrt(n_i n_o h_c n_h) from
    there on.

    Notes
    -----
    `plastic_synapses` at `optimal_input_fraction` and `optimal_output_fraction`: a plastic synapse
    costs the same in both layers and at all sizes.

    Examples
    --------
    >>> mask_energy([100, 1000, 10000], 784, 10, 100)
    array([ 79400.        ,  88400.        , 177087.54...])
    """
    p_i = optimal_input_fraction(n_h, n_i, n_o, h_c)
    p_o = optimal_output_fraction(n_h, n_i, n_o, h_c)
    return plastic_synapses(n_h, n_i, n_o, p_i, p_o)


@formula(
    "CP, Results", gives="h_c times the quotient of the larger and the smaller of n_i and n_o."
)
def crossover_width(n_i: Any, n_o: Any, h_c: Any) -> Any:
    """Number of hidden neurons above which both layers should be plastic in part only.

    Notes
    -----
    Where both `optimal_input_fraction` and `optimal_output_fraction` fall below 1.

    Examples
    --------
    >>> crossover_width(784, 10, 100)
    7840.0
    """
    xp = arithmetic(n_i, n_o, h_c)
    return h_c * xp.maximum(n_i, n_o) / xp.minimum(n_i, n_o)


@formula("CP, Results", gives="In plastic synapses.")
def subnet_energy(n_i: Any, n_o: Any, h_c: Any) -> Any:
    """Energy of a coordinated subnet: h_c hidden neurons with all their synapses, in any network.

    Notes
    -----
    It is the least of all masks with n_i h_c n_o plastic paths, random or not.

    Examples
    --------
    >>> mask_energy(10_000, 784, 10, 100) / subnet_energy(784, 10, 100)
    2.230...
    """
    return (n_i + n_o) * h_c


@formula(
    "This package; the limits in CP, Results",
    gives="Dimensionless, from 1/N to 1/plastic.",
    domain={"N": at_least_one, "T": at_least_one},
    where=lambda plastic, N: plastic <= N,
)
def simpson_index(N: Any, plastic: Any, T: Any) -> Any:
    """Mean Simpson index of updates when each of T presentations chooses its synapses at random.

    The index is the sum over synapses of the squared share of all updates. Its inverse is the
    number of synapses that take turns. A fixed mask has 1/plastic; here that is so at T = 1 only,
    and the index falls to 1/N. These are its bounds, however the synapses are chosen.

    Notes
    -----
    Every presentation changes exactly ``plastic`` synapses, whatever the others change.

    Examples
    --------
    >>> 1 / simpson_index(78_400, 784, [1, 100, 10_000])
    array([  784.        , 39396.98492462, 77631.4486...])
    """
    return 1 / N + (1 / plastic - 1 / N) / T


@formula("CP, Fig. 3c", gives="In units of weight.")
def backtracking(up: Any, down: Any) -> Any:
    """What a weight's M_1 energy exceeds the size of its net change by.

    The order of the changes plays no part. Only this can be saved, if the weight is to arrive where
    it does, and it is zero for every path that does not turn back.

    Notes
    -----
    The cost exponent is 1, up and down.

    Examples
    --------
    >>> backtracking([3, 3, 3], [0, 1, 3])
    array([0., 2., 6.])
    """
    return 2 * arithmetic(up, down).minimum(up, down)


@formula("CP, Discussion", gives="Dimensionless.", domain={"N": at_least_one})
def extrapolation(N: Any, reference: Any, exponent: Any) -> Any:
    """How many times the energy of a reference network one of N synapses needs, by a power law.

    Notes
    -----
    A law that was fitted to networks of some size says nothing of others by itself.

    Examples
    --------
    Macaque V1, from MNIST with 100 hidden neurons:

    >>> extrapolation(300e9, 79_400, 0.5)
    1943.79...
    """
    return (N / reference) ** exponent
