"""Closed-form theory of the metabolic energy of learning."""
