"""What a check found as one page that needs nothing else: formulas are MathML, figures in it."""

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import sympy
from sympy.printing.mathml import MathMLPresentationPrinter

from theory.crosscheck.claim import Result
from theory.crosscheck.legs.verdict import LegResult, Verdict
from theory.crosscheck.report.terminal import Report, decisive
from theory.formula import ALGORITHM, CALLS, FORMULAS

#: What the ids of claims begin with, and what that stands for; all others are sources too.
SOURCES = {
    "LvR": "Li & van Rossum (2020)",
    "CP": "van Rossum (2023)",
    "REV": "Pache & van Rossum (2023)",
    "SE": "this package",
    "arithmetic": "arithmetic of each formula",
}
UNEXPECTED = "unexpected"
WORDS = {UNEXPECTED: "not as expected"}


def to_html(report: Report, pictures: Mapping[str, bytes]) -> str:
    """The whole report, what is not as expected first.

    Parameters
    ----------
    report : Report
    pictures : mapping of str to bytes
        Figures as SVG images by their ids. The others are mentioned, with the command that draws
        them.

    Returns
    -------
    str
        A page of HTML.

    Raises
    ------
    ValueError
        If a picture is no SVG image with a size.
    """
    results = sorted(report.results, key=lambda result: result.as_expected)
    ids = {result.claim.id for result in results}
    # Each picture is in the page once, however many claims it is shown with: open with the first.
    first: dict[str, Result] = {}
    for result in results:
        for figure in result.claim.figures:
            if figure in pictures:
                first.setdefault(figure, result)
    sizes = {figure: size(pictures[figure]) for figure in first}
    sections = []
    for result in results:
        shown = [
            _figure(figure, sizes.get(figure), first.get(figure) is result)
            for figure in result.claim.figures
        ]
        sections.append(_section(result, shown, ids))
    images = "".join(_image(figure, pictures[figure], sizes[figure]) for figure in first)
    parts = [
        "<h1>Theory against proof, fifty digits and simulation</h1>",
        _outcome(report),
        _form(results),
        f"<nav>{_contents(results)}</nav>",
        *sections,
        f'<svg id="pictures" width="0" height="0"><defs>{images}</defs></svg>' if images else "",
        f"<script>{_file('page.js')}</script>",
    ]
    body = "\n".join(part for part in parts if part)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>synaptic-energy check</title>\n<style>{_file('page.css')}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def size(picture: bytes) -> tuple[float, float]:
    """Width and height of an SVG image.

    Raises
    ------
    ValueError
        If it is none, or does not say.

    Examples
    --------
    >>> size(b'<svg viewBox="0 0 490 245"/>')
    (490.0, 245.0)
    """
    try:
        box = ET.fromstring(picture).attrib["viewBox"]
        _, _, width, height = (float(number) for number in box.replace(",", " ").split())
    except (ET.ParseError, KeyError, ValueError):
        raise ValueError("picture must be an SVG image with a viewBox") from None
    return width, height


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _source(result: Result) -> str:
    return result.claim.id.partition(".")[0]


def _sources(results: Sequence[Result]) -> list[str]:
    """Those that there are, the papers first."""
    found = dict.fromkeys(map(_source, results))
    return [name for name in dict.fromkeys([*SOURCES, *found]) if name in found]


def _style(result: Result) -> str:
    """The class that colours a verdict, and by which it is found."""
    return str(result.verdict) if result.as_expected else UNEXPECTED


# --- what is found at a glance --------------------------------------------------------------------


def _outcome(report: Report) -> str:
    unexpected = " ".join(_reference(result) for result in report.results if not result.as_expected)
    if unexpected:
        outcome = f'<span class="{UNEXPECTED}">Not as expected:</span> {unexpected}'
    elif not report.complete:
        outcome = '<span class="UNDECIDED">Interrupted; as expected so far.</span>'
    else:
        outcome = '<span class="HOLDS">Every claim has the verdict expected of it.</span>'
    return (
        f'<p class="outcome">{outcome}</p>\n'
        f"<p>{escape(report.summary)} by synaptic-energy {version('synaptic-energy')}. "
        "A sentence that FAILS, as it should, points to the claim that puts it right.</p>"
    )


def _form(results: Sequence[Result]) -> str:
    """How many claims of a source have a verdict; with JavaScript, what to look for."""
    counts = Counter((_source(result), _style(result)) for result in results)
    styles = [UNEXPECTED, *map(str, Verdict)]
    columns = [name for name in styles if any(name == column for _, column in counts)]
    head = "".join(
        f'<th scope="col">{_tick("verdict", name, WORDS.get(name, name), name)}</th>'
        for name in columns
    )
    body = "".join(
        f'<tr><th scope="row">{_tick("source", row, SOURCES.get(row, row))}</th>'
        + "".join(f"<td>{counts[row, column] or '–'}</td>" for column in columns)
        + "</tr>\n"
        for row in _sources(results)
    )
    return (
        f"<form><table><thead><tr><th></th>{head}</tr></thead>\n<tbody>{body}</tbody></table>\n"
        '<div class="find"><input type="search" name="words" placeholder="find words" '
        'aria-label="find words"> <button type="reset">show all</button> <output></output></div>'
        "</form>"
    )


