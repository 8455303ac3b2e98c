"""What all commands share: bad input, hints, the console, a progress bar."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import sys
import unicodedata
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
MOST_NAMES = 40


def meant(name: str, names: Iterable[str]) -> str:
    """Which of the names may have been meant, or all of them; case and alphabet do not matter."""
    known = list(names)
    wanted = re.sub("[Α-ω]", _in_latin, name).lower()
    ending = [full for full in known if full.lower().endswith(f".{wanted}")]
    if ending:
        return f"did you mean {' or '.join(map(repr, ending))}?"
    lower = {full.lower(): full for full in known}
    near = difflib.get_close_matches(wanted, lower, n=1, cutoff=0.4)
    if near:
        return f"did you mean {lower[near[0]]!r}?"
    if len(known) > MOST_NAMES:
        return "'synaptic-energy list' shows all claims, 'eval --help' all formulas"
    return f"there are {', '.join(known)}"


def _in_latin(letter: re.Match[str]) -> str:
    """A Greek letter by its name."""
    return unicodedata.name(letter[0], "").rpartition(" ")[2]


def require_writable(file: Path) -> None:
    """Refuse a file that cannot be written before the work for it is done."""
    if file.is_dir() or not file.name:
        raise Misuse(f"{str(file)!r} is not the name of a file")
    if not file.parent.is_dir():
        raise Misuse(f"{file}: no folder {file.parent}")
    if not os.access(file.parent, os.W_OK):
        raise Misuse(f"{file}: folder {file.parent} is not writable")


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
