"""What a page with sliders knows of formulas, and the page.

Their code in JavaScript is printed from the SymPy evaluation, so that no formula is written twice.
What needs more than a browser has functions for is computed by the package, where it serves the
page.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sympy
from sympy.logic.boolalg import Boolean

from theory.crosscheck.report.page import mathml
from theory.formula import FORMULAS, Formula, Symbol

#: What a browser has functions for; numbers and powers are no functions.
KNOWN = (sympy.Abs, sympy.exp, sympy.log, sympy.floor, sympy.ceiling)

HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>synaptic-energy explore</title>
<style>
:root {{ color-scheme: light dark; --bad: light-dark(#b3261e, #ff8a80); }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 0 auto; padding: 1rem; }}
{style}
</style></head>
<body><h1>Play with the formulas</h1>
{widget}
<script>{plot}</script>
<script>{script}</script>
</body></html>
"""


def elementary(expression: Any) -> bool:
    """Whether a browser can compute it."""
    return not isinstance(expression, Boolean) and all(
        isinstance(part, KNOWN) for part in expression.atoms(sympy.Function)
    )


def content(
    alone: bool, place: Callable[[str], str] = lambda _: "", options: str = ""
) -> dict[str, dict[str, Any]]:
    """What the page knows of each formula.

    Parameters
    ----------
    alone : bool
        Whether there is no server: only formulas that a browser can compute.
    place : callable
        From the name of a formula to the address at which more is said of it.
    options : str
        Of the command that says more of a formula of one's own.

    Returns
    -------
    dict
        By the names of the formulas; ready for JSON.
    """
    found = {}
    for name, call in FORMULAS.items():
        expression = call.expression
        simple = elementary(expression)
        if simple or not alone:
            code = sympy.jscode(expression) if simple else None
            found[name] = _entry(call, expression) | {"code": code, "page": place(name)}
            if not call.function.__module__.startswith("theory."):
                found[name]["options"] = options
    return found


def _entry(call: Formula, expression: Any) -> dict[str, Any]:
    home, function = call.function.__module__, call.function.__name__
    ours = home.startswith("theory.")
    return {
        "imported": f"from theory import {call.name.partition('.')[0]}"
        if ours
        else f"from {home} import {function}",
        "called": call.name if ours else function,
        "meaning": (call.function.__doc__ or "").partition("\n\n")[0].replace("\n", " "),
        "source": call.source.replace("`", ""),
        "equation": mathml(expression),
        "where": str(call.where or ""),
        "arguments": [_argument(symbol) for symbol in call.arguments.values()],
    }


def _argument(symbol: Symbol) -> dict[str, Any]:
    limits = symbol.domain
    return {
        "name": symbol.name,
        "meaning": symbol.meaning,
        "typical": [min(max(end, limits.low), limits.high) for end in symbol.typical],
        "text": limits.text,
        "low": limits.low if math.isfinite(limits.low) else None,
        "high": limits.high if math.isfinite(limits.high) else None,
        "openLow": limits.open_low,
        "openHigh": limits.open_high,
        "integer": limits.integer,
    }


def widget(formulas: dict[str, dict[str, Any]]) -> str:
    """The part of a page that is alive, as HTML."""
    data = json.dumps(formulas, ensure_ascii=False).replace("<", "\\u003c")
    return (
        '<div id="explore"></div>\n'
        f'<script type="application/json" id="explore-formulas">{data}</script>'
    )


def whole(formulas: dict[str, dict[str, Any]]) -> str:
    """A page that needs nothing else."""
    style, plot, script = map(_file, ("explore.css", "plot.js", "explore.js"))
    return HTML.format(style=style, widget=widget(formulas), plot=plot, script=script)


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
