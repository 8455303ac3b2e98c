"""Runs: how far a training has come, and what it found.

A task and a seed determine a run, whoever runs it, in however many pieces and beside whichever
others, as long as linear algebra uses one thread.
"""

from montecarlo.datasets import DataName
from montecarlo.runs.learning import SIDE_BY_SIDE, advance, batches, go_on, learn, learn_all
from montecarlo.runs.recording import identity, record
from montecarlo.runs.run import Run, begin
from montecarlo.tasks import Task, dataset

__all__ = [
    "SIDE_BY_SIDE",
    "DataName",
    "Run",
    "Task",
    "advance",
    "batches",
    "begin",
    "dataset",
    "go_on",
    "identity",
    "learn",
    "learn_all",
    "record",
]
