"""The pages that are written by the code: the chapters of the theory, claims, command line and API.

Equations come from the SymPy evaluation of the formulas, verdicts from a quick check.
"""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import click

from docs.api import first_sentence, page, pages
from docs.derivations import derivations
from theory.cli import main
from theory.crosscheck import CHAPTERS, CLAIMS, QUICK, Result, Verdict, check
from theory.crosscheck.chapter import Chapter
from theory.crosscheck.report.terminal import Report, by_paper, decisive, findings_that_decide
from theory.crosscheck.sentences import SENTENCES
from theory.formula import ALGORITHM, CALLS, FORMULAS, Formula

ROOT = Path(__file__).parent.parent


def write_pages(folder: Path) -> None:
    """Write all generated pages, and bring the notebooks to them."""
    folder.mkdir(exist_ok=True)
    found = {result.claim.id: result for result in check(effort=QUICK, jobs=os.cpu_count() or 1)}
    ordered = [found[claim.id] for claim in CLAIMS]
    results = {result.claim.id: result for result in ordered}
    written = pages() | {
        "formulas": _formula_index(results),
        "claims": _claim_index(ordered),
        "errata": _errata(ordered),
        "command-line": _command_line(),
    }
    for chapter in CHAPTERS:
        written[chapter.name] = _chapter(chapter, results)
        written[f"evidence-{chapter.name}"] = _evidence(chapter, results)
    for name, text in written.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, folder)


def _calls(chapter: Chapter) -> dict[str, Formula]:
    return {
        name: call for name, call in CALLS.items() if name.partition(".")[0] in chapter.formulas
    }


def _notebooks(chapter: Chapter) -> list[str]:
    return [
        path.stem
        for number in chapter.notebooks
        for path in sorted((ROOT / "notebooks").glob(f"{number}_*.ipynb"))
    ]


# --- formulas -------------------------------------------------------------------------------------


def _formula_index(results: dict[str, Result]) -> str:
    """Every formula as a call, with its verdict and the section that derives it."""
    derived = derivations()
    rows = [
        (
            f"[`{call.call}`](#{_anchor(name)})",
            _meaning(call),
            _verdicts(name, results),
            derived[name].link,
        )
        for chapter in CHAPTERS
        for name, call in _calls(chapter).items()
    ]
    return page(
        "Formulas",
        "Every formula is a Python call: `from theory import perceptron`, then "
        "`perceptron.inefficiency(1900, 1000)`. It takes numbers, arrays that broadcast, "
        "`mpmath.mpf` and SymPy symbols; from the shell, "
        "`synaptic-energy eval perceptron.inefficiency P=1900 N=1000 --digits 50`.",
        _table(("call", "meaning", "claims", "derived in"), rows),
        _contents([chapter.name for chapter in CHAPTERS]),
    )


def _verdicts(name: str, results: dict[str, Result]) -> str:
    """The claims about a formula, by verdict; that its arithmetic is right is one for each."""
    about = [
        result
        for result in results.values()
        if name in result.claim.formulas and not result.claim.id.startswith("arithmetic.")
    ]
    about.sort(key=lambda result: result.claim.formulas.index(name))
    parts = [
        f"{verdict}: " + ", ".join(_linked(result) for result in about if result.verdict is verdict)
        for verdict in dict.fromkeys(result.verdict for result in about)
    ]
    return "; ".join(parts) or "–"


def _chapter(chapter: Chapter, results: dict[str, Result]) -> str:
    """The formulas of a chapter, and what the papers and this package say."""
    parts = [f"After {chapter.source}."]
    derivations = [
        f"[{name[:2]} {name[3:].replace('_', ' ')}]({name}.ipynb)" for name in _notebooks(chapter)
    ]
    if derivations:
        parts.append(f"Derived step by step in the notebooks {', '.join(derivations)}.")
    calls = _calls(chapter)
    if calls:
        parts += ["## Formulas", *(_formula(name, call) for name, call in calls.items())]
    rows = [
        (
            _linked(results[claim.id]),
            _escaped(claim.statement),
            str(results[claim.id].verdict),
            _decisive(results[claim.id]),
        )
        for claim in chapter.claims
    ]
    parts += ["## Claims", _table(("claim", "statement", "verdict", "evidence"), rows)]
    return page(chapter.title, *parts)


def _formula(name: str, call: Formula) -> str:
    domain = "; ".join(f"{symbol}: {limits.text}" for symbol, limits in call.domain.items())
    condition = f"; {call.where}" if call.where else ""
    equation = f"{ALGORITHM.capitalize()}."
    if name in FORMULAS:
        function = name.rpartition(".")[2].replace("_", r"\_")
        left = ", ".join(call.letters.values())
        equation = f"$$\\mathrm{{{function}}}({left}) = {call.latex}$$"
    return (
        f"({_anchor(name)})=\n### `{name}`\n\n{_meaning(call)}\n\n{equation}\n\n"
        f"Domain: {_escaped(domain)}{_escaped(condition)}. Source: {_escaped(call.source)}. "
        f"In Python: {{py:func}}`theory.{name}`. Derived in {derivations()[name].link}."
    )


