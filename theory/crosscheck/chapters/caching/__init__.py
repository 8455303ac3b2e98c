"""Caching without decay."""
