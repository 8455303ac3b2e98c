"""Evaluating formulas: ``eval``."""

import csv
import inspect
import itertools
import json
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import numpy as np

from theory.catalogue import ALGORITHMS, CALLS
from theory.cli.arguments import EvaluationCommand, choices, defaults
from theory.cli.common import (
    MOST_VALUES,
    Misuse,
    chapters_option,
    meant,
    require_writable,
    span,
    standard_output,
)
from theory.formula import Formula
from theory.formula.arithmetic import MPMATH as mpmath

#: Digits that are computed beyond those wanted, at most: hundreds cost seconds.
MOST_LOST = 400


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The formulas that begin so, for the shell to complete."""
    del ctx, param
    return [name for name in CALLS if name.startswith(incomplete)]


@click.command(name="eval", cls=EvaluationCommand)
@click.argument("name", metavar="FORMULA", shell_complete=_names)
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
@click.option("--csv", "form", flag_value="csv", help="Print comma-separated values.")
@click.option(
    "--json",
    "form",
    flag_value="json",
    help="Print JSON, an object with all arguments for each value.",
)
@click.option(
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw the values of one sweep, or of two as several lines, into this .png or .svg file.",
)
@chapters_option
def evaluate(
    name: str,
    arguments: Sequence[str],
    digits: int | None,
    sweeps: Sequence[str],
    form: str | None,
    plot: Path | None,
    chapters: Sequence[str],
) -> None:
    """Evaluate a formula, or an algorithm that has several results.

    \b
    synaptic-energy eval perceptron.inefficiency P=1900 N=1000 --digits 50
    synaptic-energy eval perceptron.inefficiency N=1000 --sweep P=100:1900:19 --csv
    synaptic-energy eval decay.steady_state theta=5 tau=500 p=0.1

    What is said of a formula, and whether it is true: synaptic-energy show FORMULA --quick
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    _load(chapters)
    formula = _formula(name)
    if plot is not None:
        _require_drawable(plot, name, sweeps)
    if digits is not None and name in ALGORITHMS:
        raise Misuse(f"{name} is computed in double precision only: leave --digits out")
    # More digits, so that those printed are right; arguments are never cut to fewer.
    guard = 5 + _lost([*arguments, *sweeps]) if digits else 0
    with mpmath.workdps(max(digits, 15) + guard) if digits else nullcontext():
        fixed = _once(_assignment(formula, text, digits) for text in arguments)
        swept = _once(_sweep(formula, text, digits) for text in sweeps)
        _require_all(formula, fixed, swept)
        if math.prod(map(len, swept.values())) > MOST_VALUES:
            raise Misuse(f"a grid has at most {MOST_VALUES} values, got {' '.join(sweeps)}")
        rows = [
            fixed | dict(zip(swept, values, strict=True))
            for values in itertools.product(*swept.values())
        ]
        for point in rows:
            point.update(_results(formula, point))
        if plot is not None:
            _plot(formula, list(swept), rows, plot)
        if form == "json":
            _print_json(rows, digits)
        else:
            shown = [
                [_text(digits)(it) for key, it in row.items() if key not in fixed] for row in rows
            ]
            _print_rows([key for key in rows[0] if key not in fixed], shown, form == "csv")


def _lost(texts: Iterable[str]) -> int:
    """Digits that a result can lose: an exponential those of its argument, perhaps a square."""
    decades = [0.0]
    for text in texts:
        for value in text.partition("=")[2].split(":")[:2]:
            with suppress(ValueError, ZeroDivisionError):
                decades.append(abs(float(mpmath.mag(mpmath.mpf(value) or 1))) * math.log10(2))
    return math.ceil(min(2 * max(decades), MOST_LOST))


def _load(chapters: Sequence[str]) -> None:
    """Make the formulas of chapters of one's own known."""
    if not chapters:
        return
    from theory.crosscheck import ChapterError, loading

    try:
        for chapter in chapters:
            loading.imported(chapter, Path.cwd())
    except ChapterError as error:
        raise Misuse(str(error)) from None


