"""Data of one's own: what files hold, what is refused, and that no run is taken for another."""

import gzip
import pickle

import numpy as np
import pytest

from montecarlo import checkpoint, owndata
from montecarlo.network.design import CP, LVR
from montecarlo.owndata import own_data
from montecarlo.runs import begin, go_on, identity, learn, learn_all, record
from montecarlo.savers import Cache
from montecarlo.sweep import missing, sweep
from montecarlo.tasks import Task, dataset
from tests.montecarlo.test_idx import idx

RNG = np.random.default_rng(4)
BYTES = {
    "train_inputs": RNG.integers(0, 256, (9, 2, 3), dtype=np.uint8),
    "train_labels": np.arange(9, dtype=np.uint8) % 4,
    "test_inputs": RNG.integers(0, 256, (5, 2, 3), dtype=np.uint8),
    "test_labels": np.arange(5, dtype=np.uint8) % 4,
}
NAMES = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")


def archive(path, **arrays):
    np.savez(path, **arrays)
    return path


def folder(path, names=NAMES, arrays=BYTES, ending=""):
    path.mkdir(exist_ok=True)
    for name, entries in zip(names, arrays.values(), strict=True):
        content = idx(entries)
        (path / f"{name}-ubyte{ending}").write_bytes(gzip.compress(content) if ending else content)
    return path


