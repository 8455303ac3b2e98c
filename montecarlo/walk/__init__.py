"""The transient weight of a cached synapse, simulated: a random walk that leaks and resets."""

from montecarlo.walk.simulation import Walk, simulate

__all__ = ["Walk", "simulate"]
