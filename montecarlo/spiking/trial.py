"""A trial of a spiking neuron with adaptation and plastic synapses, for many neurons at once.

The neuron integrates by Euler's method with conductances that are constant within a time step;
everything else decays by exact exponentials. Its spikes are few, and until the next one its whole
course is known: conductances of the inputs follow from their spikes, adaptation and the trace of
past spikes decay, weights can only be depressed, and the potential obeys a linear recursion. So
each neuron moves on by a window of ``WINDOW`` steps, or to the first spike in it if there is one,
at its own pace and side by side with all the others.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first used
from numpy.lib.stride_tricks import sliding_window_view

from montecarlo.arrays import FloatArray, IntArray
from montecarlo.checks import as_numbers, require
from montecarlo.spiking.inputs import Parameters, Trains

#: Steps that a neuron moves on at once: long against the overhead, short against what is computed
#: in vain behind a spike.
WINDOW = 256


@dataclass(frozen=True)
class Trial:
    """What a trial made of the neurons.

    Attributes
    ----------
    weights : ndarray, shape (neurons, inputs)
        Of the active inputs, after the trial (nS).
    energy : ndarray, shape (neurons,)
        Sum over inputs and time steps of abs(change of the weight) (nS).
    spikes : ndarray of int, shape (spikes, 2)
        Neuron and step of each spike; those of one neuron in the order of time.
    potential : ndarray, shape (neurons,)
        Of the membrane at the end, above rest (mV).
    """

    weights: FloatArray
    energy: FloatArray
    spikes: IntArray
    potential: FloatArray


def present(weights: npt.ArrayLike, trains: Trains, parameters: Parameters | None = None) -> Trial:
    """Present spike trains to many independent neurons, each of which starts at rest.

    In each step first the input spikes arrive, then the membrane moves, then it may spike, then
    the weights change, where spikes of the same step are a pair, too. A potential strictly above
    threshold is a spike. The conductances of the inputs are the weights; a weight that all neurons
    of a pool share feels the spikes of all.

    Parameters
    ----------
    weights : array_like, shape (neurons, inputs)
        Of the active inputs before the trial, between 0 and the largest weight (nS).
    trains : Trains
        What the neurons receive.
    parameters : Parameters, optional
        Of the neuron and of a trial; without it, those of the paper.

    Returns
    -------
    Trial
        Weights and energies in nS.

    Raises
    ------
    ValueError
        If shapes do not match, a weight is out of bounds, or the time step is too long for the
        conductances.

    Notes
    -----
    C dV/dt = -(g_l + g_k) (V - E) + g_b s_b (V - E) + (sum_i w_i s_i + g_v s_v) (E_ex - V), with
    rest E and gates s that each spike raises by 1.

    Examples
    --------
    >>> from montecarlo.spiking.inputs import poisson_trains
    >>> trains = poisson_trains(np.ones(100), 2, np.random.default_rng(1))
    >>> trial = present(np.full((100, 2), 1.0), trains)
    >>> bool(trial.weights.mean() > 1), round(len(trial.spikes) / 100)
    (True, 3)
    """
    model = parameters or Parameters()
    _require_trains(trains, model)
    shape = trains.auditory.shape[:2]
    domain = f"between 0 and {model.largest_weight}, of shape {shape}"
    start = as_numbers("weights", weights, domain)
    if start.shape != shape:
        raise ValueError(f"weights must be {domain}, got an array of shape {start.shape}")
    outside = ~((start >= 0) & (start <= model.largest_weight))
    if outside.any():
        require("weights", float(start[outside][0]), False, domain)
    return _simulate(start.copy(), trains, model)


def _require_trains(trains: Trains, model: Parameters) -> None:
    """Require counts of shapes that fit each other and the windows."""
    leading = trains.auditory.shape[:-1]
    for name, lead, (begin, end) in (
        ("auditory", leading, model.auditory),
        ("visual", leading[:1], model.visual),
        ("background", leading[:1], (0.0, model.duration)),
    ):
        counts = getattr(trains, name)
        shape = (*lead, model.step_of(end) - model.step_of(begin))
        if len(leading) != 2 or counts.shape != shape:
            raise ValueError(f"{name} must be counts of shape {shape}, got shape {counts.shape}")


def _simulate(weights: FloatArray, trains: Trains, model: Parameters) -> Trial:
    """The trial, in which the weights change in place."""
    neurons, steps = len(weights), model.steps
    gates, drive, leak, inputs, past_inputs = _courses(trains, model)
    gain = model.time_step / model.capacitance
    pull = gain * (model.reversal - model.rest)
    kept_adaptation = model.decay(model.adaptation_time) ** np.arange(WINDOW + 1)
    kept_trace = model.decay(model.depression_time) ** np.arange(WINDOW + 1)
    potential, adaptation, trace, energy = np.zeros((4, neurons))
    clock = np.zeros(neurons, dtype=np.int64)
    spikes = [np.empty((0, 2), dtype=np.int64)]
    rows = np.arange(neurons)
    while len(rows):
        each, now = np.arange(len(rows)), clock[rows]
        # What the window were without a spike.
        losses = inputs[rows, :, now] * kept_trace[1:]
        losses *= (model.depression * trace[rows])[:, None, None]
        course = _depressed(weights[rows], losses)
        excitation = (gates[rows, :, now] * course[..., :-1]).sum(axis=1)
        excitation += drive[rows, now]
        load = adaptation[rows, None] * kept_adaptation[:-1]
        load += leak[rows, now]
        load += excitation
        path = _relaxed(potential[rows], 1 - gain * load, pull * excitation, model)
        # On to its end, or to the first spike.
        above = path > model.threshold - model.rest
        first = above.argmax(axis=1)
        fired = above[each, first] & (now + first < steps)
        moved = np.where(fired, first, np.minimum(WINDOW, steps - now))
        held = course[each, :, moved]
        energy[rows] += (weights[rows] - held).sum(axis=1)
        weights[rows] = held
        potential[rows] = path[each, moved - 1]
        adaptation[rows] *= kept_adaptation[moved]
        trace[rows] *= kept_trace[moved]
        clock[rows] += moved
        # The step with the spike.
        rows = rows[fired]
        now, held = clock[rows], weights[rows]
        spikes.append(np.stack((rows, now), axis=1))
        potential[rows] = 0
        adaptation[rows] = adaptation[rows] * kept_adaptation[1] + model.adaptation
        trace[rows] = trace[rows] * kept_trace[1] + 1
        change = model.potentiation * past_inputs[rows, :, now]
        change -= model.depression * trace[rows, None] * inputs[rows, :, now, 0]
        weights[rows] = np.clip(held + change, 0, model.largest_weight)
        energy[rows] += np.abs(weights[rows] - held).sum(axis=1)
        clock[rows] += 1
        rows = np.flatnonzero(clock < steps)
    return Trial(weights, energy, np.concatenate(spikes), potential)


def _courses(trains: Trains, model: Parameters) -> tuple[FloatArray, ...]:
    """What the spike trains make of a trial.

    The gates of the inputs, the conductance of the teacher, that of leak and background and the
    spikes of the inputs, each as all windows of the trial; and the traces that the inputs leave,
    step by step.
    """
    listening, watching = model.step_of(model.auditory[0]), model.step_of(model.visual[0])
    spikes = np.zeros((*trains.auditory.shape[:2], model.steps + WINDOW))
    spikes[..., listening : listening + trains.auditory.shape[-1]] = trains.auditory
    gates = _decaying(trains.auditory, listening, model.synaptic_time, model)
    drive = _decaying(trains.visual, watching, model.synaptic_time, model)
    drive *= model.teacher
    leak = _decaying(trains.background, 0, model.synaptic_time, model)
    leak *= -model.background
    leak += model.leak
    windows = (
        sliding_window_view(course, WINDOW, axis=-1) for course in (gates, drive, leak, spikes)
    )
    return *windows, _decaying(trains.auditory, listening, model.potentiation_time, model)


def _decaying(
    counts: FloatArray, start: int, time_constant: float, model: Parameters
) -> FloatArray:
    """A variable that decays and that counts from a step on raise, up to the last window's end."""
    decay = model.decay(time_constant)
    stop = start + counts.shape[-1]
    course = np.empty((*counts.shape[:-1], model.steps + WINDOW))
    course[..., :start] = 0
    course[..., start:stop] = scipy.signal.lfilter([1.0], [1.0, -decay], counts, axis=-1)
    tail = decay ** np.arange(1, course.shape[-1] - stop + 1)
    np.multiply(course[..., stop - 1 : stop], tail, out=course[..., stop:])
    return course


def _depressed(weights: FloatArray, losses: FloatArray) -> FloatArray:
    """Weights before the first and after each of the losses along the last axis, down to zero."""
    course = np.empty((*weights.shape, losses.shape[-1] + 1))
    course[..., 0] = 0
    np.cumsum(losses, axis=-1, out=course[..., 1:])
    np.subtract(weights[..., None], course, out=course)
    np.maximum(course, 0, out=course)
    return course


def _relaxed(
    start: FloatArray, kept: FloatArray, gained: FloatArray, model: Parameters
) -> FloatArray:
    """The recursion x -> kept x + gained along the last axis."""
    product = kept.cumprod(axis=1)
    if product.min() < 1e-150:
        shortest = model.time_step / (1 - kept.min())
        domain = f"much shorter than capacitance / conductance, which falls to {shortest:.3g} ms"
        require("time_step", model.time_step, False, domain)
    path = np.cumsum(gained / product, axis=1)
    path += start[:, None]
    path *= product
    return path
