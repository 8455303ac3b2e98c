"""The command ``synaptic-energy``: claims, formulas, figures, and networks to be trained."""

import errno
import io
import os
import pkgutil
import signal
import sys
import threading
import warnings
from collections import UserDict
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress
from typing import Any

import click

from theory.cli.common import INTERRUPTED, LOST

# Before NumPy is loaded. The matrix products of a check are short: a second thread saves little on
# an idle machine, and on a busy one waiting for its core takes many times longer than the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# After an interruption a process of joblib clears up, and need not say so.
os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker")


class Commands(UserDict[str, Any]):
    """Commands by name, from where each is: one is loaded without what the others need."""

    def __getitem__(self, name: str) -> Any:
        """The command itself."""
        return pkgutil.resolve_name(f"theory.cli.{self.data[name]}")


#: Characters of an error message.
LONGEST_MESSAGE = 300


class WholeCommand(click.Group):
    """The command itself: what the system refuses it says in a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Call a command, and say what it refuses in few words."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            vars(error)["message"] = _cut(error.message)
            raise

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and flush what was printed while errors can still be told."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # not all encodings have all signs
        status = 2
        try:
            try:
                with _interruptible():
                    return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except MemoryError:
            refused = "there is not enough memory for this"
        except BrokenExecutor:
            refused, status = "a process was killed, perhaps for want of memory", LOST
        except OSError as error:
            if error.errno == errno.EPIPE:
                sys.exit(1)
            refused = error.strerror or str(error)
            if error.filename is not None:
                refused = f"{error.filename}: {refused}"
            with suppress(OSError, ValueError):
                # Else Python tries to write the rest once more.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"Error: {_cut(refused)}", err=True)
        sys.exit(status)


def _cut(message: str) -> str:
    """A message without the middle, if it repeats a long input."""
    half = LONGEST_MESSAGE // 2
    return message if len(message) <= 2 * half else f"{message[:half]} ... {message[-half:]}"


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let the system end a command as Ctrl-C does: once, as the command then keeps what it has.

    A second interruption meanwhile is ignored; the third ends it on the spot.
    """
    times = 0

    def interrupt(*_: Any) -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise KeyboardInterrupt
        if times > 2:
            os._exit(INTERRUPTED)

    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # not all systems have all of them
            number = getattr(signal, name, None)
            # What is ignored, behind nohup, stays so.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, interrupt)
    try:
        yield
    finally:
        if times:
            # Python would wait for threads that wait for processes; those follow by themselves.
            sys.stdout.flush()
            os._exit(INTERRUPTED)
        for number, handler in before.items():
            signal.signal(number, handler)


@click.group(
    cls=WholeCommand,
    commands=Commands(
        check="checking:check",
        list="listing:list_claims",
        show="showing:show",
        eval="evaluation:evaluate",
        figure="drawing:draw",
        cite="citing:cite",
        train="training:train",
        sweep="sweeping:sweep_command",
        record="recording:record",
        new="starting:new",
        explore="exploring:explore",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="synaptic-energy")
def main() -> None:
    """Closed-form theory of the energy of learning, held against proof and simulation.

    Exit status: 0 when every claim has the verdict expected of it, 1 when one has not, 2 for bad
    usage, 3 when a training diverged, 4 when a process at work was killed, 130 when interrupted.
    """
    # joblib renews processes that have grown, by a data set for example. Nothing is lost by it.
    warnings.filterwarnings("ignore", "A worker stopped while", UserWarning)
