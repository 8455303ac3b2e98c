"""Drawing figures: ``figure``."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from theory.cli.arguments import asked_about
from theory.cli.common import (
    INTERRUPTED,
    Misuse,
    chapters_option,
    chosen_index,
    jobs_option,
    meant,
    progress_bar,
    seed_option,
)

if TYPE_CHECKING:
    from theory.crosscheck.experiment import Experiment
    from theory.crosscheck.figures.figure import Figure, Setting

#: The folder, within that of the figures, of what was simulated for them.
RECORDS = ".records"

#: Makes the mathematics of titles readable in a terminal.
WITHOUT_MARKUP = str.maketrans("", "", "$\\")


class FigureCommand(click.Command):
    """The command whose help lists the figures; they are loaded when it is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember whose figures help is asked about."""
        ctx.obj = asked_about(args)
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each figure."""
        for chapter in chosen_index(ctx.obj or ()).chapters:
            rows = [(item.id, item.title.translate(WITHOUT_MARKUP)) for item in chapter.figures]
            if rows:
                with formatter.section(chapter.title):
                    formatter.write_dl(rows)


@click.command(name="figure", cls=FigureCommand)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, readable=False),
    default=Path(),
    show_default=True,
    help="The folder for the files; it is made if it is not there.",
)
@click.option(
    "--quick", is_flag=True, help="With fewer replicas, and networks on the digits of 8 x 8 pixels."
)
@seed_option
@jobs_option
@chapters_option
def draw(
    ids: Sequence[str], out: Path, quick: bool, seed: int, jobs: int, chapters: Sequence[str]
) -> None:
    """Reproduce published figures, and draw new ones, with theory and simulation on one axis.

    Writes ID.png, ID.svg and, with all that they show, ID.csv, and index.html for all that the
    folder has. What was simulated is kept in its .records, and not simulated again until something
    that it depends on has changed.

    \b
    synaptic-energy figure LvR.6          one of those below
    synaptic-energy figure LvR.3 LvR.3S1  both from the same simulations
    synaptic-energy figure CP.2 'LvR.3*'  all panels of one, and all whose ids begin so
    synaptic-energy figure all --quick    everything
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory.crosscheck.errors import ChapterError
    from theory.crosscheck.figures.output import write_index
    from theory.crosscheck.figures.records import replicas

    figures = chosen_index(chapters).figures
    chosen = {
        figures[name]: figures[name].quick if quick else figures[name].full
        for name in named(ids, figures)
    }
    _make(out)
    experiments = _shared(setting.experiment for setting in chosen.values())
    found = replicas(experiments, seed, jobs, out / RECORDS)
    records: dict[str, list[Any]] = {experiment.name: [] for experiment in experiments}
    drawn = 0
    try:
        with progress_bar() as progress:
            task = progress.add_task("", total=sum(item.replicas for item in experiments))
            for figure, setting in chosen.items():
                progress.update(task, description=figure.id)
                known = records[setting.experiment.name]
                while len(known) < setting.replicas:
                    experiment, record = next(found)
                    records[experiment.name].append(record)
                    progress.advance(task)
                _save(figure, setting, known[: setting.replicas], out, seed)
                drawn += 1
    except KeyboardInterrupt:
        click.echo(
            f"interrupted: {drawn} of {len(chosen)} figures drawn; "
            "the same command goes on from there",
            err=True,
        )
        sys.exit(INTERRUPTED)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and error.filename is None:  # it is MNIST
            raise Misuse(f"{error}; or draw with --quick") from None
        raise Misuse(f"records could not be kept in {out}: {error}") from None
    except ChapterError as error:
        raise Misuse(str(error)) from None
    click.echo(f"written: {write_index(out, figures)}")


def _make(folder: Path) -> None:
    """Make a folder, if it is not there, for files to be written into."""
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise Misuse(f"{folder}: no folder {folder.parent}") from None
    except OSError as error:
        raise Misuse(f"{folder}: {error.strerror}") from None
    if not os.access(folder, os.W_OK):
        raise Misuse(f"folder {folder} is not writable")


def _save(figure: Figure, setting: Setting, records: list[Any], folder: Path, seed: int) -> None:
    from theory.crosscheck.errors import explained
    from theory.crosscheck.figures.output import save

    try:
        save(figure, setting, records, folder, seed)
    except OSError as error:
        raise Misuse(f"{figure.id} could not be written: {error}") from None
    except Exception as error:  # noqa: BLE001 - whatever an author's code raises is told
        raise Misuse(f"{figure.id} cannot be drawn: {explained(error)}") from None


def _shared(experiments: Iterable[Experiment]) -> list[Experiment]:
    """Each experiment once, with the most replicas that are wanted of it."""
    found: dict[str, Experiment] = {}
    for experiment in experiments:
        known = found.setdefault(experiment.name, experiment)
        found[experiment.name] = max(known, experiment, key=lambda item: item.replicas)
    return list(found.values())


def named(ids: Iterable[str], figures: Collection[str]) -> list[str]:
    """The figures that ids and globs stand for, each once; of a number all panels."""
    found: dict[str, None] = {}
    for text in ids:
        panels = [name for name in figures if text == "all" or fnmatchcase(name, text)]
        if text[-1:].isdigit():  # CP.2 has the panels CP.2a to CP.2c
            panels = panels or [it for it in figures if it[:-1] == text and it[-1].isalpha()]
        if not panels:
            raise Misuse(f"no figure {text!r}; {_hint(text, figures)}")
        found |= dict.fromkeys(panels)
    return list(found)


def _hint(text: str, figures: Collection[str]) -> str:
    """Which figure may have been meant, or which there are of the paper, if none is near."""
    paper, _, number = text.partition(".")
    numbers = {name.partition(".")[2]: name for name in figures if name.startswith(f"{paper}.")}
    if numbers and not difflib.get_close_matches(number, numbers):
        return f"of {paper} there are {', '.join(numbers.values())}"
    return meant(text, figures)
