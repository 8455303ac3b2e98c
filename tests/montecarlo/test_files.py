"""Files that are written whole or not at all."""

from pathlib import Path

import pytest

from montecarlo.files import write


@pytest.mark.parametrize(("content", "expected"), [("τ", b"\xcf\x84"), (b"\0\xff", b"\0\xff")])
def test_text_and_bytes_are_written(tmp_path, content, expected):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    write(path, content)
    assert path.read_bytes() == expected
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        write(path, "new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
