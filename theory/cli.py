"""The command ``synaptic-energy``: check, list and show claims, evaluate formulas, draw figures."""

from __future__ import annotations

import os

# Before NumPy is loaded. The matrix products of a check are short: a second thread saves little on
# an idle machine, and on a busy one waiting for its core takes many times longer than the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import csv
import difflib
import inspect
import itertools
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
import mpmath
import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from theory import caching, decay, lattice, perceptron  # noqa: F401 - importing fills FORMULAS
from theory.formula import FORMULAS, Formula

INTERRUPTED = 130
#: In one sweep; more are better computed as an array by the library.
MOST_VALUES = 100_000


class Misuse(click.ClickException):
    """Bad input: one line on standard error and exit status 2."""

    exit_code = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="synaptic-energy")
def main() -> None:
    """Closed-form theory of the energy of learning, held against proof and simulation.

    Exit status: 0 when every claim has the verdict expected of it, 1 when one has not, 2 for bad
    usage, 130 when interrupted.
    """


def effort_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how hard to look."""
    for option in (
        click.option(
            "--seed",
            type=click.IntRange(min=0),
            default=0,
            show_default=True,
            help="Seed of all simulations.",
        ),
        click.option(
            "--full",
            "effort",
            flag_value="full",
            help="More points, more replicas, finer resolution.",
        ),
        click.option(
            "--quick",
            "effort",
            flag_value="quick",
            help="Coarser, and without the slowest simulations.",
        ),
    ):
        command = option(command)
    return command


@main.command()
@click.argument("claims", nargs=-1, metavar="[ID or glob]...")
@effort_options
@click.option(
    "--json",
    "json_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all evidence to this file as JSON.",
)
@click.option(
    "--html",
    "html_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all evidence to this file as a page.",
)
def check(
    claims: Sequence[str],
    effort: str | None,
    seed: int,
    json_file: Path | None,
    html_file: Path | None,
) -> None:
    """Judge claims: prove them, compute them to fifty digits, simulate them.

    Without arguments all claims are judged. A misprint is a claim that is expected to FAIL.

    \b
    synaptic-energy check                 all claims
    synaptic-energy check 'LvR.*' --quick those of Li & van Rossum 2020, in seconds
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory.crosscheck import report

    for file in (json_file, html_file):
        if file is not None and (file.is_dir() or not file.name):
            raise Misuse(f"{str(file)!r} is not the name of a file")
        if file is not None and not file.parent.is_dir():
            raise Misuse(f"{file}: no folder {file.parent}")
        if file is not None and not os.access(file.parent, os.W_OK):
            raise Misuse(f"{file}: folder {file.parent} is not writable")
    found = _judge(claims, effort, seed)
    console = _console()
    console.print(report.table(found.results))
    console.print(found.summary, soft_wrap=True, highlight=False)
    try:
        if json_file is not None:
            report.write(json_file, report.to_json(found))
        if html_file is not None:
            report.write(html_file, report.to_html(found))
    except OSError as error:
        raise Misuse(f"the report could not be written: {error}") from None
    if not found.complete:
        sys.exit(INTERRUPTED)
    sys.exit(0 if found.as_expected else 1)


def _console() -> Console:
    """Standard output, for tables."""
    console = Console()
    if not console.is_terminal:
        console.width = 120  # a pipe or a file has room for the whole table
    return console


def _judge(patterns: Sequence[str], effort: str | None, seed: int) -> Any:
    """A report on the chosen claims; on the finished ones, if it is interrupted."""
    from theory import crosscheck
    from theory.crosscheck.report import Report

    try:
        chosen = crosscheck.select(patterns)
    except ValueError as error:
        raise Misuse(str(error)) from None
    level = {"quick": crosscheck.QUICK, "full": crosscheck.FULL}.get(
        effort or "", crosscheck.DEFAULT
    )
    results = []
    with _progress() as progress:
        task = progress.add_task("checking", total=len(chosen))
        judging = crosscheck.check(chosen, level, seed)
        try:
            for claim in chosen:
                progress.update(task, description=claim.id)
                results.append(next(judging))
                progress.advance(task)
        except KeyboardInterrupt:
            click.echo(f"interrupted: {len(results)} of {len(chosen)} claims finished", err=True)
    return Report(results, len(chosen), level, seed)


