"""Packages as other authors write them: that of ``synaptic-energy new``, and spoilt ones."""

import importlib
import sys
from contextlib import contextmanager
from pathlib import Path

from theory.cli import starting
from theory.crosscheck import ledger
from theory.formula import FORMULAS

CHAPTER = "three_state.chapter"


def written(folder, **spoilt):
    """The repository of ``new``, in which texts in a module of the package are replaced."""
    for name, text in starting.files("three-state").items():
        module = name.removeprefix("three_state/").removesuffix(".py")
        changed = text
        for old, new in spoilt.get(module, {}).items():
            assert old in changed
            changed = changed.replace(old, new)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(changed, encoding="utf-8")
    return folder


def forget(folder):
    """Forget which modules were imported from a folder, and what was read of them."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and Path(file).is_relative_to(folder):
            del sys.modules[name]
    ledger._digest.cache_clear()
    importlib.invalidate_caches()


@contextmanager
def forgotten(folder):
    """Forget afterwards what was imported from a folder, and its formulas."""
    path, formulas = list(sys.path), dict(FORMULAS)
    try:
        yield
    finally:
        forget(folder)
        sys.path[:] = path
        FORMULAS.clear()
        FORMULAS.update(formulas)
