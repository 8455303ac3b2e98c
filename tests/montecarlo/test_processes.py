"""Worker processes: no more than there is work, and none that outlives its master."""

import os
import subprocess
import sys
import time
from contextlib import suppress

import joblib
import pytest

from montecarlo.processes import workers

WORKER = "import os, sys, time; from montecarlo.processes import follow; follow(os.getppid()); "
WORKER += "print(os.getpid(), flush=True); time.sleep(60)"
MASTER = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {WORKER!r}], "
MASTER += "stdout=subprocess.PIPE).stdout.readline(); print(flush=True); input()"


@pytest.mark.skipif(sys.platform == "win32", reason="has other process groups")
def test_workers_end_when_their_master_is_killed():
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-c", MASTER]
    with subprocess.Popen(command, start_new_session=True, **pipes) as master:
        master.stdout.readline()
        os.killpg(master.pid, 0)
        master.kill()
    until = time.monotonic() + 5
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(master.pid, 0)
            time.sleep(0.05)
    assert time.monotonic() < until


@pytest.mark.parametrize(("jobs", "tasks", "most"), [(40, 2, 2), (2, 40, 2), (3, 0, 1)])
def test_there_are_no_more_workers_than_tasks(jobs, tasks, most):
    with workers(jobs, tasks):
        assert joblib.effective_n_jobs(joblib.Parallel().n_jobs) == most
