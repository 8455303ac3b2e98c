"""A claim with all the evidence on it, for the terminal."""

from collections.abc import Container, Iterable
from textwrap import indent

import sympy
from rich.text import Text

from theory.crosscheck.claim import Claim, Kind, Result
from theory.crosscheck.derivations import DERIVATIONS, Section
from theory.crosscheck.legs.symbolic import Identity, Positive
from theory.crosscheck.report.equations import pretty, written
from theory.crosscheck.report.terminal import STYLES, judgement
from theory.formula import CALLS, Formula

#: Before an equation, and before what was found.
INSET, DEEPER = " " * 4, " " * 12


def relevance(claim: Claim, about: Formula) -> tuple[bool, ...]:
    """A key to sort claims by: first what states a formula, last that its arithmetic is right."""
    return (
        claim.id.startswith("arithmetic."),
        claim.source != about.source,
        claim.formulas[0] != about.name,
        claim.kind not in {Kind.DEFINITION, Kind.IDENTITY},
    )


def equation(formula: Formula, width: int) -> str:
    """A formula with its call, its mathematics, and its source."""
    lines = indent(written(formula, width - len(INSET)), INSET)
    return f"{formula.call}\n{lines}{INSET}{formula.source}\n"


def derivations(names: Iterable[str]) -> str:
    """Where formulas and claims are worked out, if it is in a notebook; a line for each section."""
    found: dict[Section, list[str]] = {}
    for name in dict.fromkeys(names):
        if name in DERIVATIONS:
            found.setdefault(DERIVATIONS[name], []).append(name)
    return "".join(
        f"Worked out in notebooks/{section.notebook}.ipynb, “{section.heading}”: "
        f"{', '.join(about)}\n"
        for section, about in found.items()
    )


def details(result: Result, width: int, options: str = "", above: Container[str] = ()) -> Text:
    """A claim and all the evidence on it; mathematics has ``width`` columns.

    Its figures are drawn with these options. Formulas whose equations are above are only named.
    """
    claim = result.claim
    text = Text()
    text.append(f"{claim.id}  ", "bold").append_text(judgement(result)).append("\n")
    text.append(f"{claim.statement}\n{claim.source}; {claim.kind}\n")
    if claim.correction:
        text.append(f"What is true: synaptic-energy show {claim.correction}\n")
    for name in claim.formulas:
        named = f"{CALLS[name].call}, see above\n"
        text.append(f"\n{named if name in above else equation(CALLS[name], width)}")
    for name in claim.figures:
        text.append(f"\nsynaptic-energy figure {name}{options}\n")
    if claim.remark:
        text.append(f"\n{claim.remark}\n", "italic")
    symbolic = {statement.what: statement for statement in claim.symbolic}
    for leg in result.legs:
        text.append(f"\n{leg.leg}", "bold").append(f" ({leg.seconds:.2f} s)\n")
        for finding in leg.findings:
            text.append(f"  {finding.verdict:<9} ", STYLES[finding.verdict])
            text.append(f"{finding.what}\n")
            figures = dict(finding.figures)
            if figures.pop("statement", "") and finding.what in symbolic:
                text.append(_mathematics(symbolic[finding.what], width - len(DEEPER)), "dim")
            for name, value in figures.items():
                text.append(f"{DEEPER}{name}: {value}\n", "dim")
    return text


def _mathematics(statement: Identity | Positive, width: int) -> str:
    """What was proved, as mathematics; nothing if it is too wide, or the same on both sides."""
    if isinstance(statement, Positive):
        shown = sympy.Gt(statement.expression(), 0, evaluate=False)
    else:
        shown = sympy.Eq(statement.left(), statement.right(), evaluate=False)
    lines = pretty(shown, width)
    return "" if shown.lhs == shown.rhs or "↪" in lines else f"{indent(lines, DEEPER)}\n"