def _progress() -> Progress:
    """A bar on standard error, if that is a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    errors = Console(stderr=True)
    return Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)


@main.command(name="list")
@click.argument("claims", nargs=-1, metavar="[ID or glob]...")
def list_claims(claims: Sequence[str]) -> None:
    """List the claims and what is expected of them."""
    from theory import crosscheck
    from theory.crosscheck.report import index

    try:
        _console().print(index(crosscheck.select(claims)))
    except ValueError as error:
        raise Misuse(str(error)) from None


@main.command()
@click.argument("claim")
@effort_options
def show(claim: str, effort: str | None, seed: int) -> None:
    """Show a claim: statement, LaTeX, source, and the evidence, gathered anew."""
    from theory.crosscheck.report import details

    found = _judge([claim], effort, seed)
    for result in found.results:
        Console().print(details(result), soft_wrap=True, highlight=False)
    if not found.complete:
        sys.exit(INTERRUPTED)


@main.command(name="figure")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, readable=False),
    default=Path(),
    show_default=True,
    help="The folder for the files.",
)
@click.option("--quick", is_flag=True, help="With fewer replicas.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Seed of all simulations.",
)
def draw(ids: Sequence[str], out: Path, quick: bool, seed: int) -> None:
    """Draw published figures anew, with theory and simulation on one axis.

    Writes ID.png, ID.svg and, with all that they show, ID.csv.

    \b
    synaptic-energy figure LvR.6          one of LvR.3, LvR.3S1, LvR.6
    synaptic-energy figure LvR.3 LvR.3S1  both from the same simulations
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory.crosscheck.figures import FIGURES, save

    for name in ids:
        if name not in FIGURES:
            raise Misuse(f"no figure {name!r}; {_meant(name, FIGURES)}")
    if not out.is_dir():
        raise Misuse(f"no folder {out}")
    if not os.access(out, os.W_OK):
        raise Misuse(f"folder {out} is not writable")
    records: dict[str, list[Any]] = {}
    chosen = [FIGURES[name] for name in dict.fromkeys(ids)]
    with _progress() as progress:
        task = progress.add_task("drawing", total=sum(item.replicas(quick) for item in chosen))
        for done, item in enumerate(chosen):
            progress.update(task, description=item.id)
            known = records.setdefault(item.experiment.name, [])
            try:
                for replica in range(item.replicas(quick)):
                    if replica == len(known):
                        known.append(item.record(seed, replica))
                    progress.advance(task)
                save(item, known, out, seed)
            except KeyboardInterrupt:
                click.echo(f"interrupted: {done} of {len(chosen)} figures drawn", err=True)
                sys.exit(INTERRUPTED)
            except OSError as error:
                raise Misuse(f"{item.id} could not be written: {error}") from None


@main.command(name="eval")
@click.argument("name", metavar="FORMULA")
@click.argument("arguments", nargs=-1, metavar="[NAME=VALUE]...")
@click.option(
    "--digits",
    type=click.IntRange(1, 10_000),
    help="Compute with so many decimal digits instead of double precision.",
)
@click.option(
    "--sweep",
    "sweeps",
    multiple=True,
    metavar="NAME=START:STOP:COUNT",
    help="Evenly spaced values; several sweeps make a grid.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values.")