def blobs(path, classes=3, seed=0):
    """Classes around corners, which a network soon tells apart."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, 300)
    return archive(path, inputs=np.eye(6)[labels] + rng.normal(0, 0.2, (300, 6)), labels=labels)


def digest(data):
    return data.name.partition(", ")[2]


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize(
    "names",
    [NAMES, [name.replace("t10k", "letters-test").replace("idx3", "idx2") for name in NAMES]],
)
def test_a_folder_and_an_archive_of_the_same_are_the_same(tmp_path, ending, names):
    flat = {name: it.reshape(len(it), -1) if it.ndim > 1 else it for name, it in BYTES.items()}
    arrays = BYTES if names is NAMES else flat
    data = own_data(folder(tmp_path / "mine", names, arrays, ending))
    same = own_data(archive(tmp_path / "mine.npz", **BYTES))
    assert np.array_equal(data.train_inputs, np.float32(flat["train_inputs"]) / np.float32(255))
    assert np.array_equal(data.test_labels, BYTES["test_labels"])
    assert data.classes == 4
    assert digest(data) == digest(same)
    assert (data.name.partition(",")[0], same.name.partition(",")[0]) == ("mine", "mine.npz")


def test_of_two_copies_of_a_file_the_plain_one_is_read(tmp_path):
    place = folder(tmp_path)
    (tmp_path / f"{NAMES[0]}-ubyte.gz").write_bytes(b"\x1f\x8bnothing")
    assert own_data(place).classes == 4


def test_numbers_are_taken_as_they_are_and_every_fifth_sample_is_kept_for_the_test(tmp_path):
    inputs, labels = np.linspace(-7, 900, 36).reshape(12, 3), np.arange(12)
    data = own_data(archive(tmp_path / "it.npz", inputs=inputs, labels=labels))
    assert data.test_labels.tolist() == [0, 5, 10]
    assert np.array_equal(data.train_inputs, inputs.astype(np.float32)[data.train_labels])
    centred = own_data(tmp_path / "it.npz", zero_mean=True)
    assert abs(centred.train_inputs.mean(dtype=float)) < 1e-4
    moved = data.test_inputs - centred.test_inputs
    assert moved == pytest.approx(data.train_inputs.mean(dtype=float), rel=1e-5)
    assert centred.name == data.name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"train_inputs": None}, "it has no train_inputs"),
        ({"train_inputs": np.ones(9)}, r"train_inputs must be real numbers, .* of shape \(9,\)"),
        (
            {"test_inputs": np.ones((5, 5))},
            "inputs must be as many in training and test, got 6 and",
        ),
        (
            {"test_inputs": np.ones((0, 6))},
            r"test_inputs must be real .*got float64 of shape \(0, 6",
        ),
        ({"train_inputs": np.full((9, 6), np.nan)}, "train_inputs must be finite"),
        ({"train_inputs": np.full((9, 6), 1e300)}, "train_inputs must be finite in single"),
        ({"train_inputs": np.full((9, 6), "a")}, "train_inputs must be real numbers"),
        ({"train_inputs": np.full((9, 6), None)}, "cannot be read: Object arrays"),
        ({"train_labels": np.ones(9)}, "train_labels must be whole numbers, .*got float64"),
        ({"train_labels": np.arange(8)}, r"one for each of 9 inputs, got int64 of shape \(8,\)"),
        ({"test_labels": np.int64(3)}, r"one for each of 5 inputs, got int64 of shape \(\)"),
        ({"train_inputs": np.float64(3)}, r"train_inputs must be real numbers, .* of shape \(\)"),
        ({"test_labels": np.arange(5) - 1}, "test_labels must be from 0 and less than .*got -1"),
        ({"test_labels": np.arange(5) * 4}, "less than the number of samples, 14, got 16"),
    ],
)
def test_unsound_arrays_are_refused(tmp_path, change, said):
    arrays = {name: it for name, it in (BYTES | change).items() if it is not None}
    with pytest.raises(ValueError, match=said):
        own_data(archive(tmp_path / "it.npz", **arrays))


def test_unsound_files_are_refused(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError, match=r"no folder or file .*nothing"):
        own_data(tmp_path / "nothing")
    with pytest.raises(FileNotFoundError, match=r"like train-images-idx3-ubyte or .*none"):
        own_data(tmp_path)
    two = folder(folder(tmp_path / "two"), [f"{name[:1]}-{name}" for name in NAMES])
    with pytest.raises(FileNotFoundError, match="got t-train-images-idx3-ubyte and train-images"):
        own_data(two)
    text = tmp_path / "text.npz"
    text.write_text("inputs")
    with pytest.raises(ValueError, match=r"text\.npz cannot be read: File is not a zip file"):
        own_data(text)
    with pytest.raises(ValueError, match="one for each of the inputs, got arrays of shapes"):
        own_data(archive(tmp_path / "it.npz", inputs=np.ones((3, 2)), labels=np.arange(2)))
    whole = archive(tmp_path / "it.npz", **BYTES)
    for cut in range(0, whole.stat().st_size, 97):
        text.write_bytes(whole.read_bytes()[:cut])
        with pytest.raises(ValueError, match="cannot be read"):
            own_data(text)
    monkeypatch.setattr(owndata, "LARGEST_OWN", 60)
    for path in (whole, folder(tmp_path / "mine")):
        with pytest.raises(ValueError, match="cannot be read: it has more than 1 GiB"):
            own_data(path)


@pytest.mark.parametrize(("classes", "design"), [(5, CP), (2, LVR)])
def test_networks_learn_any_number_of_classes_and_count_the_energy(tmp_path, classes, design):
    data = blobs(tmp_path / "blobs.npz", classes)
    task = Task(20, (Cache(0.02),), design, 0.9, 30_000, data=data)
    plain, cached = learn_all([(Task(20, (), design, 0.9, 30_000, data=data), 1), (task, 1)])
    assert plain.training.learnt
    assert cached.training.learnt
    assert plain.network.output.weights.shape == (classes, 20 + design.bias)
    assert plain.training.direct < cached.training.path < plain.training.path


def test_a_record_is_of_the_content_and_not_of_the_path(tmp_path):
    path = blobs(tmp_path / "blobs.npz")
    task = Task(10, most_samples=200, data=path)
    (once,) = sweep([task], [1], tmp_path / "runs.jsonl")
    assert once["task"]["data"].startswith("blobs.npz, SHA-256 ")
    assert not missing([task], [1], tmp_path / "runs.jsonl")
    (tmp_path / "elsewhere").mkdir()
    moved = Task(10, most_samples=200, data=blobs(tmp_path / "elsewhere" / "blobs.npz"))
    assert not missing([moved], [1], tmp_path / "runs.jsonl")
    run = learn(task, 1)
    kept = begin(task, dataset(task), 1)
    next(go_on(kept, dataset(task)))
    checkpoint.save(tmp_path / "kept", kept)
    before = dataset(task)
    blobs(path, seed=1)
    assert missing([task], [1], tmp_path / "runs.jsonl") == [(task, 1)]
    assert not np.array_equal(dataset(task).train_inputs, before.train_inputs)
    # What was learnt from the old content says so still.
    assert record(pickle.loads(pickle.dumps(run)))["task"] == once["task"]
    with pytest.raises(ValueError, match=r"of another training \(data 'blobs.npz, SHA-256 .*, not"):
        checkpoint.load(tmp_path / "kept", begin(task, dataset(task), 1))


def test_tests_are_rarer_in_folders(tmp_path):
    tasks = Task(data=folder(tmp_path / "mine")), Task(data=blobs(tmp_path / "blobs.npz"))
    assert [task.interval for task in tasks] == [1000, 100]
    assert identity(tasks[0], 0)["task"]["data"].startswith("mine, SHA-256 ")
