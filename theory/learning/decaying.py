"""Learning with transient weights that decay, from the mean field of patterns and synapses."""

import math
from dataclasses import dataclass
from typing import get_args

import numpy as np

from theory.formula import Domain
from theory.formula.arrays import FloatArray
from theory.formula.conversion import single
from theory.learning.curves import repeated, require_counts, whole, without_width
from theory.learning.laws import (
    ENOUGH_PATTERNS,
    HIGHEST_LOAD,
    START,
    STOP_EXPONENT,
    STOP_FACTOR,
    series,
)
from theory.learning.synapses import Consolidating
from theory.learning.two_samples import learnt

__all__ = ["DecayingCurve", "decaying_curve"]

#: Of what a curve says of an epoch, what goes on when all is learnt.
ENDED = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])[:, np.newaxis]
#: Domains of the arguments that are not counts.
WEIGHTS = {
    "threshold": Domain("a finite number >= 0", 0, open_low=False),
    "tau": Domain("a number > 1, which infinity may be", 1, open_high=False),
}


@dataclass(frozen=True)
class DecayingCurve:
    """How patterns are learnt with transient weights that decay, epoch by epoch.

    All arrays have the shape (epochs,). Energies are those of a synapse, in steps.

    Attributes
    ----------
    P, N : float
    probability, probability_error : ndarray
        That a presentation in the epoch causes an update, and the numerical error.
    consolidation, consolidation_error : ndarray
        Energy of the consolidations in the epoch.
    held, held_error : ndarray
        Sum over the presentations of the epoch of abs(s); times c it is the maintenance energy.
    left : ndarray
        Mean of abs(s) when the epoch ends: what its consolidation would cost if learning ended.
    persistent_norm, norm : ndarray
        abs(l)/N and abs(l + s)/N when the epoch ends.

    Examples
    --------
    >>> found = decaying_curve(500, 1000, 5, 500, epochs=4, samples=1000, synapses=500)
    >>> found.probability.round(1)
    array([0.5, 0.2, 0.1, 0. ])
    """

    P: float
    N: float
    probability: FloatArray
    probability_error: FloatArray
    consolidation: FloatArray
    consolidation_error: FloatArray
    held: FloatArray
    held_error: FloatArray
    left: FloatArray
    persistent_norm: FloatArray
    norm: FloatArray

    @property
    def end(self) -> float:
        """Epochs until all is learnt, between whole numbers; infinity if it is not in the curve's.

        They are over where no more patterns are expected to be updated than where learning without
        decay ends, after so many epochs (`learning_time`).
        """
        epochs = np.arange(1, len(self.probability) + 1)
        lasts = np.maximum(epochs - float(series(START, math.sqrt(self.P / self.N))), 1)
        enough = (lasts / STOP_FACTOR) ** (1 / STOP_EXPONENT) / lasts**2
        excess = np.log(np.maximum(self.P * self.probability, 1e-12) / enough)
        over = np.flatnonzero(excess <= 0)
        if not over.size:
            return math.inf
        last = over[0]
        if not last:
            return 1.0
        return float(epochs[last] + excess[last] / (excess[last - 1] - excess[last]))

    @property
    def updates(self) -> float:
        """Updates per pattern, K/P, until all is learnt, or until the curve ends."""
        return self._until_end(self.probability)

    def energy(self, c: float) -> float:
        """Energy of a synapse until all is learnt, or until the curve ends, in steps.

        Parameters
        ----------
        c : float
            Maintenance cost.
        """
        last = min(math.ceil(self.end), len(self.left)) if math.isfinite(self.end) else 0
        return self._until_end(self.consolidation + c * self.held) + float(self.left[last - 1])

    def _until_end(self, values: FloatArray) -> float:
        total = np.concatenate(([0.0], np.cumsum(values)))
        return float(np.interp(self.end, np.arange(len(total)), total))