def evaluate(
    name: str,
    arguments: Sequence[str],
    digits: int | None,
    sweeps: Sequence[str],
    as_csv: bool,
) -> None:
    """Evaluate a formula.

    \b
    synaptic-energy eval perceptron.inefficiency P=1900 N=1000 --digits 50
    synaptic-energy eval perceptron.inefficiency N=1000 --sweep P=100:1900:19 --csv
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    formula = _formula(name)
    # A few more digits, so that those printed are right; arguments are never cut to fewer.
    with mpmath.workdps(max(digits or 0, 15) + 5):
        fixed = _once(_assignment(formula, text, digits) for text in arguments)
        swept = _once(_sweep(formula, text, digits) for text in sweeps)
        _require_all(formula, fixed, swept)
        rows = []
        for values in itertools.product(*swept.values()):
            point = fixed | dict(zip(swept, values, strict=True))
            try:
                result = formula.function(**point)
            except ValueError as error:
                raise Misuse(f"{name}: {error}") from None
            rows.append([*map(_text(digits), values), _text(digits)(result)])
    _print_rows([*swept, formula.name], rows, as_csv)


def _formula(name: str) -> Formula:
    if name in FORMULAS:
        return FORMULAS[name]
    raise Misuse(f"no formula {name!r}; {_meant(name, FORMULAS)}")


def _meant(name: str, names: Iterable[str]) -> str:
    """Which of the names may have been meant, or all of them."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a dict; no name may come twice."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Misuse(f"{name} is given twice")
        found[name] = value
    return found


def _assignment(formula: Formula, text: str, digits: int | None) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    _require_known(formula, name, text)
    if name not in formula.domain:
        if value not in {"True", "False"}:
            raise Misuse(f"{name} must be True or False, got {value!r}")
        return name, value == "True"
    return name, _number(name, value, digits)


def _sweep(formula: Formula, text: str, digits: int | None) -> tuple[str, list[Any]]:
    name, _, spans = text.partition("=")
    _require_known(formula, name, text)
    if name not in formula.domain:
        raise Misuse(f"{name} must be True or False and cannot be swept, got {text!r}")
    parts = spans.split(":")
    if len(parts) != 3 or not parts[2].isdecimal() or int(parts[2]) < 1:
        raise Misuse(f"a sweep is NAME=START:STOP:COUNT with a COUNT of at least 1, got {text!r}")
    if int(parts[2]) > MOST_VALUES:
        raise Misuse(f"a sweep has at most {MOST_VALUES} values, got {text!r}")
    start, stop = (_number(name, part, digits) for part in parts[:2])
    if digits is None:
        return name, np.linspace(start, stop, int(parts[2])).tolist()
    return name, mpmath.linspace(start, stop, int(parts[2])) if parts[2] != "1" else [start]


def _number(name: str, value: str, digits: int | None) -> Any:
    try:
        return float(value) if digits is None else mpmath.mpf(value)
    except (ValueError, ZeroDivisionError):  # mpf reads fractions
        raise Misuse(f"{name} must be a number, got {value!r}") from None


def _require_known(formula: Formula, name: str, text: str) -> None:
    if "=" not in text or name not in inspect.signature(formula.function).parameters:
        takes = ", ".join(inspect.signature(formula.function).parameters)
        raise Misuse(f"{formula.name} takes {takes} as NAME=VALUE, got {text!r}")


def _require_all(formula: Formula, fixed: dict[str, Any], swept: dict[str, Any]) -> None:
    for name in swept:
        if name in fixed:
            raise Misuse(f"{name} is both given and swept")
    missing = [
        parameter.name
        for parameter in inspect.signature(formula.function).parameters.values()
        if parameter.default is parameter.empty and parameter.name not in {*fixed, *swept}
    ]
    if missing:
        raise Misuse(f"{formula.name} also needs {', '.join(missing)}")


def _text(digits: int | None) -> Callable[[Any], str]:
    return repr if digits is None else lambda value: str(mpmath.nstr(value, digits))


def _print_rows(header: Sequence[str], rows: Sequence[Sequence[str]], as_csv: bool) -> None:
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([header, *rows])
    elif len(header) == 1:
        click.echo(rows[0][0])
    else:
        table = Table()
        for name in header:
            table.add_column(name, justify="right", no_wrap=True)
        for row in rows:
            table.add_row(*row)
        Console().print(table)