def _tick(name: str, value: str, words: str, style: str = "") -> str:
    return (
        f'<label class="{style}"><input type="checkbox" name="{name}" '
        f'value="{escape(value)}"> {escape(words)}</label>'
    )


def _contents(results: Sequence[Result]) -> str:
    groups = []
    for name in _sources(results):
        links = " ".join(_reference(result) for result in results if _source(result) == name)
        groups.append(
            f"<details{'' if name == 'arithmetic' else ' open'}>"
            f"<summary>{escape(SOURCES.get(name, name))}</summary>{links}</details>"
        )
    return "\n".join(groups)


def _reference(result: Result) -> str:
    name = escape(result.claim.id)
    return f'<a href="#{name}" class="{_style(result)}">{name}</a>'


# --- a claim --------------------------------------------------------------------------------------


def _section(result: Result, figures: Sequence[str], ids: set[str]) -> str:
    claim = result.claim
    name = escape(claim.id)
    style = _style(result)
    parts = [
        f'<section id="{name}" data-source="{escape(_source(result))}" data-verdict="{style}">',
        f'<h2><a href="#{name}">{name}</a>',
        f'<span class="{style}">{_judgement(result, ids)}</span></h2>',
        f"<p>{escape(claim.statement)}</p>",
        f'<p class="source">{escape(claim.source)}; {claim.kind}</p>',
        *(_equation(formula) for formula in claim.formulas),
        f'<p class="remark">{escape(claim.remark)}</p>' if claim.remark else "",
        *figures,
        *(_leg(leg) for leg in result.legs),
        "</section>",
    ]
    return "\n".join(part for part in parts if part)


def _judgement(result: Result, ids: set[str]) -> str:
    if not result.as_expected:
        return f"{result.verdict}, not {result.claim.expected}"
    right = escape(result.claim.correction)
    if result.verdict is not Verdict.FAILS or not right:
        return str(result.verdict)
    link = f'<a href="#{right}">{right}</a>' if result.claim.correction in ids else right
    return f"FAILS → {link}"


def _equation(name: str) -> str:
    formula = CALLS[name]
    left = escape(f"{name}({', '.join(formula.domain)})")
    if name not in FORMULAS:
        return f'<p class="equation"><code>{left}</code>: {ALGORITHM}</p>'
    return f'<p class="equation"><code>{left}</code> = {mathml(formula.expression)}</p>'


def mathml(expression: sympy.Basic) -> str:
    """An expression as browsers typeset it."""
    return f'<math displaystyle="true">{_Printer().doprint(expression)}</math>'


_INDICES = "₀₁₂₃₄"


class _Printer(MathMLPresentationPrinter):  # type: ignore[misc]
    """MathML as the papers have it: SymPy writes pFq as a function hyper, and e as ⅇ."""

    def _print_hyper(self, function: sympy.hyper) -> Any:
        lists = (function.ap, function.bq, (function.argument,))
        # A thin space, as the first index is no index of the factor before it.
        name = f"\u2009{_INDICES[len(function.ap)]}F{_INDICES[len(function.bq)]}"
        row = self.dom.createElement("mrow")
        row.appendChild(self._leaf("mi", name))
        for before, values in zip("(;;", lists, strict=True):
            for mark, value in zip((before, *",,,,"), values, strict=False):
                row.appendChild(self._leaf("mo", mark))
                row.appendChild(self._print(value))
        row.appendChild(self._leaf("mo", ")"))
        return row

    def _print_Exp1(self, _: sympy.Expr) -> Any:
        return self._leaf("mi", "e")

    def _leaf(self, tag: str, text: str) -> Any:
        leaf = self.dom.createElement(tag)
        leaf.appendChild(self.dom.createTextNode(text))
        return leaf


def _leg(leg: LegResult) -> str:
    findings = []
    for finding in leg.findings:
        rows = "".join(
            f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>"
            for name, value in finding.figures.items()
        )
        findings.append(
            f'<details><summary><span class="{finding.verdict}">{finding.verdict}</span> '
            f"{escape(finding.what)} <small>{escape(decisive(finding))}</small></summary>"
            f"<dl>{rows}</dl></details>"
        )
    return "\n".join([f"<h3>{leg.leg}</h3>", *findings])


def _figure(figure: str, box: tuple[float, float] | None, first: bool) -> str:
    """A figure, unfolded where it comes first; without a picture, how it is drawn."""
    name = escape(figure)
    if box is None:
        return (
            f'<p class="source">Figure {name}, which <code>synaptic-energy figure</code> draws</p>'
        )
    width, height = box
    return (
        f"<details{' open' if first else ''}><summary>Figure {name}</summary>"
        f'<svg class="picture" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="Figure {name}"><use href="#figure-{name}"/></svg></details>'
    )


def _image(figure: str, picture: bytes, box: tuple[float, float]) -> str:
    # As an image of its own, so that names within one picture do not meet those of another.
    content = base64.b64encode(picture).decode()
    return (
        f'<image id="figure-{escape(figure)}" width="{box[0]:g}" height="{box[1]:g}" '
        f'href="data:image/svg+xml;base64,{content}"/>\n'
    )
