"""Files of arrays of bytes in the format IDX, in which MNIST and its relatives come."""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

__all__ = ["parse_idx"]

ByteArray = npt.NDArray[np.uint8]


def parse_idx(content: bytes, name: str) -> ByteArray:
    """The array of bytes in an IDX file.

    The format: two zero bytes, the type of the entries (8: unsigned bytes), the number of
    dimensions, these as big-endian 32-bit integers, the entries in C order.

    Parameters
    ----------
    content : bytes
        All of the file, decompressed.
    name : str
        What error messages call it.

    Returns
    -------
    ndarray of uint8
        Of the shape that the file says.

    Raises
    ------
    ValueError
        If it is no IDX file of bytes, or not as long as it says.

    Examples
    --------
    >>> parse_idx(bytes([0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]), "three")
    array([7, 8, 9], dtype=uint8)
    """
    if content[:3] != b"\0\0\x08" or len(content) < 4:
        raise ValueError(f"{name} is not an IDX file of unsigned bytes: starts {content[:4]!r}")
    start = 4 + 4 * content[3]
    shape = tuple(np.frombuffer(content[4:start].ljust(start - 4, b"\0"), ">u4").tolist())
    expected = start + math.prod(shape)
    if len(content) < max(start, expected):
        raise ValueError(f"{name} is truncated: {len(content)} of {expected} bytes")
    if len(content) > expected:
        raise ValueError(f"{name} holds {len(content) - expected} bytes more than it says")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


def as_idx(entries: ByteArray) -> bytes:
    """The IDX file of an array of bytes."""
    shape = np.array(entries.shape, ">u4").tobytes()
    return bytes([0, 0, 8, entries.ndim]) + shape + entries.tobytes()


def unpacked_file(path: Path, most: int) -> bytes:
    """The content of a file, decompressed if need be: ``most`` bytes, and one if there are more."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            return file.read(most + 1)
    except EOFError:
        raise ValueError(f"{path} is truncated: its compressed data end too early") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"{path} is not a sound gzip file: {error}") from None
