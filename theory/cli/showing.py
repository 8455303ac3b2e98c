"""Showing claims and what is claimed of a formula: ``show``."""

import sys
from collections.abc import Sequence

import click

from theory.cli.common import INTERRUPTED, chosen_index, standard_output
from theory.cli.judging import effort_options, judge, selected


@click.command()
@click.argument("claim", metavar="ID|GLOB|FORMULA")
@effort_options
def show(
    claim: str, chapters: Sequence[str], effort: str | None, seed: int, jobs: int, mnist: bool
) -> None:
    """Show a claim: statement, equations, sources, and the evidence, gathered anew.

    Of several the verdicts come first; of those about a formula, what states it. Last comes where
    it is worked out, a section of one of the notebooks of the repository.

    \b
    synaptic-energy show LvR.eq3 --quick                one claim
    synaptic-energy show perceptron.inefficiency --quick all claims about a formula
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory.crosscheck.report import terminal
    from theory.crosscheck.report.details import derivations, details, equation, relevance
    from theory.formula import CALLS

    index = chosen_index(chapters)
    chosen, formula = selected([claim], index), CALLS.get(claim)
    if formula is not None:
        chosen = tuple(sorted(chosen, key=lambda it: relevance(it, formula)))
    console = standard_output()
    above = set()
    if formula is not None:  # to be read while it is judged
        console.print(equation(formula, console.width), soft_wrap=True, highlight=False)
        above.add(claim)
    found = judge(chosen, effort, seed, jobs, mnist, index)
    if len(found.results) > 1:
        console.print(terminal.table(found.results, console.width))
    options = "".join(f" --claims {chapter}" for chapter in chapters)
    for result in found.results:
        shown = details(result, console.width, options, above)
        console.print(shown, soft_wrap=True, highlight=False)
        above.update(result.claim.formulas)
    about = [name for it in found.results for name in (it.claim.id, *it.claim.formulas)]
    sections = derivations(about if formula is None else [claim])
    console.print(sections, end="", soft_wrap=True, highlight=False)
    if not found.complete:
        sys.exit(INTERRUPTED)
