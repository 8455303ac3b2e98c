"""Records of simulations as data: numbers, arrays, and dataclasses of these, of known classes."""

import dataclasses
import sys
from collections.abc import Collection
from typing import Any

import numpy as np

from montecarlo.archives import packed, unpacked

__all__ = ["as_data", "from_data"]

_CONTAINERS = {"list": list, "tuple": tuple}


def as_data(record: Any) -> bytes:
    """The content of a file that keeps a record.

    Raises
    ------
    TypeError
        If a part of it is none of what can be kept.
    """
    arrays: dict[str, Any] = {}
    return packed({"record": _taken_apart(record, arrays)}, arrays)


def from_data(content: bytes, packages: Collection[str]) -> Any:
    """The record that a file keeps; its classes are dataclasses of modules in some packages.

    Raises
    ------
    ValueError
        If it keeps none, or is damaged.
    """
    head, arrays = unpacked(content)
    try:
        return _put_together(head["record"], arrays, packages)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        raise ValueError("no record, or damaged") from None


def _taken_apart(value: Any, arrays: dict[str, Any]) -> Any:
    """For JSON, whose objects have one entry: what a part is. Arrays stand beside it."""
    if value is None or type(value) in {bool, int, float, str}:
        return value
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        name = f"part {len(arrays)}"
        arrays[name] = value
        return {"scalar" if isinstance(value, np.generic) else "array": name}
    if type(value) in {list, tuple}:
        return {type(value).__name__: [_taken_apart(part, arrays) for part in value]}
    if type(value) is dict:
        pairs = [[_taken_apart(part, arrays) for part in pair] for pair in value.items()]
        return {"dict": pairs}
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"a record cannot be kept with a {type(value).__name__} in it")
    fields = {
        field.name: _taken_apart(getattr(value, field.name), arrays)
        for field in dataclasses.fields(value)
    }
    kind = type(value)
    return {"dataclass": [kind.__module__, kind.__qualname__, fields]}


def _put_together(part: Any, arrays: dict[str, Any], packages: Collection[str]) -> Any:
    if not isinstance(part, dict):
        return part
    ((kind, content),) = part.items()
    if kind in {"array", "scalar"}:
        return arrays[content][()] if kind == "scalar" else arrays[content]
    if kind in _CONTAINERS:
        return _CONTAINERS[kind](_put_together(it, arrays, packages) for it in content)
    if kind == "dict":
        pairs = [[_put_together(it, arrays, packages) for it in pair] for pair in content]
        return dict(pairs)
    if kind != "dataclass":
        raise LookupError
    module, name, fields = content
    found = _known_class(module, name, packages)
    if fields.keys() != {field.name for field in dataclasses.fields(found)}:
        raise LookupError
    # Without its constructor, which may check and compute: it was what it is.
    made = object.__new__(found)
    for field, value in fields.items():
        object.__setattr__(made, field, _put_together(value, arrays, packages))
    return made


def _known_class(module: str, name: str, packages: Collection[str]) -> Any:
    """A dataclass of a module that has been imported; nothing is imported for a file."""
    if module.partition(".")[0] not in packages:
        raise LookupError
    found: Any = sys.modules[module]
    for step in name.split("."):
        found = vars(found)[step]
    if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
        raise LookupError
    return found
