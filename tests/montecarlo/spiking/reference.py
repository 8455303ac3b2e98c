"""The plain loops over neurons, steps and inputs that the spiking simulator must reproduce."""

import math

import numpy as np

from montecarlo.spiking import LearntAssociations, poisson_trains


def trial_by_loop(weights, trains, model, neuron):
    """One neuron, step by step; every quantity is computed as its definition says.

    Returns the weights before the trial and after each step, the steps of the spikes and the
    potential at the end.
    """
    dt, C = model.time_step, model.capacitance
    gates, traces = [0.0] * len(weights), [0.0] * len(weights)
    teacher = background = adaptation = own_trace = 0.0
    V = model.rest
    path, spikes = [list(weights)], []
    heard_from, seen_from = model.step_of(model.auditory[0]), model.step_of(model.visual[0])
    for step in range(model.steps):
        heard = [arriving(train, step - heard_from) for train in trains.auditory[neuron]]
        gates = [gate + count for gate, count in zip(gates, heard, strict=True)]
        teacher += arriving(trains.visual[neuron], step - seen_from)
        background += arriving(trains.background[neuron], step)

        weights = path[-1]
        g = sum(w * s for w, s in zip(weights, gates, strict=True)) + model.teacher * teacher
        current = (model.leak + adaptation) * (model.rest - V)
        current += model.background * background * (V - model.rest) + g * (model.reversal - V)
        V += dt / C * current
        spike = model.threshold < V
        if spike:
            V = model.rest
            spikes.append(step)

        adaptation *= math.exp(-dt / model.adaptation_time)
        own_trace *= math.exp(-dt / model.depression_time)
        if spike:
            adaptation += model.adaptation
            own_trace += 1
        after = []
        for i, count in enumerate(heard):
            traces[i] = traces[i] * math.exp(-dt / model.potentiation_time) + count
            change = model.potentiation * traces[i] * spike - model.depression * own_trace * count
            after.append(min(max(weights[i] + change, 0.0), model.largest_weight))
        path.append(after)

        leaves = math.exp(-dt / model.synaptic_time)
        gates = [gate * leaves for gate in gates]
        teacher *= leaves
        background *= leaves
    return np.array(path), spikes, V


def arriving(train, step):
    """The spikes of a train in a step after its beginning."""
    return train[step] if 0 <= step < len(train) else 0.0


def learn_by_loop(associations, rng, model, max_runs):
    """All neurons by plain loops, with the spike trains that the simulator draws."""
    patterns, strengths = associations.patterns, associations.strengths
    neurons, P, active = patterns.shape
    weights = np.zeros((neurons, 100))
    history, energies, changes = [], [], []
    ended = {}
    while len(history) < max_runs and len(ended) < neurons:
        going = [neuron for neuron in range(neurons) if neuron not in ended]
        energies.append(np.zeros(neurons))
        changes.append(np.zeros((P, neurons, active)))
        trains = poisson_trains(strengths[going].ravel(), active, rng, model)
        for row, neuron in enumerate(going):
            for p in range(P):
                inputs = patterns[neuron, p]
                path, _, _ = trial_by_loop(weights[neuron, inputs], trains, model, row * P + p)
                energies[-1][neuron] += np.abs(np.diff(path, axis=0)).sum()
                changes[-1][p, neuron] = path[-1] - path[0]
                weights[neuron, inputs] = path[-1]
        history.append(weights.copy())
        for neuron in going:
            last = np.array([state[neuron] for state in history[-10:]])
            if len(last) == 10 and np.all(
                np.abs(last - last.mean(axis=0)) <= 0.03 * model.largest_weight
            ):
                ended[neuron] = len(history) - 9
    runs = np.array([ended.get(neuron, max_runs) for neuron in range(neurons)])
    until = range(runs.max())
    return LearntAssociations(
        associations=associations,
        converged=np.array([neuron in ended for neuron in range(neurons)]),
        runs=runs,
        weights=np.array([history[run - 1][neuron] for neuron, run in enumerate(runs)]),
        plain_energy=np.array(
            [sum(energies[i][neuron] for i in range(run)) for neuron, run in enumerate(runs)]
        ),
        changes=np.array([changes[i] * (i < runs)[None, :, None] for i in until]),
    )


def consolidation_by_loop(learning, threshold, neuron):
    """One neuron's synapses, trial by trial."""
    transient, energy = np.zeros(100), 0.0
    for run in learning.changes:
        for p, change in enumerate(run[:, neuron]):
            for synapse, amount in zip(
                learning.associations.patterns[neuron, p], change, strict=True
            ):
                transient[synapse] += amount
                if abs(transient[synapse]) > threshold:
                    energy += abs(transient[synapse])
                    transient[synapse] = 0
    return energy + np.abs(transient).sum()
