"""Evaluating formulas: ``eval``."""

import csv
import inspect
import itertools
import json
import math
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from theory.catalogue import ALGORITHMS, CALLS, MODULES
from theory.cli.arguments import EvaluationCommand, choices, defaults, require
from theory.cli.common import (
    MOST_VALUES,
    Misuse,
    chapters_option,
    chosen_index,
    meant,
    standard_output,
)
from theory.cli.plotting import draw_curves, require_drawable
from theory.cli.spacing import spaced
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
    metavar="NAME=VALUES",
    help="VALUES are A,B,... or START:STOP:COUNT, evenly spaced, or START:STOP:COUNT:log, spaced "
    "evenly on a logarithmic scale. Several sweeps make a grid.",
)
@click.option(
    "--csv", "form", flag_value="csv", help="Print comma-separated values, with all digits."
)
@click.option(
    "--json",
    "form",
    flag_value="json",
    help="Print JSON, an object with all arguments for each value.",
)
@click.option(
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also draw the values of one sweep, or of two as several lines, into this .png or .svg "
    "file.",
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
    synaptic-energy eval perceptron.inefficiency N=1000 --sweep P=1:1e3:4:log
    synaptic-energy eval decay.steady_state theta=5 tau=500 p=0.1

    What is said of a formula, and whether it is true: synaptic-energy show FORMULA --quick
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    require(chapters)
    formula = _formula(name, chapters)
    if plot is not None:
        require_drawable(plot, formula, sweeps)
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
            draw_curves(formula, sweeps, rows, plot)
        if form == "json":
            _print_json(rows, digits)
        else:
            shown = [{key: it for key, it in row.items() if key not in fixed} for row in rows]
            _print_rows(shown, digits, form == "csv")
        if plot is not None:
            click.echo(f"written: {plot}", err=True)


def _lost(texts: Iterable[str]) -> int:
    """Digits that a result can lose: an exponential those of its argument, perhaps a square."""
    decades = [0.0]
    for text in texts:
        for value in re.split("[:,]", text.partition("=")[2]):
            with suppress(ValueError, ZeroDivisionError):
                decades.append(abs(float(mpmath.mag(mpmath.mpf(value) or 1))) * math.log10(2))
    return math.ceil(min(2 * max(decades), MOST_LOST))


def _results(formula: Formula, point: dict[str, Any]) -> dict[str, Any]:
    """What a formula, or an algorithm, gives at a point, each result by its name."""
    try:
        result = formula.function(**point)
    except ValueError as error:
        raise Misuse(f"{formula.name}: {error}") from None
    return asdict(result) if formula.name in ALGORITHMS else {formula.name: result}


def _formula(name: str, chapters: Sequence[str]) -> Formula:
    if name in CALLS:
        return CALLS[name]
    home, _, called = name.partition(".")
    module = next((it for it in MODULES if it.__name__ == f"theory.{home}"), None)
    if module is None:
        for claim in chosen_index(chapters).claims:
            if claim.id.lower() == name.lower():
                about = f" about {', '.join(claim.formulas)}" if claim.formulas else ""
                raise Misuse(f"{claim.id} is a claim{about}, no formula")
    elif getattr(vars(module).get(called), "__module__", "").startswith(module.__name__):
        raise Misuse(f"{name} is no formula; in Python it is 'from theory.{home} import {called}'")
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
    number, listed = partial(_number, name, digits=digits), text.partition("=")[2]
    return name, spaced(text, number) if ":" in listed else [*map(number, listed.split(","))]


def _number(name: str, value: str, digits: int | None) -> Any:
    try:
        return float(value) if digits is None else mpmath.mpf(value)
    except (ValueError, ZeroDivisionError):  # mpf reads fractions
        raise Misuse(f"{name} must be a number, got {value!r}") from None


def _require_known(formula: Formula, name: str, text: str) -> None:
    takes = inspect.signature(formula.function).parameters
    if "=" not in text:
        raise Misuse(f"{formula.name} takes {', '.join(takes)} as NAME=VALUE, got {text!r}")
    if name not in takes:
        raise Misuse(f"{formula.name} has no argument {name!r}; {meant(name, takes)}")


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


def _text(value: Any, digits: int | None) -> str:
    """A value with all its digits, or with those that were asked for."""
    return repr(value) if digits is None else str(mpmath.nstr(value, digits))


def _print_json(rows: list[dict[str, Any]], digits: int | None) -> None:
    """Doubles as numbers, and more digits than a double has as text; what is not finite, too."""
    click.echo(json.dumps([{key: _plain(it, digits) for key, it in row.items()} for row in rows]))


def _plain(value: Any, digits: int | None) -> Any:
    if isinstance(value, bool | str):
        return value
    if digits is not None or not math.isfinite(value):
        return _text(value, digits)
    return value


def _print_rows(rows: list[dict[str, Any]], digits: int | None, as_csv: bool) -> None:
    """A single value as such, a table for people, with fewer digits, or one for programs."""
    texts = [[_text(it, digits) for it in row.values()] for row in rows]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([rows[0].keys(), *texts])
    elif len(rows[0]) == 1:
        click.echo(texts[0][0])
    else:
        from rich.table import Table

        table = Table()
        for name in rows[0]:
            table.add_column(name, justify="right", no_wrap=True)
        for row, exact in zip(rows, texts, strict=True):
            shown = zip(row.values(), exact, strict=True)
            table.add_row(*(f"{it:.12g}" if isinstance(it, float) else text for it, text in shown))
        standard_output().print(table)
