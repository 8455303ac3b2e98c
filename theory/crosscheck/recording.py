"""What a check measured becomes entries of the ledger."""

from theory.crosscheck.claim import Claim, Result
from theory.crosscheck.ledger import Entry, Ledger, digest, versions

__all__ = ["incomplete", "measured"]


def measured(result: Result, seed: int) -> dict[tuple[str, str], Entry]:
    """What a check measured for a claim, as entries.

    Parameters
    ----------
    result : Result
        What was read in the ledger is left out.
    seed : int
        Of the check.

    Returns
    -------
    dict
        Of `Entry`, by claim and statement.
    """
    experiments = {it.what: it.experiment for it in result.claim.simulation}
    found = [
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
    return {(entry.claim, entry.statement): entry for entry in found}


def incomplete(claim: Claim, ledger: Ledger) -> bool:
    """Whether something of a claim is not in a ledger, or was measured by other code.

    Parameters
    ----------
    claim : Claim
    ledger : mapping
        Of `Entry`, by claim and statement.

    Returns
    -------
    bool
    """
    return any(
        (entry := ledger.get((claim.id, it.what))) is None or entry.digest != digest(it.experiment)
        for it in claim.simulation
    )