def _results(formula: Formula, point: dict[str, Any]) -> dict[str, Any]:
    """What a formula, or an algorithm, gives at a point, each result by its name."""
    try:
        result = formula.function(**point)
    except ValueError as error:
        raise Misuse(f"{formula.name}: {error}") from None
    return asdict(result) if formula.name in ALGORITHMS else {formula.name: result}


def _formula(name: str) -> Formula:
    if name in CALLS:
        return CALLS[name]
    raise Misuse(f"no formula {name!r}; {meant(name, CALLS)}")


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
        known = choices(formula, name)
        if value not in known:
            raise Misuse(f"{name} must be {' or '.join(known)}, got {value!r}")
        return name, known[value]
    return name, _number(name, value, digits)


def _sweep(formula: Formula, text: str, digits: int | None) -> tuple[str, list[Any]]:
    name = text.partition("=")[0]
    _require_known(formula, name, text)
    if name not in formula.domain:
        known = " or ".join(choices(formula, name))
        raise Misuse(f"{name} must be {known} and cannot be swept, got {text!r}")
    *ends, count = span(text)
    start, stop = (_number(name, end, digits) for end in ends)
    if not mpmath.isfinite(stop - start):
        raise Misuse(f"the ends of a sweep are finite, got {text!r}")
    if digits is None:
        return name, np.linspace(start, stop, count).tolist()
    return name, mpmath.linspace(start, stop, count) if count > 1 else [start]


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
        name
        for name, default in defaults(formula)
        if default is None and name not in {*fixed, *swept}
    ]
    if missing:
        raise Misuse(f"{formula.name} also needs {', '.join(missing)}")


def _text(digits: int | None) -> Callable[[Any], str]:
    return repr if digits is None else lambda value: str(mpmath.nstr(value, digits))


def _require_drawable(plot: Path, name: str, sweeps: Sequence[str]) -> None:
    if plot.suffix not in {".png", ".svg"}:
        raise Misuse(f"a plot is a .png or .svg file, got {str(plot)!r}")
    if len(sweeps) not in {1, 2} or name in ALGORITHMS:
        raise Misuse("--plot draws a formula over one --sweep or two")
    require_writable(plot)


def _plot(formula: Formula, swept: list[str], rows: list[dict[str, Any]], file: Path) -> None:
    """The formula over what was swept first; a line for each value of what was swept second."""
    from montecarlo.files import write
    from theory.crosscheck.figures import drawing
    from theory.crosscheck.figures.figure import Axis, Panel, Series

    lines: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        label = ", ".join(f"{name} = {float(row[name]):g}" for name in swept[1:]) or formula.name
        lines.setdefault(label, []).append((float(row[swept[0]]), float(row[formula.name])))
    series = [
        Series(label, "theory", tuple(x for x, _ in points), tuple(y for _, y in points))
        for label, points in lines.items()
    ]
    panel = Panel(formula.name, Axis(formula.name), tuple(series))
    pictures = drawing.render(
        formula.source, Axis(swept[0]), [panel], "synaptic-energy", ordered=True
    )
    write(file, pictures[file.suffix.removeprefix(".")])


def _print_json(rows: list[dict[str, Any]], digits: int | None) -> None:
    """Doubles as numbers, and more digits than a double has as text; what is not finite, too."""
    click.echo(json.dumps([{key: _plain(it, digits) for key, it in row.items()} for row in rows]))


def _plain(value: Any, digits: int | None) -> Any:
    if isinstance(value, bool | str):
        return value
    if digits is not None or not math.isfinite(value):
        return _text(digits)(value)
    return value


def _print_rows(header: Sequence[str], rows: Sequence[Sequence[str]], as_csv: bool) -> None:
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([header, *rows])
    elif len(header) == 1:
        click.echo(rows[0][0])
    else:
        from rich.table import Table

        table = Table()
        for name in header:
            table.add_column(name, justify="right", no_wrap=True)
        for row in rows:
            table.add_row(*row)
        standard_output().print(table)
