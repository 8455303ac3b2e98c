"""Small files made like those of MNIST, found, refused and normalised; the real ones if there."""

import dataclasses
import gzip
import hashlib
import os
import struct

import numpy as np
import pytest
import sklearn.datasets

from montecarlo import datasets
from montecarlo.datasets import FOLDER_VARIABLE, digits, mnist, mnist_from_openml
from tests.montecarlo.test_idx import idx

IMAGES, LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"


@pytest.fixture
def contents(monkeypatch):
    """A tiny MNIST: 7 images of 3 x 2 pixels to learn, 4 for the test, taken for the true one."""
    rng = np.random.default_rng(1)
    made = {}
    for name, count in zip(datasets.MNIST_HASHES, (7, 7, 4, 4), strict=True):
        shape, end = ((count, 3, 2), 256) if "images" in name else ((count,), 10)
        made[name] = idx(rng.integers(0, end, shape, dtype=np.uint8))
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    monkeypatch.setattr(datasets, "MNIST_HASHES", hashes)
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    return made


@pytest.fixture
def folder(contents, tmp_path):
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def same(first, second):
    fields = zip(dataclasses.astuple(first), dataclasses.astuple(second), strict=True)
    return all(np.array_equal(one, other) for one, other in fields)


def test_mnist_is_normalised(folder, contents):
    data = mnist(folder)
    pixels = np.frombuffer(contents[IMAGES][16:], np.uint8).reshape(7, 6)
    assert data.name == "mnist"
    assert data.train_inputs.dtype == np.float32
    assert np.array_equal(data.train_inputs, np.float32(pixels) / np.float32(255))
    assert np.array_equal(data.train_labels, list(contents[LABELS][8:]))
    assert data.test_inputs.shape == (4, 6)
    assert data.test_labels.shape == (4,)


def test_the_mean_that_is_subtracted_is_that_of_the_training_set(folder):
    plain, centred = mnist(folder), mnist(folder, zero_mean=True)
    mean = plain.train_inputs.astype(float).mean()
    assert abs(plain.test_inputs.mean(dtype=float) - mean) > 1e-3
    for part in ("train_inputs", "test_inputs"):
        moved = getattr(plain, part) - getattr(centred, part)
        assert np.abs(moved - mean).max() < 1e-7
    assert same(plain, dataclasses.replace(centred, train_inputs=plain.train_inputs,
                                           test_inputs=plain.test_inputs))  # fmt: skip


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_gzipped_files_are_found_under_both_names(folder, contents, ending):
    plain = mnist(folder)
    for name, content in contents.items():
        (folder / name).unlink()
        (folder / f"{name}{ending}").write_bytes(gzip.compress(content))
    assert same(plain, mnist(folder))


def test_the_folder_may_be_named_by_the_environment(folder, monkeypatch, tmp_path_factory):
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    assert same(mnist(), mnist(folder))
    with pytest.raises(FileNotFoundError, match="in the folder"):
        mnist(tmp_path_factory.mktemp("empty"))  # an argument comes first


@pytest.mark.usefixtures("contents")
def test_no_folder():
    with pytest.raises(FileNotFoundError, match=f"environment variable {FOLDER_VARIABLE}"):
        mnist()


def test_a_missing_file_is_named(folder):
    (folder / LABELS).unlink()
    with pytest.raises(FileNotFoundError, match=f"{LABELS} or {LABELS}.gz in the folder .*"):
        mnist(folder)


def test_truncated_files_are_refused(folder, contents):
    (folder / IMAGES).write_bytes(contents[IMAGES][:-1])
    with pytest.raises(ValueError, match=f"{IMAGES} is truncated: 57 of 58 bytes"):
        mnist(folder)
    packed = gzip.compress(contents[IMAGES])
    (folder / IMAGES).write_bytes(packed[:-9])
    with pytest.raises(ValueError, match=f"{IMAGES} is truncated: its compressed data"):
        mnist(folder)
    damaged = bytearray(packed)
    damaged[-5] ^= 1  # a bit of the checksum
    (folder / IMAGES).write_bytes(damaged)
    with pytest.raises(ValueError, match=f"{IMAGES} is not a sound gzip file: CRC"):
        mnist(folder)


