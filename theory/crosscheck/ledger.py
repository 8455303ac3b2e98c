"""The ledger: what was measured, in a full run, for every statement that rests on simulations.

It is a file of data, written by ``synaptic-energy record``. A check compares what it measures
with it, and reads there what it cannot measure itself.
"""

import ast
import csv
import hashlib
import inspect
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.metadata import version
from importlib.util import resolve_name
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from theory.crosscheck.experiment import Experiment

__all__ = ["Entry", "digest", "entries", "ledger", "versions", "written"]

#: What a ledger is called, in the folder of the chapters that it is about.
LEDGER = "ledger.csv"

#: By claim and statement.
Ledger = Mapping[tuple[str, str], "Entry"]


@dataclass(frozen=True)
class Entry:
    """What was measured for one statement.

    Attributes
    ----------
    claim, statement : str
        Which.
    value, error : float
        What is judged, averaged over replicas, and its standard error.
    predicted, predicted_error : float
        The same of what is predicted alone, which shows a formula that has changed.
    low, high : float
        Where what is judged lies but for a false alarm of that check: that of a median need not be
        in the middle.
    first : float
        What is judged, of the first replica alone: whether changed code simulates the same.
    replicas, seed : int
        Of how many, and of which.
    data : str
        What networks learnt; empty if there were none.
    versions : str
        Of this package and of NumPy.
    digest : str
        Of the code that simulates.
    """

    claim: str
    statement: str
    value: float
    error: float
    predicted: float
    predicted_error: float
    low: float
    high: float
    first: float
    replicas: int
    seed: int
    data: str
    versions: str
    digest: str


#: The types of the columns.
COLUMNS: dict[str, Any] = {item.name: item.type for item in fields(Entry)}


def entries(text: str) -> dict[tuple[str, str], Entry]:
    """The entries in the text of a ledger.

    Parameters
    ----------
    text : str
        CSV with a header.

    Returns
    -------
    dict
        Of `Entry`, by claim and statement.

    Raises
    ------
    ValueError
        If a column is missing or has no number where one belongs.
    """
    found = {}
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        try:
            entry = Entry(**{name: of(row[name]) for name, of in COLUMNS.items()})
        except KeyError as error:
            raise ValueError(f"line {line} of the ledger has no {error}") from None
        except (TypeError, ValueError) as error:
            raise ValueError(f"line {line} of the ledger: {error}") from None
        found[entry.claim, entry.statement] = entry
    return found


def written(found: Iterable[Entry]) -> str:
    """The text of a ledger, its entries in the order given.

    Parameters
    ----------
    found : iterable of Entry

    Returns
    -------
    str
        CSV with a header; numbers keep six digits, so that a difference shows what moved.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for entry in found:
        table.writerow(
            f"{it:.6g}" if isinstance(it, float) else it for it in asdict(entry).values()
        )
    return text.getvalue()


def ledger(folder: Path = Path(__file__).parent) -> dict[tuple[str, str], Entry]:
    """The ledger in a folder: without one, that of this package.

    Parameters
    ----------
    folder : Path
        That of a chapter.

    Returns
    -------
    dict
        Of `Entry`, by claim and statement; empty, if there is no ledger.

    Raises
    ------
    ValueError
        If it cannot be read.
    """
    file = folder / LEDGER
    if not file.exists():
        return {}
    try:
        return entries(file.read_text(encoding="utf-8"))
    except (ValueError, csv.Error) as error:
        raise ValueError(f"{file}: {error}") from None


def versions() -> str:
    """Those of the packages that measured figures depend on."""
    return f"{version('synaptic-energy')}, NumPy {np.__version__}"


def digest(experiment: Experiment) -> str:
    """Of the code that simulates an experiment; comments and docstrings do not count.

    Parameters
    ----------
    experiment : Experiment

    Returns
    -------
    str
        Of its module, of all that this one imports of ``montecarlo``, and of what an author's
        module imports of her own package or folder.
    """
    return _digest(experiment.module)


@cache
def _digest(module: str) -> str:
    code = hashlib.sha256()
    for name in sorted({module, *_simulators(module)}):
        code.update(_bare(inspect.getsource(sys.modules[name])).encode())
    return code.hexdigest()[:12]


def _simulators(module: str) -> set[str]:
    """The modules that a module simulates with, and those that these use."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = set(_imported(sys.modules[waiting.pop()])) - found
        found |= new
        waiting += new
    return found


def _imported(module: ModuleType) -> Iterator[str]:
    for node in _imports(inspect.getsource(module)):
        if isinstance(node, ast.ImportFrom):
            above = "." * node.level + (node.module or "")
            source = resolve_name(above, module.__package__) if node.level else above
            names = [source, *(f"{source}.{it.name}" for it in node.names)]
        else:
            names = [it.name for it in node.names]
        yield from (it for it in names if it in sys.modules and _simulates(it, module))


@cache
def _imports(source: str) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Where code imports something."""
    nodes = ast.walk(ast.parse(source))
    return tuple(node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


def _simulates(name: str, user: ModuleType) -> bool:
    """Whether a module is a simulator, or one of an author's own."""
    ours = ("montecarlo.", "theory.")
    if name.startswith(ours) or user.__name__.startswith(ours):
        return name.startswith("montecarlo.")
    top = sys.modules[user.__name__.partition(".")[0]]
    home = getattr(top, "__file__", None) or user.__file__
    file = getattr(sys.modules[name], "__file__", None)
    return bool(file and home) and Path(str(file)).is_relative_to(Path(str(home)).parent)


@cache
def _bare(source: str) -> str:
    """Code without docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)
