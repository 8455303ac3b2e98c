"""Training one network: ``train``."""

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import click

from montecarlo import checkpoint
from montecarlo.datasets import FOLDER_VARIABLE, Dataset
from montecarlo.network.design import CP, LVR
from montecarlo.runs import DataName, Run, Task, begin, dataset, go_on, record
from montecarlo.savers import Saver
from theory.cli.common import (
    DIVERGED,
    INTERRUPTED,
    Misuse,
    progress_bar,
    require_writable,
    seed_option,
)
from theory.cli.savers import NONE, LearningCommand, SaversType

DESIGNS = {"CP": CP, "LvR": LVR}
#: Seconds of learning that may have to be repeated after an interruption.
AT_RISK = 0.5

_DEFAULT = Task()
#: The options that `task_of` makes a task from, and where MNIST lies.
TASK_OPTIONS = (
    click.option(
        "--data",
        metavar="|".join([*get_args(DataName), "PATH"]),
        default=_DEFAULT.data,
        show_default=True,
        help="Images of 8 x 8 pixels that come with scikit-learn, MNIST, or MNIST downloaded; or "
        "your own: a folder of IDX files named as MNIST's, or a .npz with inputs and labels.",
    ),
    click.option(
        "--mnist-folder",
        type=click.Path(path_type=Path),
        show_default=f"${FOLDER_VARIABLE}",
        help="Where the four files of MNIST lie.",
    ),
    click.option(
        "--images",
        type=click.IntRange(min=1),
        show_default="all",
        help="Learn from so many of the training images, the first ones.",
    ),
    click.option(
        "--design",
        type=click.Choice(list(DESIGNS)),
        default="CP",
        show_default=True,
        help="The paper whose units, biases, targets, initial weights, learning rate and order "
        "of samples to take; CP's inputs have zero mean.",
    ),
    click.option(
        "--hidden",
        type=click.IntRange(1, 2**40),
        default=_DEFAULT.hidden,
        show_default=True,
        help="Hidden units.",
    ),
    click.option(
        "--save",
        type=SaversType(),
        default=NONE,
        show_default=True,
        help="Savers, rules that save energy, asked in this order; their values by position or "
        "name.",
    ),
    click.option("--rate", type=float, show_default="the design's", help="Learning rate, above 0."),
    click.option(
        "--std",
        type=float,
        show_default="the design's",
        help="Standard deviation of the initial weights.",
    ),
    click.option(
        "--goal",
        # With a percentage learning would never end.
        type=click.FloatRange(0, 2),
        default=_DEFAULT.goal,
        show_default=True,
        help="Stop when this fraction of the test set is classified correctly; above 1, never.",
    ),
    click.option(
        "--most-samples",
        type=click.IntRange(min=1),
        default=_DEFAULT.most_samples,
        show_default=True,
        help="Stop after so many presentations in any case.",
    ),
    click.option(
        "--test-every",
        type=click.IntRange(min=1),
        show_default="100 on the digits and a .npz, 1000 on MNIST and other folders",
        help="Presentations between tests.",
    ),
)


