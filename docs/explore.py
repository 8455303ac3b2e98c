"""A page to play with: the formulas that a browser can compute by itself, with sliders.

Their code in JavaScript is printed from the SymPy evaluation, so that no formula is written twice.
"""

import json
import math
from typing import Any

import sympy
from sympy.logic.boolalg import Boolean

from docs import equations
from docs.markdown import anchor, first_sentence, page
from theory.crosscheck import CHAPTERS
from theory.formula import FORMULAS, Formula, Symbol

#: What a browser has functions for; numbers and powers are no functions.
KNOWN = (sympy.Abs, sympy.exp, sympy.log, sympy.floor, sympy.ceiling)


def elementary(expression: Any) -> bool:
    """Whether a browser can compute it."""
    return not isinstance(expression, Boolean) and all(
        isinstance(part, KNOWN) for part in expression.atoms(sympy.Function)
    )


def content() -> dict[str, dict[str, Any]]:
    """What the page knows of each formula, by name."""
    return {name: _entry(call) for name, call in FORMULAS.items() if elementary(call.expression)}


def _entry(call: Formula) -> dict[str, Any]:
    return {
        "meaning": first_sentence(call.function),
        "source": call.source,
        "page": f"{_chapter(call.name.partition('.')[0])}.html#{anchor(call.name)}",
        "equation": f"{equations.left(call)} = {equations.latex(call.expression, call.letters)}",
        "code": sympy.jscode(call.expression),
        "where": str(call.where or ""),
        "arguments": [_argument(symbol) for symbol in call.arguments.values()],
    }


def _chapter(module: str) -> str:
    return next(chapter.name for chapter in CHAPTERS if module in chapter.formulas)


def _argument(symbol: Symbol) -> dict[str, Any]:
    limits = symbol.domain
    low, high = (min(max(end, limits.low), limits.high) for end in symbol.typical)
    return {
        "name": symbol.name,
        "meaning": symbol.meaning,
        "typical": [low, high],
        "text": limits.text,
        "low": limits.low if math.isfinite(limits.low) else None,
        "high": limits.high if math.isfinite(limits.high) else None,
        "openLow": limits.open_low,
        "openHigh": limits.open_high,
        "integer": limits.integer,
    }


def explorer() -> str:
    """The page of the documentation."""
    shown = content()
    return page(
        "Play with the formulas",
        f"The {len(shown)} formulas that need no special functions, computed in your browser. Move "
        "a slider, or type a number beside it; keep a curve to compare another with it. The "
        "address of this page always has the whole state, so that a link shows what you see. "
        "The other formulas are [calls](formulas.md) and commands: `synaptic-energy eval`.",
        f"```{{raw}} html\n{widget()}\n```",
        # Without a formula of its own the page would not load what sets them.
        "Energies are in units of a change of a persistent weight by one, $|\\Delta w| = 1$.",
    )


def widget() -> str:
    """The page's part that is alive, as HTML."""
    data = json.dumps(content(), ensure_ascii=False).replace("<", "\\u003c")
    return (
        '<div id="explore"></div>\n'
        f'<script type="application/json" id="explore-formulas">{data}</script>'
    )