def decaying_curve(
    P: int,
    N: int,
    threshold: float,
    tau: float,
    *,
    trigger: Consolidating = "local",
    epochs: int = 40,
    blocks: int = 8,
    samples: int = 8000,
    synapses: int = 4000,
    runs: int = 2,
    seed: int = 0,
) -> DecayingCurve:
    r"""The mean field of the perceptron rule with transient weights that decay and consolidate.

    Parameters
    ----------
    P, N : int
        Patterns, presented in turn, and synapses. Fields are those of N to infinity at P/N, up to
        1.75; steps are as large against the threshold as they are with N synapses.
    threshold : float
        In steps; a transient weight beyond it is consolidated after the update.
    tau : float
        Decay time in presentations, > 1; infinity: no decay.
    trigger : {"local", "any", "total"}
        What consolidates: the synapse beyond the threshold; all of them, if any of them or the sum
        of their sizes is beyond it. For these two the sample is a multiple of N synapses.
    epochs : int
        The most to look at; a curve ends before where less than one update is to be expected.
    blocks : int
        An even number of pieces of an epoch. Half as many are looked at, too, so that the error of
        their width is known and reduced.
    samples : int
        An even number of sample patterns of each block.
    synapses : int
        How many sample synapses.
    runs : int
        At least 2 repetitions, whose scatter is the error of sampling.
    seed : int
        Of the samples: the same seed gives the same curve.

    Returns
    -------
    DecayingCurve
        Errors are of one standard deviation.

    Raises
    ------
    ValueError
        If an argument is outside its domain.
    ArithmeticError
        If the samples are too few for the noise of the response to stay small.

    Notes
    -----
    A transient weight s decays by 1 - 1/tau before each presentation, is changed by z if the
    pattern is wrong, z the pattern times its label, and is added to the persistent weight l, and
    reset to zero, if abs(s) exceeds the threshold. The field of a pattern is h = z (l + s)/N, and
    dn = 1 where it is presented and wrong.

    Two cavities. As N goes to infinity at fixed P/N, tau/N and threshold/sqrt(N), patterns are
    independent of each other, and so are synapses; one of each, with the others as they would be
    without it, is a stochastic process whose noise and memory the other one makes:

    .. math::
        h(t) = \zeta(t) + \sum_{s<t} G(t, s)\, dn(s), \qquad
        du(t) = d\epsilon(t) + \frac{dt}{N} \sum_{s \le t} X(t, s)\, w(s), \qquad w = F[u].

    u is the sum of a synapse's kicks and F what leak and threshold make of them. The noise zeta of
    a pattern has the covariance of the weights, <w(t) w(s)>/N; the noise of a synapse is the sum of
    the kicks z dn of all patterns, so that its covariance is P <dn(t) dn(s)> and concerns the same
    patterns, whole epochs apart. G(t, s) = <dw(t)/du(s)> is the response of a weight to a kick, by
    which a pattern feels its own updates; X(t, s) = <dn(t)/dh(s)> is that of an update to a field,
    by which the weight of a synapse drives its own kicks. Without decay, or threshold 0, w = u, and
    these are the equations of `curve`: G = 1/(1 - X P/N), summed over times.

    Responses. By Novikov's theorem <dn zeta> = X <zeta zeta> and <w depsilon> = G <depsilon
    depsilon>. The derivative along a path would not do: a kick also decides whether a synapse
    consolidates, and with it how much it forgets later.

    With triggers "any" and "total" one synapse in N hardly moves the time at which all consolidate.
    A kick then fades and becomes persistent as all kicks of its time do, F is linear, and G follows
    from it and X alone, G = (1 - F X P/N)^-1 F.

    Numbers. A sample of synapses is kicked by +-1 at the times of the updates of N synapses; the
    sums of the kicks in half a block are normal numbers with the mean and the variance that its own
    past gives them, rounded to what so many kicks can be. A sample of patterns of each block is
    presented in the middle of it. Each half of a block remembers its own kicks and fields. Of what
    a synapse weighs, only what has come since a kick is correlated with it, which leaves the noise
    of the early weights out of G.

    What is left is the width of blocks, which should be shorter than tau, 1% of the update
    probability; the scatter of the runs; and, for "local", the noise of the responses. Where the
    update probability is less than 0.01 this makes it up to a third too high. Against perceptrons
    with N = 500 and 1000, K is 1 to 3% low. The end of "any" scatters by 6%, and comes a fifth
    early where decay takes no more than two epochs: less than one pattern is none here, where
    perceptrons go on for the one or two that they forget.

    Source: this package; the cavity method after Mezard, Parisi and Virasoro.

    Examples
    --------
    >>> found = decaying_curve(500, 1000, 5, 2000, epochs=12, samples=2000, synapses=1000)
    >>> 7 < found.end < 10, round(found.updates, 1)
    (True, 0.9)
    """
    _require(P, N, {"threshold": threshold, "tau": tau}, trigger)
    require_counts(runs=runs, epochs=epochs, blocks=blocks, samples=samples, synapses=synapses)
    rule = (int(N), float(threshold), 1 - 1 / float(tau), trigger)
    members = synapses
    if trigger != "local":
        members = int(N) * max(round(synapses / N), 1)
    found = repeated(
        lambda width, key: learnt(P, rule, (width, epochs, members), samples, key),
        (blocks, runs, seed),
    )
    end = max(it.shape[1] for each in found for it in each)
    means, errors = without_width(
        *(np.array([_continued(it, end) for it in each]) for each in found)
    )
    values = np.maximum(means, 0)
    with_errors = (it for pair in zip(values[:3], errors[:3], strict=True) for it in pair)
    return DecayingCurve(float(P), float(N), *with_errors, *values[3:])


def _continued(run: FloatArray, epochs: int) -> FloatArray:
    """What a curve says of more epochs than it had: in these there is nothing to be learnt."""
    more = epochs - run.shape[1]
    return np.hstack((run, np.repeat(run[:, -1:] * ENDED, more, axis=1)))


def _require(P: int, N: int, weights: dict[str, float], trigger: str) -> None:
    """Require that there is a mean field of such patterns and synapses."""
    for name, value in (("P", P), ("N", N)):
        single(name, value, whole(int(ENOUGH_PATTERNS[name].low)))
    if P > HIGHEST_LOAD * N:
        raise ValueError(f"P/N must be a number <= {HIGHEST_LOAD}, got {P / N:g}")
    for name, weight in weights.items():
        single(name, weight, WEIGHTS[name])
    if trigger not in get_args(Consolidating):
        raise ValueError(f"trigger must be one of {get_args(Consolidating)}, got {trigger!r}")
