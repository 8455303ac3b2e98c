"""Files that are written whole or not at all."""

import fcntl
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from montecarlo.files import write


@pytest.fixture
def umask():
    """Set the umask; the one before comes back."""
    before = os.umask(0o077)
    os.umask(before)
    yield os.umask
    os.umask(before)


@pytest.fixture(params=["without a name", "with a name"], autouse=True)
def unfinished(request, monkeypatch):
    """Whether the file system can make files without a name."""
    if request.param == "with a name":
        monkeypatch.delattr(os, "O_TMPFILE")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


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

    for owner, name in ((Path, "replace"), (os, "write"), (os, "fchmod")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, fail)
            with pytest.raises(KeyboardInterrupt):
                write(path, "new")
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
@pytest.mark.parametrize("old", [None, 0o600, 0o640, 0o664, 0o444])
def test_a_new_file_has_the_mode_of_the_umask_and_an_old_one_its_own(tmp_path, umask, mask, old):
    path = tmp_path / "file"
    umask(mask)
    if old is not None:
        path.touch()
        path.chmod(old)
    write(path, "new")
    assert mode(path) == (0o666 & ~mask if old is None else old)


def test_nobody_can_read_a_private_file_before_it_is_whole(tmp_path, umask, monkeypatch):
    path, seen, plain = tmp_path / "file", [], os.write
    umask(0o000)
    path.touch()
    path.chmod(0o600)

    def watched(handle, data):
        seen.extend(mode(each) for each in tmp_path.iterdir())
        return plain(handle, data)

    monkeypatch.setattr(os, "write", watched)
    write(path, "new")
    assert set(seen) == {0o600}


def test_a_kill_leaves_no_other_file(tmp_path):
    if not hasattr(os, "O_TMPFILE"):
        pytest.skip("files have names from the beginning")
    script = (
        "import os, signal; from pathlib import Path; from montecarlo.files import write\n"
        "os.fchmod = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"write(Path({str(tmp_path / 'file')!r}), 'new')"
    )
    (tmp_path / "file").write_bytes(b"old")
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize("last", ["os.replace", "os.fchmod"])
def test_what_a_kill_leaves_goes_with_the_next_file_but_not_what_is_being_written(tmp_path, last):
    """By whatever system call it was killed; a pipe of such a name keeps nobody waiting."""
    script = (
        "import os, signal; from pathlib import Path; from montecarlo.files import write\n"
        "del os.O_TMPFILE\n"  # as not all file systems have it
        f"{last} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"write(Path({str(tmp_path / 'file')!r}), 'new')"
    )
    (tmp_path / "file").write_bytes(b"old")
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    (left,) = tmp_path.glob(".unfinished-*")
    os.mkfifo(tmp_path / ".unfinished-pipe")
    with left.open() as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        write(tmp_path / "other", "new")
        assert left.exists()
    write(tmp_path / "other", "newer")
    assert {it.name for it in tmp_path.iterdir()} == {"file", "other"}
    assert (tmp_path / "file").read_bytes() == b"old"


def test_links_are_followed_to_what_they_lead_to(tmp_path):
    (tmp_path / "there").mkdir()
    target, link, further = tmp_path / "there" / "file", tmp_path / "link", tmp_path / "further"
    target.write_bytes(b"old")
    link.symlink_to("there/file")
    further.symlink_to(link)
    write(further, "new")
    assert further.is_symlink()
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "there" / "made")
    write(dangling, "new")
    assert (tmp_path / "there" / "made").read_bytes() == b"new"


def test_pipes_and_devices_are_written_to_and_stay(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write(pipe, "new" * 100_000)
    reader.join(10)
    assert read == [b"new" * 100_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    write(Path(os.devnull), "new")
    reading, writing = os.pipe()
    write(Path(f"/dev/fd/{writing}"), "new")  # as /dev/stdout may be
    assert os.read(reading, 9) == b"new"
    os.close(reading)
    os.close(writing)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_all_is_written_although_the_system_takes_a_part_at_a_time(tmp_path, monkeypatch):
    plain = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: plain(handle, data[:7]))
    write(tmp_path / "file", b"0123456789" * 10)
    assert (tmp_path / "file").read_bytes() == b"0123456789" * 10


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path, plain = tmp_path / "file", os.write
    path.write_bytes(b"old")

    def filling(handle, data):
        if len(data) < 90:
            raise OSError("no space left on device")
        return plain(handle, data[:10])

    monkeypatch.setattr(os, "write", filling)
    with pytest.raises(OSError, match="no space left"):
        write(path, b"0123456789" * 10)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_names_of_255_bytes_can_be_written(tmp_path):
    path = tmp_path / ("τ" * 127)
    write(path, "new")
    assert list(tmp_path.iterdir()) == [path]
