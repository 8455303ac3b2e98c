"""Transient weights that decay."""
