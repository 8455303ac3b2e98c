"""A page with sliders for every formula: ``explore``."""

import json
import math
import re
import threading
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from theory.catalogue import CALLS
from theory.cli.common import Misuse, chapters_option, chosen_index, meant
from theory.formula import FORMULAS

if TYPE_CHECKING:
    from theory.crosscheck.points import Points

#: Nobody else can reach the page.
HOST = "127.0.0.1"
#: A curve has fewer points, and a request fewer than a million characters.
MOST_POINTS, LENGTH = 1000, "[0-9]{1,6}"
#: Only one point is simulated at a time.
SIMULATING = threading.Lock()


@click.command()
@click.argument("name", metavar="[FORMULA]", required=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port of the page; 0, the default, is any that is free.",
)
@click.option("--no-browser", is_flag=True, help="Only say where the page is.")
@chapters_option
def explore(name: str | None, port: int, no_browser: bool, chapters: Sequence[str]) -> None:
    """Open a page with sliders for every formula, in the browser, until Ctrl-C.

    Its address keeps the state, it saves the picture, and it says the same in Python. Where a
    chapter says what simulates a formula it draws points with error bars. It is served to this
    machine alone.

    \b
    synaptic-energy explore decay.optimal_threshold
    """  # noqa: D301 - a backspace tells click not to wrap what follows
    index = chosen_index(chapters)
    if name is not None and name not in FORMULAS:
        raise Misuse(f"no formula {name!r}; {meant(name, FORMULAS)}")
    try:
        server = serve(port, index.points, chapters)
    except OSError as error:
        raise Misuse(f"port {port}: {error.strerror}") from None
    address = f"http://{HOST}:{server.server_port}/" + (f"#formula={name}" if name else "")
    click.echo(f"{address} (Ctrl-C ends it)")
    if not no_browser:
        webbrowser.open(address)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


def serve(
    port: int, points: Mapping[str, "Points"], chapters: Sequence[str] = ()
) -> ThreadingHTTPServer:
    """A server of the page and of the values on it, bound to this machine; not yet running."""
    from theory.cli.explorer.page import content, whole

    known = content(alone=False, options="".join(f" --claims {it}" for it in chapters))
    for name, it in points.items():
        call = f"load({list(chapters) or ['theory.crosscheck.chapters']}).points[{name!r}]"
        known[name]["simulated"] = {"whole": it.whole, "call": call}
    page = whole(known).encode()
    answers: dict[str, Callable[[Any], Any]] = {
        "/values": values,
        "/point": partial(simulated, points),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/":
                self._answer("text/html; charset=utf-8", page)
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path not in answers or not re.fullmatch(LENGTH, length):
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            try:
                asked = json.loads(self.rfile.read(int(length)))
                answer: dict[str, Any] = {"found": answers[self.path](asked)}
            except Exception as error:  # noqa: BLE001 - whatever is asked, the answer says why not
                answer = {"error": str(error)}
            self._answer("application/json", json.dumps(answer).encode())

        def _answer(self, kind: str, body: bytes) -> None:
            with suppress(ConnectionError):  # who asked may have gone
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing: the terminal is for the address."""

    return ThreadingHTTPServer((HOST, port), Handler)


def values(asked: Any) -> list[float | None]:
    """A formula at points.

    Parameters
    ----------
    asked : dict
        ``formula``, its name, and ``points``, lists of its arguments in their order.

    Returns
    -------
    list
        A value for each point; None where it is no finite number.

    Raises
    ------
    ValueError
        With the formula's own sentence, if an argument is outside its domain; if there are too
        many points, or no such formula.
    """
    name, points = asked["formula"], asked["points"]
    if name not in FORMULAS:
        raise ValueError(f"no formula {name!r}")
    if len(points) > MOST_POINTS:
        raise ValueError(f"at most {MOST_POINTS} points, got {len(points)}")
    columns = np.array(points, dtype=float).T
    call = CALLS[name]
    found = np.ravel(call.function(**dict(zip(call.arguments, columns, strict=True))))
    return [float(value) if math.isfinite(value) else None for value in found.astype(float)]


def simulated(points: Mapping[str, "Points"], asked: Any) -> list[float]:
    """A simulated point of a formula.

    Parameters
    ----------
    points : mapping
        What simulates formulas, by their names.
    asked : dict
        ``formula``, its name, and ``point``, its arguments in their order.

    Returns
    -------
    list
        The value and its standard error.

    Raises
    ------
    ValueError
        With the sentence of the formula or of the simulation, if an argument is outside its domain;
        if it would take too long, or nothing was seen.
    """
    name, point = asked["formula"], asked["point"]
    values({"formula": name, "points": [point]})
    if name not in points:
        raise ValueError(f"nothing simulates {name}")
    with SIMULATING:
        found = points[name].at(**dict(zip(CALLS[name].arguments, point, strict=True)))
    if not (math.isfinite(found.value) and math.isfinite(found.error)):
        raise ValueError("the simulation is too short to see what the formula is about")
    return [found.value, found.error]
