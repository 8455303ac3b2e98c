"""Perceptron learning with cached synapses, simulated exactly and event by event."""

from montecarlo.perceptron.accounting import learn_ledger, replay_ledger
from montecarlo.perceptron.decaying import EpochCosts
from montecarlo.perceptron.learning import Learning, epoch_costs, learn, random_patterns
from montecarlo.perceptron.ledger import Ledger
from montecarlo.perceptron.updates import Caching, Trajectory, replay, trajectory
from montecarlo.triggers import Trigger

__all__ = [
    "Caching",
    "EpochCosts",
    "Learning",
    "Ledger",
    "Trajectory",
    "Trigger",
    "epoch_costs",
    "learn",
    "learn_ledger",
    "random_patterns",
    "replay",
    "replay_ledger",
    "trajectory",
]
