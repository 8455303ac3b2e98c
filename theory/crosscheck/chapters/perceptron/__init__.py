"""Perceptron learning."""
