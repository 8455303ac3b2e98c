"""What holds for all tests of the command."""

import threading

import pytest

from theory import crosscheck
from theory.cli.exploring import serve
from theory.crosscheck import BUILT_IN


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    """The tests share the cores already, and what they replace is replaced in their process."""
    monkeypatch.setenv("SYNAPTIC_ENERGY_JOBS", "1")


@pytest.fixture(scope="module")
def address():
    """Of the page as `synaptic-energy explore` serves it."""
    server = serve(0, BUILT_IN.points)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def no_work(monkeypatch):
    """Fail if claims are judged."""

    def check(*_):
        raise AssertionError("the work was started")

    monkeypatch.setattr(crosscheck, "check", check)


@pytest.fixture
def fast_claims(monkeypatch):
    """Replace the claims of the command by chosen ones."""

    def replace(*claims):
        def select(patterns, _):
            return tuple(item for item in claims if not patterns or item.id in patterns)

        monkeypatch.setattr(crosscheck, "select", select)

    return replace
