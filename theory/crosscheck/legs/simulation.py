"""The simulation leg: what sentences say against what the Monte Carlo experiments give."""

import math
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from montecarlo.statistics import Estimate, Interval
from theory.crosscheck.ledger import Entry, digest
from theory.crosscheck.legs.laboratory import Laboratory
from theory.crosscheck.legs.statements import Always, Comparison, Minimum, Statement, uncertain
from theory.crosscheck.legs.verdict import Finding, Measurement, Verdict

__all__ = ["SENSITIVITY", "judge", "looks", "recorded"]

Figures = dict[str, str | int | float]

#: Replicas at the first look at an exact statement and at another, and the least growth from one
#: look to the next. Few replicas have wide error bars, which an exact law can wait for; at the rate
#: of false alarms of a whole check a median of fewer than 33 has none.
FIRST, FIRST_INEXACT, FIRST_MEDIAN, GROWTH = 8, 32, 48, 1.5
#: The figure that says by what factor an approximate law could be off and still hold.
SENSITIVITY = "would hold"
#: Relative rounding error allowed where theory and simulation must agree exactly.
ROUNDING = 1e-11
#: What rounding to the six digits of the ledger can change.
DIGITS = 1e-5


def looks(statement: Statement, effort: float) -> list[int]:
    """The numbers of replicas after which a statement may be decided, the most last.

    The verdict is looked at each time, so each look takes its share of the error budget.
    """
    if isinstance(statement, Always):
        return [FIRST_INEXACT]
    first = FIRST if statement.exact else FIRST_MEDIAN if statement.median else FIRST_INEXACT
    most = max(first, math.ceil(effort * statement.experiment.replicas))
    counts = [first]
    while counts[-1] < most:
        counts.append(min(most, math.ceil(GROWTH * counts[-1])))
    return counts


def judge(statement: Statement, laboratory: Laboratory, entry: Entry | None = None) -> Finding:
    """Run replicas until the statement is decided or its share of them is used up.

    Parameters
    ----------
    statement : Statement
    laboratory : Laboratory
    entry : Entry, optional
        What was measured before, with which this measurement must agree.

    Returns
    -------
    Finding
        With what was measured, the replicas, the smallest deviation that would have been seen and
        the wrong formulas that were rejected.
    """
    if isinstance(statement, Always):
        return _count(statement, laboratory)
    finding = Finding(statement.what, Verdict.UNDECIDED)
    for count in looks(statement, laboratory.effort):
        finding = _look(statement, laboratory, count, entry)
        if finding.verdict is not Verdict.UNDECIDED:
            break
    return finding


def recorded(statement: Statement, laboratory: Laboratory, entry: Entry | None) -> Finding:
    """What the ledger says of a statement that is not simulated; nothing, if its code has changed.

    Parameters
    ----------
    statement : Statement
    laboratory : Laboratory
    entry : Entry, optional
        What was measured; without it the statement is skipped.

    Returns
    -------
    Finding
        By the words of the statement, as if it were measured now.
    """
    if entry is None:
        why = "neither simulated here nor in the ledger"
    elif entry.digest != digest(statement.experiment):
        why = (
            f"stale: measured by other code ({entry.versions}); 'synaptic-energy record' renews it"
        )
    else:
        measured = Measurement(**{it.name: getattr(entry, it.name) for it in fields(Measurement)})
        on = f" on {entry.data}" if entry.data else ""
        by = f"{entry.replicas} replicas{on}, seed {entry.seed}, {entry.versions}"
        where: Figures = {"recorded": by}
        if isinstance(statement, Always):
            return _counted(statement, round(entry.value * entry.replicas), measured, where)
        interval = laboratory.budget.around(entry.value, entry.error, entry.replicas)
        if statement.median:
            interval = replace(interval, low=entry.low, high=entry.high)
        return _found(statement, laboratory, interval, measured, where)
    return Finding(statement.what, Verdict.SKIPPED, {"why": why})


def _count(statement: Always, laboratory: Laboratory) -> Finding:
    """In how many replicas it is so."""
    (replicas,) = looks(statement, laboratory.effort)
    records = laboratory.replicas(statement.experiment, replicas)
    so = [statement.value(record) for record in records]
    count = round(sum(so))
    share = count / replicas
    error = math.sqrt(share * (1 - share) / replicas)
    measured = Measurement(share, error, 1.0, 0.0, share, share, so[0], replicas)
    return _counted(statement, count, measured, {"seed": laboratory.seed})


def _counted(statement: Always, count: int, measured: Measurement, more: Figures) -> Finding:
    replicas = measured.replicas
    figures: Figures = {"measured": f"{count} of {replicas}", "asked": statement.asked}
    figures |= _where(statement)
    # What is more often not so is overlooked with a probability of 1/1000.
    figures["exceptions that would have been seen"] = f"in {1 - 1e-3 ** (1 / replicas):.0%} or more"
    verdict = Verdict.HOLDS if count == replicas else Verdict.FAILS
    return Finding(statement.what, verdict, figures | more, measured)


