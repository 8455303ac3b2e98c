"""The command ``synaptic-energy``: claims, formulas, figures, and networks to be trained."""

import os
import warnings

# Before NumPy is loaded. The matrix products of a check are short: a second thread saves little on
# an idle machine, and on a busy one waiting for its core takes many times longer than the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from theory.cli.checking import check, list_claims, show
from theory.cli.citing import cite
from theory.cli.drawing import draw
from theory.cli.evaluation import evaluate
from theory.cli.sweeping import sweep_command
from theory.cli.training import train


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="synaptic-energy")
def main() -> None:
    """Closed-form theory of the energy of learning, held against proof and simulation.

    Exit status: 0 when every claim has the verdict expected of it, 1 when one has not, 2 for bad
    usage, 130 when interrupted.
    """
    # joblib renews processes that have grown, by a data set for example. Nothing is lost by it.
    warnings.filterwarnings("ignore", "A worker stopped while", UserWarning)


for command in (check, list_claims, show, evaluate, draw, cite, train, sweep_command):
    main.add_command(command)
