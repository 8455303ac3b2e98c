"""Files of arrays and JSON: data, from which no code can run, with checksums.

NumPy's ``.npz`` without pickles, its entries stored as they are: what is packed could be without
bounds.
"""

import io
import json
import zipfile
from typing import Any

import numpy as np

__all__ = ["packed", "unpacked"]

#: The entry that is JSON.
HEAD = "head"


def packed(head: dict[str, Any], arrays: dict[str, Any]) -> bytes:
    """The content of a file.

    Parameters
    ----------
    head : dict
        Of what JSON has types for.
    arrays : dict
        Arrays by name.

    Returns
    -------
    bytes
        Of an archive.

    Raises
    ------
    ValueError
        If an array is one of objects.

    Examples
    --------
    >>> unpacked(packed({"a": 1}, {"b": np.arange(3)}))
    ({'a': 1}, {'b': array([0, 1, 2])})
    """
    content = io.BytesIO()
    text = np.frombuffer(json.dumps(head).encode(), np.uint8)
    np.savez(content, allow_pickle=False, **{HEAD: text}, **arrays)
    return content.getvalue()


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Head and arrays of a file.

    Parameters
    ----------
    content : bytes
        As made by `packed`.

    Returns
    -------
    head, arrays : dict
        As they were.

    Raises
    ------
    ValueError
        If it is no such file, or damaged.

    Examples
    --------
    >>> unpacked(b"something else")
    Traceback (most recent call last):
    ValueError: no archive of data, or damaged
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in archive.infolist()):
                raise ValueError
        with np.load(io.BytesIO(content), allow_pickle=False) as entries:
            arrays = dict(entries)
        head = arrays.pop(HEAD)
        if head.dtype != np.uint8 or not isinstance(entries := json.loads(head.tobytes()), dict):
            raise ValueError
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, LookupError, SyntaxError,
            NotImplementedError, RuntimeError, MemoryError):  # fmt: skip
        raise ValueError("no archive of data, or damaged") from None
    return entries, arrays
