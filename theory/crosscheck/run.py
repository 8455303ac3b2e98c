"""Checking claims, one after the other or several at a time."""

import difflib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from importlib import import_module
from typing import Any

from montecarlo.statistics import Budget
from theory.crosscheck.claim import Claim, Result
from theory.crosscheck.errors import explained
from theory.crosscheck.index import BUILT_IN, Index
from theory.crosscheck.legs import approximation, numeric, rigorous, simulation, symbolic
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.laboratory import Laboratory, Slow
from theory.crosscheck.legs.numeric import Agreement, Precision
from theory.crosscheck.legs.rigorous import Enclosure
from theory.crosscheck.legs.simulation import looks
from theory.crosscheck.legs.statements import Statement
from theory.crosscheck.legs.verdict import Finding, LegResult, Verdict
from theory.crosscheck.workers import judged
from theory.formula import CALLS

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
    slow : {"never", "unless known", "always"}
        When what is slow is simulated; if not, what was measured is read in the ledger.
    """

    name: str
    points: int
    resolution: float
    replicas: float
    slow: Slow


#: That of ``synaptic-energy check --quick``.
QUICK = Effort("quick", points=3, resolution=0.045, replicas=1.0, slow="never")
#: That of ``synaptic-energy check``.
DEFAULT = Effort("default", points=20, resolution=0.015, replicas=8.0, slow="unless known")
#: That of ``synaptic-energy check --full``.
FULL = Effort("full", points=100, resolution=0.005, replicas=40.0, slow="always")
#: All of them, by name.
BY_NAME = {effort.name: effort for effort in (QUICK, DEFAULT, FULL)}


def select(patterns: Iterable[str], index: Index = BUILT_IN) -> tuple[Claim, ...]:
    """The claims of an index that any of the patterns names, in its order.

    Parameters
    ----------
    patterns : iterable of str
        Ids, with shell wildcards, or formulas, for the claims about them; none selects all.
    index : Index
        That of this package, or one that `load` gives.

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
    wanted = tuple(patterns)
    for pattern in wanted:
        if not any(named(claim, pattern) for claim in index.claims):
            raise ValueError(f"no claim matches {pattern!r}; {_meant(pattern, index)}")
    return tuple(
        claim
        for claim in index.claims
        if not wanted or any(named(claim, pattern) for pattern in wanted)
    )


def _meant(pattern: str, index: Index) -> str:
    """What a pattern that names no claim may stand for; case does not matter."""
    for source in {claim.id.partition(".")[0] for claim in index.claims}:
        if pattern.lower().removesuffix("*").removesuffix(".") == source.lower():
            return f"did you mean '{source}.*'?"
    known = {name.lower(): name for it in index.claims for name in (it.id, *it.formulas)}
    near = [known[name] for name in difflib.get_close_matches(pattern.lower(), known)]
    return f"did you mean {' or '.join(near)}?" if near else "'synaptic-energy list' shows all"


def named(claim: Claim, pattern: str) -> bool:
    """Whether an id, a glob or a formula names a claim."""
    return fnmatchcase(claim.id, pattern) or pattern in claim.formulas


def check(
    claims: Iterable[Claim] | None = None,
    effort: Effort = DEFAULT,
    seed: int = 0,
    jobs: int = 1,
    mnist: bool = False,
    tell: Callable[[str], object] = str,
    index: Index = BUILT_IN,
) -> Iterator[Result]:
    """Judge claims.

    Parameters
    ----------
    claims : iterable of Claim, optional
        Without them, all of the index.
    effort : Effort
        QUICK, DEFAULT or FULL.
    seed : int
        The same seed gives the same verdicts and figures, whichever claims are checked.
    jobs : int
        Processes that judge at a time.
    mnist : bool
        Whether networks learn MNIST here, which takes hours; its folder is named by the
        environment variable SYNAPTIC_ENERGY_MNIST. If not, the ledger says what they learnt.
    tell : callable
        Is told, in words, what is being simulated, and how much longer it may take.
    index : Index
        That of this package, or one that `load` gives: it has the ledger, and its claims share the
        budget of false alarms.

    Yields
    ------
    Result
        As they are reached; from one job, in the order of the claims.

    Examples
    --------
    >>> [result.verdict.value for result in check(select(["LvR.eq3"]), QUICK)]
    ['HOLDS']
    """
    chosen = index.claims if claims is None else tuple(claims)
    laboratory = prepared(chosen, effort, seed, mnist, tell, index)
    if jobs == 1:
        for claim in chosen:
            yield check_claim(claim, effort, laboratory)
        return
    longest_first = sorted(chosen, key=lambda claim: -sum(it.slow for it in claim.simulation))
    named = {name for claim in chosen for name in claim.formulas if name in CALLS}
    modules = sorted({CALLS[name].function.__module__ for name in named} - {"__main__"})
    reason = partial(_reasoned_elsewhere, effort, modules)
    yield from judged(longest_first, laboratory, reason, _simulated, jobs)


