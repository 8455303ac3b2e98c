"""The walk as it is defined, one presentation and one synapse at a time."""

import numpy as np

from montecarlo.statistics import estimate
from montecarlo.walk.segment import BINS


def plain_segment(weights, times, signs, *, length, limit, tau):
    """The model as it is defined, one presentation and one synapse at a time."""
    decay = 1 - 1 / tau
    events, amount, transient, levels = 0, 0.0, 0.0, np.empty((length, len(weights)))
    for i in range(len(weights)):
        s, update = float(weights[i]), 0
        for t in range(1, length + 1):
            s *= decay
            if t in times:
                s += signs[update, i]
                update += 1
                if abs(s) > limit:
                    events, amount, s = events + 1, amount + abs(s), 0.0
            transient += abs(s)
            levels[t - 1, i] = s
        weights[i] = s
    return events, amount, transient, levels


def brute_force(n_synapses, n_steps, *, threshold, p, tau, eta, rng):
    """Synapses with clocks of their own, one presentation at a time, in plain units."""
    s = np.zeros(n_synapses)
    events, amount, transient = np.zeros((3, n_synapses))
    histograms = []
    warm_up = 500
    for t in range(warm_up + n_steps):
        u = rng.random(n_synapses)
        s = s * (1 - 1 / tau) + eta * np.where(u < p / 2, 1.0, np.where(u < p, -1.0, 0.0))
        fired = np.abs(s) > threshold
        if t >= warm_up:
            events += fired
            amount += np.where(fired, np.abs(s), 0)
        s[fired] = 0
        if t >= warm_up:
            transient += np.abs(s)
            if t % 50 == 0:
                histograms.append(np.histogram(s, BINS, (-threshold, threshold))[0])
    ratio = amount.sum() / events.sum()
    return (
        estimate(events / n_steps),
        estimate(transient / n_steps),
        estimate(ratio + (amount - ratio * events) / events.mean()),
        estimate(np.array(histograms) / n_synapses),
    )
