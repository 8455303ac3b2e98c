"""The simulation leg: what a formula predicts against what the Monte Carlo experiments give."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from montecarlo.statistics import Budget, Estimate, estimate
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.verdict import Finding, Verdict

__all__ = ["Comparison"]

#: Replicas at the first look, and the least growth from one look to the next.
FIRST, GROWTH = 8, 1.5
#: Relative rounding error allowed where theory and simulation must agree exactly.
ROUNDING = 1e-11


@dataclass(frozen=True)
class Comparison:
    """The mean ratio of what is observed to what is predicted, both functions of a record.

    With ``low = high = 1`` the prediction is exact: the ratio must not differ from 1, the smallest
    difference that could have been seen must be small, and a formula that is 5% larger or has the
    wrong sign must be rejected. Otherwise it is an approximation: the ratio must lie between
    ``low`` and ``high``, its error bar included.

    Attributes
    ----------
    what : str
        What is stated, for reports.
    experiment : Experiment
        Whose records are looked at.
    observed, predicted : callable
        Of a record.
    low, high : float
        Between which the mean ratio must lie.
    wrong : tuple
        Factors that a wrong formula could have, or functions that compute one; the comparison must
        reject each of them.
    slow : bool
        Whether it is left out of quick checks.
    """

    what: str
    experiment: Experiment
    observed: Callable[[Any], float]
    predicted: Callable[[Any], float]
    low: float = 1.0
    high: float = 1.0
    wrong: tuple[float | Callable[[], float], ...] = ()
    slow: bool = False

    @property
    def exact(self) -> bool:
        """Whether the prediction is to be met exactly, and not within a range."""
        return self.low == self.high

    @property
    def planted(self) -> tuple[float, ...]:
        """Factors of wrong formulas that must be rejected."""
        named = tuple(factor() if callable(factor) else factor for factor in self.wrong)
        return ((1.05, -1.0) if self.exact else (-1.0,)) + named


@dataclass(frozen=True)
class Laboratory:
    """The replicas of all experiments of one check, shared by the claims that look at them.

    Attributes
    ----------
    seed : int
    budget : Budget
        Of false alarms.
    resolution, effort : float
        Those of the check: the deviation to be seen, and the factor of the replicas.
    tell : callable
        Is told of what is being simulated, and how much longer it may take.
    workers : int
        Processes that simulate.
    most : dict
        The most replicas that may be asked for, by the experiment's name.
    records : dict
        Of all replicas so far.
    seconds : dict
        What those have taken.
    """

    seed: int
    budget: Budget
    resolution: float
    effort: float
    tell: Callable[[str], object] = str
    workers: int = 1
    most: dict[str, int] = field(default_factory=dict)
    records: dict[str, list[Any]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def replicas(self, experiment: Experiment, count: int) -> list[Any]:
        """The first ``count`` records of an experiment."""
        known = self.records.setdefault(experiment.name, [])
        if len(known) < count:
            self.tell(f"{experiment.name.partition('(')[0]}{self.left}")
            seconds, new = self.simulate(experiment, range(len(known), count))
            self.seconds[experiment.name] = self.seconds.get(experiment.name, 0.0) + seconds
            known += new
        return known[:count]

    def simulate(self, experiment: Experiment, replicas: range) -> tuple[float, list[Any]]:
        """Records of some replicas, and the seconds that they took."""
        return timed(experiment, self.seed, replicas)

    @property
    def left(self) -> str:
        """How much longer simulations may take, once all have begun."""
        if self.seconds.keys() < self.most.keys():
            return ""
        each = {name: spent / len(self.records[name]) for name, spent in self.seconds.items()}
        seconds = sum(
            each[name] * (most - len(self.records[name])) for name, most in self.most.items()
        )
        return f", at most {timedelta(seconds=round(seconds / self.workers))} left"


def timed(experiment: Experiment, seed: int, replicas: range) -> tuple[float, list[Any]]:
    """Records of some replicas, and the seconds that they took."""
    start = time.perf_counter()
    records = experiment.records(seed, replicas)
    return time.perf_counter() - start, records


def schedule(comparison: Comparison, effort: float) -> list[int]:
    """The numbers of replicas after which a comparison may be decided, the most last.

    The verdict is looked at each time, so each look takes its share of the error budget.
    """
    most = max(FIRST, math.ceil(effort * comparison.experiment.replicas))
    counts = [FIRST]
    while counts[-1] < most:
        counts.append(min(most, math.ceil(GROWTH * counts[-1])))
    return counts


def judge(comparison: Comparison, laboratory: Laboratory) -> Finding:
    """Run replicas until the comparison is decided or its share of them is used up.

    Returns
    -------
    Finding
        With the mean ratio, its standard error, the replicas, the z-score, the smallest deviation
        that would have been seen and the wrong formulas that were rejected.
    """
    finding = Finding(comparison.what, Verdict.UNDECIDED)
    for count in schedule(comparison, laboratory.effort):
        finding = _look(comparison, laboratory, count)
        if finding.verdict is not Verdict.UNDECIDED:
            break
    return finding


def _look(comparison: Comparison, laboratory: Laboratory, count: int) -> Finding:
    """The finding after so many replicas."""
    measured = estimate(
        [
            comparison.observed(record) / comparison.predicted(record)
            for record in laboratory.replicas(comparison.experiment, count)
        ]
    )
    mean, error = float(measured.mean), float(measured.standard_error)
    figures: dict[str, str | int | float] = {
        "simulation / theory": f"{mean:.4f} ± {error:.4f}",
        "must lie in": "1" if comparison.exact else f"[{comparison.low:g}, {comparison.high:g}]",
        "replicas": count,
        "seed": laboratory.seed,
        "detectable": f"{laboratory.budget.detectable(measured):.2g}",
    }
    if comparison.exact and error > ROUNDING:
        figures["z"] = round((mean - 1) / error, 2)
    verdict = _verdict(comparison, laboratory, measured)
    if verdict is Verdict.HOLDS:
        missed = [
            factor
            for factor in comparison.planted
            if not _rejects(comparison, laboratory, measured, factor)
        ]
        if missed:
            figures["control"] = f"a planted factor {missed[0]:g} goes unnoticed"
            verdict = Verdict.UNDECIDED
        else:
            figures["controls rejected"] = ", ".join(f"× {f:g}" for f in comparison.planted)
    return Finding(comparison.what, verdict, figures)


def _verdict(comparison: Comparison, laboratory: Laboratory, measured: Estimate) -> Verdict:
    mean, error = float(measured.mean), float(measured.standard_error)
    if not math.isfinite(mean) or not math.isfinite(error):
        return Verdict.UNDECIDED
    margin = laboratory.budget.critical_value(measured.replicas) * error + ROUNDING
    if mean + margin < comparison.low or mean - margin > comparison.high:
        return Verdict.FAILS
    if comparison.exact:
        seen = laboratory.budget.detectable(measured) <= laboratory.resolution
        return Verdict.HOLDS if seen else Verdict.UNDECIDED
    inside = comparison.low <= mean - margin and mean + margin <= comparison.high
    return Verdict.HOLDS if inside else Verdict.UNDECIDED


def _rejects(
    comparison: Comparison, laboratory: Laboratory, measured: Estimate, factor: float
) -> bool:
    """Whether the same data reject a prediction that is larger by a factor."""
    scaled = Estimate(
        float(measured.mean) / factor,
        abs(float(measured.standard_error) / factor),
        measured.replicas,
    )
    return _verdict(comparison, laboratory, scaled) is Verdict.FAILS