def prepared(
    chosen: Iterable[Claim],
    effort: Effort,
    seed: int = 0,
    mnist: bool = False,
    tell: Callable[[str], object] = str,
    index: Index = BUILT_IN,
) -> Laboratory:
    """Where the simulations of some claims are made and kept, as `check` takes it."""
    chosen = tuple(chosen)
    others = [claim for claim in chosen if claim.id not in index.homes]
    laboratory = Laboratory(
        seed, budget(effort, [*index.claims, *others]), effort.resolution, effort.replicas,
        mnist, effort.slow, tell, index.ledger,
    )  # fmt: skip
    for claim in chosen:
        for statement in claim.simulation:
            entry = laboratory.ledger.get((claim.id, statement.what))
            if laboratory.simulates(statement, entry):
                name, count = statement.experiment.name, looks(statement, effort.replicas)[-1]
                laboratory.most[name] = max(laboratory.most.get(name, 0), count)
    return laboratory


def budget(effort: Effort, claims: Iterable[Claim] = BUILT_IN.claims) -> Budget:
    """The error budget of a check: its tests are the looks at statements, and two at the ledger."""
    statements = [statement for claim in claims for statement in claim.simulation]
    return Budget(max(1, sum(len(looks(it, effort.replicas)) + 2 for it in statements)))


def check_claim(claim: Claim, effort: Effort, laboratory: Laboratory) -> Result:
    """Judge one claim by all its legs."""
    return Result(claim, _reasoned(effort, claim) + _simulated(claim, laboratory))


def _reasoned_elsewhere(
    effort: Effort, modules: Iterable[str], claim: Claim
) -> tuple[LegResult, ...]:
    """The legs without simulations, in another process, where formulas are found by their names."""
    for module in modules:
        import_module(module)
    return _reasoned(effort, claim)


def _reasoned(effort: Effort, claim: Claim) -> tuple[LegResult, ...]:
    def numeric_judge(statement: Any) -> Finding:
        return NUMERIC[type(statement)](statement, effort.points)

    legs = {"symbolic": symbolic.judge, "numeric": numeric_judge}
    return tuple(
        _leg(name, judge, statements)
        for name, judge in legs.items()
        if (statements := getattr(claim, name))
    )


def _simulated(claim: Claim, laboratory: Laboratory) -> tuple[LegResult, ...]:
    def judge(statement: Statement) -> Finding:
        entry = laboratory.ledger.get((claim.id, statement.what))
        by = simulation.judge if laboratory.simulates(statement, entry) else simulation.recorded
        return by(statement, laboratory, entry)

    if not claim.simulation:
        return ()
    leg = _leg("simulation", judge, claim.simulation)
    names = {statement.experiment.name for statement in claim.simulation}
    return (replace(leg, seconds=sum(laboratory.seconds.get(name, 0) for name in names)),)


def _leg(name: str, judge: Callable[[Any], Finding], statements: Sequence[Any]) -> LegResult:
    start = time.perf_counter()
    findings = tuple(_guarded(judge, statement) for statement in statements)
    return LegResult(name, findings, time.perf_counter() - start)


def _guarded(judge: Callable[[Any], Finding], statement: Any) -> Finding:
    """A statement that cannot even be evaluated is undecided, and the check goes on."""
    try:
        return judge(statement)
    except Exception as error:  # noqa: BLE001 - whatever went wrong is the finding
        return Finding(statement.what, Verdict.UNDECIDED, {"error": explained(error)})