def _meaning(call: Formula) -> str:
    return _escaped(first_sentence(call.function))


# --- claims ---------------------------------------------------------------------------------------


def _claim_index(results: list[Result]) -> str:
    """All claims as a table that can be sorted and searched."""
    summary = Report(results, len(CLAIMS), QUICK, seed=0).summary
    rows = [
        (
            _linked(result),
            _escaped(result.claim.statement),
            _escaped(result.claim.source),
            str(result.verdict),
            _decisive(result),
        )
        for result in results
    ]
    return page(
        "Claims",
        _escaped(summary),
        "A claim that FAILS is a misprint or an error of a paper, kept beside its correction. "
        "`synaptic-energy show ID` gathers the evidence anew, and at more effort.",
        _table(("claim", "statement", "source", "verdict", "evidence"), rows),
        "## Sentences of the papers",
        "What their checkable sentences come to; SKIPPED is what neither this check nor the ledger "
        "has measured.",
        _table(*by_paper(results)),
        "## Sentences without a claim",
        "What else the papers say that can be checked, and why it is not judged here.",
        _table(
            ("sentence", "quotation", "place", "why"),
            [
                tuple(
                    _escaped(it)
                    for it in (sentence.id, sentence.quotation, sentence.place, sentence.unjudged)
                )
                for sentence in SENTENCES
                if sentence.unjudged
            ],
        ),
    )


def _errata(results: list[Result]) -> str:
    """What is printed, what is true, and how we know."""
    by_id = {result.claim.id: result for result in results}
    rows = [
        (
            _linked(result),
            _escaped(result.claim.statement),
            _escaped(result.claim.source),
            _escaped(result.claim.remark),
            f"{_linked(by_id[result.claim.correction])}: "
            + _escaped(by_id[result.claim.correction].claim.statement),
            _decisive(result),
        )
        for result in results
        if result.claim.expected is Verdict.FAILS
    ]
    header = ("claim", "what is printed", "where", "what is wrong", "what is true", "how we know")
    return page(
        "Errata",
        f"{len(rows)} sentences of the papers that do not hold. The notebook "
        "[09 errata](09_errata.ipynb) shows why the misprinted formulas fail.",
        _table(header, rows),
    )


def _evidence(chapter: Chapter, results: dict[str, Result]) -> str:
    """All that was found about the claims of a chapter."""
    return page(
        f"Evidence: {chapter.title}", *(_claim(results[claim.id]) for claim in chapter.claims)
    )


def _claim(result: Result) -> str:
    claim = result.claim
    see = f" (as it should; see {claim.correction})" if claim.correction else ""
    rows = [
        (leg.leg, str(finding.verdict), _escaped(finding.what), _escaped(decisive(finding)))
        for leg in result.legs
        for finding in leg.findings
    ]
    remark = f"\n\n*{_escaped(claim.remark)}*" if claim.remark else ""
    return (
        f"({_anchor(claim.id)})=\n## {claim.id}: {result.verdict}{see}\n\n"
        f"{_escaped(claim.statement)} ({_escaped(claim.source)}; {claim.kind}){remark}\n\n"
        f"{_table(('leg', 'verdict', 'what', 'figure'), rows)}"
    )


def _linked(result: Result) -> str:
    """The id of a claim, with a link to its evidence."""
    return f"{{ref}}`{result.claim.id} <{_anchor(result.claim.id)}>`"


def _decisive(result: Result) -> str:
    """The figures that decide a claim, a leg each."""
    figures = (
        _escaped(decisive(finding))
        for leg in result.legs
        for finding in findings_that_decide(leg)[:1]
        if leg.verdict is result.verdict is not Verdict.SKIPPED
    )
    return "; ".join(filter(None, figures)) or "–"


# --- the command line -----------------------------------------------------------------------------


def _command_line() -> str:
    """The help texts of all commands."""
    parts = [_help(main, "synaptic-energy")]
    parts += [
        f"## {name}\n\n{_help(command, f'synaptic-energy {name}')}"
        for name, command in main.commands.items()
    ]
    return page("Command line", *parts)


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    return f"```text\n{command.get_help(context)}\n```"


# --- Markdown -------------------------------------------------------------------------------------


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = tuple(header)
    lines = [names, ("---",) * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _contents(pages: Iterable[str]) -> str:
    """The pages in the sidebar below this one."""
    return "\n".join(["```{toctree}", ":hidden:", *pages, "```"])


def _anchor(name: str) -> str:
    return name.lower().replace(".", "-").replace("_", "-")


def _escaped(text: str) -> str:
    """Plain text as Markdown; what stands between backticks is code already."""
    parts = text.replace("\n", " ").split("`")
    parts[::2] = [re.sub(r"([\\*_|$\[\]<>^])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)
