"""CP on how networks learn and respond, and what leaves synapses unplastic."""

import numpy as np
import sympy as sp

from montecarlo.datasets import DataName
from montecarlo.tasks import Task, dataset
from theory.crosscheck.chapters.networks.experiments import AS_PUBLISHED, CP_DESIGNS, first_samples
from theory.crosscheck.chapters.sources import COMPETITIVE_PLASTICITY
from theory.crosscheck.chapters.symbols import a, t, x
from theory.crosscheck.claim import Claim, Kind
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.legs.symbolic import Identity, Positive

w_1, w_2, x_1, x_2, v, y, m = sp.symbols("w_1 w_2 x_1 x_2 v y m", positive=True)
#: A network of two inputs, a logistic hidden unit and a linear output of half the squared error.
_UNIT = 1 / (1 + sp.exp(-(w_1 * x_1 + w_2 * x_2)))
_LOSS = (t - v * _UNIT) ** 2 / 2
_DELTA = (t - v * _UNIT) * v * _UNIT * (1 - _UNIT)
#: Cross-entropy if the field of the right output exceeds those of the 9 others by m.
_CROSS_ENTROPY = sp.log(1 + 9 * sp.exp(-m))


def _nonzero_inputs(data: DataName) -> float:
    """The part of the synapses that raw inputs leave plastic, biases included."""
    inputs = dataset(Task(design=CP_DESIGNS["raw inputs"], data=data)).train_inputs
    n_i, n_h, n_o = inputs.shape[1], 100, 10
    plastic = (n_i * np.count_nonzero(inputs) / inputs.size + 1) * n_h + (n_h + 1) * n_o
    return float(plastic / ((n_i + 1) * n_h + (n_h + 1) * n_o))


def _all_plastic(data: DataName) -> Comparison:
    """What CP.M0-time says of networks."""
    return Comparison(
        f"synapses that a sample updates, over all of them, zero mean, on {data}",
        first_samples(data).replicated(16),
        observed=lambda runs: runs[AS_PUBLISHED].updates / runs[AS_PUBLISHED].samples,
        predicted=lambda runs: runs[AS_PUBLISHED].synapses,
        wrong=(0.99, 1.01),
    )


def _update(data: DataName) -> Claim:
    return Claim(
        id="CP.dw",
        statement="The update of a weight is eta delta x, x the activity of its input: no "
        "plasticity at zero input, so inputs are offset to have zero mean; raw ones leave plastic "
        "approximately what is behind pixels that are not zero.",
        source=f"{COMPETITIVE_PLASTICITY}, Methods",
        kind=Kind.DEFINITION,
        symbolic=(
            Identity(
                "minus the gradient of half the squared error",
                lambda: -sp.diff(_LOSS, w_1),
                lambda: _DELTA * x_1,
            ),
            Identity(
                "the same error at another input",
                lambda: x_1 * sp.diff(_LOSS, w_2),
                lambda: x_2 * sp.diff(_LOSS, w_1),
            ),
        ),
        simulation=(
            _all_plastic(data),
            Comparison(
                f"synapses that a sample updates, over those behind nonzero inputs, raw, on {data}",
                first_samples(data).replicated(16),
                observed=lambda runs: runs["raw inputs"].updates / runs["raw inputs"].samples,
                predicted=lambda runs: runs["raw inputs"].synapses * _nonzero_inputs(data),
                words="approximately",
            ),
        ),
        remark="Half the pixels of digits are not zero, a fifth of those of MNIST.",
    )


def _leaky_units(data: DataName) -> Claim:
    return Claim(
        id="CP.lrelu",
        statement="Hidden units are leaky: rectified linear ones would have no activity for a "
        "substantial fraction of the samples, which turns off plasticity of their synapses.",
        source=f"{COMPETITIVE_PLASTICITY}, Methods",
        kind=Kind.DEFINITION,
        symbolic=(
            Identity("max(x, 0.1 x) is x above zero", lambda: sp.Max(x, x / 10), lambda: x),
            Identity("and 0.1 x below", lambda: sp.Max(-x, -x / 10), lambda: -x / 10),
        ),
        simulation=(
            _all_plastic(data),
            Comparison(
                f"updates of synapses onto outputs, leaky units over ReLU, on {data}",
                first_samples(data).replicated(16),
                observed=lambda runs: runs[AS_PUBLISHED].energy[-1, 1, 0],
                predicted=lambda runs: runs["ReLU"].energy[-1, 1, 0],
                words="substantial",
            ),
        ),
    )


def _cross_entropy() -> Claim:
    return Claim(
        id="CP.crossentropy",
        statement="The cross-entropy of a softmax with the target 0 or 1 vanishes only if the "
        "fields, and so the weights, diverge.",
        source=f"{COMPETITIVE_PLASTICITY}, Methods",
        kind=Kind.LIMIT,
        symbolic=(
            Positive("it is positive for any difference m of the fields", lambda: _CROSS_ENTROPY),
            Identity(
                "it is the cross-entropy of fields a + m and nine times a",
                lambda: sp.exp(-_CROSS_ENTROPY),
                lambda: sp.exp(a + m) / (sp.exp(a + m) + 9 * sp.exp(a)),
            ),
            Identity(
                "it falls as 9 exp(-m)",
                lambda: sp.limit(_CROSS_ENTROPY * sp.exp(m), m, sp.oo),
                lambda: sp.Integer(9),
            ),
            Identity(
                "a loss y needs m = log(9/(exp(y) - 1))",
                lambda: _CROSS_ENTROPY.subs(m, sp.log(9 / (sp.exp(y) - 1))),
                lambda: y,
            ),
        ),
        remark="Half the squared error vanishes at finite fields. With a softmax M_1 to 90% is "
        "twice as large (Fig. CP.6).",
    )


CLAIMS = (_update("mnist"), _leaky_units("mnist"), _cross_entropy())