def task_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the `TASK_OPTIONS`."""
    for option in reversed(TASK_OPTIONS):
        command = option(command)
    return command


def task_of(
    *,
    data: str,
    images: int | None,
    design: str,
    hidden: int,
    save: tuple[Saver, ...],
    rate: float | None,
    std: float | None,
    goal: float,
    most_samples: int,
    test_every: int | None,
) -> Task:
    """The task that the options of the same names describe."""
    units = DESIGNS[design]
    try:
        units = replace(
            units,
            learning_rate=units.learning_rate if rate is None else rate,
            initial_std=units.initial_std if std is None else std,
        )
        return Task(
            hidden, save, units, goal, most_samples, images, data=data, test_every=test_every
        )
    except ValueError as error:
        raise Misuse(str(error)) from None


@click.command(cls=LearningCommand)
@task_options
@seed_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("training"),
    show_default=True,
    help="What the files are called, up to their endings.",
)
def train(out: Path, mnist_folder: Path | None, seed: int, **chosen: Any) -> None:
    """Train a network on digits or data of your own, and count the energy.

    Writes OUT.json (settings and summary), OUT.csv (energy and accuracy at every test), and energy
    against accuracy as OUT.png and OUT.svg. If it is interrupted, the same command goes on from
    OUT.checkpoint, to the same results. If weights diverge, it ends with status 3.

    \b
    synaptic-energy train --hidden 30 --save cache:0.02
    synaptic-energy train --data mnist --save skip,subnet:60,largest:0.01,cache:0.02 --out combined
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    stem = out / "training" if out.is_dir() else out
    kept = Path(f"{stem}.checkpoint")
    require_writable(kept)
    task = task_of(**chosen)
    try:
        data = dataset(task, mnist_folder)
        run = begin(task, data, seed)
    except (ValueError, OSError) as error:
        raise Misuse(str(error)) from None
    try:
        checkpoint.load(kept, run)
    except (ValueError, OSError) as error:
        raise Misuse(f"{error}: remove it, or choose another --out") from None
    try:
        _learn(run, data, kept)
        files = _write(run, stem)
    except KeyboardInterrupt:
        further = f": the same command goes on from {kept}" if kept.exists() else ""
        click.echo(f"interrupted{further}", err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        raise Misuse(f"the training could not be written: {error}") from None
    kept.unlink(missing_ok=True)
    _tell(run, files)
    if run.training.diverged:
        sys.exit(DIVERGED)


def _learn(run: Run, data: Dataset, kept: Path) -> None:
    """Learn to the end, keeping what has been learnt in a file."""
    due = 0.0
    with progress_bar() as progress:
        bar = progress.add_task(
            "learning", total=run.task.most_samples, completed=run.network.presented
        )
        for reading in go_on(run, data):
            if run.seconds >= due and not run.ended:
                checkpoint.save(kept, run)
                due = run.seconds + AT_RISK
            energy = reading.energy[:, 1].sum()
            progress.update(
                bar,
                completed=reading.presented,
                description=f"{reading.accuracy:.1%} right, M_1 = {energy:.4g}, samples",
            )


def _write(run: Run, stem: Path) -> list[Path]:
    """Write all files of a training that has ended."""
    from montecarlo.files import write
    from theory.crosscheck.figures.training import picture

    contents: dict[str, str | bytes] = {
        "json": json.dumps(record(run), indent=2, allow_nan=False) + "\n",
        "csv": _table(run),
        **picture(run),
    }
    files = [Path(f"{stem}.{suffix}") for suffix in contents]
    for file, content in zip(files, contents.values(), strict=True):
        write(file, content)
    return files


def _table(run: Run) -> str:
    """The readings as comma-separated values, one a row."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    columns = ("M_0", "M_1", "direct_M_1", "transient_sum")
    layers = [f"{layer}_{column}" for layer in ("hidden", "output") for column in columns]
    rows.writerow(["samples", "accuracy", *layers])
    for reading in run.readings:
        by_layer = [
            [*reading.energy[i], reading.direct_energy[i, 1], reading.transient_sum[i]]
            for i in range(2)
        ]
        rows.writerow([reading.presented, reading.accuracy, *by_layer[0], *by_layer[1]])
    return text.getvalue()


def _tell(run: Run, files: list[Path]) -> None:
    """Say how it ended."""
    training = run.training
    found = f"after {training.samples:,} samples in {run.seconds:.1f} s"
    if training.diverged:
        # Weights were finite at the test before; what they have cost since is no number.
        click.echo(f"diverged: weights were not finite {found}; try a lower --rate")
    else:
        end = "reached" if training.learnt else "gave up at"
        further = ""
        if training.direct > 0:
            further = f", {training.inefficiency:.3g} times that of going straight there"
        click.echo(f"{end} {training.accuracy[-1]:.2%} {found}: M_1 = {training.path:.4g}{further}")
    click.echo(f"written: {', '.join(map(str, files))}")
