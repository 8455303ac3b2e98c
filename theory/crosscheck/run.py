"""Checking claims, one after the other or several at a time."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from joblib import Parallel, delayed

from montecarlo.datasets import DataName
from montecarlo.statistics import Budget
from theory.crosscheck.chapters import index
from theory.crosscheck.claim import Claim, Result
from theory.crosscheck.legs import approximation, numeric, rigorous, simulation, symbolic
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.numeric import Agreement, Precision
from theory.crosscheck.legs.rigorous import Enclosure
from theory.crosscheck.legs.simulation import Laboratory, schedule
from theory.crosscheck.legs.verdict import Finding, LegResult, Verdict

#: Who judges which statement of the numeric leg.
NUMERIC: dict[type, Callable[[Any, int], Finding]] = {
    Agreement: numeric.judge,
    Approximation: approximation.judge,
    Enclosure: rigorous.judge,
    Precision: numeric.judge,
}


@dataclass(frozen=True)
class Effort:
    """How hard to look.

    Attributes
    ----------
    name : str
        What it is called.
    points : int
        Looked at by each numeric statement.
    resolution : float
        The relative deviation to be seen by an exact comparison.
    replicas : float
        Times those of an experiment.
    slow : bool
        Whether slow comparisons are made.
    """

    name: str
    points: int
    resolution: float
    replicas: float
    slow: bool


#: That of ``synaptic-energy check --quick``.
QUICK = Effort("quick", points=3, resolution=0.045, replicas=1.0, slow=False)
#: That of ``synaptic-energy check``.
DEFAULT = Effort("default", points=20, resolution=0.015, replicas=8.0, slow=True)
#: That of ``synaptic-energy check --full``.
FULL = Effort("full", points=100, resolution=0.005, replicas=40.0, slow=True)


def select(patterns: Iterable[str], data: DataName = "digits") -> tuple[Claim, ...]:
    """The claims that any of the patterns names, in the index's order.

    Parameters
    ----------
    patterns : iterable of str
        Ids, with shell wildcards, or formulas, for the claims about them; none selects all.
    data : {"digits", "mnist"}
        What networks learn.

    Returns
    -------
    tuple of Claim
        Each once.

    Raises
    ------
    ValueError
        If a pattern matches no claim.

    Examples
    --------
    >>> [claim.id for claim in select(["LvR.eq[12]"])]
    ['LvR.eq1', 'LvR.eq2']
    >>> [claim.id for claim in select(["caching.inefficiency"])][0]
    'LvR.caching-ratio'
    """
    wanted, claims = tuple(patterns), index(data)
    for pattern in wanted:
        if not any(named(claim, pattern) for claim in claims):
            raise ValueError(f"no claim matches {pattern!r}; 'synaptic-energy list' shows all")
    return tuple(
        claim for claim in claims if not wanted or any(named(claim, pattern) for pattern in wanted)
    )


def named(claim: Claim, pattern: str) -> bool:
    """Whether an id, a glob or a formula names a claim."""
    return fnmatchcase(claim.id, pattern) or pattern in claim.formulas


def check(
    claims: Iterable[Claim] | None = None,
    effort: Effort = DEFAULT,
    seed: int = 0,
    jobs: int = 1,
    data: DataName = "digits",
) -> Iterator[Result]:
    """Judge claims.

    Parameters
    ----------
    claims : iterable of Claim, optional
        Without them, all. Several jobs take those of `theory.crosscheck.index` for the data.
    effort : Effort
        QUICK, DEFAULT or FULL.
    seed : int
        The same seed gives the same verdicts and figures, whichever claims are checked.
    jobs : int
        Processes that judge at a time.
    data : {"digits", "mnist"}
        What networks learn.

    Yields
    ------
    Result
        In the order of the claims; from several jobs, as they are finished.

    Raises
    ------
    ValueError
        If there are several jobs and a claim is not of the index for the data.

    Examples
    --------
    >>> [result.verdict.value for result in check(select(["LvR.eq3"]), QUICK)]
    ['HOLDS']
    """
    chosen = index(data) if claims is None else tuple(claims)
    groups = _sharing(chosen)
    if jobs == 1 or len(groups) == 1:
        laboratory = _laboratory(effort, seed, data)
        for claim in chosen:
            yield check_claim(claim, effort, laboratory)
        return
    # What takes longest begins first, so that no process is left alone with it at the end.
    groups.sort(key=lambda group: -sum(item.slow for claim in group for item in claim.simulation))
    by_id = {claim.id: claim for claim in index(data)}
    for claim in chosen:
        if by_id.get(claim.id) is not claim:
            raise ValueError(f"claims must be of the index for {data}, got {claim.id}; or jobs=1")
    judged = Parallel(n_jobs=min(jobs, len(groups)), return_as="generator_unordered")(
        delayed(_judge)([claim.id for claim in group], effort, seed, data) for group in groups
    )
    for verdicts in judged:
        for name, legs in verdicts:
            yield Result(by_id[name], legs)


def _sharing(claims: Iterable[Claim]) -> list[list[Claim]]:
    """The claims, those together that look at the same experiments."""
    groups: list[tuple[set[str], list[Claim]]] = []
    for claim in claims:
        names = {comparison.experiment.name for comparison in claim.simulation}
        members = [claim]
        for other in [group for group in groups if group[0] & names]:
            groups.remove(other)
            names |= other[0]
            members = other[1] + members
        groups.append((names, members))
    return [members for _, members in groups]


def _laboratory(effort: Effort, seed: int, data: DataName) -> Laboratory:
    """Where simulations are made and kept; its error budget is for all claims of the index."""
    looks = sum(
        len(schedule(comparison, effort.replicas))
        for claim in index(data)
        for comparison in claim.simulation
    )
    return Laboratory(seed, Budget(looks), effort.resolution, effort.replicas)


def _judge(
    names: Sequence[str], effort: Effort, seed: int, data: DataName
) -> list[tuple[str, tuple[LegResult, ...]]]:
    """The legs of a few claims of the index, which can be sent from one process to another."""
    laboratory = _laboratory(effort, seed, data)
    by_id = {claim.id: claim for claim in index(data)}
    return [(name, check_claim(by_id[name], effort, laboratory).legs) for name in names]


def check_claim(claim: Claim, effort: Effort, laboratory: Laboratory) -> Result:
    """Judge one claim by all its legs."""

    def simulate(comparison: simulation.Comparison) -> Finding:
        if comparison.slow and not effort.slow:
            return Finding(comparison.what, Verdict.SKIPPED, {"why": "too slow for a quick check"})
        return simulation.judge(comparison, laboratory)

    judges: dict[str, Callable[[Any], Finding]] = {
        "symbolic": symbolic.judge,
        "numeric": lambda statement: NUMERIC[type(statement)](statement, effort.points),
        "simulation": simulate,
    }
    legs = []
    for leg, judge in judges.items():
        statements = getattr(claim, leg)
        if not statements:
            continue
        start = time.perf_counter()
        findings = tuple(_guarded(judge, statement) for statement in statements)
        legs.append(LegResult(leg, findings, time.perf_counter() - start))
    return Result(claim, tuple(legs))


def _guarded(judge: Callable[[Any], Finding], statement: Any) -> Finding:
    """A statement that cannot even be evaluated is undecided, and the check goes on."""
    try:
        return judge(statement)
    except Exception as error:  # noqa: BLE001 - whatever went wrong is the finding
        return Finding(
            statement.what, Verdict.UNDECIDED, {"error": f"{type(error).__name__}: {error}"}
        )
