"""Data of one's own to learn: a folder of IDX files named as MNIST's, or an ``.npz`` of NumPy."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from montecarlo.checks import require
from montecarlo.datasets import MNIST_HASHES, Dataset, InputArray, LabelArray
from montecarlo.idx import parse_idx, unpacked_file

__all__ = ["own_data"]

#: Bytes of the largest file or archive, once decompressed.
LARGEST_OWN = 2**30
TOO_LARGE = "it has more than 1 GiB once decompressed"
#: The arrays of an archive, or these of all samples.
ARRAYS = ("train_inputs", "train_labels", "test_inputs", "test_labels")
ALL_SAMPLES = ("inputs", "labels")
#: Of the samples of such an archive every fifth is kept for the test.
TEST_SHARE = 5


def own_data(path: str | PathLike[str], *, zero_mean: bool = False) -> Dataset:
    """Inputs and labels from files, of any number of classes.

    Parameters
    ----------
    path : path
        A folder with four IDX files of unsigned bytes, named as those of MNIST, gzipped or not:
        ``train-images-idx3-ubyte``, ``train-labels-idx1-ubyte`` and the same with ``t10k`` or
        ``test``; inputs may have any dimension. Or an ``.npz`` with the arrays ``train_inputs``,
        ``train_labels``, ``test_inputs`` and ``test_labels``, or ``inputs`` and ``labels``, of
        which every fifth sample is kept for the test.
    zero_mean : bool
        Subtract the mean over all entries of all training inputs from all inputs, as in CP.

    Returns
    -------
    Dataset
        Bytes are numbers from 0 to 1, other numbers are taken as they are. The name is that of the
        path with a digest of the content.

    Raises
    ------
    FileNotFoundError
        If a file is not there.
    ValueError
        If what is there is damaged or larger than 1 GiB, or no finite inputs with as many labels,
        whole numbers from 0.

    Examples
    --------
    >>> import tempfile
    >>> inputs, labels = np.eye(10), np.arange(10) % 3
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.savez(Path(folder) / "mine.npz", inputs=inputs, labels=labels)
    ...     data = own_data(Path(folder) / "mine.npz")
    >>> data.name, data.train_inputs.shape, data.test_inputs.shape, data.classes
    ('mine.npz, SHA-256 94505b3686df6925', (8, 10), (2, 10), 3)
    """
    files = own_files(path)
    arrays = _unpacked(files[0]) if len(files) == 1 else _parsed(files)
    train, test = (_inputs(arrays, f"{part}_inputs") for part in ("train", "test"))
    if train.shape[1] != test.shape[1]:
        raise ValueError(
            f"inputs must be as many in training and test, got {train.shape[1]} and {test.shape[1]}"
        )
    samples = len(train) + len(test)
    train_labels, test_labels = (
        _labels(arrays, f"{part}_labels", len(inputs), samples)
        for part, inputs in (("train", train), ("test", test))
    )
    digest = hashlib.sha256()
    for array in (train, train_labels, test, test_labels):
        digest.update(repr(array.shape).encode() + array.tobytes())
    name = f"{Path(path).expanduser().resolve().name}, SHA-256 {digest.hexdigest()[:16]}"
    data = Dataset(name, train, train_labels, test, test_labels)
    return data.centred() if zero_mean else data


def own_files(path: str | PathLike[str]) -> tuple[Path, ...]:
    """The archive, or the four IDX files in a folder, in the order of MNIST's."""
    place = Path(path).expanduser()
    if place.is_file():
        return (place,)
    if not place.is_dir():
        raise FileNotFoundError(f"there is no folder or file {place}")
    there = sorted(place.iterdir(), reverse=True)  # last what is not packed
    return tuple(_only(name, place, there) for name in MNIST_HASHES)


def _only(name: str, place: Path, there: Sequence[Path]) -> Path:
    """The file that is called as one of MNIST's, with any dimension and perhaps a name in front."""
    stem = name.partition("-idx")[0].replace("t10k", "(?:t10k|test)")
    called = re.compile(rf"(?:.*-)?{stem}[-.]idx\d-ubyte(?:\.gz)?")
    found = {it.name.removesuffix(".gz"): it for it in there if called.fullmatch(it.name)}
    if len(found) != 1:
        got = " and ".join(sorted(found)) or "none"
        raise FileNotFoundError(f"{place} must have one file like {name} or {name}.gz, got {got}")
    return next(iter(found.values()))


def _parsed(files: tuple[Path, ...]) -> dict[str, Any]:
    arrays = {}
    for name, file in zip(ARRAYS, files, strict=True):
        content = unpacked_file(file, LARGEST_OWN)
        if len(content) > LARGEST_OWN:
            raise ValueError(f"{file} cannot be read: {TOO_LARGE}")
        arrays[name] = parse_idx(content, str(file))
    return arrays


def _unpacked(file: Path) -> dict[str, Any]:
    """The arrays of an archive, by the names of those for training and test; no code can run."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_OWN:
                raise ValueError(TOO_LARGE)
        with np.load(file, allow_pickle=False) as entries:
            arrays = {name: entries[name] for name in (*ARRAYS, *ALL_SAMPLES) if name in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, SyntaxError,
            TypeError, NotImplementedError, RuntimeError, MemoryError) as error:  # fmt: skip
        raise ValueError(f"{file} cannot be read: {error}") from None
    if set(ALL_SAMPLES) <= set(arrays):
        arrays |= _split(*(arrays[name] for name in ALL_SAMPLES))
    if missing := [name for name in ARRAYS if name not in arrays]:
        raise ValueError(
            f"{file} must have the arrays {', '.join(ARRAYS)}, or {' and '.join(ALL_SAMPLES)}; "
            f"it has no {', '.join(missing)}"
        )
    return arrays


def _split(inputs: Any, labels: Any) -> dict[str, Any]:
    """Samples for training and, every fifth, for the test."""
    if inputs.ndim == 0 or labels.shape != inputs.shape[:1]:
        raise ValueError(
            f"labels must be one for each of the inputs, got arrays of shapes {labels.shape} and "
            f"{inputs.shape}"
        )
    test = np.arange(len(labels)) % TEST_SHARE == 0
    return dict(
        zip(ARRAYS, (inputs[~test], labels[~test], inputs[test], labels[test]), strict=True)
    )


def _inputs(arrays: Mapping[str, Any], name: str) -> InputArray:
    """One sample a row."""
    found = arrays[name]
    if found.dtype.kind not in "biuf" or found.ndim < 2 or not found.size:
        raise ValueError(
            f"{name} must be real numbers, one or more samples of one or more each, got "
            f"{found.dtype} of shape {found.shape}"
        )
    white = 255 if found.dtype == np.uint8 else 1
    with np.errstate(over="ignore"):
        inputs: InputArray = np.divide(found.reshape(len(found), -1), white, dtype=np.float32)
    if not np.isfinite(inputs).all():
        raise ValueError(f"{name} must be finite in single precision")
    return inputs


def _labels(arrays: Mapping[str, Any], name: str, count: int, samples: int) -> LabelArray:
    """One for each of so many inputs, and below the number of samples: each could be a class."""
    found = arrays[name]
    if found.shape != (count,) or found.dtype.kind not in "iu":
        raise ValueError(
            f"{name} must be whole numbers, one for each of {count} inputs, got {found.dtype} of "
            f"shape {found.shape}"
        )
    for label in found[(found < 0) | (found >= samples)][:1]:
        require(name, int(label), False, f"from 0 and less than the number of samples, {samples}")
    labels: LabelArray = found.astype(np.int64)
    return labels
