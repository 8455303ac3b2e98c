"""The pages that are written by the code: the chapters of the theory, claims, command line and API.

Equations come from the SymPy evaluation of the formulas, verdicts from a quick check.
"""

import json
import os
import re
from pathlib import Path

import click
import sympy

from docs import claims, equations, gallery
from docs.api import pages
from docs.markdown import (
    anchor,
    coloured,
    contents,
    escaped,
    first_sentence,
    linked,
    page,
    slug,
    table,
)
from theory.cli import main
from theory.cli.explorer.page import content, widget
from theory.crosscheck import CHAPTERS, CLAIMS, QUICK, Result, check
from theory.crosscheck.chapter import Chapter
from theory.crosscheck.derivations import DERIVATIONS
from theory.formula import CALLS, SYMBOLS, Formula

ROOT = Path(__file__).parent.parent


def write_pages(folder: Path) -> dict[str, Result]:
    """Write all generated pages, and bring the notebooks to them; the results of all claims."""
    folder.mkdir(exist_ok=True)
    found = {result.claim.id: result for result in check(effort=QUICK, jobs=os.cpu_count() or 1)}
    results = {claim.id: found[claim.id] for claim in CLAIMS}
    gallery.draw_all(folder / "figures")
    written = pages() | {
        "formulas": _formula_index(results),
        "symbols": _symbols(),
        "explore": _explorer(),
        "claims": claims.index(results),
        "errata": claims.errata(results),
        "gallery": gallery.index(results),
        "results": _results(),
        "command-line": _command_line(),
    }
    for chapter in CHAPTERS:
        written[chapter.name] = _chapter(chapter, results)
        written[f"evidence-{chapter.name}"] = claims.all_evidence(chapter, results)
    for old in folder.glob("*.md"):  # of modules that are no more
        old.unlink()
    for name, text in written.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        (folder / notebook.name).write_text(downloadable(notebook), encoding="utf-8")
    return results


def downloadable(notebook: Path) -> str:
    """A notebook that begins with a link to itself."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    link = (
        f"{{download}}`Download this notebook <../../notebooks/{notebook.name}>`, or open all of "
        "them in JupyterLab by `make lab`."
    )
    title, *rest = "".join(content["cells"][0]["source"]).split("\n\n")
    content["cells"][0]["source"] = "\n\n".join([title, link, *rest])
    return json.dumps(content)


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
    rows = [
        (
            f"[`{call.call}`](#{anchor(name)})",
            _meaning(call),
            _verdicts(name, results),
            derived_in(name),
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
        table(("call", "meaning", "claims", "derived in"), rows),
        contents([chapter.name for chapter in CHAPTERS]),
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
        f"{coloured(verdict)}: "
        + ", ".join(linked(result) for result in about if result.verdict is verdict)
        for verdict in dict.fromkeys(result.verdict for result in about)
    ]
    return "; ".join(parts) or "–"


def _chapter(chapter: Chapter, results: dict[str, Result]) -> str:
    """The formulas of a chapter, what the papers and this package say, and the figures."""
    parts = [f"After {chapter.source}."]
    notebooks = [
        f"[{name[:2]} {name[3:].replace('_', ' ')}]({name}.ipynb)" for name in _notebooks(chapter)
    ]
    if notebooks:
        parts.append(f"Derived step by step in the notebooks {', '.join(notebooks)}.")
    if _results_of(chapter).exists():
        parts.append(
            f"What is new here, and how it follows: [results](../results/{chapter.name}.md)."
        )
    calls = _calls(chapter)
    if calls:
        parts += ["## Formulas", *(_formula(name, call) for name, call in calls.items())]
    rows = [
        (
            linked(results[claim.id]),
            escaped(claim.statement),
            coloured(results[claim.id].verdict),
            claims.evidence(results[claim.id]),
        )
        for claim in chapter.claims
    ]
    parts += ["## Claims", table(("claim", "statement", "verdict", "evidence"), rows)]
    if chapter.figures:
        parts += ["## Figures", gallery.thumbnails(chapter.figures, results)]
    return page(chapter.title, *parts)


def _formula(name: str, call: Formula) -> str:
    return (
        f"({anchor(name)})=\n### `{name}`\n\n{_meaning(call)}\n\n"
        f"{equations.equation(name, call)}\n\n"
        f"Domain: {equations.domain(call)}. Source: {escaped(call.source)}. "
        f"In Python: {{py:func}}`theory.{name}`. Derived in {derived_in(name)}."
    )


def derived_in(name: str) -> str:
    """A link to the section that derives a formula, from a page beside the notebooks."""
    section = DERIVATIONS[name]
    link = f"{section.notebook}.ipynb#{slug(section.heading)}"
    return f"[{section.notebook[:2]}, {section.heading}]({link})"


def _meaning(call: Formula) -> str:
    return escaped(first_sentence(call.function))


def _results() -> str:
    """What is new, each result in its one sentence, from the pages of the chapters."""
    introduction = (
        "What this package found beyond the papers. Each result begins with its claim in one "
        "sentence and the verdict on it; then come the equation, why it holds, and how good it is."
    )
    parts = [introduction]
    named = [chapter for chapter in CHAPTERS if _results_of(chapter).exists()]
    for chapter in named:
        found = re.findall(
            r"^## (.*)\n\n\*\*(.*?)\*\*", _results_of(chapter).read_text("utf-8"), re.MULTILINE
        )
        parts.append(f"## [{chapter.title}](../results/{chapter.name}.md)")
        parts += [
            f"[{title}](../results/{chapter.name}.md#{slug(title)})\n: {claim}"
            for title, claim in found
        ]
    return page("What is new", *parts, contents(f"../results/{it.name}" for it in named))


def _results_of(chapter: Chapter) -> Path:
    return ROOT / "docs" / "results" / f"{chapter.name}.md"


def _explorer() -> str:
    """The page with sliders, without a server."""
    shown = content(alone=True, place=_place)
    return page(
        "Play with the formulas",
        f"The {len(shown)} formulas that need no special functions, computed in your browser. Move "
        "a slider, or type a number beside it; keep a curve to compare it with another, of this "
        "formula or of another. The address of this page always has the whole state, so that a "
        "link shows what you see. "
        "For all formulas, those of your own chapters included, and for simulated points with "
        "error bars: `synaptic-energy explore`.",
        f"```{{raw}} html\n{widget(shown)}\n```",
    )


def _place(name: str) -> str:
    """Where a page beside the chapters finds a formula."""
    chapter = next(it.name for it in CHAPTERS if name.partition(".")[0] in it.formulas)
    return f"{chapter}.html#{anchor(name)}"


def _symbols() -> str:
    """The glossary of symbols."""
    rows = [
        (
            f"${equations.letter(symbol.name)}$",
            f"`{symbol.name}`",
            escaped(symbol.meaning),
            f"${equations.within(equations.letter(symbol.name), symbol.domain)}$",
            " to ".join(f"${equations.latex(sympy.Float(end))}$" for end in symbol.typical),
            str(sum(symbol.name in call.arguments for call in CALLS.values())),
        )
        for symbol in SYMBOLS.values()
    ]
    return page(
        "Symbols",
        "A letter means the same in every formula, and is the name of the argument. A formula may "
        "narrow its domain; it then says so. [Terms](../glossary.md) are explained elsewhere.",
        table(("symbol", "argument", "meaning", "domain", "typical", "formulas"), rows),
    )


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
