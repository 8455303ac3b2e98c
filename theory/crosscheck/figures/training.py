"""What a single training cost until it reached an accuracy."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray
from montecarlo.runs import Run
from theory.crosscheck.figures import drawing
from theory.crosscheck.figures.figure import SIMULATION, Axis, Panel, Series


def picture(run: Run) -> dict[str, bytes]:
    """What it cost to reach each accuracy for the first time, as PNG and as SVG, by suffix.

    The panels are the number of updates M_0, the energy M_1 beside that of going straight to the
    weights of then and, if there are any, the sizes of transient weights over presentations.
    """
    training = run.training
    rows = _records(training.accuracy)
    x = 100 * training.accuracy[rows]
    energy, direct = training.energy[rows], training.direct_energy[rows]
    held = training.transient_sum[rows]
    least = _series("both, directly", x, direct[:, :, 1].sum(axis=1), reference=True)
    panels = [
        _panel("M_0", "updates $M_0$", _layers(x, energy[:, :, 0])),
        _panel("M_1", "energy $M_1$", [*_layers(x, energy[:, :, 1]), least]),
    ]
    if held.any():
        label = "transient weights,\nsummed over time"
        panels.append(_panel("transient", label, _layers(x, held)))
    title = "What it cost to reach an accuracy for the first time"
    return drawing.render(title, Axis("accuracy on the test set (%)"), panels, _note(run))


def _records(accuracy: FloatArray) -> npt.NDArray[np.bool_]:
    """Which tests are more accurate than all before them, as the first is."""
    best = np.maximum.accumulate(accuracy)
    return accuracy > np.append(-1.0, best[:-1])


def _layers(x: FloatArray, values: FloatArray) -> list[Series]:
    """Series for both layers, given as columns, and their sum."""
    columns = {"hidden layer": values[:, 0], "output layer": values[:, 1]}
    columns["both layers"] = values.sum(axis=1)
    return [_series(label, x, y) for label, y in columns.items()]


def _series(label: str, x: FloatArray, y: FloatArray, *, reference: bool = False) -> Series:
    """Points, without those that have overflowed."""
    finite = np.isfinite(y)
    return Series(label, SIMULATION, tuple(x[finite]), tuple(y[finite]), reference=reference)


def _panel(name: str, label: str, series: Sequence[Series]) -> Panel:
    """A logarithmic axis, on which zero has a place if need be."""
    shown = tuple(item for item in series if item.y)
    values = np.array([y for item in shown for y in item.y])
    positive = values[values > 0]
    scale = "log" if len(positive) == len(values) else float(positive.min(initial=1.0))
    return Panel(name, Axis(label, scale), shown)


def _note(run: Run) -> str:
    """What was simulated."""
    task, network = run.task, run.network
    n_h, n_i = network.hidden.weights.shape
    sizes = f"{n_i - task.design.bias}-{n_h}-{len(network.output.weights)}"
    biases = " and biases" if task.design.bias else ""
    # A file may be called anything; no mathematics is meant, and not all bytes are signs.
    data = str(task.data).replace("$", r"\$").encode(errors="replace").decode()
    units = f"{data}: {sizes} units{biases}, {task.design.hidden}, {task.design.output}"
    return "\n".join([units, *map(repr, task.savers), f"seed {run.seed}; synaptic-energy"])
