"""The syntax of ``--save``: savers, rules that save energy, as text."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, get_type_hints

import click

from montecarlo.savers import Cache, Largest, NeuronMask, Saver, Skip, Subnet, SynapseMask
from theory.cli.common import Misuse, meant

#: By the names that the option takes.
SAVERS: dict[str, Any] = {
    "skip": Skip,
    "mask": SynapseMask,
    "neurons": NeuronMask,
    "subnet": Subnet,
    "largest": Largest,
    "cache": Cache,
}
#: What stands for no saver at all.
NONE = "none"

#: How values of other types than words are read, and what they must be.
READERS: dict[Any, tuple[Callable[[str], Any], str]] = {
    float: (float, "a number"),
    int: (int, "a whole number"),
    bool: ({"true": True, "false": False}.__getitem__, "true or false"),
}


class SaversType(click.ParamType[tuple[Saver, ...]]):
    """Savers separated by commas, their values by colons, in order or by name; or none."""

    name = "savers"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Saver, ...]:
        """The savers that a text names."""
        del param, ctx
        names = value.split(",")
        if NONE in names and len(names) > 1:
            raise Misuse(f"none stands alone, without other savers, got {value!r}")
        return () if value == NONE else tuple(map(saver, names))


class LearningCommand(click.Command):
    """A command with the option ``--save``, whose help lists the savers."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each saver, as its class describes itself."""
        del ctx
        with formatter.section("Savers for --save, such as skip,cache:0.02:trigger=any"):
            formatter.write_dl(
                [(usage(name), kind.__doc__.splitlines()[0]) for name, kind in SAVERS.items()]
            )


def saver(text: str) -> Saver:
    """The saver that a text such as ``cache:0.02:tau=1000`` names."""
    name, *parts = text.strip().split(":")
    if name not in SAVERS:
        raise Misuse(f"no saver {name!r}; {meant(name, [*SAVERS, NONE])}")
    hints = get_type_hints(SAVERS[name])
    takes = {field.name: hints[field.name] for field in fields(SAVERS[name]) if field.init}
    values: dict[str, Any] = {}
    for position, part in enumerate(parts):
        field, equals, value = part.partition("=")
        if not equals and takes.get(part) is bool:
            value = "true"
        elif not equals and position < len(takes):
            field, value = list(takes)[position], part
        if field not in takes:
            raise Misuse(f"{name} takes no {part!r}; it is {usage(name)}")
        if field in values:
            raise Misuse(f"{name}: {field} is given twice, in {text!r}")
        values[field] = _read(f"{name}: {field}", value, takes[field])
    missing = [field for field in _needed(name) if field not in values]
    if missing:
        raise Misuse(f"{name} also needs {', '.join(missing)}: it is {usage(name)}")
    try:
        return SAVERS[name](**values)  # type: ignore[no-any-return]
    except ValueError as error:
        raise Misuse(f"{name}: {error}") from None


def usage(name: str) -> str:
    """How a saver is written, what may be left out in brackets."""
    needed = _needed(name)
    parts = [
        f":{field.name}" if field.name in needed else f"[:{field.name}]"
        for field in fields(SAVERS[name])
        if field.init
    ]
    return name + "".join(parts)


def _needed(name: str) -> list[str]:
    return [
        field.name
        for field in fields(SAVERS[name])
        if field.init and field.default is MISSING and field.default_factory is MISSING
    ]


def _read(name: str, text: str, kind: Any) -> Any:
    """A value from its text; of words the saver itself knows which it takes."""
    read, domain = READERS.get(kind, (str, "a word"))
    try:
        return read(text)
    except (ValueError, KeyError):
        raise Misuse(f"{name} must be {domain}, got {text!r}") from None
