"""The parameters of the spiking neuron, and the spike trains that it receives in a trial."""

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montecarlo.arrays import FloatArray
from montecarlo.checks import (
    as_count,
    as_non_negative,
    as_number,
    as_numbers,
    as_positive,
    require,
    require_generator,
    settle,
)


@dataclass(frozen=True)
class Parameters:
    """The neuron, its plasticity and the course of a trial.

    Times are in ms, conductances in nS, potentials in mV, the capacitance in pF, rates in kHz. The
    neuron receives ``pool`` spike trains for each active auditory input in the auditory window,
    ``pool`` trains of the visual teacher in the visual window, and one train of background.

    Attributes
    ----------
    time_step, duration : float
        Of the integration and of a trial, which is a whole number of steps.
    capacitance, leak, rest, threshold : float
        Of the membrane; it is reset to ``rest``, too.
    reversal : float
        Of the excitatory synapses.
    adaptation, adaptation_time : float
        What a spike adds to the adaptation conductance, which reverses at ``rest``, and the time
        in which that decays.
    synaptic_time : float
        Decay of all synaptic conductances.
    background, background_rate : float
        Conductance g_b, and the rate of its spikes. Its current g_b (V - rest) leads *away* from
        rest if g_b is positive, as in the simulations of Li & van Rossum; a negative one shunts.
    teacher : float
        Conductance of a visual synapse.
    pool, rate : int, float
        Neurons in a pool, and the rate of an active one (of the teacher: at strength 1).
    auditory, visual : (float, float)
        Windows in which they are active.
    largest_weight : float
        Bound of the plastic conductances; the other is 0.
    potentiation, depression : float
        A+ and A-: what a pair of simultaneous spikes changes.
    potentiation_time, depression_time : float
        tau+ and tau-: a spike of the neuron potentiates by A+ exp(-t/tau+) for each spike of the
        input that came t before, and a spike of the input depresses by A- exp(-t/tau-) for each
        spike of the neuron that came t before.

    Raises
    ------
    ValueError
        If a parameter is outside its domain.

    Examples
    --------
    >>> Parameters().steps
    1500
    >>> Parameters(leak=-1)
    Traceback (most recent call last):
    ValueError: leak must be a finite number >= 0, got -1
    """

    time_step: float = 0.1
    duration: float = 150.0
    capacitance: float = 500.0
    leak: float = 20.0
    rest: float = -70.0
    threshold: float = -50.0
    reversal: float = 0.0
    adaptation: float = 80.0
    adaptation_time: float = 110.0
    synaptic_time: float = 10.0
    background: float = 1.0
    background_rate: float = 1.0
    teacher: float = 3.0
    pool: int = 15
    rate: float = 0.1
    auditory: tuple[float, float] = (0.0, 50.0)
    visual: tuple[float, float] = (70.0, 120.0)
    largest_weight: float = 2.5
    potentiation: float = 1.25 * 0.001
    depression: float = 1.25 * 0.001 * 1.05 * 50 / 70
    potentiation_time: float = 50.0
    depression_time: float = 70.0

    def __post_init__(self) -> None:
        """Check the parameters."""
        signed = {"rest", "threshold", "reversal", "background", "pool", "auditory", "visual"}
        positive = {"time_step", "duration", "capacitance", "largest_weight"}
        for field in dataclasses.fields(self):
            name, value = field.name, getattr(self, field.name)
            if name not in signed:
                above = name in positive or name.endswith("_time")
                settle(self, name, (as_positive if above else as_non_negative)(name, value))
        for name in ("rest", "threshold", "reversal", "background"):
            value = as_number(name, getattr(self, name), "a finite number")
            require(name, value, math.isfinite(value), "a finite number")
            settle(self, name, value)
        require("threshold", self.threshold, self.threshold > self.rest, f"> rest = {self.rest}")
        settle(self, "pool", as_count("pool", self.pool))
        for name in ("auditory", "visual"):
            domain = "a window with 0 <= start < stop <= duration"
            window = as_numbers(name, getattr(self, name), domain)
            valid = window.shape == (2,) and 0 <= window[0] < window[-1] <= self.duration
            require(name, getattr(self, name), bool(valid), domain)
            settle(self, name, tuple(window.tolist()))
        for time in (self.duration, *self.auditory, *self.visual):
            whole = math.isclose(time, self.time_step * self.step_of(time), abs_tol=1e-9)
            require("time_step", self.time_step, whole, f"a whole part of {time} ms")

    @property
    def steps(self) -> int:
        """Steps of a trial."""
        return self.step_of(self.duration)

    def step_of(self, time: float) -> int:
        """The step that begins at a time."""
        return round(time / self.time_step)

    def decay(self, time_constant: float) -> float:
        """What a step leaves of a variable that decays exponentially."""
        return math.exp(-self.time_step / time_constant)


@dataclass(frozen=True)
class Trains:
    """How many spikes arrive in each step at each of many neurons.

    Attributes
    ----------
    auditory : ndarray, shape (neurons, inputs, steps of the auditory window)
        From the pools of the active inputs.
    visual : ndarray, shape (neurons, steps of the visual window)
    background : ndarray, shape (neurons, steps of the trial)
    """

    auditory: FloatArray
    visual: FloatArray
    background: FloatArray


def poisson_trains(
    strengths: npt.ArrayLike,
    inputs: int,
    rng: np.random.Generator,
    parameters: Parameters | None = None,
) -> Trains:
    """Poisson spikes of the active auditory inputs, the visual teacher and the background.

    Parameters
    ----------
    strengths : array_like, shape (neurons,)
        Of the teacher, each at least 0, dimensionless.
    inputs : int
        Active auditory inputs of each neuron.
    rng : numpy.random.Generator
        Source of all spikes.
    parameters : Parameters, optional
        Of the neuron and of a trial; without it, those of the paper.

    Returns
    -------
    Trains
        Spikes in each time step.

    Raises
    ------
    ValueError
        If a strength is negative or not finite, or there is no neuron or no input.

    Examples
    --------
    >>> trains = poisson_trains([1.0, 0.5], 2, np.random.default_rng(1))
    >>> trains.auditory.shape, trains.visual.shape, trains.background.shape
    ((2, 2, 500), (2, 500), (2, 1500))
    """
    model = parameters or Parameters()
    domain = "a non-empty list of finite numbers >= 0"
    teachers = as_numbers("strengths", strengths, domain)
    valid = teachers.ndim == 1 and teachers.size > 0
    valid = valid and bool(((teachers >= 0) & (teachers < math.inf)).all())
    require("strengths", strengths, valid, domain)
    inputs = as_count("inputs", inputs)
    require_generator(rng)
    neurons = len(teachers)
    pool = model.pool * model.rate

    def scattered(rates: FloatArray, window: tuple[float, float]) -> FloatArray:
        steps = model.step_of(window[1]) - model.step_of(window[0])
        numbers = rng.poisson(rates * steps * model.time_step).ravel()
        first = np.repeat(np.arange(0, steps * numbers.size, steps), numbers)
        spikes = first + rng.integers(0, steps, len(first))
        counts = np.bincount(spikes, minlength=steps * numbers.size)
        return counts.reshape(*rates.shape, steps).astype(float)

    return Trains(
        scattered(np.full((neurons, inputs), pool), model.auditory),
        scattered(pool * teachers, model.visual),
        scattered(np.full(neurons, model.background_rate), (0.0, model.duration)),
    )
