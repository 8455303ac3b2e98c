"""Files that are written whole or not at all."""

import os
import secrets
import stat
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

#: What the names of files begin with that are not whole yet, and how long a name may be.
UNFINISHED, LONGEST_NAME = ".unfinished-", 40
#: Where the system shows open files, those without a name too.
OPEN_FILES = "/proc/self/fd"


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; of a link it is what that leads to.

    What is no file of its own, a pipe or a device, is written to. A file keeps its mode, and a new
    one has that of the user's umask. No other process can name or read it before it is whole. What
    killed writers left in the folder is removed.
    """
    data = content.encode() if isinstance(content, str) else content
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        # By its own name: that of a pipe behind /dev/stdout leads nowhere.
        with path.open("wb", buffering=0) as opened:
            write_all(opened.fileno(), data)
        return
    target = path.resolve()
    unfinished = target.with_name(
        f"{UNFINISHED}{target.name[:LONGEST_NAME]}-{secrets.token_hex(8)}"
    )
    handle = _opened(unfinished, 0o666 if mode is None else 0o600)
    try:
        try:
            if sys.platform != "win32":
                with suppress(OSError):  # not all file systems can
                    fcntl.flock(handle, fcntl.LOCK_EX)
                _sweep(target.parent)
            if mode is not None:
                # By the open descriptor: a name could by now be that of another file.
                os.fchmod(handle, stat.S_IMODE(mode))
            write_all(handle, data)
            if not unfinished.exists():
                # Only with a folder, which does not matter here, does Python follow the link.
                os.link(
                    f"{OPEN_FILES}/{handle}", unfinished, src_dir_fd=handle, follow_symlinks=True
                )
        finally:
            os.close(handle)
        unfinished.replace(target)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def _opened(path: Path, mode: int) -> int:
    """A new file, where the system can without a name: nothing is left of it by a kill."""
    if hasattr(os, "O_TMPFILE") and Path(OPEN_FILES).is_dir():
        with suppress(OSError):  # not all file systems can
            return os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, mode)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)


def _sweep(folder: Path) -> None:
    """Remove what writers have left that were killed; what is still written to is locked."""
    for left in folder.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
            finally:
                os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write to an open file until all is written; a full disk takes a part first."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
