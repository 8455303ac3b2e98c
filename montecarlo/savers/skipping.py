"""Learning only from samples that are wrong."""

from dataclasses import dataclass, field

import numpy as np

from montecarlo.checks import require
from montecarlo.network.network import Network, Saver


@dataclass
class Skip(Saver):
    """Learn only from samples that are misclassified: lazy learning.

    Source: REV, saving method I.

    Parameters
    ----------
    ever_wrong : bool
        Learn also from those that were misclassified before, which generalises better.

    Raises
    ------
    ValueError
        If it is neither true nor false.

    Examples
    --------
    >>> saver = Skip(ever_wrong=True)
    >>> saver.learns(7, correct=True), saver.learns(7, correct=False), saver.learns(7, correct=True)
    (False, True, True)
    """

    ever_wrong: bool = False
    _wrong: set[int] = field(default_factory=set, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the choice."""
        known = isinstance(self.ever_wrong, bool | np.bool_)
        require("ever_wrong", self.ever_wrong, known, "True or False")
        self.ever_wrong = bool(self.ever_wrong)

    def prepare(self, network: Network, rng: np.random.Generator) -> None:
        """Forget what another network got wrong."""
        self._wrong.clear()

    def learns(self, sample: int, correct: bool) -> bool:
        """Whether the sample is wrong, or was."""
        if not correct and self.ever_wrong:
            self._wrong.add(sample)
        return not correct or sample in self._wrong
