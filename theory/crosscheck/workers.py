"""Several processes: workers reason and simulate, and every claim has a thread that waits for them.

Only one thread at a time judges: what it calls need not know of threads.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pickle import PicklingError
from typing import Any

from joblib.externals.loky import ProcessPoolExecutor

from montecarlo.processes import follow, shielded
from theory.crosscheck.claim import Claim, Result
from theory.crosscheck.errors import ChapterError
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.legs.laboratory import Laboratory, timed
from theory.crosscheck.legs.verdict import Finding, LegResult, Verdict

#: Fewer replicas are not shared among workers.
SMALLEST_PIECE = 4
#: Why all is undecided that was not judged before.
KILLED = "a process was killed, perhaps for want of memory: try fewer --jobs"


@dataclass(frozen=True)
class Workshop(Laboratory):
    """A laboratory whose replicas are simulated by several processes.

    Attributes
    ----------
    executor : concurrent.futures.Executor
    judging : threading.Lock
        Held by the thread that judges, but while it waits for replicas.
    simulating : dict
        By the name of each experiment, what is held by the thread that has it simulated.
    """

    executor: Any = None
    judging: threading.Lock = field(default_factory=threading.Lock)
    simulating: dict[str, threading.Lock] = field(default_factory=dict)

    def replicas(self, experiment: Experiment, count: int) -> list[Any]:
        """The first ``count`` records of an experiment."""
        one = self.simulating.setdefault(experiment.name, threading.Lock())
        self.judging.release()
        try:
            with one:
                return super().replicas(experiment, count)
        finally:
            self.judging.acquire()

    def simulate(self, experiment: Experiment, replicas: range) -> tuple[float, list[Any]]:
        """Records of some replicas, and the seconds that they took."""
        size = max(SMALLEST_PIECE, -(-len(replicas) // self.workers))
        pieces = [replicas[start : start + size] for start in range(0, len(replicas), size)]
        what = f"{experiment.name}, at {experiment.place},"
        futures = [_sent(self.executor, timed, experiment, self.seed, it) for it in pieces]
        found = [_arrived(future, what) for future in futures]
        return sum(seconds for seconds, _ in found), [it for _, some in found for it in some]


def _sent(executor: Any, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Work for a worker, if none has been killed: then none works any more."""
    try:
        future: Future[Any] = executor.submit(function, *arguments)
    except BrokenExecutor:
        raise ChapterError(KILLED) from None
    return future


def _arrived(future: Future[Any], what: str) -> Any:
    """What a worker answers; what cannot be sent to it, or back, is named."""
    try:
        return future.result()
    except BrokenExecutor:
        raise ChapterError(KILLED) from None
    except (PicklingError, TypeError, AttributeError) as error:
        told = str(error.__cause__ or error).strip('\n "').splitlines()
        raise ChapterError(
            f"{what} cannot be sent to another process: {told[-1]}; "
            "define what it uses at the top of a module, or check with one job"
        ) from None


def _undecided(claim: Claim, leg: str, error: str) -> LegResult:
    """A leg that could not be judged."""
    findings = (Finding(it.what, Verdict.UNDECIDED, {"error": error}) for it in getattr(claim, leg))
    return LegResult(leg, tuple(findings), 0.0)


def judged(
    claims: Sequence[Claim],
    laboratory: Laboratory,
    reason: Callable[[Claim], tuple[LegResult, ...]],
    simulate: Callable[[Claim, Laboratory], tuple[LegResult, ...]],
    jobs: int,
) -> Iterator[Result]:
    """Judge claims in several processes; an interruption stops these.

    Parameters
    ----------
    claims : sequence of Claim
        Those that take longest should come first.
    laboratory : Laboratory
        What a laboratory of several processes is to be like.
    reason : callable
        The legs without simulations, of a claim; can be pickled.
    simulate : callable
        The leg of simulations.
    jobs : int
        Processes at most.

    Yields
    ------
    Result
        As they are reached.
    """
    pieces = sum(-(-most // SMALLEST_PIECE) for most in laboratory.most.values())
    jobs = max(1, min(jobs, len(claims) + pieces))
    executor = ProcessPoolExecutor(jobs, initializer=follow, initargs=(os.getpid(),))
    workshop = Workshop(**vars(laboratory) | {"workers": jobs}, executor=executor)

    def reasoned(claim: Claim) -> tuple[LegResult, ...]:
        try:
            future = _sent(executor, reason, replace(claim, simulation=()))
            legs: tuple[LegResult, ...] = _arrived(future, claim.id)
        except ChapterError as error:
            wanted = (leg for leg in ("symbolic", "numeric") if getattr(claim, leg))
            return tuple(_undecided(claim, leg, str(error)) for leg in wanted)
        return legs

    def judge(claim: Claim) -> Result:
        legs = reasoned(claim) if claim.symbolic or claim.numeric else ()
        with workshop.judging:
            return Result(claim, legs + simulate(claim, workshop))

    threads = ThreadPoolExecutor(len(claims))
    with shielded():
        results: list[Future[Result]] = [threads.submit(judge, claim) for claim in claims]
    try:
        for result in as_completed(results):
            yield result.result()
    finally:
        # Whether all is done or not: what has been interrupted is not waited for.
        executor.shutdown(wait=False, kill_workers=True)
        threads.shutdown(wait=False, cancel_futures=True)
