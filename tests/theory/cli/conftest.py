"""What holds for all tests of the command."""

import pytest


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    """The tests share the cores already, and what they replace is replaced in their process."""
    monkeypatch.setenv("SYNAPTIC_ENERGY_JOBS", "1")
