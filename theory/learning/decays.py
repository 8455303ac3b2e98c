"""What the mean field says of decay times and thresholds, as a table."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

__all__ = ["DecayedLearning", "learnt_with_decay"]


@dataclass(frozen=True)
class DecayedLearning:
    """How patterns are learnt with a decay time and a threshold, until all are right.

    Attributes
    ----------
    tau, threshold : float
        In presentations; in steps.
    epochs : float
        Infinity if they are more than 45; the rest is of these then.
    updates : float
        K/P.
    consolidation, held : float
        Of a synapse, in steps: energy of the consolidations, the last one included; and the sum
        over all presentations of abs(s), s the transient weight.

    Examples
    --------
    >>> found = learnt_with_decay()[0]
    >>> found.tau, found.threshold
    (inf, 1.0)
    """

    tau: float
    threshold: float
    epochs: float
    updates: float
    consolidation: float
    held: float

    def energy(self, c: float) -> float:
        """Consolidation and maintenance of a synapse, in steps.

        Parameters
        ----------
        c : float
            Maintenance cost.
        """
        return self.consolidation + c * self.held


def learnt_with_decay() -> tuple[DecayedLearning, ...]:
    """How 1000 patterns are learnt by 1001 synapses that all consolidate if any asks for it.

    Returns
    -------
    tuple of DecayedLearning
        By decay time and threshold, from no decay and low thresholds on.

    Notes
    -----
    From `theory.learning.decaying_curve`, with 3% of numerical error in K and 10% in the
    epochs. LvR's Figs. 3 and 3S1
    show these.

    Examples
    --------
    >>> best = min(learnt_with_decay(), key=lambda found: found.energy(0.01))
    >>> best.epochs < 60
    True
    """
    table = np.genfromtxt(Path(__file__).with_name("decays.csv"), delimiter=",", skip_header=1)
    return tuple(DecayedLearning(*row) for row in table.tolist())
