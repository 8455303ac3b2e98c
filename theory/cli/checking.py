"""Judging claims: ``check``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from theory.cli.common import (
    INTERRUPTED,
    LOST,
    Misuse,
    chosen_index,
    require_writable,
    standard_output,
)
from theory.cli.judging import effort_options, judge, selected

if TYPE_CHECKING:
    from theory.crosscheck.index import Index
    from theory.crosscheck.report.terminal import Report


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
