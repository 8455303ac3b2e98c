"""What sets consolidation off: one vocabulary for all simulators, and rules of one's own."""

from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import Array
from montecarlo.checks import require_choice

__all__ = ["Rule", "Together", "Trigger"]


class Rule:
    """A trigger of one's own: derive a class that says which synapses are `due`.

    What it is called with makes up its ``repr``, which tells one rule from another, as long as it
    is kept in attributes. It remembers nothing of what it has seen.

    Examples
    --------
    Of a group in which one synapse exceeds the threshold, those above a part of it:

    >>> class Above(Rule):
    ...     def __init__(self, part):
    ...         self.part = part
    ...
    ...     def due(self, sizes, threshold):
    ...         exceeded = sizes.max(axis=-1, keepdims=True) > threshold
    ...         return exceeded & (sizes > self.part * threshold)
    >>> Above(0.5), Above(0.5).due(np.array([[1.0, 6.0, 11.0], [1.0, 6.0, 9.0]]), 10)
    (Above(part=0.5), array([[False,  True,  True],
           [False, False, False]]))
    """

    def due(self, sizes: Array, threshold: Any) -> npt.NDArray[np.bool_]:
        """Which synapses consolidate, as soon as a presentation has changed transient weights.

        Parameters
        ----------
        sizes : ndarray, shape (..., synapses)
            Of the transient weights, those of a group on the last axis; not to be changed.
        threshold : float or ndarray, shape (..., 1)
            In the unit of the sizes, which is that of weights in networks, and in the perceptron
            the step of an update.

        Returns
        -------
        ndarray of bool
            Of a shape that broadcasts to that of ``sizes``.
        """
        raise NotImplementedError

    def __repr__(self) -> str:
        """Its class and its attributes."""
        given = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({given})"


#: "any": a synapse whose transient weight exceeds the threshold makes all synapses consolidate.
#: "total": all consolidate when the sum of the sizes of their transient weights exceeds it.
Together = Literal["any", "total"]

#: "local": a synapse whose transient weight exceeds the threshold consolidates itself. The others
#: are those by which synapses consolidate together, and rules of one's own.
Trigger = Literal["local", "any", "total"] | Rule


def require_trigger(trigger: object) -> None:
    """Require one of the words, or a rule."""
    if not isinstance(trigger, Rule):
        require_choice("trigger", trigger, get_args(get_args(Trigger)[0]))


def due(rule: Rule, sizes: Array, threshold: Any) -> npt.NDArray[np.bool_]:
    """The synapses that a rule lets consolidate, of those that have something to consolidate."""
    shown = sizes.view()
    shown.flags.writeable = False
    found = np.asarray(rule.due(shown, threshold))
    try:
        if found.dtype != bool:
            raise ValueError
        return np.broadcast_to(found, sizes.shape) & (sizes > 0)
    except ValueError:
        raise ValueError(
            f"{rule!r} must give booleans that broadcast to the shape {sizes.shape} of the sizes, "
            f"got {found.dtype} of shape {found.shape}"
        ) from None
