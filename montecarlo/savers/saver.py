"""What a rule that saves energy is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from montecarlo.synapses import Change

if TYPE_CHECKING:
    from montecarlo.network import Network

#: Of the hidden and of the output layer.
Changes = tuple[Change, Change]


class Saver:
    """A rule that saves nothing; others override what they do otherwise.

    Examples
    --------
    A rule that learns from every other sample:

    >>> class EveryOther(Saver):
    ...     def learns(self, sample, correct):
    ...         return sample % 2 == 0
    >>> [EveryOther().learns(sample, False) for sample in range(4)]
    [True, False, True, False]
    """

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Fit to a network that is to learn with the rule, and draw what is random.

        Parameters
        ----------
        network : Network
            As the rules before have left it. What is changed of it is changed in place.
        rng : numpy.random.Generator
            The one that has drawn the weights.

        Raises
        ------
        ValueError
            If the rule does not fit the network.
        """

    def learns(self, sample: int, correct: bool) -> bool:
        """Whether to learn from a sample. The rules are asked until one says no.

        Parameters
        ----------
        sample : int
            Its row of the inputs.
        correct : bool
            Whether the output unit of its label is the largest, or the first of the largest.
        """
        return True

    def restrict(self, hidden: Change, output: Change) -> Changes:
        """What to change, of the changes proposed for the hidden and for the output layer.

        Parameters
        ----------
        hidden, output : Change
            What backpropagation proposes and the rules before have left; they are not changed.

        Returns
        -------
        (Change, Change)
        """
        return hidden, output
