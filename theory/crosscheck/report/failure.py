"""Why a claim does not have the verdict expected of it, for whoever has to mend it."""

from collections.abc import Iterator
from textwrap import indent

from theory.crosscheck.claim import Result
from theory.crosscheck.legs.simulation import ROUNDING
from theory.crosscheck.legs.statements import uncertain
from theory.crosscheck.legs.verdict import Finding, Verdict
from theory.crosscheck.report.equations import written
from theory.formula import CALLS

__all__ = ["failure"]

#: Columns of an equation.
EQUATION = 76
#: What the figures of a finding are called here; the others keep their names.
CALLED = {"asked": "expected", "controls rejected": "would be rejected"}


def failure(result: Result) -> str:
    """What was expected, measured and rejected: the statements that decide, and no others.

    Parameters
    ----------
    result : Result
        Of a claim whose verdict is not the one expected of it.

    Returns
    -------
    str
        Lines of plain text.
    """
    claim = result.claim
    but = f"expected {claim.expected}"
    if result.verdict is claim.expected:
        but = f"but not as recorded in the ledger ('synaptic-energy record {claim.id}' renews it)"
    lines = [f"{claim.id}: {result.verdict}, {but}", "", claim.statement, claim.source]
    for name in claim.formulas:
        lines += ["", CALLS[name].call, indent(written(CALLS[name], EQUATION), "    ").rstrip()]
    for leg in result.legs:
        decisive = [it for it in leg.findings if _decides(it, result)]
        if decisive:
            lines += ["", f"{leg.leg}:"]
        for finding in decisive:
            lines += [f"  {finding.verdict}: {finding.what}", *_figures(finding)]
    return "\n".join(lines)


def _decides(finding: Finding, result: Result) -> bool:
    """Whether a finding is one because of which the verdict is not as expected."""
    if finding.drifted or finding.verdict is result.verdict:
        return True
    return result.claim.expected is Verdict.FAILS


def _figures(finding: Finding) -> Iterator[str]:
    shown: dict[str, object] = dict(finding.figures)
    measured = finding.measured
    if measured and measured.predicted != 1:
        # Replicas of the same prediction can differ by rounding.
        error = measured.predicted_error
        error = error if error > ROUNDING * abs(measured.predicted) else 0.0
        shown = {"predicted": uncertain(measured.predicted, error), **shown}
    width = max((len(CALLED.get(name, name)) for name in shown), default=0)
    for name, value in shown.items():
        yield f"    {CALLED.get(name, name):<{width}}  {value}"
