"""Training many networks: ``sweep``."""

import inspect
import itertools
import math
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import joblib
from click.core import ParameterSource

from montecarlo.processes import workers
from montecarlo.sweep import missing, sweep
from theory.cli.common import (
    INTERRUPTED,
    MOST_VALUES,
    Misuse,
    jobs_option,
    meant,
    progress_bar,
    require_writable,
    seed_option,
)
from theory.cli.savers import LearningCommand
from theory.cli.spacing import spaced
from theory.cli.training import task_of, task_options, train

#: What can be swept: the options of ``train`` that say what the task is.
OPTIONS = {
    option.opts[0].removeprefix("--"): option
    for option in train.params
    if option.name in inspect.signature(task_of).parameters
}


@click.command(name="sweep", cls=LearningCommand)
@click.argument("swept", nargs=-1, required=True, metavar="NAME=VALUES...")
@task_options
@click.option(
    "--seeds",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Networks for each combination, from SEED, SEED + 1, ...",
)
@seed_option
@click.option(
    "--backend",
    default="loky",
    show_default=True,
    metavar="loky|dask:ADDRESS",
    help="Processes of this machine, or the Dask cluster whose scheduler is at ADDRESS: one that "
    "you trust, as a scheduler can run code here. Dask's configuration has the settings for TLS.",
)
@jobs_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("sweep.jsonl"),
    show_default=True,
    help="The file for the records.",
)
def sweep_command(
    swept: Sequence[str],
    seeds: int,
    seed: int,
    backend: str,
    jobs: int,
    out: Path,
    mnist_folder: Path | None,
    **chosen: Any,
) -> None:
    """Train networks with all combinations of values of the options of train.

    VALUES are separated by commas, those of save by |; numbers can be START:STOP:COUNT, evenly
    spaced, or START:STOP:COUNT:log. Each training that has finished is appended to the file, as
    a line with what train writes to OUT.json. What the file has is not repeated: after an
    interruption the same command goes on.

    \b
    synaptic-energy sweep hidden=10,30,100,300 --seeds 5 --out width.jsonl
    synaptic-energy sweep rate=0.005:0.02:4 'save=none|cache:0.02|skip,cache:0.02:tau=1000'
    synaptic-energy sweep goal=0.9,0.95 --data mnist --backend dask:tcp://10.0.0.1:8786
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    values: dict[str, list[Any]] = {}
    for text in swept:
        option, found = _values(text)
        if option.name in values:
            raise Misuse(f"{text.partition('=')[0]} is given twice")
        values[str(option.name)] = found
    require_writable(out)
    combinations = math.prod(map(len, values.values()))
    if combinations * seeds > MOST_VALUES:
        raise Misuse(
            f"a sweep has at most {MOST_VALUES} trainings, got {combinations} combinations and "
            f"{seeds} seeds"
        )
    tasks = [
        task_of(**chosen | dict(zip(values, point, strict=True)))
        for point in itertools.product(*values.values())
    ]
    all_seeds = range(seed, seed + seeds)
    total = len(set(map(repr, tasks))) * seeds
    try:
        done = known = total - len(missing(tasks, all_seeds, out))
        with _workers(backend, jobs, total - known), progress_bar() as progress:
            bar = progress.add_task("trainings", total=total, completed=known)
            try:
                for _ in sweep(tasks, all_seeds, out, folder=mnist_folder):
                    done += 1
                    progress.advance(bar)
            except KeyboardInterrupt:
                click.echo(f"interrupted: {out} has {done} of {total} trainings", err=True)
                sys.exit(INTERRUPTED)
    except (ValueError, OSError) as error:
        raise Misuse(str(error)) from None
    left = len(missing(tasks, all_seeds, out))
    if left:
        raise Misuse(
            f"{out} has not kept {left} of {total} trainings: has it been changed meanwhile?"
        )
    click.echo(f"{out} has all {total} trainings, {done - known} of them new")


def _values(text: str) -> tuple[click.Parameter, list[Any]]:
    """An option and the values that it is to have."""
    name, equals, values = text.partition("=")
    if not equals:
        raise Misuse(f"what is to be swept is NAME=VALUES, got {text!r}")
    if name in {"seed", "seeds"}:
        raise Misuse(f"{name} is not swept: --seeds says how many there are")
    if name not in OPTIONS:
        raise Misuse(f"no option {name!r} to be swept; {meant(name, OPTIONS)}")
    option, context = OPTIONS[name], click.get_current_context()
    if context.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE:
        raise Misuse(f"{name} is both given and swept")
    texts = values.split("|" if name == "save" else ",")
    if name != "save" and ":" in values:
        texts = _spaced(text)
    try:
        return option, [option.type.convert(value, option, context) for value in texts]
    except click.BadParameter as error:
        raise Misuse(error.format_message()) from None


def _spaced(text: str) -> list[str]:
    """The values that NAME=START:STOP:COUNT stands for, whole numbers as such."""
    try:
        numbers = spaced(text, float)
    except ValueError:
        raise Misuse(f"a sweep from START to STOP is one of numbers, got {text!r}") from None
    return [str(int(number)) if number.is_integer() else repr(number) for number in numbers]


@contextmanager
def _workers(backend: str, jobs: int, total: int) -> Iterator[None]:
    """Let joblib use processes of this machine, or a Dask cluster."""
    if backend == "loky":
        with workers(jobs, total):
            yield
        return
    kind, _, address = backend.partition(":")
    if kind != "dask" or not address:
        raise Misuse(f"backend must be loky or dask:ADDRESS, got {backend!r}")
    try:
        from dask.distributed import Client
    except ModuleNotFoundError:
        raise Misuse("a Dask cluster needs the package dask[distributed]") from None
    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise Misuse(f"no Dask scheduler at {address}: {error}") from None
    with client, joblib.parallel_config("dask"):
        yield
