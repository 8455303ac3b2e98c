"""Networks with one hidden layer that learn digits one sample at a time, and what that costs."""

from montecarlo.network.cached import CachedLayer
from montecarlo.network.design import CP, LVR, Design
from montecarlo.network.learning import present, present_together
from montecarlo.network.network import Network, Saver, initial_network
from montecarlo.network.responding import accuracy, outputs
from montecarlo.network.synapses import Change, Layer
from montecarlo.triggers import Trigger

__all__ = [
    "CP",
    "LVR",
    "CachedLayer",
    "Change",
    "Design",
    "Layer",
    "Network",
    "Saver",
    "Trigger",
    "accuracy",
    "initial_network",
    "outputs",
    "present",
    "present_together",
]
