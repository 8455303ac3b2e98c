"""What the arguments of a formula are, and the help of ``eval``, which says so."""

import inspect
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from textwrap import indent
from typing import Any, get_args, get_type_hints

import click

from theory.catalogue import ALGORITHMS, CALLS
from theory.cli.common import Misuse
from theory.formula import Formula


def choices(formula: Formula, name: str) -> dict[str, Any]:
    """The values of an option that is no number, by what they are called."""
    hint = get_type_hints(formula.function)[name]
    return {str(value): value for value in get_args(hint) or (True, False)}


def require(chapters: Sequence[str]) -> None:
    """Make the formulas of chapters of one's own known; one with formulas alone will do."""
    if not chapters:
        return
    from theory.crosscheck import ChapterError, loading

    try:
        for chapter in chapters:
            loading.imported(chapter, Path.cwd())
    except ChapterError as error:
        raise Misuse(str(error)) from None


def asked_about(args: Sequence[str]) -> list[str]:
    """The chapters of one's own that are named where help is asked for."""
    asked = not {"--help", "-h"}.isdisjoint(args)
    return [name for option, name in pairwise(args) if option == "--claims" and asked]


class EvaluationCommand(click.Command):
    """A command whose help is about the formula that is named, or lists all of them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember the formula, in case that help is asked for, perhaps that of a chapter."""
        require(asked_about(args))
        ctx.obj = next((CALLS[text] for text in args if text in CALLS), None)
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        if ctx.obj is None:
            super().format_usage(ctx, formatter)
            return
        needed = [f"{name}=..." for name, default in defaults(ctx.obj) if default is None]
        formatter.write_usage(ctx.command_path, " ".join(["[OPTIONS]", ctx.obj.name, *needed]))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, or what the formula is."""
        if ctx.obj is None:
            super().format_help_text(ctx, formatter)
            return
        from theory.crosscheck.report.equations import written

        formatter.write("\n")
        formatter.write_text(f"{_summary(ctx.obj)} ({ctx.obj.source})")
        formatter.write(f"\n{indent(written(ctx.obj, formatter.width - 2), '  ')}")
        with formatter.section("Arguments"):
            formatter.write_dl(
                [(name, _described(ctx.obj, name, it)) for name, it in defaults(ctx.obj)]
            )
            if ctx.obj.where:
                formatter.write_text(f"{ctx.obj.where} must hold.")
        if gives := _section(ctx.obj.function, "Returns"):
            with formatter.section("Result"):
                formatter.write_text(gives[0][1])
                if ctx.obj.name in ALGORITHMS:
                    result = get_type_hints(ctx.obj.function)["return"]
                    formatter.write_dl(_section(result, "Attributes"))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the calls of each module and what they are; what has a default may be left out."""
        modules: dict[str, list[Formula]] = {}
        for name, known in CALLS.items():
            modules.setdefault(name.partition(".")[0], []).append(known)
        for module, calls in modules.items() if ctx.obj is None else ():
            with formatter.section(f"Formulas of {module}"):
                for known in calls:
                    formatter.write_text(known.call.removeprefix(f"{module}."))
                    with formatter.indentation():
                        formatter.write_text(_summary(known))


def defaults(formula: Formula) -> list[tuple[str, Any]]:
    """The arguments with their defaults, None for those that are needed."""
    parameters = inspect.signature(formula.function).parameters.values()
    return [(it.name, None if it.default is it.empty else it.default) for it in parameters]


def _described(formula: Formula, name: str, default: Any) -> str:
    """What an argument is, and what it can be."""
    if name in formula.arguments:
        symbol = formula.arguments[name]
        parts = [symbol.meaning.removesuffix("."), symbol.domain.text]
    else:
        parts = [" or ".join(choices(formula, name))]
    return "; ".join(parts + [f"{default} if left out"] * (default is not None)) + "."


def _summary(formula: Formula) -> str:
    """What its docstring begins with."""
    return str(formula.function.__doc__).partition("\n\n")[0]


def _section(described: Any, title: str) -> list[tuple[str, str]]:
    """What a section of a docstring has: names, or types, and what is said of each."""
    text = inspect.cleandoc(described.__doc__ or "")
    _, _, section = text.partition(f"\n{title}\n{'-' * len(title)}\n")
    items = re.findall(r"^(\w.*)\n((?: +.+\n?)+)", section.partition("\n\n")[0], re.MULTILINE)
    return [(name.partition(" :")[0], " ".join(said.split())) for name, said in items]
