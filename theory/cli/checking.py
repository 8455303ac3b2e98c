"""Judging claims: ``check`` and ``show``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from montecarlo.datasets import FOLDER_VARIABLE
from theory.cli.common import (
    INTERRUPTED,
    LOST,
    Misuse,
    chapters_option,
    chosen_index,
    jobs_option,
    progress_bar,
    require_writable,
    seed_option,
    standard_output,
)

if TYPE_CHECKING:
    from theory.crosscheck.claim import Claim, Result
    from theory.crosscheck.index import Index
    from theory.crosscheck.report.terminal import Report


def _folder(ctx: click.Context, param: click.Parameter, value: Path | None) -> bool:
    """Whether MNIST is at hand; workers find its folder by the environment variable."""
    del ctx, param
    if value is not None:
        os.environ[FOLDER_VARIABLE] = str(value)
    return value is not None


def effort_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how hard to look, and at what networks learn."""
    for option in (
        click.option(
            "--mnist",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            envvar=FOLDER_VARIABLE,
            show_envvar=True,
            callback=_folder,
            help="Have networks learn MNIST, whose four files are in this folder. It takes hours; "
            "without it, and in quick checks, the ledger says what they learnt.",
        ),
        jobs_option,
        seed_option,
        click.option(
            "--full",
            "effort",
            flag_value="full",
            help="More points, more replicas, finer resolution, and what is slow anew: hours.",
        ),
        click.option(
            "--quick",
            "effort",
            flag_value="quick",
            help="Coarser, and without slow simulations, whether the ledger knows them or not.",
        ),
        chapters_option,
    ):
        command = option(command)
    return command


@click.command()
@click.argument("claims", nargs=-1, metavar="[ID, glob or formula]...")
@effort_options
@click.option(
    "--json",
    "json_file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write all evidence to this file as JSON; - is standard output, without the table.",
)
@click.option(
    "--html",
    "html_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all evidence to this file as a page that needs nothing else.",
)
@click.option(
    "--figures",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Put the figures in this folder, drawn by 'figure all --out', into the page.",
)
@click.option(
    "--sensitivity",
    is_flag=True,
    help="List by what factor each approximate law could be off and still hold.",
)
def check(
    claims: Sequence[str],
    chapters: Sequence[str],
    effort: str | None,
    seed: int,
    jobs: int,
    mnist: bool,
    json_file: Path | None,
    html_file: Path | None,
    folder: Path | None,
    sensitivity: bool,
) -> None:
    """Judge claims: prove them, compute them to fifty digits, simulate them.

    Without arguments all claims are judged. A misprint is a claim that is expected to FAIL.

    \b
    synaptic-energy check                         all claims
    synaptic-energy check 'LvR.*' --quick         those of Li & van Rossum 2020, in seconds
    synaptic-energy check perceptron.inefficiency those about a formula
    synaptic-energy check --claims my_model.chapter those of a chapter of your own

    \b
    synaptic-energy figure all --quick --out FOLDER
    synaptic-energy check --html report.html --figures FOLDER
                                          a page with figures, to be sent to others
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from montecarlo.files import write
    from theory.crosscheck.report import page
    from theory.crosscheck.report import terminal as report

    _require_files(json_file, html_file, folder)
    index = chosen_index(chapters)
    pictures = {} if folder is None else _pictures(folder, index)
    found = judge(selected(claims, index), effort, seed, jobs, mnist, index)
    # Files first: who reads the table may stop reading.
    try:
        if json_file is not None and str(json_file) != "-":
            write(json_file, report.to_json(found))
        if html_file is not None:
            write(html_file, page.to_html(found, pictures))
    except OSError as error:
        raise Misuse(f"the report could not be written: {error}") from None
    if str(json_file) == "-":
        click.echo(report.to_json(found), nl=False)
    console = standard_output(aside=str(json_file) == "-")
    console.print(report.table(found.results, console.width))
    if sensitivity:
        console.print(report.sensitivity(found.results))
    failed = report.failures(found.results)
    if failed.row_count:
        console.print(failed, "", highlight=False)
    console.print(found.summary, soft_wrap=True, highlight=False)
    sys.exit(_status(found))


def _require_files(json_file: Path | None, html_file: Path | None, folder: Path | None) -> None:
    """Refuse files that cannot be written, or not both, before anything is judged."""
    files = [file for file in (json_file, html_file) if file is not None and str(file) != "-"]
    for file in files:
        require_writable(file)
    if len({file.resolve() for file in files}) < len(files):
        raise Misuse(f"--json and --html name one file, {json_file}")
    if folder is not None and html_file is None:
        raise Misuse("--figures are for the page: name its file by --html")


def _status(found: Report) -> int:
    """What the command ends with."""
    from theory.crosscheck.workers import KILLED

    if not found.complete:
        return INTERRUPTED
    if any(it.figures.get("error") == KILLED for it in found.findings):
        click.echo(f"{KILLED}; what was not judged is undecided", err=True)
        return LOST
    return 0 if found.as_expected else 1


def _pictures(folder: Path, index: Index) -> dict[str, bytes]:
    """The figures that lie in a folder, by their ids."""
    from theory.crosscheck.report import page

    pictures: dict[str, bytes] = {}
    for figure in index.figures:
        file = folder / f"{figure}.svg"
        try:
            pictures[figure] = file.read_bytes()
            page.size(pictures[figure])
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise Misuse(f"{file}: {error}") from None
    if not pictures:
        raise Misuse(f"no figure in {folder}; 'synaptic-energy figure all --out' draws them")
    return pictures


def selected(patterns: Sequence[str], index: Index) -> tuple[Claim, ...]:
    """The claims of an index that patterns name."""
    from theory import crosscheck

    try:
        return crosscheck.select(patterns, index)
    except ValueError as error:
        raise Misuse(str(error)) from None


def judge(
    chosen: Sequence[Claim],
    effort: str | None,
    seed: int,
    jobs: int,
    mnist: bool,
    index: Index,
    after: Callable[[Result], object] = id,
    anew: bool = False,
) -> Report:
    """A report on the chosen claims; on the finished ones, if it is interrupted."""
    from theory import crosscheck
    from theory.crosscheck.report.terminal import Report, reached
    from theory.crosscheck.run import BY_NAME

    level = BY_NAME[effort or "default"]
    if anew and level.slow == "unless known":
        level = replace(level, slow="always")
    results = []
    with progress_bar() as progress:
        task = progress.add_task("reasoning", total=len(chosen))

        def tell(what: str) -> None:
            progress.update(task, description=f"simulating {what}")

        try:
            for result in crosscheck.check(chosen, level, seed, jobs, mnist, tell, index):
                results.append(result)
                after(result)
                progress.advance(task)
                if not progress.disable:
                    progress.console.print(reached(result))
        except KeyboardInterrupt:
            click.echo(f"interrupted: {len(results)} of {len(chosen)} claims finished", err=True)
    results.sort(key=lambda result: chosen.index(result.claim))
    return Report(results, len(chosen), level, seed)


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
