"""Chapters of anyone's: found by the name of a module, a file, or an installed package."""

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters import CHAPTERS, arithmetic
from theory.crosscheck.claim import Claim
from theory.crosscheck.errors import ChapterError, explained
from theory.crosscheck.index import Index
from theory.crosscheck.legs.numeric import Precision
from theory.formula import FORMULAS, Formula
from theory.formula.places import located, place

#: The group of entry points by which installed packages name their chapters.
ENTRY_POINTS = "synaptic_energy.chapters"
#: What a formula of a dozen operations may lose in double precision, times 1 and the condition.
BOUND = 2e-15


def load(names: str | Iterable[str], root: Path | None = None) -> Index:
    """The chapters that names stand for, with the arithmetic of their formulas, as an index.

    Parameters
    ----------
    names : str or iterable of str
        Of modules, as in ``my_model.chapter``; of files, ``my_model/chapter.py``; or of entry
        points ``synaptic_energy.chapters`` of installed packages. A module has ``CHAPTER``,
        ``CHAPTERS`` or only ``CLAIMS``, and then perhaps ``FIGURES`` and ``POINTS``.
    root : Path, optional
        A folder in which modules are looked for, too; without it, the current one.

    Returns
    -------
    Index

    Raises
    ------
    ChapterError
        If a chapter cannot be imported or used. It says why, and where.

    Examples
    --------
    >>> len(load("theory.crosscheck.chapters").figures) > 30
    True
    """
    each = dict.fromkeys([names] if isinstance(names, str) else names)
    found = [chapter for name in each for chapter in chapters(name, root)]
    index = Index(tuple(_with_arithmetic(found)))
    _ = index.sentences, index.references
    try:
        _ = index.ledger
    except ValueError as error:
        raise ChapterError(f"{error}; 'synaptic-energy record' writes another") from None
    return index


def chapters(name: str, root: Path | None = None) -> tuple[Chapter, ...]:
    """The chapters that one name stands for.

    Parameters
    ----------
    name : str
        Of a module, a file or an entry point.
    root : Path, optional
        A folder in which modules are looked for, too.

    Returns
    -------
    tuple of Chapter

    Raises
    ------
    ChapterError
        If there are none.
    """
    root = Path.cwd() if root is None else root
    module, file = imported(name, root)
    what = name if name == file else f"{name} at {file}"
    try:
        found = _chapters(module)
        claims = [claim for chapter in found for claim in chapter.claims]
    except (AttributeError, TypeError) as error:
        raise ChapterError(f"{what} is no chapter: {error}") from None
    if not claims:
        raise ChapterError(f"{what} has no claims")
    if strange := [it for it in claims if type(it) is not Claim]:
        raise ChapterError(f"CLAIMS of {what} must be a tuple of Claim, got {strange[0]!r}")
    return found


def _chapters(module: ModuleType) -> tuple[Chapter, ...]:
    """Those of a module: what it says, or made of its claims."""
    if several := getattr(module, "CHAPTERS", None):
        return tuple(_settled(chapter, module) for chapter in several)
    if chapter := getattr(module, "CHAPTER", None):
        return (_settled(chapter, module),)
    if not hasattr(module, "CLAIMS"):
        inside = (
            importlib.util.find_spec(f"{module.__name__}.chapter") if _is_package(module) else None
        )
        hint = f"; did you mean {inside.name!r}?" if inside else ""
        raise TypeError(f"it has neither CHAPTER nor CLAIMS{hint}")
    title = (module.__doc__ or module.__name__).strip().partition("\n")[0].rstrip(".")
    figures, points = getattr(module, "FIGURES", ()), getattr(module, "POINTS", {})
    made = Chapter(module.__name__, title, "", (module,), figures=figures, points=points)
    return (_settled(made, module),)


def _is_package(module: ModuleType) -> bool:
    return hasattr(module, "__path__")


