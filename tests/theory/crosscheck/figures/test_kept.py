"""Records as data: what they are comes back, and nothing read from a file can run code."""

import pickle
from dataclasses import dataclass, field

import joblib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montecarlo.archives import packed, unpacked
from tests.theory.formula.strategies import reproducible
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.figures import records
from theory.crosscheck.figures.kept import as_data, from_data


@dataclass(frozen=True)
class Found:
    """A record, whose constructor would refuse what it is."""

    value: object
    other: object = None
    counted: int = field(init=False, default=0)

    def __post_init__(self):
        raise AssertionError("made anew")


def found(value):
    made = object.__new__(Found)
    for name, part in (("value", value), ("other", None), ("counted", 3)):
        object.__setattr__(made, name, part)
    return made


KNOWN = {"tests"}
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(),
    st.sampled_from([np.float32(0.1), np.int8(3), np.bool_(True), np.float64("nan")]),
    st.sampled_from([np.arange(6.0).reshape(2, 3)[:, ::2], np.zeros((0, 2), bool), np.array(2j)]),
)  # fmt: skip
keys = st.one_of(st.integers(), st.floats(allow_nan=False), st.text(), st.tuples(st.integers()))
values = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=3).map(tuple),
        st.dictionaries(keys, parts, max_size=3),
        parts.map(found),
    ),
    max_leaves=8,
)


def equal(left, right):
    if isinstance(left, Found):
        left, right = vars(left), vars(right)
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return list(left) == list(right) and all(map(equal, left.values(), right.values()))
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, np.ndarray | np.generic):
        return (
            left.dtype == right.dtype
            and left.shape == right.shape
            and left.tobytes() == right.tobytes()
        )
    return repr(left) == repr(right)


@given(values)
@reproducible(200)
def test_what_is_kept_comes_back(value):
    assert equal(from_data(as_data(value), KNOWN), value)


@pytest.mark.parametrize("value", [{1}, object(), Found, b"1", np.array([None]), print, 1j])
def test_what_is_no_data_is_not_kept(value):
    with pytest.raises(TypeError, match=r"\Aa record cannot be kept with a \w+ in it\Z"):
        as_data([value])


class Planted:
    """Unpickled, it leaves a file behind."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def hostile(trace):
    """Files that keep no record."""
    yield from (b"", b"notes", b"PK", pickle.dumps(Planted(trace)))
    yield as_data([1])[:-1]
    fields = {"value": 1, "other": 2, "counted": 3}
    for part in (
        {}, {"a": 1, "b": 2}, {"array": "part 7"}, {"array": 7}, {"list": 3}, {"dict": [1]},
        {"dict": [[{"list": []}, 1]]}, {"dataclass": []}, {"dataclass": [1, 2, 3]},
        {"dataclass": ["os", "system", {}]}, {"dataclass": ["subprocess", "Popen", {"args": "x"}]},
        {"dataclass": ["tests.no_such_module", "Found", fields]},
        {"dataclass": [__name__, "Planted", {"path": str(trace)}]},
        {"dataclass": [__name__, "Found", {"value": 1}]},
        {"dataclass": [__name__, "Found.__init__", fields]},
        {"dataclass": [__name__, "pickle.loads", fields]},
        {"dataclass": [__name__, "found", {}]},
    ):  # fmt: skip
        yield packed({"record": part}, {})
    nested = 1
    for _ in range(300):
        nested = {"list": [nested]}
    yield packed({"record": {"list": [nested] * 2, "x": 1}}, {})
    yield packed({"other": 1}, {})


def test_foreign_files_are_refused_and_nothing_in_them_is_run(tmp_path):
    for content in hostile(tmp_path / "trace"):
        with pytest.raises(ValueError, match=r"damaged\Z"):
            from_data(content, KNOWN)
    assert not (tmp_path / "trace").exists()


def test_no_flipped_bit_changes_a_record():
    content = as_data([found(np.arange(50.0)), {"a": 0.1}])
    before = from_data(content, KNOWN)
    for place in range(0, 8 * len(content), 7):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        try:
            after = from_data(bytes(flipped), KNOWN)
        except ValueError:
            continue
        assert equal(after, before)


MADE = []


def simulated(rngs):
    MADE.append(len(rngs))
    return [float(rng.random()) for rng in rngs]


def test_damaged_and_planted_records_are_made_again(tmp_path):
    experiment = Experiment("tests.numbers()", simulated, replicas=3, module=__name__)
    folder = tmp_path / "records"
    first = [record for _, record in records.replicas([experiment], 1, 1, folder)]
    files = list(folder.iterdir())
    assert (len(files), MADE) == (3, [1, 1, 1])
    assert [record for _, record in records.replicas([experiment], 1, 1, folder)] == first
    assert len(MADE) == 3
    for file, content in zip(files, hostile(tmp_path / "trace"), strict=False):
        file.write_bytes(content)
    joblib.dump(Planted(tmp_path / "trace"), files[2])
    assert [record for _, record in records.replicas([experiment], 1, 1, folder)] == first
    assert len(MADE) == 6
    assert not (tmp_path / "trace").exists()
    assert unpacked(files[2].read_bytes())
