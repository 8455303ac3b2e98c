"""Handwritten digits to learn: the small set of scikit-learn, and MNIST from files or OpenML.

Both come as numbers in [0, 1], black ink on nothing, and are what they claim to be: their content
is compared with known hashes before anything else is done with it.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from montecarlo.idx import ByteArray, as_idx, parse_idx, unpacked_file

__all__ = ["FOLDER_VARIABLE", "DataName", "Dataset", "digits", "mnist", "mnist_from_openml"]

InputArray = npt.NDArray[np.float32]
LabelArray = npt.NDArray[np.int64]

#: What networks can learn without data of one's own; "openml" is MNIST, downloaded.
DataName = Literal["digits", "mnist", "openml"]

#: The environment variable that names the folder with the files of MNIST.
FOLDER_VARIABLE = "SYNAPTIC_ENERGY_MNIST"

#: Bytes of the largest file of MNIST: what is packed may pretend to be anything.
LARGEST_FILE = 16 + 60_000 * 28 * 28
#: The files of MNIST, and the SHA-256 of what they hold once decompressed.
MNIST_HASHES = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
#: The SHA-256 of the pixels of scikit-learn's digits and then their labels, a byte each.
DIGITS_HASH = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"


@dataclass(frozen=True)
class Dataset:
    """What there is to learn from and to be tested with, such as images of digits.

    Attributes
    ----------
    name : str
    train_inputs, test_inputs : ndarray of float32, shape (P, N)
        One image a row, in [0, 1] unless the mean was subtracted.
    train_labels, test_labels : ndarray of int, shape (P,)
        The classes, such as the digits 0 to 9.
    """

    name: str
    train_inputs: InputArray
    train_labels: LabelArray
    test_inputs: InputArray
    test_labels: LabelArray

    @property
    def classes(self) -> int:
        """The largest label and one, at least 2."""
        return 1 + max(1, int(self.train_labels.max()), int(self.test_labels.max()))

    def centred(self) -> "Dataset":
        """The same less the mean over all entries of all training inputs, as in CP."""
        mean = np.float32(self.train_inputs.mean(dtype=float))
        return replace(
            self, train_inputs=self.train_inputs - mean, test_inputs=self.test_inputs - mean
        )


def digits(*, zero_mean: bool = False) -> Dataset:
    """The 1797 images of 8 x 8 pixels that come with scikit-learn; nothing is downloaded.

    Every fifth image is kept for the test: neighbours were written by the same hand, so that
    networks can be told apart by energy at an accuracy that all of them reach.

    Parameters
    ----------
    zero_mean : bool
        Subtract the mean over all pixels of all training images from all inputs, as in CP.

    Returns
    -------
    Dataset
        Inputs in [0, 1] of shapes (1437, 64) and (360, 64), unless the mean is subtracted.

    Raises
    ------
    ValueError
        If scikit-learn's images are no longer those that they were.

    Examples
    --------
    >>> data = digits()
    >>> data.train_inputs.shape, data.test_inputs.shape, data.train_labels[:5]
    ((1437, 64), (360, 64), array([1, 2, 3, 4, 6]))
    """
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    pixels, classes = images.astype(np.uint8), labels.astype(np.uint8)
    _require_hash("scikit-learn's digits", pixels.tobytes() + classes.tobytes(), DIGITS_HASH)
    test = np.arange(len(pixels)) % 5 == 0
    return _normalised(
        "digits", 16, zero_mean, pixels[~test], classes[~test], pixels[test], classes[test]
    )


def mnist(folder: str | os.PathLike[str] | None = None, *, zero_mean: bool = False) -> Dataset:
    """MNIST: 60,000 images of 28 x 28 pixels to learn from, 10,000 for the test.

    Parameters
    ----------
    folder : path, optional
        Where the four IDX files lie, gzipped (with or without the ending .gz) or not. Without it,
        the environment variable SYNAPTIC_ENERGY_MNIST names the folder.
    zero_mean : bool
        Subtract the mean over all pixels of all training images from all inputs, as in CP.

    Returns
    -------
    Dataset
        Inputs in [0, 1] of shapes (60000, 784) and (10000, 784), unless the mean is subtracted.

    Raises
    ------
    FileNotFoundError
        If no folder is named, or a file is not in it.
    ValueError
        If a file is truncated, not an IDX file, or not that of MNIST.

    Examples
    --------
    >>> mnist("no/such/folder")
    Traceback (most recent call last):
    FileNotFoundError: MNIST needs train-images-idx3-ubyte or train-images-idx3-ubyte.gz ...
    """
    place = folder if folder is not None else os.environ.get(FOLDER_VARIABLE)
    if not place:
        raise FileNotFoundError(
            "MNIST needs a folder with its four IDX files: name it as an argument or in the "
            f"environment variable {FOLDER_VARIABLE}"
        )
    return _checked_mnist(
        {name: _read(Path(place).expanduser(), name) for name in MNIST_HASHES}, zero_mean
    )


def mnist_from_openml(*, zero_mean: bool = False) -> Dataset:
    """MNIST as downloaded from openml.org by scikit-learn, which keeps a copy in its own cache.

    Parameters
    ----------
    zero_mean : bool
        Subtract the mean over all pixels of all training images from all inputs, as in CP.

    Returns
    -------
    Dataset
        The same as from `mnist`.

    Raises
    ------
    ValueError
        If what came is not byte by byte what the official files hold.

    Examples
    --------
    >>> data = mnist_from_openml()  # doctest: +SKIP
    """
    from sklearn.datasets import fetch_openml

    images, labels = fetch_openml(
        "mnist_784", version=1, return_X_y=True, as_frame=False, parser="liac-arff"
    )
    pixels, classes = images.astype(np.uint8).reshape(-1, 28, 28), labels.astype(np.uint8)
    parts = (pixels[:60_000], classes[:60_000], pixels[60_000:], classes[60_000:])
    contents = {name: as_idx(part) for name, part in zip(MNIST_HASHES, parts, strict=True)}
    return _checked_mnist(contents, zero_mean)


def _read(folder: Path, name: str) -> bytes:
    """The content of a file, decompressed if need be, but no more than what is too much."""
    called = (name, name.replace("-idx", ".idx"))  # as in other collections
    places = [place / it for place in (folder, folder / "MNIST" / "raw") for it in called]
    paths = [path.with_name(path.name + ending) for path in places for ending in ("", ".gz")]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        raise FileNotFoundError(f"MNIST needs {name} or {name}.gz in the folder {folder}")
    return unpacked_file(path, LARGEST_FILE)


def _checked_mnist(contents: Mapping[str, bytes], zero_mean: bool) -> Dataset:
    """MNIST from the contents of its four files, if they are those."""
    arrays = []
    for name, content in contents.items():
        arrays.append(parse_idx(content, name))
        _require_hash(name, content, MNIST_HASHES[name])
    return _normalised("mnist", 255, zero_mean, *arrays)


def _require_hash(name: str, content: bytes, expected: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ValueError(f"{name}: foreign content, SHA-256 {found}, not {expected}")


def _normalised(
    name: str,
    white: int,
    zero_mean: bool,
    train_pixels: ByteArray,
    train_labels: ByteArray,
    test_pixels: ByteArray,
    test_labels: ByteArray,
) -> Dataset:
    """Pixels from 0 to ``white`` as numbers from 0 to 1, perhaps less their mean."""
    train, test = (
        np.divide(pixels.reshape(len(pixels), -1), white, dtype=np.float32)
        for pixels in (train_pixels, test_pixels)
    )
    data = Dataset(name, train, train_labels.astype(np.int64), test, test_labels.astype(np.int64))
    return data.centred() if zero_mean else data
