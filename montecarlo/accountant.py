"""What learning costs in a network that is trained elsewhere, by its weights alone."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray
from montecarlo.checks import as_number, as_threshold, require

__all__ = ["Accountant"]


class Accountant:
    """Counts energies from the weights after each step, whatever the rule that changes them.

    Parameters
    ----------
    weights : mapping of str to array_like
        The weights of each layer, or of each parameter, before the first step; they are copied.
    costs : sequence of float or callable
        Cost exponents alpha >= 0; or functions that take changes, an array of numbers with signs
        and never zero, and give what each of them costs.
    threshold : float
        That of a cache, at least 0: changes are kept in transient weights without decay, and a
        synapse whose transient weight exceeds the threshold in size makes it persistent. The
        synapses transmit with both, so that what is learnt is the same. With infinity that happens
        only in the end, with 0 at every step.

    Attributes
    ----------
    layers : tuple of str
        Their names, in the order of all that is counted.
    steps : int
        So far.
    transient_sum : ndarray, shape (layers,)
        Of the sizes of the transient weights after each step; a price of maintenance makes an
        energy of it.

    Raises
    ------
    ValueError
        If weights are not finite, or others than before; or an argument is outside its domain.

    Notes
    -----
    Zero changes cost nothing, not even for alpha = 0. Weights are compared in double precision. A
    cache that decays would change what is learnt, and cannot be counted afterwards. Source: LvR,
    Eq. 1 and Synaptic caching.

    Examples
    --------
    >>> weights = np.zeros(2)
    >>> account = Accountant({"layer": weights}, threshold=1.5)
    >>> for step in ([1.0, -1.0], [1.0, 1.0], [1.0, 0.0]):
    ...     weights += step  # a training that changes them in place
    ...     account.step({"layer": weights})
    >>> account.energy, account.direct_energy, account.cached_energy  # M_0 and M_1
    (array([[5., 5.]]), array([[1., 3.]]), array([[2., 3.]]))

    Of a model of PyTorch, ``{name: it.detach().cpu().numpy() for name, it in
    model.named_parameters()}`` are the weights, and ``optimizer.register_step_post_hook`` takes a
    function that hands them to `step`.
    """

    def __init__(
        self,
        weights: Mapping[str, npt.ArrayLike],
        costs: Sequence[float | Callable[[FloatArray], FloatArray]] = (0.0, 1.0),
        threshold: float = np.inf,
    ) -> None:
        self.layers, self.costs = tuple(weights), tuple(map(_cost, costs))
        self.threshold, self.steps = as_threshold(threshold), 0
        self._first = self._last = {name: _copied(name, it) for name, it in weights.items()}
        self._persistent = {name: it.copy() for name, it in self._first.items()}
        shape = len(self.layers), len(self.costs)
        self._spent, self._consolidated = np.zeros(shape), np.zeros(shape)
        self.transient_sum = np.zeros(len(self.layers))

    def step(self, weights: Mapping[str, npt.ArrayLike]) -> None:
        """Count a step, after which the weights are these."""
        names = ", ".join(self.layers)
        require("weights", tuple(weights), set(weights) == set(self.layers), f"those of {names}")
        new = {name: _copied(name, weights[name], self._first[name]) for name in self.layers}
        self._spent += self._between(self._last, new)
        for index, (name, persistent) in enumerate(self._persistent.items()):
            transient = new[name] - persistent
            due = np.abs(transient) > self.threshold
            self._consolidated[index] += self._sums(transient[due])
            persistent[due] = new[name][due]
            self.transient_sum[index] += np.abs(transient[~due]).sum()
        self._last, self.steps = new, self.steps + 1

    @property
    def energy(self) -> FloatArray:
        """The energies of all steps, shape (layers, costs)."""
        return self._spent.copy()

    @property
    def direct_energy(self) -> FloatArray:
        """Those of going straight from the first weights to the last, of the same shape."""
        return self._between(self._first, self._last)

    @property
    def cached_energy(self) -> FloatArray:
        """Those of the cache, the rest consolidated now, of the same shape."""
        return self._consolidated + self._between(self._persistent, self._last)

    def _between(
        self, before: Mapping[str, FloatArray], after: Mapping[str, FloatArray]
    ) -> FloatArray:
        return np.array([self._sums(after[name] - before[name]) for name in self.layers])

    def _sums(self, changes: FloatArray) -> FloatArray:
        """What changes cost under each of the costs; no change costs nothing."""
        made = changes[changes != 0]
        return np.array([np.sum(cost(made)) for cost in self.costs])


def _cost(given: object) -> Callable[[FloatArray], FloatArray]:
    """A cost function, or that of an exponent."""
    if callable(given):
        return given
    domain = "numbers >= 0, or functions of changes"
    alpha = as_number("costs", given, domain)
    require("costs", given, alpha >= 0, domain)
    return lambda changes: np.abs(changes) ** alpha


def _copied(name: str, weights: npt.ArrayLike, like: FloatArray | None = None) -> FloatArray:
    """Weights as doubles of one's own."""
    values = np.array(weights, dtype=float)
    shape = values.shape if like is None else like.shape
    fine = values.shape == shape and bool(np.isfinite(values).all())
    require(f"weights of {name}", values, fine, f"finite numbers of shape {shape}")
    return values
