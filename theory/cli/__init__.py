"""The command ``synaptic-energy``: claims, formulas, figures, and networks to be trained."""

import os
import pkgutil
import warnings
from collections import UserDict
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


@click.group(
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
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="synaptic-energy")
def main() -> None:
    """Closed-form theory of the energy of learning, held against proof and simulation.

    Exit status: 0 when every claim has the verdict expected of it, 1 when one has not, 2 for bad
    usage, 3 when a training diverged, 130 when interrupted.
    """
    # joblib renews processes that have grown, by a data set for example. Nothing is lost by it.
    warnings.filterwarnings("ignore", "A worker stopped while", UserWarning)
