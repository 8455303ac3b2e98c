"""What a check found: as a table for the terminal and as JSON; the page is another module's."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from theory.crosscheck.claim import Claim, Result
from theory.crosscheck.legs.simulation import SENSITIVITY
from theory.crosscheck.legs.verdict import Finding, LegResult, Verdict
from theory.crosscheck.run import Effort
from theory.crosscheck.sentences import SENTENCES, Sentence
from theory.formula import ALGORITHM, CALLS, FORMULAS

LEGS = ("symbolic", "numeric", "simulation")
DECISIVE = (
    "digits",
    "largest deviation",
    "worst error over (1 + condition)",
    "counterexample",
    "proof",
    "why",
)
STYLES = {
    Verdict.HOLDS: "green",
    Verdict.FAILS: "red",
    Verdict.UNDECIDED: "yellow",
    Verdict.SKIPPED: "dim",
}


@dataclass(frozen=True)
class Report:
    """The results of a check that was to judge ``wanted`` claims."""

    results: Sequence[Result]
    wanted: int
    effort: Effort
    seed: int

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
        seconds = sum(result.seconds for result in self.results)
        outcome = f"not as expected: {', '.join(unexpected)}" if unexpected else "all as expected"
        judged = (
            f"{len(self.results)}" if self.complete else f"{len(self.results)} of {self.wanted}"
        )
        return (
            f"{judged} claims judged: {', '.join(parts) or 'none'}; {outcome} "
            f"({self.effort.name} effort, seed {self.seed}, {seconds:.1f} s){self._from_the_ledger}"
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


def table(results: Sequence[Result]) -> Table:
    """The verdicts, one row a claim; the arithmetic claims that hold share a row."""
    columns = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Claim", "Verdict", *LEGS):
        columns.add_column(name, no_wrap=name != LEGS[-1])  # the longest gives way first
    columns.add_column("s", justify="right", no_wrap=True)
    routine = [r for r in results if r.claim.id.startswith("arithmetic.") and r.as_expected]
    for result in results:
        if len(routine) > 1 and result in routine:
            continue
        legs = {leg.leg: leg for leg in result.legs}
        cells = [_cell(legs[name]) if name in legs else Text("–", "dim") for name in LEGS]
        columns.add_row(result.claim.id, _judgement(result), *cells, f"{result.seconds:.1f}")
    if len(routine) > 1:
        verdict, words = _judgement(routine[0]), Text("all agree", "green")
        seconds = sum(result.seconds for result in routine)
        name = f"arithmetic.* ({len(routine)} formulas)"
        columns.add_row(name, verdict, Text("–", "dim"), words, Text("–", "dim"), f"{seconds:.1f}")
    return columns


def sensitivity(results: Sequence[Result]) -> Table:
    """By what factor each approximate law could be off and still hold, one row a statement."""
    columns = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Claim", "Verdict", "Would hold, too", "Statement"):
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
    return Text(f"{result.claim.id}  ").append_text(_judgement(result))


def _judgement(result: Result) -> Text:
    if result.drifted:
        return Text(f"{result.verdict}, but not as recorded", "bold reverse red")
    if not result.as_expected:
        return Text(f"{result.verdict}, not {result.claim.expected}", "bold reverse red")
    if result.verdict is Verdict.FAILS:
        return Text(f"FAILS → {result.claim.correction}", "cyan")
    return Text(result.verdict, STYLES[result.verdict])


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


def details(result: Result, options: str = "") -> Text:
    """A claim and all the evidence on it; its figures are drawn with these options."""
    claim = result.claim
    text = Text()
    text.append(f"{claim.id}  ", "bold").append_text(_judgement(result)).append("\n")
    text.append(f"{claim.statement}\n{claim.source}; {claim.kind}\n")
    for name in claim.formulas:
        formula = CALLS[name]
        equation = formula.latex if name in FORMULAS else ALGORITHM
        text.append(f"\n{formula.call}\n    {equation}\n    {formula.source}\n")
    for name in claim.figures:
        text.append(f"\nsynaptic-energy figure {name}{options}\n")
    if claim.remark:
        text.append(f"\n{claim.remark}\n", "italic")
    for leg in result.legs:
        text.append(f"\n{leg.leg}", "bold").append(f" ({leg.seconds:.2f} s)\n")
        for finding in leg.findings:
            text.append(f"  {finding.verdict:<9} ", STYLES[finding.verdict])
            text.append(f"{finding.what}\n")
            for name, value in finding.figures.items():
                text.append(f"            {name}: {value}\n", "dim")
    return text


def decisive(finding: Finding) -> str:
    """The figure that decides: a deviation, digits, a proof or a counterexample."""
    if "measured" in finding.figures:
        return measured(finding)
    for name in DECISIVE:
        if name in finding.figures:
            return f"{name}: {finding.figures[name]}"
    return ""


def to_json(report: Report) -> str:
    """The whole report, for programs."""
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
                "legs": [asdict(leg) | {"verdict": leg.verdict} for leg in result.legs],
            }
            for result in report.results
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def index(claims: Sequence[Claim], unjudged: Sequence[Sentence]) -> Group:
    """The claims, one row each, without judging them, and the sentences that none judges.

    Arithmetic ones are apart, as their ids are long.
    """
    routine = [claim for claim in claims if claim.id.startswith("arithmetic.")]
    others = [claim for claim in claims if claim not in routine]
    parts: list[str | Table] = [_counted(len(claims), "claim")]
    parts += [_index(part) for part in (others, routine) if part]
    if unjudged:
        parts += [_counted(len(unjudged), "sentence") + " without a claim", _sentences(unjudged)]
    return Group(*parts)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _sentences(sentences: Sequence[Sentence]) -> Table:
    columns = Table()
    columns.add_column("Sentence", no_wrap=True)
    columns.add_column("Quotation")
    columns.add_column("Place")
    columns.add_column("Why not")
    for sentence in sentences:
        words = sentence.quotation, sentence.place, sentence.unjudged
        columns.add_row(sentence.id, *map(Text, words))
    return columns


def _index(claims: Sequence[Claim]) -> Table:
    columns = Table()
    for name in ("Claim", "Kind", "Expected", "Statement", "Source"):
        columns.add_column(name, no_wrap=name in {"Claim", "Kind", "Expected"})
    for claim in claims:
        expected = Text(claim.expected, STYLES[claim.expected])
        # Brackets in what an author writes are no markup.
        words = Text(claim.statement), Text(claim.source)
        columns.add_row(claim.id, claim.kind, expected, *words)
    return columns
