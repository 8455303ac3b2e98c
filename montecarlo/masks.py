"""Random masks of plastic synapses, and what they leave plastic."""

import numpy as np
import numpy.typing as npt

from montecarlo.checks import as_count, as_fraction, as_numbers, require, require_generator

__all__ = ["fixed_mask", "plastic_paths", "random_mask", "simpson_index"]

Mask = npt.NDArray[np.bool_]


def random_mask(rows: int, columns: int, p: float, rng: np.random.Generator) -> Mask:
    """A mask that each synapse is in with probability ``p``, by itself.

    Parameters
    ----------
    rows, columns : int
        Shape of the weights, the units that synapses lead to first.
    p : float
        From 0 to 1.
    rng : numpy.random.Generator
        Source of all randomness.

    Returns
    -------
    ndarray of bool, shape (rows, columns)
        Whether each synapse is plastic.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Examples
    --------
    >>> random_mask(2, 3, 1.0, np.random.default_rng(1)).sum()
    np.int64(6)
    """
    rows, columns = as_count("rows", rows), as_count("columns", columns)
    chance = as_fraction("p", p)
    require_generator(rng)
    return rng.random((rows, columns)) < chance


def fixed_mask(rows: int, columns: int, plastic: int, rng: np.random.Generator) -> Mask:
    """A mask with so many synapses of each row, chosen at random.

    Parameters
    ----------
    rows, columns : int
        Shape of the weights, the units that synapses lead to first.
    plastic : int
        From 1 to ``columns``.
    rng : numpy.random.Generator
        Source of all randomness.

    Returns
    -------
    ndarray of bool, shape (rows, columns)
        Whether each synapse is plastic.

    Raises
    ------
    ValueError
        If an argument is outside its domain.

    Examples
    --------
    >>> fixed_mask(2, 5, 3, np.random.default_rng(1)).sum(axis=1)
    array([3, 3])
    """
    rows, columns = as_count("rows", rows), as_count("columns", columns)
    plastic = as_count("plastic", plastic)
    require("plastic", plastic, plastic <= columns, f"at most {columns}")
    require_generator(rng)
    first = np.broadcast_to(np.arange(columns) < plastic, (rows, columns))
    return rng.permuted(first, axis=1)


def plastic_paths(inputs: npt.ArrayLike, outputs: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Number of paths of two plastic synapses from each input to each output.

    Parameters
    ----------
    inputs : array_like of bool, shape (n_i, n_h)
        Whether the synapse from input i to hidden neuron h is plastic.
    outputs : array_like of bool, shape (n_h, n_o)
        Whether the synapse from hidden neuron h to output o is.

    Returns
    -------
    ndarray, shape (n_i, n_o)
        Numbers of paths.

    Raises
    ------
    ValueError
        If the masks have no hidden layer in common.

    Examples
    --------
    >>> plastic_paths([[True, True], [True, False]], [[True], [True]])
    array([[2.],
           [1.]])
    """
    first, second = np.asarray(inputs), np.asarray(outputs)
    if first.ndim != 2 or second.ndim != 2 or first.shape[1] != second.shape[0]:
        raise ValueError(
            "inputs and outputs must be masks of shapes (n_i, n_h) and (n_h, n_o), "
            f"got {first.shape} and {second.shape}"
        )
    return np.asarray(first.astype(float) @ second.astype(float))


def simpson_index(counts: npt.ArrayLike) -> float:
    """Simpson index of measured updates: the sum of the squared shares of the synapses.

    Parameters
    ----------
    counts : array_like
        Updates of each synapse, >= 0 and not all zero, of any shape.

    Returns
    -------
    float
        From one over the number of synapses, if all are updated equally often, to 1.

    Raises
    ------
    ValueError
        If there is nothing to take shares of.

    Examples
    --------
    >>> simpson_index([5, 5, 5, 5, 0])
    0.25
    """
    domain = "finite numbers >= 0, not all zero"
    values = as_numbers("counts", counts, domain)
    valid = np.isfinite(values).all() and (values >= 0).all() and values.any()
    require("counts", counts, bool(valid), domain)
    return float(np.sum((values / values.sum()) ** 2))
