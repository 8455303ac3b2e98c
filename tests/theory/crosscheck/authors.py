"""Packages as other authors write them: that of ``synaptic-energy new``, and spoilt ones."""

import importlib
import sys
from contextlib import contextmanager

from theory.cli import starting
from theory.formula import FORMULAS

CHAPTER = "three_state.chapter"


def written(folder, **spoilt):
    """The repository of ``new``, in which texts in a module of the package are replaced."""
    for name, text in starting.files("my-model").items():
        module = name.removeprefix("three_state/").removesuffix(".py")
        changed = text
        for old, new in spoilt.get(module, {}).items():
            assert old in changed
            changed = changed.replace(old, new)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(changed, encoding="utf-8")
    return folder


@contextmanager
def forgotten():
    """Forget afterwards which modules were imported, from where, and their formulas."""
    modules, path, formulas = dict(sys.modules), list(sys.path), dict(FORMULAS)
    try:
        yield
    finally:
        for name in sys.modules.keys() - modules.keys():
            del sys.modules[name]
        sys.path[:] = path
        FORMULAS.clear()
        FORMULAS.update(formulas)
        importlib.invalidate_caches()