def _look(
    statement: Comparison | Minimum, laboratory: Laboratory, count: int, entry: Entry | None
) -> Finding:
    """The finding after so many replicas."""
    records = laboratory.replicas(statement.experiment, count)
    values = [statement.value(record) for record in records]
    interval = laboratory.budget.interval(values, median=statement.median)
    predicted = laboratory.budget.interval(
        [statement.predicted(record) for record in records], median=statement.median
    )
    measured = Measurement(
        interval.value, interval.error, predicted.value, predicted.error,
        interval.low, interval.high, values[0], count,
    )  # fmt: skip
    where: Figures = {"replicas": count, "seed": laboratory.seed}
    if any(map(math.isnan, values)):
        first = next(index for index, value in enumerate(values) if math.isnan(value))
        of = f"{statement.experiment.name}, at {statement.experiment.place}"
        where["error"] = f"not a number in replica {first} of {of}"
    finding = _found(statement, laboratory, interval, measured, where)
    if entry is None:
        return finding
    drift = _drift(laboratory, measured, entry)
    compared = {"ledger": f"{uncertain(entry.value, entry.error)}, {entry.replicas} replicas"}
    return replace(finding, figures={**finding.figures, **compared, **drift}, drifted=bool(drift))


def _found(
    statement: Comparison | Minimum,
    laboratory: Laboratory,
    interval: Interval,
    measured: Measurement,
    more: Figures,
) -> Finding:
    """What an interval says of a statement, in figures."""
    value, error = interval.value, interval.error
    size = "no number" if math.isnan(value) else statement.deviation(value, error)
    figures: Figures = {"measured": size, "asked": statement.asked}
    figures |= _where(statement) | more
    if statement.median:
        figures["average"] = "median"
    if statement.exact:
        # Two digits, and no power of ten where there are three.
        figures["detectable"] = f"{float(f'{100 * _detectable(laboratory, interval):.2g}'):g}%"
        if error > ROUNDING:
            figures["z"] = round((value - 1) / error, 2)
            if not statement.median:
                critical = laboratory.budget.critical_value(interval.replicas)
                figures["rejected beyond"] = f"z = ±{critical:.2f}"
    verdict = _verdict(statement, laboratory, interval)
    if verdict is Verdict.UNDECIDED and statement.exact and math.isfinite(error):
        unseen = f"{100 * laboratory.resolution:g}%"
        figures["why"] = f"{unseen} would not be seen: take more replicas, or more in each"
    if isinstance(statement, Comparison) and statement.forgiving:
        low, high = statement.allowed
        least, most = interval.high / high, interval.low / low
        if least < most:
            figures[SENSITIVITY] = f"the law × {least:.2f} to {most:.2f}"
    if verdict is Verdict.HOLDS and statement.planted:
        scaled = {f: _scaled(interval, f) for f in statement.planted}
        missed = [f for f, it in scaled.items() if not _rejected(statement, it)]
        if missed:
            figures["control"] = f"a planted factor {missed[0]:g} goes unnoticed"
            verdict = Verdict.UNDECIDED
        else:
            figures["controls rejected"] = ", ".join(f"× {f:g}" for f in scaled)
    low, high = statement.allowed
    return Finding(statement.what, verdict, figures, measured, max(low - value, value - high))


def _where(statement: Statement) -> Figures:
    figures: Figures = {}
    if statement.words not in {"=", "always"}:
        figures["words"] = f"“{statement.words}”"
    if statement.where:
        figures["where"] = statement.where
    return figures


def _verdict(
    statement: Comparison | Minimum, laboratory: Laboratory, interval: Interval
) -> Verdict:
    if not (math.isfinite(interval.value) and math.isfinite(interval.error)):
        return Verdict.UNDECIDED
    if _rejected(statement, interval):
        return Verdict.FAILS
    if statement.exact:
        seen = _detectable(laboratory, interval) <= laboratory.resolution
        return Verdict.HOLDS if seen else Verdict.UNDECIDED
    low, high = statement.allowed
    inside = low <= interval.low and interval.high <= high
    return Verdict.HOLDS if inside else Verdict.UNDECIDED


def _rejected(statement: Comparison | Minimum, interval: Interval) -> bool:
    """Whether the whole interval is outside."""
    low, high = statement.allowed
    return interval.high + ROUNDING < low or interval.low - ROUNDING > high


def _detectable(laboratory: Laboratory, interval: Interval) -> float:
    """The smallest deviation that would have been seen."""
    return laboratory.budget.detectable(Estimate(interval.value, interval.error, interval.replicas))


def _scaled(interval: Interval, factor: float) -> Interval:
    """The interval if the prediction were larger by a factor."""
    low, high = sorted((interval.low / factor, interval.high / factor))
    return Interval(
        interval.value / factor, abs(interval.error / factor), low, high, interval.replicas
    )


def _drift(laboratory: Laboratory, measured: Measurement, entry: Entry) -> dict[str, str]:
    """What has moved since it was recorded, beyond the errors of both measurements."""
    critical = laboratory.budget.critical_value(min(measured.replicas, entry.replicas))
    return dict(_drifts(critical, measured, entry))


def _drifts(critical: float, measured: Measurement, entry: Entry) -> Iterator[tuple[str, str]]:
    for what in ("value", "predicted"):
        (now, error), (then, before) = _quantity(measured, what), _quantity(entry, what)
        margin = critical * math.hypot(error, before) + DIGITS * abs(then)
        if abs(now - then) > margin:
            shown = f"{uncertain(now, error)}, recorded {uncertain(then, before)}"
            yield f"drift of the {what}", shown


def _quantity(of: Any, what: str) -> tuple[float, float]:
    error = "error" if what == "value" else "predicted_error"
    return getattr(of, what), getattr(of, error)
