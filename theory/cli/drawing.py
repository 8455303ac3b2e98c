"""Drawing figures: ``figure``."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from joblib import Parallel, delayed

from theory.cli.common import (
    INTERRUPTED,
    Misuse,
    jobs_option,
    meant,
    progress_bar,
    seed_option,
)


@click.command(name="figure")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, readable=False),
    default=Path(),
    show_default=True,
    help="The folder for the files.",
)
@click.option(
    "--quick", is_flag=True, help="With fewer replicas, and networks on the digits of 8 x 8 pixels."
)
@seed_option
@jobs_option
def draw(ids: Sequence[str], out: Path, quick: bool, seed: int, jobs: int) -> None:
    """Draw figures, published ones anew, with theory and simulation on one axis.

    Writes ID.png, ID.svg and, with all that they show, ID.csv.

    \b
    synaptic-energy figure LvR.6          one of LvR.1C, LvR.1D, LvR.1S1, LvR.2B, LvR.2C,
                                          LvR.2S1, LvR.3, LvR.3S1, LvR.4B, LvR.5a,
                                          LvR.5b, LvR.5c, LvR.6, CP.1a, CP.1b, CP.1c,
                                          CP.2a, CP.2b, CP.2c, CP.3a, CP.3b, CP.3d,
                                          CP.4a, CP.4b, CP.5, CP.6, REV.1, SE.lazy, SE.walk
    synaptic-energy figure LvR.3 LvR.3S1  both from the same simulations
    synaptic-energy figure CP.2           all its panels
    synaptic-energy figure all --quick    everything
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    from theory.crosscheck.figures import FIGURES, save

    chosen = {
        FIGURES[name]: FIGURES[name].quick if quick else FIGURES[name].full
        for name in named(ids, FIGURES)
    }
    if not out.is_dir():
        raise Misuse(f"no folder {out}")
    if not os.access(out, os.W_OK):
        raise Misuse(f"folder {out} is not writable")
    records: dict[str, list[Any]] = {}
    with progress_bar() as progress:
        task = progress.add_task("drawing", total=sum(item.replicas for item in chosen.values()))
        for done, (figure, setting) in enumerate(chosen.items()):
            progress.update(task, description=figure.id)
            known = records.setdefault(setting.experiment.name, [])
            progress.advance(task, min(len(known), setting.replicas))
            missing = [
                delayed(setting.record)(seed, i) for i in range(len(known), setting.replicas)
            ]
            try:
                for record in Parallel(n_jobs=jobs, return_as="generator")(missing):
                    known.append(record)
                    progress.advance(task)
            except KeyboardInterrupt:
                click.echo(f"interrupted: {done} of {len(chosen)} figures drawn", err=True)
                sys.exit(INTERRUPTED)
            except FileNotFoundError as error:
                raise Misuse(f"{figure.id}: {error}; or draw it with --quick") from None
            try:
                save(figure, setting, known[: setting.replicas], out, seed)
            except OSError as error:
                raise Misuse(f"{figure.id} could not be written: {error}") from None


def named(ids: Iterable[str], figures: Collection[str]) -> list[str]:
    """The figures that ids stand for, each once: themselves, their panels, or all of them."""
    found: dict[str, None] = {}
    for text in ids:
        panels = [name for name in figures if text in (name, name[:-1], "all")]
        if not panels:
            raise Misuse(f"no figure {text!r}; {meant(text, figures)}")
        found |= dict.fromkeys(panels)
    return list(found)
