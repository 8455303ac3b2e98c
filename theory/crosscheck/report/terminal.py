"""What a check found: as a table for the terminal and as JSON; the page is another module's."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from theory.crosscheck.claim import Result
from theory.crosscheck.legs.simulation import SENSITIVITY
from theory.crosscheck.legs.verdict import Finding, LegResult, Verdict
from theory.crosscheck.run import Effort
from theory.crosscheck.sentences import SENTENCES

LEGS = ("symbolic", "numeric", "simulation")
#: From how many columns of the terminal on each leg has a column of its own.
ROOM_FOR_LEGS = 100
DECISIVE = (
    "digits",
    "largest deviation",
    "worst error over (1 + condition)",
    "counterexample",
    "proof",
)
STYLES = {
    Verdict.HOLDS: "green",
    Verdict.FAILS: "red",
    Verdict.UNDECIDED: "yellow",
    Verdict.SKIPPED: "dim",
}


@dataclass(frozen=True)
class Report:
    """The results of a check that was to judge ``wanted`` claims, and the ``seconds`` it took.

    Those of its claims are more: what several look at counts for each, and some worked at a time.
    """

    results: Sequence[Result]
    wanted: int
    effort: Effort
    seed: int
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether all claims were judged."""
        return len(self.results) == self.wanted

    @property
    def as_expected(self) -> bool:
        """Whether every claim has the verdict expected of it."""
        return self.complete and all(result.as_expected for result in self.results)

    @property
    def summary(self) -> str:
        """One line: how many claims came out how."""
        counts = Counter(result.verdict for result in self.results)
        parts = [f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]]
        unexpected = [result.claim.id for result in self.results if not result.as_expected]
        outcome = f"not as expected: {', '.join(unexpected)}" if unexpected else "all as expected"
        claims = f"{self.wanted} claim{'s' * (self.wanted != 1)}"
        judged = claims if self.complete else f"{len(self.results)} of {claims}"
        return (
            f"{judged} judged: {', '.join(parts) or 'none'}; {outcome} ({self.effort.name} effort, "
            f"seed {self.seed}, {self.seconds:.1f} s){self._from_the_ledger}"
        )

    @property
    def findings(self) -> list[Finding]:
        """All that was found, of all claims."""
        return [it for result in self.results for leg in result.legs for it in leg.findings]

    @property
    def _from_the_ledger(self) -> str:
        """How many statements were not simulated here."""
        read = sum("recorded" in it.figures for it in self.findings)
        stale = sum(str(it.figures.get("why", "")).startswith("stale") for it in self.findings)
        parts = [f"{read} statement{'s' * (read != 1)} read in the ledger"] * bool(read)
        parts += [f"{stale} stale there"] * bool(stale)
        return f"; {', '.join(parts)}" if parts else ""


def table(results: Sequence[Result], width: int) -> Table:
    """The verdicts, one row a claim; the arithmetic claims that hold share a row.

    Without room for a column to each leg, the evidence of all is in one, on several lines.
    """
    apart = width >= ROOM_FOR_LEGS
    columns = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    columns.add_column("Claim", no_wrap=apart, overflow="fold")
    columns.add_column("Verdict")
    for name in LEGS if apart else ("evidence",):
        columns.add_column(name, no_wrap=apart and name != LEGS[-1])  # the longest gives way
    columns.add_column("s", justify="right", no_wrap=True)
    routine = [r for r in results if r.claim.id.startswith("arithmetic.") and r.as_expected]
    shared = routine if len(routine) > 1 else []
    for result in results:
        if result not in shared:
            cells = {leg.leg: _cell(leg) for leg in result.legs}
            columns.add_row(*_row(result.claim.id, judgement(result), cells, apart, [result]))
    if shared:
        agree, name = Text("all agree", "green"), f"arithmetic.* ({len(shared)} formulas)"
        columns.add_row(*_row(name, judgement(shared[0]), {LEGS[1]: agree}, apart, shared))
    return columns


def _row(
    name: str, verdict: Text, cells: dict[str, Text], apart: bool, results: Sequence[Result]
) -> list[str | Text]:
    """The cells of a row, those of the legs apart or in one."""
    none = Text("–", "dim")
    legs = [cells.get(leg, none) for leg in LEGS] if apart else [Text("\n").join(cells.values())]
    return [name, verdict, *legs, f"{sum(result.seconds for result in results):.1f}"]


def failures(results: Sequence[Result]) -> Table:
    """What FAILS or is not as expected, and the statement because of which: a line each."""
    chosen = [it for it in results if it.verdict is Verdict.FAILS or not it.as_expected]
    others = any(it.verdict is not Verdict.FAILS for it in chosen)
    lines = Table(box=None, padding=(0, 2, 0, 0))
    lines.add_column("What FAILS" + " or surprises" * others, no_wrap=True)
    lines.add_column("and why")
    for result in chosen:
        lines.add_row(Text(result.claim.id, judgement(result).style), _because(result))
    return lines


