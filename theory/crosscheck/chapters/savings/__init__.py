"""Lazy learning and caching in networks."""
