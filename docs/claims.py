"""The pages on claims: all of them, those that fail, and the evidence, chapter by chapter."""

from docs import equations
from docs.markdown import anchor, coloured, escaped, linked, page, slug, table
from theory.cli.listing import texts
from theory.crosscheck import CHAPTERS, CLAIMS, QUICK, Result, Verdict
from theory.crosscheck.chapter import Chapter
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.crosscheck.report.terminal import Report, by_paper, decisive, findings_that_decide
from theory.crosscheck.sentences import SENTENCES

UNJUDGED = "Sentences without a claim"


def index(results: dict[str, Result]) -> str:
    """All claims as a table that can be sorted and searched."""
    summary = Report(list(results.values()), len(CLAIMS), QUICK, seed=0).summary
    rows = [
        (
            linked(result),
            _said(result),
            escaped(result.claim.source),
            coloured(result.verdict),
            evidence(result),
        )
        for result in results.values()
    ]
    return page(
        "Claims",
        escaped(summary),
        "A claim that FAILS is a misprint or an error of a paper, kept beside its correction. "
        "`synaptic-energy show ID` gathers the evidence anew, and at more effort.",
        table(("claim", "statement", "source", "verdict", "evidence"), rows),
        "## Sentences of the papers",
        "What their checkable sentences come to; SKIPPED is what neither this check nor the ledger "
        "has measured.",
        table(*by_paper(list(results.values()))),
        f"## {UNJUDGED}",
        "What else the papers say that can be checked, and why it is not judged here.",
        table(
            ("sentence", "quotation", "place", "why"),
            [
                tuple(
                    escaped(it)
                    for it in (sentence.id, sentence.quotation, sentence.place, sentence.unjudged)
                )
                for sentence in SENTENCES
                if sentence.unjudged
            ],
        ),
    )


def _said(result: Result) -> str:
    """A statement, and in small letters what else `list --about` finds it by."""
    claim = result.claim
    formulas = ", ".join(f"[{name}](#{anchor(name)})" for name in claim.formulas)
    aside = " ".join(filter(None, (escaped(claim.remark), formulas)))
    return escaped(claim.statement) + (f" [{aside}]{{.aside}}" if aside else "")


def searchable(results: dict[str, Result]) -> list[dict[str, str]]:
    """What a search of the pages finds first: all that `list --about` looks through."""
    judged = [
        {
            "id": result.claim.id,
            "page": f"_generated/evidence-{chapter.name}",
            "anchor": anchor(result.claim.id),
            "verdict": result.verdict,
            "says": result.claim.statement,
            "words": " ".join(texts(result.claim)),
        }
        for chapter in CHAPTERS
        for result in (results[claim.id] for claim in chapter.claims)
        if not result.claim.id.startswith("arithmetic.")
    ]
    unjudged = [
        {
            "id": sentence.id,
            "page": "_generated/claims",
            "anchor": slug(UNJUDGED),
            "verdict": "",
            "says": sentence.quotation,
            "words": f"{sentence.id} {sentence.quotation} {sentence.place}",
        }
        for sentence in SENTENCES
        if sentence.unjudged
    ]
    return judged + unjudged


def errata(results: dict[str, Result]) -> str:
    """What is printed, what is true, and how we know."""
    rows = [
        (
            linked(result),
            escaped(result.claim.statement),
            escaped(result.claim.source),
            escaped(result.claim.remark),
            f"{linked(results[result.claim.correction])}: "
            + escaped(results[result.claim.correction].claim.statement),
            evidence(result),
        )
        for result in results.values()
        if result.claim.expected is Verdict.FAILS
    ]
    header = ("claim", "what is printed", "where", "what is wrong", "what is true", "how we know")
    return page(
        "Errata",
        f"{len(rows)} sentences of the papers that do not hold. The notebook "
        "[09 errata](09_errata.ipynb) shows why the misprinted formulas fail.",
        table(header, rows),
    )


def all_evidence(chapter: Chapter, results: dict[str, Result]) -> str:
    """All that was found about the claims of a chapter."""
    return page(
        f"Evidence: {chapter.title}", *(_claim(results[claim.id]) for claim in chapter.claims)
    )


def _claim(result: Result) -> str:
    claim = result.claim
    see = f" (as it should; see {claim.correction})" if claim.correction else ""
    symbolic = {statement.what: statement for statement in claim.symbolic}
    rows = [
        (
            leg.leg,
            coloured(finding.verdict),
            _stated(finding.what, symbolic.get(finding.what)),
            figure(finding),
        )
        for leg in result.legs
        for finding in leg.findings
    ]
    remark = f"\n\n*{escaped(claim.remark)}*" if claim.remark else ""
    pictures = "".join(
        f"[![{name}](figures/{name}.svg){{.beside}}](gallery.md)\n\n" for name in claim.figures
    )
    return (
        f"({anchor(claim.id)})=\n## {claim.id}: {coloured(result.verdict)}{see}\n\n{pictures}"
        f"{escaped(claim.statement)} ({escaped(claim.source)}; {claim.kind}){remark}\n\n"
        f"{table(('leg', 'verdict', 'what', 'figure'), rows)}"
    )


def _stated(what: str, statement: Identity | Positive | None) -> str:
    """What is stated, with its mathematics if it is algebra that says more than the words."""
    mathematics = statement and equations.proved(statement)
    return f"{escaped(what)}: {mathematics}" if mathematics else escaped(what)


def figure(finding) -> str:
    """The figure that decides; a proof's expressions are for its statement."""
    shown = decisive(finding)
    if shown.startswith("proof: every factor of"):
        return "proof: every factor is positive"
    return escaped(shown)


def evidence(result: Result) -> str:
    """The figures that decide a claim, a leg each."""
    figures = (
        figure(finding)
        for leg in result.legs
        for finding in findings_that_decide(leg)[:1]
        if leg.verdict is result.verdict is not Verdict.SKIPPED
    )
    return "; ".join(filter(None, figures)) or "–"
