"""Worker processes, no more than there is work, that end with the process that they work for."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import resource_tracker

import joblib
from joblib.externals.loky.backend import resource_tracker as loky_tracker

#: Seconds for which a worker may outlive its master.
PATIENCE = 0.5


def workers(jobs: int, tasks: int) -> AbstractContextManager[object]:
    """Let joblib use so many processes of this machine, but no more than there are tasks."""
    found: AbstractContextManager[object] = joblib.parallel_config(
        "loky", n_jobs=max(1, min(jobs, tasks)), initializer=follow, initargs=(os.getpid(),)
    )
    return found


@contextmanager
def shielded() -> Iterator[None]:
    """Have processes and threads that start meanwhile leave interruptions to this thread.

    It sees those that come meanwhile when it is over.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    for tracker in (resource_tracker, loky_tracker):
        tracker.ensure_running()  # which would lift the shield
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def follow(master: int) -> None:
    """Have this process, a worker, end when its master has ended, however that was."""
    threading.Thread(target=_end_with, args=(master,), daemon=True).start()


def _end_with(master: int) -> None:
    while os.getppid() == master:
        time.sleep(PATIENCE)
    os._exit(1)
