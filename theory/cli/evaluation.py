"""Evaluating formulas: ``eval``."""

import csv
import inspect
import itertools
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from typing import Any, get_args, get_type_hints

import click
import numpy as np

from theory.catalogue import ALGORITHMS, CALLS
from theory.cli.common import Misuse, meant, span, standard_output
from theory.formula import Formula
from theory.formula.arithmetic import MPMATH as mpmath


class EvaluationCommand(click.Command):
    """A command whose help lists the formulas as calls, module by module."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the calls of each module; what has a default may be left out."""
        del ctx
        modules: dict[str, list[str]] = {}
        for name, known in CALLS.items():
            module = name.partition(".")[0]
            modules.setdefault(module, []).append(known.call.removeprefix(f"{module}."))
        for module, calls in modules.items():
            with formatter.section(f"Formulas of {module}"):
                for call in calls:
                    formatter.write_text(call)


@click.command(name="eval", cls=EvaluationCommand)
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
    name: str, arguments: Sequence[str], digits: int | None, sweeps: Sequence[str], as_csv: bool
) -> None:
    """Evaluate a formula, or an algorithm that has several results.

    \b
    synaptic-energy eval perceptron.inefficiency P=1900 N=1000 --digits 50
    synaptic-energy eval perceptron.inefficiency N=1000 --sweep P=100:1900:19 --csv
    synaptic-energy eval decay.steady_state theta=5 tau=500 p=0.1

    What is said of a formula, and whether it is true: synaptic-energy show FORMULA --quick
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    formula = _formula(name)
    if digits is not None and name in ALGORITHMS:
        raise Misuse(f"{name} is computed in double precision only: leave --digits out")
    # A few more digits, so that those printed are right; arguments are never cut to fewer.
    with mpmath.workdps(max(digits, 15) + 5) if digits else nullcontext():
        fixed = _once(_assignment(formula, text, digits) for text in arguments)
        swept = _once(_sweep(formula, text, digits) for text in sweeps)
        _require_all(formula, fixed, swept)
        rows = []
        parts: dict[str, Any] = {}
        for values in itertools.product(*swept.values()):
            point = fixed | dict(zip(swept, values, strict=True))
            try:
                result = formula.function(**point)
            except ValueError as error:
                raise Misuse(f"{name}: {error}") from None
            parts = asdict(result) if name in ALGORITHMS else {formula.name: result}
            rows.append([*map(_text(digits), values), *map(_text(digits), parts.values())])
    _print_rows([*swept, *parts], rows, as_csv)


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
        choices = _choices(formula, name)
        if value not in choices:
            raise Misuse(f"{name} must be {' or '.join(choices)}, got {value!r}")
        return name, choices[value]
    return name, _number(name, value, digits)


def _choices(formula: Formula, name: str) -> dict[str, Any]:
    """The values of an option that is no number, by what they are called."""
    hint = get_type_hints(formula.function)[name]
    return {str(value): value for value in get_args(hint) or (True, False)}


def _sweep(formula: Formula, text: str, digits: int | None) -> tuple[str, list[Any]]:
    name = text.partition("=")[0]
    _require_known(formula, name, text)
    if name not in formula.domain:
        choices = " or ".join(_choices(formula, name))
        raise Misuse(f"{name} must be {choices} and cannot be swept, got {text!r}")
    *ends, count = span(text)
    start, stop = (_number(name, end, digits) for end in ends)
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
        from rich.table import Table

        table = Table()
        for name in header:
            table.add_column(name, justify="right", no_wrap=True)
        for row in rows:
            table.add_row(*row)
        standard_output().print(table)