def _settled(chapter: Any, module: ModuleType) -> Chapter:
    """A chapter whose references and ledger are beside the module that defines it."""
    if not isinstance(chapter, Chapter):
        raise TypeError(f"CHAPTER must be a Chapter, got {chapter!r}")
    if chapter in CHAPTERS or module.__file__ is None:
        return chapter
    return replace(chapter, home=Path(module.__file__).parent)


def _with_arithmetic(found: Sequence[Chapter]) -> Iterator[Chapter]:
    """The chapters, those of others with claims on the arithmetic of their formulas.

    A formula belongs to the first chapter that has a claim about it or, if none has, to the first
    in whose folder it is. A claim of one's own about its precision takes the place of this one.
    """
    claims = [claim for chapter in found for claim in chapter.claims]
    judged = {name for claim in claims for name in claim.formulas}
    done = {it.formula for claim in claims for it in claim.numeric if isinstance(it, Precision)}
    for chapter in found:
        about = {name for claim in chapter.claims for name in claim.formulas}
        theirs = [
            formula
            for name, formula in FORMULAS.items()
            if name not in done
            and not formula.function.__module__.startswith("theory.")
            and (name in about or (name not in judged and _folder(formula) == chapter.home))
        ]
        done |= {formula.name for formula in theirs}
        for formula in theirs:
            _require_symbolic(formula)
        made = ModuleType("arithmetic")
        vars(made)["CLAIMS"] = arithmetic.claims(theirs, BOUND, set(FORMULAS) - judged)
        yield replace(chapter, claims_in=(*chapter.claims_in, made)) if theirs else chapter


def _folder(formula: Formula) -> Path:
    return Path(sys.modules[formula.function.__module__].__file__ or "").parent


def _require_symbolic(formula: Formula) -> None:
    """Refuse a formula that cannot be an expression, from which all else is derived."""
    try:
        _ = formula.latex
    except Exception as error:  # noqa: BLE001 - whatever went wrong is told
        raise ChapterError(
            f"{formula.name} at {place(formula.function)} cannot be evaluated with symbols, "
            f"{type(error).__name__}: {error}; functions like exp come from "
            "theory.formula.arithmetic(...), not from NumPy"
        ) from None


def imported(name: str, root: Path) -> tuple[ModuleType, str]:
    """The module that a name stands for, and where it is.

    Parameters
    ----------
    name : str
        Of a module, a file or an entry point.
    root : Path
        A folder in which modules are looked for, too.

    Returns
    -------
    tuple
        Of a module and a str.

    Raises
    ------
    ChapterError
        If it cannot be imported.
    """
    file = root / name
    installed = entry_points(group=ENTRY_POINTS)
    if name.endswith(".py") or file.is_file():
        if not file.is_file():
            raise ChapterError(f"no file {located(str(file))}")
        folder, path = _package(file.resolve())
    elif name in installed.names:
        folder, path = root, installed[name].module
    else:
        folder, path = root.resolve(), name
    for searched in (str(root.resolve()), str(folder)):
        if searched not in sys.path:
            sys.path.insert(0, searched)
    importlib.invalidate_caches()
    module = _imported(name, path, folder)
    found = module.__file__ or ""
    if name.endswith(".py") and Path(found).resolve() != file.resolve():
        raise ChapterError(f"{name} would be imported as {path}, but that is {located(found)}")
    return module, located(found)


def _package(file: Path) -> tuple[Path, str]:
    """The folder from which a file is imported, and the name of the module that it is."""
    folder, parts = file.parent, [file.stem]
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    return folder, ".".join(part for part in parts if part != "__init__")


def _imported(name: str, path: str, folder: Path) -> ModuleType:
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name and f"{path}.".startswith(f"{error.name}."):
            raise ChapterError(
                f"no chapter {name!r}: no module {error.name!r} is installed or in {folder}, no "
                f"file is called so, and no entry point of {ENTRY_POINTS!r} is"
            ) from None
        raise ChapterError(f"{name} cannot be imported: {explained(error)}") from None
    except ChapterError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong is told
        raise ChapterError(f"{name} cannot be imported: {explained(error)}") from None
