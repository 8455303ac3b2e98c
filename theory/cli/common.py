"""What all commands share: bad input, hints, the console, a progress bar."""

from __future__ import annotations

import difflib
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from theory.crosscheck.index import Index

INTERRUPTED = 130
#: A training whose weights are not finite any more.
DIVERGED = 3
#: A check of which a process was killed: what it was at is undecided.
LOST = 4

#: In one sweep; more are better computed by the library.
MOST_VALUES = 100_000

seed_option = click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Seed of all simulations.",
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    # Those that this process may use, where the system says which.
    default=len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1,
    show_default="all cores",
    envvar="SYNAPTIC_ENERGY_JOBS",
    show_envvar=True,
    help="Processes that work at a time; the results do not depend on it.",
)


chapters_option = click.option(
    "--claims",
    "chapters",
    multiple=True,
    metavar="CHAPTER",
    help="Instead of this package's chapters take one of your own: a module, a file, or what an "
    "installed package calls it. May be given several times.",
)


class Misuse(click.ClickException):
    """Bad input: one line on standard error and exit status 2."""

    exit_code = 2


def chosen_index(chapters: Sequence[str]) -> Index:
    """The chapters that are named, or those of this package."""
    from theory.crosscheck import BUILT_IN, ChapterError, load

    try:
        return load(chapters) if chapters else BUILT_IN
    except ChapterError as error:
        raise Misuse(str(error)) from None


#: More than this are not listed in an error message.
MOST_NAMES = 100


def meant(name: str, names: Iterable[str]) -> str:
    """Which of the names may have been meant, or all of them; case does not matter."""
    known = {known.lower(): known for known in names}
    ending = [full for short, full in known.items() if short.endswith(f".{name.lower()}")]
    if ending:
        return f"did you mean {' or '.join(map(repr, ending))}?"
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.4)
    if near:
        return f"did you mean {known[near[0]]!r}?"
    if len(known) > MOST_NAMES:
        return "'synaptic-energy list' shows all claims, 'eval --help' all formulas"
    return f"there are {', '.join(known.values())}"


def require_writable(file: Path) -> None:
    """Refuse a file that cannot be written before the work for it is done."""
    if file.is_dir() or not file.name:
        raise Misuse(f"{str(file)!r} is not the name of a file")
    if not file.parent.is_dir():
        raise Misuse(f"{file}: no folder {file.parent}")
    if not os.access(file.parent, os.W_OK):
        raise Misuse(f"{file}: folder {file.parent} is not writable")


def span(text: str) -> tuple[str, str, int]:
    """START, STOP and COUNT of NAME=START:STOP:COUNT, which stands for evenly spaced values."""
    parts = text.partition("=")[2].split(":")
    if len(parts) != 3 or not parts[2].isdecimal() or int(parts[2]) < 1:
        raise Misuse(f"a sweep is NAME=START:STOP:COUNT with a COUNT of at least 1, got {text!r}")
    if int(parts[2]) > MOST_VALUES:
        raise Misuse(f"a sweep has at most {MOST_VALUES} values, got {text!r}")
    return parts[0], parts[1], int(parts[2])


def standard_output(aside: bool = False) -> Console:
    """Standard output, for tables; or standard error, aside of what programs read."""
    from rich.console import Console

    # What authors of chapters write is no markup.
    console = Console(stderr=aside, markup=False, emoji=False)
    # A pipe or a file has room for the whole table. A terminal is as wide as it says, be it dumb.
    console.width = shutil.get_terminal_size().columns if console.is_terminal else 120
    return console


def progress_bar() -> Progress:
    """A bar on standard error, if that is a terminal."""
    from rich import progress
    from rich.console import Console

    errors = Console(stderr=True, markup=False, emoji=False)
    return progress.Progress(
        # What experiments are called is no markup.
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )
