"""The command ``synaptic-energy``: claims, formulas, figures, and networks to be trained."""

import errno
import io
import os
import pkgutil
import sys
import warnings
from collections import UserDict
from contextlib import suppress
from typing import Any

import click

# Before NumPy is loaded. The matrix products of a check are short: a second thread saves little on
# an idle machine, and on a busy one waiting for its core takes many times longer than the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


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
        """Call a command; a message that repeats a long input is cut in the middle."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            if len(error.message) > LONGEST_MESSAGE:
                half = LONGEST_MESSAGE // 2
                vars(error)["message"] = f"{error.message[:half]} ... {error.message[-half:]}"
            raise

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and flush what was printed while errors can still be told."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # not all encodings have all signs
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except MemoryError:
            refused = "there is not enough memory for this"
        except OSError as error:
            if error.errno == errno.EPIPE:
                sys.exit(1)
            refused = error.strerror or str(error)
            with suppress(OSError, ValueError):
                # Else Python tries to write the rest once more.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"Error: {refused}", err=True)
        sys.exit(2)


@click.group(
    cls=WholeCommand,
    commands=Commands(
        check="checking:check",
        list="listing:list_claims",
        show="checking:show",
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
    usage, 3 when a training diverged, 4 when a process of a check was killed, 130 when
    interrupted.
    """
    # joblib renews processes that have grown, by a data set for example. Nothing is lost by it.
    warnings.filterwarnings("ignore", "A worker stopped while", UserWarning)
