"""Closed-form theory of the metabolic energy of learning, cross-checked against simulation.

`theory.perceptron`, `theory.caching` and `theory.lattice` hold the formulas, `theory.crosscheck`
judges them, and the command ``synaptic-energy`` does both from the shell.
"""
