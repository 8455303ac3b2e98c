"""Arrays of bytes in files, by the definition of the format."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from montecarlo.idx import parse_idx
from tests.montecarlo.perceptron.problems import REPRODUCIBLE


def idx(entries):
    """By the definition of the format."""
    header = struct.pack(f">HBB{entries.ndim}I", 0, 8, entries.ndim, *entries.shape)
    return header + bytes(entries.ravel().tolist())


@given(arrays.arrays(np.uint8, arrays.array_shapes(max_dims=4)), st.integers(1, 200))
@REPRODUCIBLE
def test_idx(entries, cut):
    content = idx(entries)
    found = parse_idx(content, "it")
    assert found.dtype == np.uint8
    assert np.array_equal(found, entries)
    with pytest.raises(ValueError, match=r"it is (truncated|not an IDX file)"):
        parse_idx(content[:-cut], "it")
    with pytest.raises(ValueError, match="it holds 1 bytes more than it says"):
        parse_idx(content + b"\0", "it")


@pytest.mark.parametrize(
    "start", [b"", b"\0\0\x08", b"\0\0\x09\1\0\0\0\0", b"\1\0\x08\1", b"<html>"]
)
def test_foreign_idx(start):
    with pytest.raises(ValueError, match=r"it is not an IDX file of unsigned bytes: starts b'"):
        parse_idx(start, "it")
