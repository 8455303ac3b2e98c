"""A repository of one's own: ``new``."""

import importlib.util
import keyword
import re
import shlex
from importlib.metadata import version
from pathlib import Path

import click

from montecarlo.files import write
from theory.cli.common import Misuse

#: The files of the repository, each with this ending behind its own.
TEMPLATE, ENDING = Path(__file__).with_name("template"), ".in"
#: What is called otherwise here, so that it does not act on the template.
RENAMED = {"gitignore": ".gitignore"}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Write a small repository with a model of your own into a new or empty folder.

    It has formulas, what is simulated, claims, a figure, references and a notebook about a synapse
    with three states, all to be replaced, in a package that is called like the folder, and a
    configuration by which pytest judges the claims.

    \b
    synaptic-energy new my-model
    cd my-model
    pytest
    synaptic-energy check --claims my_model.chapter
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Misuse(f"{folder} is there and not an empty folder")
    project = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "model"
    package = project.replace("-", "_")
    if not package.isidentifier() or keyword.iskeyword(package) or _taken(package):
        raise Misuse(f"{folder}: no package of your own can be called {package!r}")
    written = files(project)
    try:
        for name, text in written.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write(folder / name, text)
    except OSError as error:
        raise Misuse(f"{folder} could not be written: {error}") from None
    click.echo(f"written: {', '.join(str(folder / name) for name in written)}")
    there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))}, then "
    click.echo(f"next: {there}pytest, or synaptic-energy check --claims {package}.chapter")


def _taken(package: str) -> bool:
    """Whether Python, or something that is installed, has a package of this name."""
    found = importlib.util.find_spec(package)
    return found is not None and found.origin is not None


def files(project: str) -> dict[str, str]:
    """The text of each file of the repository, for a project of this name."""
    names = {"three_state": project.replace("-", "_"), "three-state": project, "PROJECT": project}
    names["VERSION"] = version("synaptic-energy")
    found = {}
    for path in sorted(TEMPLATE.rglob(f"*{ENDING}")):
        name = path.relative_to(TEMPLATE).as_posix().removesuffix(ENDING)
        text = path.read_text(encoding="utf-8")
        for old, new in names.items():
            name, text = name.replace(old, new), text.replace(old, new)
        found[RENAMED.get(name, name)] = text
    return found