def test_foreign_content_is_refused(folder, contents):
    changed = bytearray(contents[LABELS])
    changed[-1] ^= 1
    (folder / LABELS).write_bytes(changed)
    with pytest.raises(ValueError, match=f"{LABELS}: foreign content, SHA-256 "):
        mnist(folder)


def test_openml_must_send_what_the_files_hold(monkeypatch):
    """70,000 empty images are not MNIST, unless their files are what is expected."""
    images, labels = np.zeros((70_000, 784)), np.full(70_000, "3", dtype=object)
    labels[60_000:] = "5"
    monkeypatch.setattr(sklearn.datasets, "fetch_openml", lambda *_, **__: (images, labels))
    with pytest.raises(ValueError, match=f"{IMAGES}: foreign content"):
        mnist_from_openml()
    shapes = ((60_000, 28, 28), (60_000,), (10_000, 28, 28), (10_000,))
    hashes = {
        name: hashlib.sha256(struct.pack(f">HBB{len(shape)}I", 0, 8, len(shape), *shape)
                             + bytes([entry]) * int(np.prod(shape))).hexdigest()
        for name, shape, entry in zip(datasets.MNIST_HASHES, shapes, (0, 3, 0, 5), strict=True)
    }  # fmt: skip
    monkeypatch.setattr(datasets, "MNIST_HASHES", hashes)
    data = mnist_from_openml()
    assert data.train_inputs.shape == (60_000, 784)
    assert set(data.train_labels) == {3}
    assert set(data.test_labels) == {5}


def test_digits_are_those_of_scikit_learn():
    data = digits()
    images, labels = sklearn.datasets.load_digits(return_X_y=True)
    assert (data.train_inputs.min(), data.train_inputs.max()) == (0, 1)
    assert np.array_equal(data.test_inputs, images[::5] / 16)
    assert np.array_equal(data.test_labels, labels[::5])
    assert np.array_equal(data.train_inputs[:4], images[1:5] / 16)
    assert len(data.train_inputs) + len(data.test_inputs) == len(images)
    assert abs(digits(zero_mean=True).train_inputs.mean(dtype=float)) < 1e-7


def test_other_digits_are_refused(monkeypatch):
    images, labels = sklearn.datasets.load_digits(return_X_y=True)
    labels[0] = 1
    monkeypatch.setattr(sklearn.datasets, "load_digits", lambda **_: (images, labels))
    with pytest.raises(ValueError, match="scikit-learn's digits: foreign content"):
        digits()


@pytest.mark.skipif(FOLDER_VARIABLE not in os.environ, reason=f"{FOLDER_VARIABLE} is not set")
def test_the_real_mnist():
    data = mnist()
    assert data.train_inputs.shape == (60_000, 784)
    assert data.test_inputs.shape == (10_000, 784)
    assert data.train_labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert data.train_inputs.mean(dtype=float) == pytest.approx(0.1306604762738429, rel=1e-7)


@pytest.mark.parametrize("folder", ["", "MNIST/raw"])
@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("called", ["train-images-idx3-ubyte", "train-images.idx3-ubyte"])
def test_mnist_is_found_by_its_other_names(tmp_path, folder, ending, called):
    path = tmp_path / folder / (called + ending)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(b"content") if ending else b"content")
    assert datasets._read(tmp_path, "train-images-idx3-ubyte") == b"content"


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_no_more_is_read_than_mnist_has(tmp_path, monkeypatch, ending):
    """What is packed may pretend to be anything: its hash is looked at when it has been read."""
    monkeypatch.setattr(datasets, "LARGEST_FILE", 1000)
    content = bytes(10**6)
    path = tmp_path / f"train-images-idx3-ubyte{ending}"
    path.write_bytes(gzip.compress(content) if ending else content)
    assert len(datasets._read(tmp_path, "train-images-idx3-ubyte")) == 1001