def _because(result: Result) -> Text:
    """The statement that decides, what was found, and which claim says what is true."""
    found = [it for leg in result.legs for it in findings_that_decide(leg)]
    decides = (it for it in found if it.drifted or it.verdict is result.verdict)
    finding = next(decides, found[0])
    said = finding.figures.get("error") or finding.figures.get("why") or decisive(finding)
    why = ": ".join(filter(None, (finding.what, str(said))))
    return Text(f"{why} → {result.claim.correction}" if result.claim.correction else why)


def sensitivity(results: Sequence[Result]) -> Table:
    """By what factor each approximate law could be off and still hold, one row a statement."""
    columns = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Claim", "Verdict", "Would hold", "Statement"):
        columns.add_column(name, no_wrap=name != "Statement")
    for result in results:
        for finding in (it for leg in result.legs for it in leg.findings):
            if SENSITIVITY in finding.figures:
                columns.add_row(
                    result.claim.id,
                    Text(finding.verdict, STYLES[finding.verdict]),
                    str(finding.figures[SENSITIVITY]),
                    Text(finding.what),
                )
    return columns


def by_paper(results: Sequence[Result]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """How many sentences of each paper come to which verdict: the header of a table, and its rows.

    Parameters
    ----------
    results : sequence of Result
        Of all claims.

    Returns
    -------
    tuple
        Of a tuple of str, and of a list of such.
    """
    verdicts = {result.claim.id: result.verdict for result in results}
    rows = []
    for paper in dict.fromkeys(sentence.paper for sentence in SENTENCES):
        said = [sentence for sentence in SENTENCES if sentence.paper == paper]
        reached = Counter(verdicts[it.id] for it in said if not it.unjudged)
        counts = [reached[verdict] for verdict in Verdict]
        rows.append((paper, *map(str, (len(said), *counts, sum(bool(it.unjudged) for it in said)))))
    return ("paper", "sentences", *Verdict, "not judged"), rows


def reached(result: Result) -> Text:
    """A verdict in a line, while others are awaited."""
    return Text(f"{result.claim.id}  ").append_text(judgement(result))


def judgement(result: Result) -> Text:
    """A verdict, and whether it is the one expected."""
    if result.drifted:
        return Text(f"{result.verdict}, but not as recorded", "bold reverse red")
    if not result.as_expected:
        return Text(f"{result.verdict}, not {result.claim.expected}", "bold reverse red")
    return Text(result.verdict, "cyan" if result.claim.correction else STYLES[result.verdict])


def _cell(leg: LegResult) -> Text:
    """The leg in a few words: statements proved, digits that agree, or what was measured."""
    deciding = findings_that_decide(leg)
    figures = deciding[0].figures
    if leg.leg == "simulation" and "measured" in figures:
        words = measured(deciding[0])
    elif leg.verdict is not Verdict.HOLDS:
        words = leg.verdict.lower()
    elif leg.leg == "symbolic":
        return Text(f"{len(deciding)} proved", STYLES[leg.verdict])
    else:
        words = f"{figures['digits']:.0f} digits" if "digits" in figures else "all agree"
    more = f" +{len(deciding) - 1}" if len(deciding) > 1 else ""
    return Text(f"{words}{more}", STYLES[leg.verdict])


def findings_that_decide(leg: LegResult) -> list[Finding]:
    """Those with the verdict of the leg, what is furthest from what is asked for first."""
    deciding = [it for it in leg.findings if it.verdict is leg.verdict] or list(leg.findings)
    return sorted(deciding, key=lambda finding: -finding.excess)


def measured(finding: Finding) -> str:
    """What was asked for and what was found: ``within 10%: 4(1)% low``."""
    asked, found = finding.figures["asked"], finding.figures["measured"]
    recorded = ", recorded" if "recorded" in finding.figures else ""
    return f"{found if asked == 'exactly' else f'{asked}: {found}'}{recorded}"


def decisive(finding: Finding) -> str:
    """The figure that decides: a deviation, digits, a proof or a counterexample."""
    if "measured" in finding.figures:
        return measured(finding)
    for name in DECISIVE:
        if name in finding.figures:
            return f"{name}: {finding.figures[name]}"
    return ""


def to_json(report: Report) -> str:
    """The whole report, for programs; numbers that are not finite, which JSON lacks, are null."""
    content = {
        "version": version("synaptic-energy"),
        "effort": asdict(report.effort),
        "seed": report.seed,
        "complete": report.complete,
        "as_expected": report.as_expected,
        "results": [
            {
                "id": result.claim.id,
                "statement": result.claim.statement,
                "source": result.claim.source,
                "kind": result.claim.kind,
                "formulas": result.claim.formulas,
                "figures": result.claim.figures,
                "remark": result.claim.remark,
                "correction": result.claim.correction,
                "expected": result.claim.expected,
                "verdict": result.verdict,
                "drifted": result.drifted,
                "as_expected": result.as_expected,
                "seconds": result.seconds,
                "legs": [_finite(asdict(leg)) | {"verdict": leg.verdict} for leg in result.legs],
            }
            for result in report.results
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _finite(value: Any) -> Any:
    """Data without numbers that are not finite."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
