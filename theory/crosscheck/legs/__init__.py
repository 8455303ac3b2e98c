"""The legs: who proves, computes and simulates, and what a verdict is."""
