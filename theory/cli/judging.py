"""What ``check`` and ``show`` share: how hard to look, and judging the claims that are named."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from montecarlo.datasets import FOLDER_VARIABLE
from theory.cli.common import Misuse, chapters_option, jobs_option, progress_bar, seed_option

if TYPE_CHECKING:
    from theory.crosscheck.claim import Claim, Result
    from theory.crosscheck.index import Index
    from theory.crosscheck.report.terminal import Report


def _folder(ctx: click.Context, param: click.Parameter, value: Path | None) -> bool:
    """Whether MNIST is at hand; workers find its folder by the environment variable."""
    del ctx, param
    if value is not None:
        os.environ[FOLDER_VARIABLE] = str(value)
    return value is not None


def effort_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how hard to look, and at what networks learn."""
    for option in (
        click.option(
            "--mnist",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            envvar=FOLDER_VARIABLE,
            show_envvar=True,
            callback=_folder,
            help="Have networks learn MNIST, whose four files are in this folder. It takes hours; "
            "without it, and in quick checks, the ledger says what they learnt.",
        ),
        jobs_option,
        seed_option,
        click.option(
            "--full",
            "effort",
            flag_value="full",
            help="More points, more replicas, finer resolution, and what is slow anew: hours.",
        ),
        click.option(
            "--quick",
            "effort",
            flag_value="quick",
            help="Coarser, and without slow simulations, whether the ledger knows them or not.",
        ),
        chapters_option,
    ):
        command = option(command)
    return command


def selected(patterns: Sequence[str], index: Index) -> tuple[Claim, ...]:
    """The claims of an index that patterns name."""
    from theory import crosscheck

    try:
        return crosscheck.select(patterns, index)
    except ValueError as error:
        raise Misuse(str(error)) from None


def judge(
    chosen: Sequence[Claim],
    effort: str | None,
    seed: int,
    jobs: int,
    mnist: bool,
    index: Index,
    after: Callable[[Result], object] = id,
    anew: bool = False,
) -> Report:
    """A report on the chosen claims; on the finished ones, if it is interrupted."""
    from theory import crosscheck
    from theory.crosscheck.report.terminal import Report, reached
    from theory.crosscheck.run import BY_NAME

    level = BY_NAME[effort or "default"]
    if anew and level.slow == "unless known":
        level = replace(level, slow="always")
    results = []
    start = time.perf_counter()
    with progress_bar() as progress:
        task = progress.add_task("reasoning", total=len(chosen))

        def tell(what: str) -> None:
            progress.update(task, description=f"simulating {what}")

        try:
            for result in crosscheck.check(chosen, level, seed, jobs, mnist, tell, index):
                results.append(result)
                after(result)
                progress.advance(task)
                if not progress.disable:
                    progress.console.print(reached(result))
        except KeyboardInterrupt:
            click.echo(f"interrupted: {len(results)} of {len(chosen)} claims finished", err=True)
    results.sort(key=lambda result: chosen.index(result.claim))
    return Report(results, len(chosen), level, seed, time.perf_counter() - start)
