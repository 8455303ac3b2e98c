"""Where code is written: what is wrong with it names the place."""

import inspect
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: What an error is seldom the fault of, though it is raised in there.
LIBRARIES = {"joblib", "montecarlo", "mpmath", "numpy", "scipy", "sklearn", "sympy", "theory"}
LIBRARIES |= {"matplotlib", *sys.stdlib_module_names}


def place(function: Callable[..., Any]) -> str:
    """File and line at which a function begins."""
    code = inspect.unwrap(function).__code__
    return located(code.co_filename, code.co_firstlineno)


def located(file: str, line: int | None = None) -> str:
    """File and line, as seen from the current folder."""
    path = Path(file)
    if path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return f"{path}:{line}" if line else str(path)


def raised(error: BaseException) -> str:
    """The last place in an author's code, if there is one, that an error went through."""
    if isinstance(error, SyntaxError) and error.filename:
        return located(error.filename, error.lineno)
    steps: list[tuple[str, str, int | None]] = [
        (frame.f_globals.get("__name__", "").partition(".")[0], frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    own = [step for step in steps if step[0] not in LIBRARIES and not step[1].startswith("<")]
    _, file, line = (own or steps or [("", "unknown", None)])[-1]
    return located(file, line)
