"""Closed-form theory of the metabolic energy of learning, cross-checked against simulation.

`theory.perceptron`, `theory.caching` and `theory.lattice` hold the formulas, `theory.crosscheck`
judges them, and the command ``synaptic-energy`` does both from the shell.
"""

import importlib
import importlib.metadata
import importlib.util
import warnings
from pathlib import Path
from typing import Any

_spec = importlib.util.find_spec("montecarlo")
if _spec and _spec.origin and Path(_spec.origin).parents[1] != Path(__file__).parents[1]:
    warnings.warn(
        f"{_spec.origin} hides the simulations of this package, which checks need: rename it, or "
        "run Python with -P",
        stacklevel=2,
    )


def __getattr__(name: str) -> Any:
    """A module when it is first asked for, and ``__version__``."""
    if name == "__version__":
        return importlib.metadata.version("synaptic-energy")
    if not name.startswith("_"):
        try:
            return importlib.import_module(f"theory.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"theory.{name}":
                raise
    raise AttributeError(f"module 'theory' has no attribute {name!r}")
