"""What a check measured becomes entries of the ledger, which stay as long as code agrees."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from joblib import Parallel, delayed

from montecarlo.processes import shielded, workers
from theory.crosscheck.claim import Claim, Result
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.ledger import Entry, Ledger, digest, versions
from theory.crosscheck.legs.simulation import DIGITS
from theory.crosscheck.legs.statements import Statement

__all__ = ["incomplete", "measured", "repeated"]


def measured(result: Result, seed: int) -> list[Entry]:
    """What a check measured for a claim, as entries.

    Parameters
    ----------
    result : Result
        What was read in the ledger is left out.
    seed : int
        Of the check.

    Returns
    -------
    list of Entry
    """
    experiments = {it.what: it.experiment for it in result.claim.simulation}
    return [
        Entry(
            result.claim.id,
            finding.what,
            **vars(finding.measured),
            seed=seed,
            data=experiments[finding.what].data,
            versions=versions(),
            digest=digest(experiments[finding.what]),
        )
        for leg in result.legs
        for finding in leg.findings
        if finding.measured and "recorded" not in finding.figures
    ]


def incomplete(claim: Claim, entries: Ledger) -> bool:
    """Whether something of a claim is not among the entries, or was measured by other code.

    Parameters
    ----------
    claim : Claim
    entries : mapping
        Those of a ledger.

    Returns
    -------
    bool
    """
    return any(
        (entry := entries.get((claim.id, it.what))) is None or entry.digest != digest(it.experiment)
        for it in claim.simulation
    )


def repeated(
    claims: Sequence[Claim], entries: Ledger, jobs: int, *, mnist: bool
) -> Iterator[list[Entry]]:
    """Repeat the first replicas of what other code measured; where they agree, the entries stay.

    A change of code that changes no result need not cost the hours of a measurement. The same
    generator has to give what it gave, to the six digits of the ledger; what differs in other
    replicas alone is overlooked, and left to the comparison of a full check with the ledger.

    Parameters
    ----------
    claims : sequence of Claim
    entries : mapping
        Those of a ledger.
    jobs : int
        Processes.
    mnist : bool
        Whether it is at hand.

    Yields
    ------
    list of Entry
        For each experiment those that are confirmed, with the digest of today's code.
    """
    stale: defaultdict[tuple[str, int], list[tuple[Statement, Entry]]] = defaultdict(list)
    for claim in claims:
        for statement in claim.simulation:
            entry, experiment = entries.get((claim.id, statement.what)), statement.experiment
            if entry is None or entry.digest == digest(experiment):
                continue
            if mnist or experiment.data != "mnist":
                stale[experiment.name, entry.seed].append((statement, entry))
    experiments = [found[0][0].experiment for found in stale.values()]
    with workers(jobs, len(experiments)), shielded():
        firsts = Parallel(return_as="generator")(
            delayed(Experiment.records)(experiment, seed, [0])
            for experiment, (_, seed) in zip(experiments, stale, strict=True)
        )
    for experiment, found, (record,) in zip(experiments, stale.values(), firsts, strict=True):
        now = digest(experiment)
        yield [
            replace(entry, digest=now)
            for statement, entry in found
            if math.isclose(statement.value(record), entry.first, rel_tol=DIGITS)
        ]
